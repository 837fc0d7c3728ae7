/*
 * Runs clickhouse-local out of libchdb: `clickhouse-server LIBRARY ARGUMENT…`. ClickHouse measures the stack of the
 * calling thread, so the call has to come from a plain C program; a JavaScript foreign-function call trips its check.
 */
#include <dlfcn.h>
#include <stdio.h>

struct result {
    char *text;
    size_t length;
    void *owner;
    double seconds;
    unsigned long rows;
    unsigned long bytes;
    char *error;
};

typedef struct result *(*query_command_line)(int, char **);

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL);
    if (library == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    query_command_line run = (query_command_line)dlsym(library, "chdb_query_cmdline");
    if (run == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    argv[1] = "clickhouse";
    struct result *result = run(argc - 1, argv + 1);
    if (result != NULL && result->error != NULL) {
        fprintf(stderr, "%s\n", result->error);
        return 1;
    }
    return 0;
}
