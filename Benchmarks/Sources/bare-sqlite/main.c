#define _GNU_SOURCE
#include "bare.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void demand(sqlite3 *db, int code, int expected, const char *what) {
    if (code == expected) return;
    fprintf(stderr, "bare-sqlite: SQLite error %d: %s - while executing %s\n", code, sqlite3_errmsg(db), what);
    exit(1);
}

sqlite3 *open_file(const char *path) {
    sqlite3 *db;
    demand(NULL, sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), SQLITE_OK, path);
    sqlite3_busy_timeout(db, 5000);
    execute(db, "PRAGMA foreign_keys = ON");
    execute(db, "PRAGMA synchronous = FULL");
    return db;
}

sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    demand(db, sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), SQLITE_OK, sql);
    return statement;
}

void execute(sqlite3 *db, const char *sql) { demand(db, sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, sql); }

static int64_t read_clock(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

int64_t wall_time(void) { return read_clock(CLOCK_MONOTONIC); }

int64_t processor_time(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

int main(int count, char **arguments) {
    if (count == 5 && strcmp(arguments[1], "insert") == 0 && atoi(arguments[4]) > 0) {
        insert_rows(arguments[2], arguments[3], atoi(arguments[4]));
    } else if (count == 4 && strcmp(arguments[1], "ask") == 0) {
        ask(arguments[2], arguments[3]);
    } else if (count == 3 && strcmp(arguments[1], "list") == 0) {
        list(arguments[2]);
    } else {
        fputs(
            "usage: bare-sqlite insert FILE FINISHED COMMITS\n"
            "       bare-sqlite ask FILE QUESTION < ARGUMENTS\n"
            "       bare-sqlite list FILE\n",
            stderr
        );
        return 64;
    }
    return 0;
}
