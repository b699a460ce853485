/* Runs a program and writes what it took into a file: wall, user and system time in microseconds, memory in kB.
 *
 *     measure FILE PROGRAM [ARGUMENT]...
 *
 * A process counts the memory of the one that started it until it is another program, so this one is small. */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long micros(long seconds, long rest) { return seconds * 1000000LL + rest; }

int main(int count, char **words) {
    struct timespec start, end;
    struct rusage used;
    pid_t child;
    int status;
    if (count < 3)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (posix_spawnp(&child, words[2], NULL, NULL, words + 2, environ) != 0 || wait4(child, &status, 0, &used) < 0) {
        perror(words[2]);
        return 3;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    FILE *file = fopen(words[1], "w");
    if (!file)
        return 3;
    fprintf(file, "%lld %lld %lld %ld\n",
            micros(end.tv_sec, end.tv_nsec / 1000) - micros(start.tv_sec, start.tv_nsec / 1000),
            micros(used.ru_utime.tv_sec, used.ru_utime.tv_usec), micros(used.ru_stime.tv_sec, used.ru_stime.tv_usec),
            used.ru_maxrss);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
}
