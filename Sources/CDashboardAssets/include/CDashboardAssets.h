#pragma once

// The files of the web page, embedded while compiling.

#include <stddef.h>

/// One file of the page; what it points to lives as long as the program.
struct dashboard_file {
    /// Its name below `page/`, without folders.
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// How many files there are.
size_t dashboard_file_count(void);

/// The file at an index below `dashboard_file_count()`; beyond it one without a name.
struct dashboard_file dashboard_file_at(size_t index);
