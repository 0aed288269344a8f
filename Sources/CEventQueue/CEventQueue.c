#define _GNU_SOURCE
#include "CEventQueue.h"

#if !defined(__linux__)
#error "CEventQueue is written for epoll; kqueue needs an implementation of CEventQueue.h of its own"
#endif

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static inline int checked(int result) {
    return result < 0 ? -errno : result;
}

static inline long checked_count(ssize_t result) {
    return result < 0 ? -errno : (long)result;
}

int event_set_open(void) {
    return checked(epoll_create1(EPOLL_CLOEXEC));
}

int event_set_watch(int set, int descriptor, uint64_t token) {
    struct epoll_event event = {
        .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
        .data.u64 = token,
    };
    return checked(epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event));
}

int event_set_take(int set, struct event_report *reports, int capacity, int milliseconds) {
    struct epoll_event events[128];
    if (capacity > 128) {
        capacity = 128;
    }
    int count = epoll_wait(set, events, capacity, milliseconds);
    if (count < 0) {
        // A signal ended the wait; whoever waits looks at the time anyway.
        return errno == EINTR ? 0 : -errno;
    }
    for (int index = 0; index < count; index++) {
        uint32_t flags = events[index].events;
        reports[index] = (struct event_report){
            .token = events[index].data.u64,
            .readable = flags & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR),
            .writable = flags & (EPOLLOUT | EPOLLHUP | EPOLLERR),
            .finished = flags & (EPOLLRDHUP | EPOLLHUP),
            .broken = flags & (EPOLLHUP | EPOLLERR),
        };
    }
    return count;
}

int event_wake_open(void) {
    return checked(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
}

void event_wake(int wake) {
    // Watched edge-triggered, it is never read: each write is an edge. A full counter would take 2^64 of them.
    uint64_t one = 1;
    while (write(wake, &one, sizeof one) < 0 && errno == EINTR) {
    }
}

int event_stream_socket(int family) {
    return checked(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

int event_accept(int listener, void *peer, uint32_t *length) {
    socklen_t taken = sizeof(struct sockaddr_storage);
    int descriptor = accept4(listener, peer, &taken, SOCK_NONBLOCK | SOCK_CLOEXEC);
    *length = taken;
    return checked(descriptor);
}

long event_send(int socket, const void *first, size_t first_count, const void *second, size_t second_count, bool more) {
    int flags = MSG_NOSIGNAL | (more ? MSG_MORE : 0);
    ssize_t sent;
    if (second_count == 0) {
        do {
            sent = send(socket, first, first_count, flags);
        } while (sent < 0 && errno == EINTR);
        return checked_count(sent);
    }
    struct iovec pieces[2] = {
        {.iov_base = (void *)first, .iov_len = first_count},
        {.iov_base = (void *)second, .iov_len = second_count},
    };
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
    do {
        sent = sendmsg(socket, &message, flags);
    } while (sent < 0 && errno == EINTR);
    return checked_count(sent);
}

int event_memory_file(const void *bytes, size_t count) {
    int file = memfd_create("http-body", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) {
        return -errno;
    }
    size_t written = 0;
    while (written < count) {
        ssize_t taken = write(file, (const char *)bytes + written, count - written);
        if (taken < 0 && errno != EINTR) {
            int code = errno;
            close(file);
            return -code;
        }
        written += taken > 0 ? (size_t)taken : 0;
    }
    // The kernel sends pages of the file long after the call: they must stay as they are.
    fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    return file;
}

long event_send_file(int socket, int file, size_t offset, size_t count) {
    // Unlike send(2) this call has no flag against SIGPIPE, which it raises for its own thread alone.
    static _Thread_local bool is_blocked;
    if (!is_blocked) {
        sigset_t mask;
        sigemptyset(&mask);
        sigaddset(&mask, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &mask, NULL);
        is_blocked = true;
    }
    off_t start = (off_t)offset;
    ssize_t sent;
    do {
        sent = sendfile(socket, file, &start, count);
    } while (sent < 0 && errno == EINTR);
    return checked_count(sent);
}

long event_receive(int socket, void *buffer, size_t capacity) {
    ssize_t received;
    do {
        received = recv(socket, buffer, capacity, 0);
    } while (received < 0 && errno == EINTR);
    return checked_count(received);
}

int event_unacknowledged(int socket) {
    int count = 0;
    return ioctl(socket, SIOCOUTQ, &count) < 0 ? -errno : count;
}

int event_send_promptly(int socket) {
    int on = 1;
    return checked(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
}

int event_reset_on_close(int socket) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    return checked(setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
}

int event_reuse_address(int socket) {
    int on = 1;
    return checked(setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
}

int event_only_ipv6(int socket, bool only) {
    int value = only;
    return checked(setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &value, sizeof value));
}

int64_t event_uptime(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t event_wall_clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return now.tv_sec;
}
