#define _GNU_SOURCE
#include "bare.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The statements that the service's answers rest on, stepped through with every column read and nothing made of it.

enum { argument_limit = 4, statement_limit = 8 };

struct question {
    const char *name;
    // How many arguments a line has, with tabs between.
    int arguments;
    const char *statements[statement_limit];
    void (*ask)(sqlite3_stmt **statements, char **arguments);
};

// What was read, so that no compiler leaves the reading out.
static int64_t seen;

static int next(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement);
        return 0;
    }
    demand(sqlite3_db_handle(statement), code, SQLITE_ROW, sqlite3_sql(statement));
    for (int column = sqlite3_column_count(statement) - 1; column >= 0; column -= 1) {
        if (sqlite3_column_type(statement, column) == SQLITE_TEXT) {
            const unsigned char *text = sqlite3_column_text(statement, column);
            seen += text[0] + sqlite3_column_bytes(statement, column);
        } else {
            seen += sqlite3_column_int64(statement, column);
        }
    }
    return 1;
}

// A number of the one row that is there; the fallback where there is none, or NULL.
static int64_t first(sqlite3_stmt *statement, int64_t fallback) {
    int64_t value = fallback;
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        value = sqlite3_column_int64(statement, 0);
    }
    sqlite3_reset(statement);
    return value;
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text) {
    sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

#define LINK_KEY \
    "SELECT link_key, cluster_key FROM links JOIN clusters USING (cluster_key) WHERE cluster_id = ?1 AND link_name = ?2"

static int64_t link_key(sqlite3_stmt *statement, char **arguments, int64_t *cluster) {
    bind_text(statement, 1, arguments[0]);
    bind_text(statement, 2, arguments[1]);
    if (sqlite3_step(statement) != SQLITE_ROW) {
        fprintf(stderr, "bare-sqlite: there is no link %s of cluster %s\n", arguments[1], arguments[0]);
        exit(1);
    }
    int64_t key = sqlite3_column_int64(statement, 0);
    if (cluster) *cluster = sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    return key;
}

// The newest hundred versions of a link.
static void ask_history(sqlite3_stmt **statements, char **arguments) {
    sqlite3_bind_int64(statements[1], 1, link_key(statements[0], arguments, NULL));
    for (int rows = 0; rows < 100 && next(statements[1]); rows += 1) {}
    sqlite3_reset(statements[1]);
}

// The newest hundred error episodes of a link with their messages, and when its cluster was known meanwhile.
static void ask_episodes(sqlite3_stmt **statements, char **arguments) {
    int64_t cluster;
    int64_t key = link_key(statements[0], arguments, &cluster);
    int64_t from = INT64_MAX;
    sqlite3_bind_int64(statements[1], 1, key);
    for (int rows = 0; rows < 100 && next(statements[1]); rows += 1) {
        from = sqlite3_column_int64(statements[1], 0);
        sqlite3_bind_int64(statements[2], 1, key);
        sqlite3_bind_int64(statements[2], 2, from);
        sqlite3_bind_int64(
            statements[2], 3,
            sqlite3_column_type(statements[1], 1) == SQLITE_NULL ? INT64_MAX : sqlite3_column_int64(statements[1], 1)
        );
        while (next(statements[2])) {}
    }
    sqlite3_reset(statements[1]);
    sqlite3_bind_int64(statements[3], 1, cluster);
    sqlite3_bind_int64(statements[3], 2, from);
    sqlite3_bind_int64(statements[3], 3, INT64_MAX);
    while (next(statements[3])) {}
}

#define KNOWN_RUNS \
    "SELECT * FROM poll_runs WHERE cluster_key = ?1 AND failure IS NULL AND first_at < ?3 AND first_at >= ifnull(" \
    "(SELECT first_at FROM poll_runs AS run WHERE run.cluster_key = ?1 AND run.failure IS NULL" \
    " AND run.first_at <= ?2 ORDER BY run.first_at DESC LIMIT 1), ?2) ORDER BY first_at"

// What health a link was in within a window, and when its cluster was known.
static void ask_availability(sqlite3_stmt **statements, char **arguments) {
    int64_t cluster;
    int64_t key = link_key(statements[0], arguments, &cluster);
    int64_t from = atoll(arguments[2]), to = atoll(arguments[3]);
    for (int place = 1; place <= 2; place += 1) {
        sqlite3_bind_int64(statements[place], 1, place == 1 ? key : cluster);
        sqlite3_bind_int64(statements[place], 2, from);
        sqlite3_bind_int64(statements[place], 3, to);
        while (next(statements[place])) {}
    }
}

// Every link of the fleet as it was at an instant, and the last success and the configuration of its cluster then.
static void ask_at(sqlite3_stmt **statements, char **arguments) {
    int64_t at = atoll(arguments[0]);
    while (next(statements[0])) {
        int64_t cluster = sqlite3_column_int64(statements[0], 0);
        for (int place = 1; place <= 3; place += 1) {
            sqlite3_bind_int64(statements[place], 1, cluster);
            sqlite3_bind_int64(statements[place], 2, at);
            while (next(statements[place])) {}
        }
    }
}

struct difference {
    int64_t link, before, after;
    size_t number;
};

// By link, and of each link in the order in which it changed.
static int in_order(const void *left, const void *right) {
    const struct difference *a = left, *b = right;
    if (a->link != b->link) return (a->link > b->link) - (a->link < b->link);
    return (a->number > b->number) - (a->number < b->number);
}

// The links whose documents at two instants are not the same, with both documents.
static void ask_diff(sqlite3_stmt **statements, char **arguments) {
    static struct difference *changes;
    static size_t room;
    size_t count = 0;
    int64_t from = atoll(arguments[0]), to = atoll(arguments[1]);
    for (int place = 0; place <= 1; place += 1) {
        sqlite3_bind_int64(statements[place], 1, from / 3600000);
        sqlite3_bind_int64(statements[place], 2, to / 3600000);
    }
    sqlite3_bind_int64(statements[2], 1, first(statements[0], 0));
    sqlite3_bind_int64(statements[2], 2, first(statements[1], 0));
    sqlite3_bind_int64(statements[2], 3, from);
    sqlite3_bind_int64(statements[2], 4, to);
    while (next(statements[2])) {
        if (count == room) {
            room = room ? room * 2 : 1024;
            changes = realloc(changes, room * sizeof *changes);
        }
        changes[count] = (struct difference){
            sqlite3_column_int64(statements[2], 0),
            sqlite3_column_int64(statements[2], 1),
            sqlite3_column_int64(statements[2], 2),
            count,
        };
        count += 1;
    }
    qsort(changes, count, sizeof *changes, in_order);
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && changes[end].link == changes[start].link; end += 1) {}
        if (changes[start].before == changes[end - 1].after) continue;
        sqlite3_bind_int64(statements[3], 1, changes[start].link);
        while (next(statements[3])) {}
        sqlite3_bind_int64(statements[4], 1, changes[start].before);
        while (next(statements[4])) {}
        sqlite3_bind_int64(statements[4], 1, changes[end - 1].after);
        while (next(statements[4])) {}
    }
}

