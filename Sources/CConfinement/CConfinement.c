#define _GNU_SOURCE

#include "CConfinement.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void confinement_close_from(int first) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) return;
#endif
    // Kernels before 5.9.
    struct rlimit limit;
    int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1 << 20 ? (int)limit.rlim_cur : 1 << 20;
    for (int descriptor = first; descriptor < end; descriptor++) close(descriptor);
}

// As low as asked for, or lower where less is allowed already.
static int lower(int resource, uint64_t value) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return -errno;
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < value) value = limit.rlim_max;
    limit.rlim_cur = limit.rlim_max = value;
    return setrlimit(resource, &limit) == 0 ? 0 : -errno;
}

int confinement_begin(const struct confinement *limits) {
    // Before anything that takes time: whoever asked may be gone already, and then nobody waits.
    alarm(limits->lifetime_seconds);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -errno;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
    // A file that may not grow is then an error of writing and no end of the process.
    signal(SIGXFSZ, SIG_IGN);
    const struct {
        int resource;
        uint64_t value;
    } wanted[] = {
        {RLIMIT_DATA, limits->data_bytes}, {RLIMIT_STACK, limits->stack_bytes},
        {RLIMIT_CPU, limits->processor_seconds}, {RLIMIT_NOFILE, limits->descriptors},
        {RLIMIT_FSIZE, 0}, {RLIMIT_CORE, 0}, {RLIMIT_NPROC, 0},
    };
    for (unsigned index = 0; index < sizeof wanted / sizeof *wanted; index++) {
        int code = lower(wanted[index].resource, wanted[index].value);
        if (code != 0) return code;
    }
    // Courtesy to the rest of the machine, and no safety: where it is not allowed, nothing follows.
    (void)setpriority(PRIO_PROCESS, 0, limits->niceness);
    return 0;
}

int confinement_start_thread(size_t stack_bytes, void *(*run)(void *), void *context) {
    pthread_attr_t attributes;
    int code = pthread_attr_init(&attributes);
    if (code != 0) return -code;
    pthread_t thread;
    code = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (code == 0) code = pthread_attr_setstacksize(&attributes, stack_bytes);
    if (code == 0) code = pthread_create(&thread, &attributes, run, context);
    pthread_attr_destroy(&attributes);
    return -code;
}

int confinement_defend(void *connection) {
    const struct {
        int option;
        int value;
    } wanted[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    for (unsigned index = 0; index < sizeof wanted / sizeof *wanted; index++) {
        int code = sqlite3_db_config(connection, wanted[index].option, wanted[index].value, (int *)0);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

int confinement_error_offset(void *connection) {
#if SQLITE_VERSION_NUMBER >= 3038000
    return sqlite3_error_offset(connection);
#else
    (void)connection;
    return -1;
#endif
}
