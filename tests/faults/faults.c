/* Lets system calls of a program fail on purpose: LD_PRELOAD=libfaults.so with, in the environment,
 *   FAULT_CALL   which: write, fsync, close, read, rename, open
 *   FAULT_PATH   only on files whose path contains this text
 *   FAULT_ERRNO  the number of the error
 *   FAULT_AT     the how manieth such call fails, from 1
 *   FAULT_ON     set: those after it fail as well, as on a disk that stays full
 *   FAULT_COUNT  a file that gets the number of such calls
 *   NETWORK_LOG  a file that gets a line for every connection beyond this machine's own sockets
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;
static __thread int inside; /* our own calls are none of the program's */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int path_matches(const char* path)
{
    const char* wanted = getenv("FAULT_PATH");
    return !wanted || (path && strstr(path, wanted));
}

static void tell(const char* variable, const char* text)
{
    const char* name = getenv(variable);
    if (!name)
        return;
    const int append = strcmp(variable, "NETWORK_LOG") == 0;
    const int file = REAL(open)(name, O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0600);
    if (file < 0)
        return;
    if (REAL(write)(file, text, strlen(text)) < 0)
        abort();
    REAL(close)(file);
}

/* True when this call is to fail; errno is set then. */
static int fails(const char* call, const char* path)
{
    const char* wanted = getenv("FAULT_CALL");
    if (inside || !wanted || strcmp(wanted, call) != 0 || !path_matches(path))
        return 0;
    inside = 1;
    const int number = atomic_fetch_add(&calls, 1) + 1;
    char text[32];
    snprintf(text, sizeof text, "%d\n", number);
    tell("FAULT_COUNT", text);
    inside = 0;
    const char* at = getenv("FAULT_AT");
    const int wanted_number = at ? atoi(at) : 0;
    if (wanted_number == 0 || number < wanted_number || (number > wanted_number && !getenv("FAULT_ON")))
        return 0;
    errno = atoi(getenv("FAULT_ERRNO") ? getenv("FAULT_ERRNO") : "5");
    return 1;
}

static int fd_fails(const char* call, int fd)
{
    char link[64], path[4096];
    if (inside || !getenv("FAULT_CALL"))
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return fails(call, path);
}

ssize_t write(int fd, const void* bytes, size_t count)
{
    if (fd_fails("write", fd)) {
        const int code = errno;
        if (count > 1 && REAL(write)(fd, bytes, count / 2) < 0) /* half of it gets there, as on a full disk */
            return -1;
        errno = code;
        return -1;
    }
    return REAL(write)(fd, bytes, count);
}

ssize_t read(int fd, void* bytes, size_t count) { return fd_fails("read", fd) ? -1 : REAL(read)(fd, bytes, count); }

ssize_t pread64(int fd, void* bytes, size_t count, off64_t at)
{
    return fd_fails("read", fd) ? -1 : REAL(pread64)(fd, bytes, count, at);
}

ssize_t pread(int fd, void* bytes, size_t count, off_t at)
{
    return fd_fails("read", fd) ? -1 : REAL(pread)(fd, bytes, count, at);
}

size_t fread(void* bytes, size_t size, size_t count, FILE* file)
{
    return fd_fails("read", fileno(file)) ? 0 : REAL(fread)(bytes, size, count, file);
}

ssize_t sendfile(int to, int from, off_t* at, size_t count)
{
    return fd_fails("write", to) || fd_fails("read", from) ? -1 : REAL(sendfile)(to, from, at, count);
}

int fsync(int fd) { return fd_fails("fsync", fd) ? -1 : REAL(fsync)(fd); }

int close(int fd)
{
    if (!fd_fails("close", fd))
        return REAL(close)(fd);
    const int code = errno;
    REAL(close)(fd);
    errno = code;
    return -1;
}

int rename(const char* from, const char* to) { return fails("rename", to) ? -1 : REAL(rename)(from, to); }

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags)
{
    return fails("rename", to) ? -1 : REAL(renameat2)(from_folder, from, to_folder, to, flags);
}

int open64(const char* path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return (flags & O_ACCMODE) != O_RDONLY && fails("open", path) ? -1 : REAL(open64)(path, flags, mode);
}

int connect(int fd, const struct sockaddr* address, socklen_t length)
{
    if (address->sa_family == AF_INET || address->sa_family == AF_INET6)
        tell("NETWORK_LOG", "connect\n");
    return REAL(connect)(fd, address, length);
}
