/* The floor: every byte of the files read once, and the lines counted with memchr. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char block[1 << 20];

int main(int count, char **paths) {
    unsigned long lines = 0;
    for (int n = 1; n < count; n++) {
        int file = open(paths[n], O_RDONLY);
        if (file < 0) {
            perror(paths[n]);
            return 2;
        }
        ssize_t got;
        while ((got = read(file, block, sizeof block)) > 0)
            for (char *at = block; (at = memchr(at, '\n', block + got - at)); at++)
                lines++;
        if (got < 0) {
            perror(paths[n]);
            return 3;
        }
        close(file);
    }
    printf("%lu\n", lines);
    return 0;
}
