#include "bare.h"
#include <stdio.h>
#include <stdlib.h>

// The tables that a sweep writes to, those that are referred to first. The order of the rows is such that a document is
// there before the version that shows it, however many commits they are divided among; the first commit takes all texts.
static const struct {
    const char *name, *order;
    int at_once;
} tables[] = {
    {"field_lists", "1", 1},    {"texts", "1", 1},     {"documents", "document_key", 0},
    {"versions", "document_key", 0}, {"changes", "sequence", 0}, {"change_hours", "1", 0},
    {"snapshots", "1", 0},      {"error_episodes", "1", 0}, {"episode_messages", "document_key", 0},
    {"poll_runs", "1", 0},
};
enum { table_count = sizeof tables / sizeof *tables };

// The rows of a table that are to be stored, in memory before the clock runs.
struct batch {
    sqlite3_stmt *insertion;
    int columns;
    int64_t count;
    sqlite3_value **values;
};

static struct batch load(sqlite3 *db, int table) {
    char sql[512];
    snprintf(
        sql, sizeof sql, "SELECT * FROM finished.%s EXCEPT SELECT * FROM main.%s ORDER BY %s", tables[table].name,
        tables[table].name, tables[table].order
    );
    sqlite3_stmt *rows = prepare(db, sql);
    struct batch batch = {.columns = sqlite3_column_count(rows)};
    int64_t room = 0;
    int code;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
        if (batch.count == room) {
            room = room ? room * 2 : 1024;
            batch.values = realloc(batch.values, (size_t)(room * batch.columns) * sizeof *batch.values);
        }
        for (int column = 0; column < batch.columns; column += 1) {
            batch.values[batch.count * batch.columns + column] = sqlite3_value_dup(sqlite3_column_value(rows, column));
        }
        batch.count += 1;
    }
    demand(db, code, SQLITE_DONE, sql);
    sqlite3_finalize(rows);

    int length = snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO main.%s VALUES (?", tables[table].name);
    for (int column = 1; column < batch.columns; column += 1) {
        length += snprintf(sql + length, sizeof sql - (size_t)length, ",?");
    }
    snprintf(sql + length, sizeof sql - (size_t)length, ")");
    batch.insertion = prepare(db, sql);
    return batch;
}

static void store(sqlite3 *db, const struct batch *batch, int64_t row) {
    for (int column = 0; column < batch->columns; column += 1) {
        sqlite3_bind_value(batch->insertion, column + 1, batch->values[row * batch->columns + column]);
    }
    demand(db, sqlite3_step(batch->insertion), SQLITE_DONE, sqlite3_sql(batch->insertion));
    sqlite3_reset(batch->insertion);
}

// Stores one part of so many of all tables' rows: from each table a row in turn, as they come with a change.
static void store_part(sqlite3 *db, const struct batch *batches, int part, int parts) {
    int64_t next[table_count], end[table_count];
    for (int table = 0; table < table_count; table += 1) {
        int64_t count = batches[table].count;
        next[table] = tables[table].at_once ? (part ? count : 0) : count * part / parts;
        end[table] = tables[table].at_once ? count : count * (part + 1) / parts;
        if (!tables[table].at_once) continue;
        while (next[table] < end[table]) store(db, &batches[table], next[table]++);
    }
    for (int stored = 1; stored;) {
        stored = 0;
        for (int table = 0; table < table_count; table += 1) {
            if (next[table] == end[table]) continue;
            store(db, &batches[table], next[table]++);
            stored = 1;
        }
    }
}

// A figure counts only if the file says in the end what the other says.
static void check_equal(sqlite3 *db, const char *table) {
    char sql[512];
    snprintf(
        sql, sizeof sql,
        "SELECT (SELECT count(*) FROM (SELECT * FROM finished.%s EXCEPT SELECT * FROM main.%s))"
        " + (SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM finished.%s))",
        table, table, table, table
    );
    sqlite3_stmt *difference = prepare(db, sql);
    demand(db, sqlite3_step(difference), SQLITE_ROW, sql);
    if (sqlite3_column_int64(difference, 0) != 0) {
        fprintf(stderr, "bare-sqlite: %lld rows of %s differ from what the other program stored\n",
            (long long)sqlite3_column_int64(difference, 0), table);
        exit(1);
    }
    sqlite3_finalize(difference);
}

static void attach(sqlite3 *db, const char *finished) {
    sqlite3_stmt *attachment = prepare(db, "ATTACH ? AS finished");
    sqlite3_bind_text(attachment, 1, finished, -1, SQLITE_STATIC);
    demand(db, sqlite3_step(attachment), SQLITE_DONE, "ATTACH");
    sqlite3_finalize(attachment);
}

void insert_rows(const char *path, const char *finished, int commits) {
    sqlite3 *db = open_file(path);
    attach(db, finished);
    struct batch batches[table_count];
    int64_t rows = 0;
    for (int table = 0; table < table_count; table += 1) {
        batches[table] = load(db, table);
        rows += batches[table].count;
    }
    // A transaction would lock the other file too.
    execute(db, "DETACH finished");

    int64_t wall = wall_time(), processor = processor_time();
    for (int commit = 0; commit < commits; commit += 1) {
        execute(db, "BEGIN IMMEDIATE");
        store_part(db, batches, commit, commits);
        execute(db, "COMMIT");
    }
    wall = wall_time() - wall;
    processor = processor_time() - processor;

    attach(db, finished);
    for (int table = 0; table < table_count; table += 1) check_equal(db, tables[table].name);
    printf("rows %lld\nwall.seconds %.9f\nprocessor.seconds %.9f\n", (long long)rows, (double)wall / 1e9,
        (double)processor / 1e9);
}
