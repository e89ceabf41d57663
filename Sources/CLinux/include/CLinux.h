#ifndef CLINUX_H
#define CLINUX_H
#include <sys/types.h>
/// Gives the calling thread a name of at most 15 bytes, as `top -H` and debuggers show it.
void clinux_name_thread(const char *name);
/// Starts a program with an empty signal mask and default signal handlers, in its own process group.
/// `stdout_fd` and `stderr_fd` become its output (-1: inherited). Returns the pid, or -errno.
pid_t clinux_spawn(const char *path, char *const argv[], char *const envp[], const char *directory, int stdout_fd, int stderr_fd);
/// An eventfd that never blocks and is closed on exec; -1 on failure. Writing 8 bytes makes it readable, reading resets it.
int clinux_eventfd(void);
#endif