// A hundred changes of the feed with the documents before and after.
static void ask_changes(sqlite3_stmt **statements, char **arguments) {
    sqlite3_bind_int64(statements[0], 1, atoll(arguments[0]));
    while (next(statements[0])) {}
}

static const struct question questions[] = {
    {
        "history", 2,
        {LINK_KEY, "SELECT valid_from, body, fields FROM versions LEFT JOIN documents USING (document_key)"
                   " LEFT JOIN field_lists USING (field_list_key) WHERE link_key = ? ORDER BY valid_from DESC"},
        ask_history,
    },
    {
        "episodes", 2,
        {LINK_KEY,
         "SELECT started_at, ended_at, error.text, state.text, before_observation, first_observation, end_observation,"
         " last_observed_at FROM error_episodes LEFT JOIN texts AS error ON error.text_key = error_key"
         " LEFT JOIN texts AS state ON state.text_key = state_key WHERE link_key = ? ORDER BY started_at DESC",
         "SELECT at, body, text FROM episode_messages LEFT JOIN documents USING (document_key)"
         " LEFT JOIN texts USING (text_key)"
         " WHERE link_key = ? AND at >= ? AND at < ? ORDER BY at",
         KNOWN_RUNS},
        ask_episodes,
    },
    {
        "availability", 4,
        {LINK_KEY,
         "SELECT valid_from, health FROM versions LEFT JOIN documents USING (document_key)"
         " WHERE link_key = ?1 AND valid_from < ?3 AND valid_from >= ifnull("
         "(SELECT max(valid_from) FROM versions AS latest WHERE latest.link_key = ?1 AND latest.valid_from <= ?2), ?2)"
         " ORDER BY valid_from",
         KNOWN_RUNS},
        ask_availability,
    },
    {
        "at", 1,
        {"SELECT cluster_key, cluster_id, cluster_name, labels, endpoint_host FROM clusters ORDER BY cluster_id",
         "SELECT * FROM poll_runs WHERE cluster_key = ? AND failure IS NULL AND first_at <= ?"
         " ORDER BY first_at DESC LIMIT 1",
         "SELECT valid_to FROM configuration_spans WHERE cluster_key = ? AND valid_from <= ?"
         " ORDER BY valid_from DESC LIMIT 1",
         "SELECT cluster_link_id, first_observed_at, valid_from, health, body"
         " FROM links CROSS JOIN versions ON versions.link_key = links.link_key AND valid_from ="
         " (SELECT max(valid_from) FROM versions AS latest"
         " WHERE latest.link_key = links.link_key AND latest.valid_from <= ?2)"
         " CROSS JOIN documents USING (document_key) WHERE cluster_key = ?1"},
        ask_at,
    },
    {
        "diff", 2,
        {"SELECT min(first_sequence) FROM change_hours WHERE hour BETWEEN ? AND ?",
         "SELECT max(last_sequence) FROM change_hours WHERE hour BETWEEN ? AND ?",
         "SELECT link_key, before_key, after_key, at FROM changes"
         " WHERE sequence BETWEEN ? AND ? AND at > ? AND at <= ? AND link_key IS NOT NULL ORDER BY sequence",
         "SELECT cluster_id, link_name FROM links JOIN clusters USING (cluster_key) WHERE link_key = ?",
         "SELECT body FROM documents WHERE document_key = ?"},
        ask_diff,
    },
    {
        "changes", 1,
        {"SELECT sequence, at, kind, cluster_id, before.body, after.body, baseline,"
         " (SELECT fields FROM versions JOIN field_lists USING (field_list_key)"
         " WHERE versions.link_key = changes.link_key AND valid_from = at)"
         " FROM changes CROSS JOIN clusters USING (cluster_key)"
         " LEFT JOIN documents AS before ON before.document_key = before_key"
         " LEFT JOIN documents AS after ON after.document_key = after_key"
         " WHERE sequence > ? ORDER BY sequence LIMIT 100"},
        ask_changes,
    },
};

