#pragma once

// Typed doors to what confines a process that runs somebody else's statement: calls that Swift's import of the C library
// leaves out or knows only as variadic functions.
//
// Every function that can fail returns the negative errno.

#include <stddef.h>
#include <stdint.h>

/// What a process may use from now on; none can be raised again.
struct confinement {
    /// Bytes of memory of its own (RLIMIT_DATA): heap, writable private mappings, data of libraries.
    uint64_t data_bytes;
    /// Bytes of its stack (RLIMIT_STACK).
    uint64_t stack_bytes;
    /// Seconds of processor time, then SIGKILL (RLIMIT_CPU).
    uint32_t processor_seconds;
    /// Descriptors open at once (RLIMIT_NOFILE).
    uint32_t descriptors;
    /// Seconds from now until SIGALRM, whatever happens: the last resort where nobody is left to end it.
    uint32_t lifetime_seconds;
    /// Added to its nice value (setpriority(2)), as far as that is allowed.
    int32_t niceness;
};

/// Closes every descriptor from the given one on.
void confinement_close_from(int first);

/// Confines the calling process: it can grow no file, start no process, leave no core, gain no privileges, and dies with the
/// thread that started it (PR_SET_PDEATHSIG).
int confinement_begin(const struct confinement *limits);

/// Starts a thread that nobody joins, to see to a confined process.
/// - Parameter stack_bytes: of its stack.
int confinement_start_thread(size_t stack_bytes, void *(*run)(void *), void *context);

/// Takes from an SQLite connection what statements could harm its file with or load code by, and lets texts in double quotes
/// be names only.
/// - Parameter connection: a `sqlite3 *`.
/// Returns SQLite's code.
int confinement_defend(void *connection);

/// Where in the statement the connection's last error was found, in bytes; -1 where that is not known.
int confinement_error_offset(void *connection);
