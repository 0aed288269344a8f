#include "CDashboardAssets.h"

// C23 embeds files (6.10.4); a file is looked for beside this one first.

static const unsigned char index_html[] = {
#embed "page/index.html"
};

static const unsigned char address_js[] = {
#embed "page/address.js"
};

static const unsigned char api_js[] = {
#embed "page/api.js"
};

static const unsigned char app_css[] = {
#embed "page/app.css"
};

static const unsigned char app_js[] = {
#embed "page/app.js"
};

static const unsigned char cluster_view_js[] = {
#embed "page/cluster-view.js"
};

static const unsigned char dom_js[] = {
#embed "page/dom.js"
};

static const unsigned char episodes_js[] = {
#embed "page/episodes.js"
};

static const unsigned char fields_js[] = {
#embed "page/fields.js"
};

static const unsigned char fleet_view_js[] = {
#embed "page/fleet-view.js"
};

static const unsigned char format_js[] = {
#embed "page/format.js"
};

static const unsigned char icon_svg[] = {
#embed "page/icon.svg"
};

static const unsigned char link_table_js[] = {
#embed "page/link-table.js"
};

static const unsigned char link_view_js[] = {
#embed "page/link-view.js"
};

static const unsigned char notices_js[] = {
#embed "page/notices.js"
};

static const unsigned char versions_js[] = {
#embed "page/versions.js"
};

#define FILE_OF(name, bytes) {name, bytes, sizeof bytes}

static const struct dashboard_file files[] = {
    FILE_OF("index.html", index_html),
    FILE_OF("address.js", address_js),
    FILE_OF("api.js", api_js),
    FILE_OF("app.css", app_css),
    FILE_OF("app.js", app_js),
    FILE_OF("cluster-view.js", cluster_view_js),
    FILE_OF("dom.js", dom_js),
    FILE_OF("episodes.js", episodes_js),
    FILE_OF("fields.js", fields_js),
    FILE_OF("fleet-view.js", fleet_view_js),
    FILE_OF("format.js", format_js),
    FILE_OF("icon.svg", icon_svg),
    FILE_OF("link-table.js", link_table_js),
    FILE_OF("link-view.js", link_view_js),
    FILE_OF("notices.js", notices_js),
    FILE_OF("versions.js", versions_js),
};

size_t dashboard_file_count(void) { return sizeof files / sizeof *files; }

struct dashboard_file dashboard_file_at(size_t index) {
    static const struct dashboard_file none = {0, 0, 0};
    return index < dashboard_file_count() ? files[index] : none;
}