// Divides a line at its tabs; false where there are not as many arguments as there should be.
static int divide(char *line, char **arguments, int count) {
    line[strcspn(line, "\n")] = 0;
    int found = 0;
    for (char *word = strtok(line, "\t"); word && found < argument_limit; word = strtok(NULL, "\t")) {
        arguments[found++] = word;
    }
    return found == count;
}

void list(const char *path) {
    sqlite3 *db = open_file(path);
    sqlite3_stmt *links = prepare(
        db, "SELECT cluster_id, link_name FROM links JOIN clusters USING (cluster_key) WHERE deleted_at IS NULL"
    );
    while (next(links)) printf("%s\t%s\n", sqlite3_column_text(links, 0), sqlite3_column_text(links, 1));
}

void ask(const char *path, const char *name) {
    size_t place = 0, count = sizeof questions / sizeof *questions;
    while (place < count && strcmp(questions[place].name, name) != 0) place += 1;
    if (place == count) {
        fprintf(stderr, "bare-sqlite: there is no question %s\n", name);
        exit(64);
    }
    const struct question *question = &questions[place];
    sqlite3 *db = open_file(path);
    sqlite3_stmt *statements[statement_limit];
    for (int number = 0; number < statement_limit && question->statements[number]; number += 1) {
        statements[number] = prepare(db, question->statements[number]);
    }
    char line[2048];
    char *arguments[argument_limit];
    int64_t processor = 0;
    while (fgets(line, sizeof line, stdin)) {
        if (!divide(line, arguments, question->arguments)) {
            fprintf(stderr, "bare-sqlite: a line of %s has %d arguments\n", name, question->arguments);
            exit(64);
        }
        int64_t wall = wall_time(), taken = processor_time();
        // As the service does, a question is answered as of one moment.
        execute(db, "BEGIN");
        question->ask(statements, arguments);
        execute(db, "COMMIT");
        processor += processor_time() - taken;
        printf("answer.nanoseconds %lld\n", (long long)(wall_time() - wall));
    }
    printf("processor.nanoseconds %lld\n", (long long)processor);
    if (seen == 0) fprintf(stderr, "bare-sqlite: nothing was found\n");
}
