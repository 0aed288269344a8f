#include <sqlite3.h>
#include <stdint.h>

// A program does nothing but what SQLite makes it do: every figure of the service stands beside one of these. What fails
// ends it with a message on standard error.

// Opens a file as the service does: foreign keys, a durable commit, five seconds of patience.
sqlite3 *open_file(const char *path);

// Prepares a statement that is kept.
sqlite3_stmt *prepare(sqlite3 *db, const char *sql);

// Runs statements that return nothing of interest.
void execute(sqlite3 *db, const char *sql);

// Ends the program unless the code is the one that is expected.
void demand(sqlite3 *db, int code, int expected, const char *what);

// Nanoseconds of the monotonic clock, and of all of the process's threads on all cores.
int64_t wall_time(void);
int64_t processor_time(void);

// Stores in a file what another has more than it, in as many commits.
void insert_rows(const char *path, const char *finished, int commits);

// Reads a question's arguments line by line from standard input, and tells how long each took.
void ask(const char *path, const char *question);

// Tells the cluster and the name of every link that is listed.
void list(const char *path);
