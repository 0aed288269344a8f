#pragma once

// Typed doors to the socket calls that Swift's import of the C library leaves
// out or knows only as variadic functions and macros. The interface names no
// system: an implementation for kqueue would be another .c file behind it.
//
// Every function that can fail returns the negative errno.
//
// No header of the socket library is included: its types would then seem to
// come from this module instead of the C library's.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What became of one watched descriptor since it was last reported.
struct event_report {
    uint64_t token;
    bool readable;
    bool writable;
    /// The peer will send nothing more (its FIN was received).
    bool finished;
    /// Both directions are gone: reset, or shut down on both sides.
    bool broken;
};

/// A set of watched descriptors. It is a pollable descriptor itself.
int event_set_open(void);

/// Watches both directions of a descriptor, edge-triggered: an edge is told once, so read and write until it would block.
/// Closing the descriptor ends the watch.
int event_set_watch(int set, int descriptor, uint64_t token);

/// Waits up to so many milliseconds for the first report (0: not at all, -1: without end) and takes up to `capacity` of
/// them; returns how many.
int event_set_take(int set, struct event_report *reports, int capacity, int milliseconds);

/// A descriptor that ends the wait of the set that watches it.
int event_wake_open(void);

/// Ends the wait of the set that watches the descriptor, or its next one.
void event_wake(int wake);

/// A non-blocking stream socket, closed on exec.
int event_stream_socket(int family);

/// Accepts one connection, non-blocking and closed on exec. `peer` has room for a `struct sockaddr_storage`.
int event_accept(int listener, void *peer, uint32_t *length);

/// Sends two pieces with one call and without SIGPIPE; returns the bytes taken. With `more`, what is sent next may share a
/// packet with them.
long event_send(int socket, const void *first, size_t first_count, const void *second, size_t second_count, bool more);

/// A file that exists in memory only, with these bytes, which nobody can change any more.
int event_memory_file(const void *bytes, size_t count);

/// Sends a part of a file without copying it, and without SIGPIPE; returns the bytes taken.
long event_send_file(int socket, int file, size_t offset, size_t count);

/// Receives what is there; 0 is the end of the peer's sending.
long event_receive(int socket, void *buffer, size_t capacity);

/// Bytes that were sent and that the peer's side has not acknowledged yet.
int event_unacknowledged(int socket);

/// Sends small answers at once (TCP_NODELAY).
int event_send_promptly(int socket);

/// Makes close(2) answer with a reset and drop what is unsent (SO_LINGER of zero seconds).
int event_reset_on_close(int socket);

/// Lets an address be bound again at once after a restart (SO_REUSEADDR).
int event_reuse_address(int socket);

/// Restricts an IPv6 socket to IPv6, or opens it to both families.
int event_only_ipv6(int socket, bool only);

/// Nanoseconds of a clock that never steps.
int64_t event_uptime(void);

/// Seconds since 1970, cheap enough to be asked for each answer.
int64_t event_wall_clock_seconds(void);
