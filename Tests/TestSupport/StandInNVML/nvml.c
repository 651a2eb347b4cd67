// Stands in for NVIDIA's management library: answers what the file beside it says, which is named as the library with
// `.state` at the end and read at each call, so that a test can change it in between. Lines of that file:
//
//     count N                  GPUs; without it there is one
//     memory TOTAL FREE USED   bytes
//     utilisation PERCENT      of the time
//     name WORDS
//     fail FUNCTION STATUS     has that function answer a status
//
// Built with -DWITHOUT_MEMORY, it has no nvmlDeviceGetMemoryInfo.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { unsigned long long total, free, used; } memory_info;
typedef struct { unsigned gpu, memory; } utilisation;

/// The rest of the first line that begins with a key; empty if there is none.
static void find(const char *key, char *rest, size_t size) {
    rest[0] = 0;
    Dl_info own;
    char path[4096];
    if (!dladdr((void *)find, &own) || snprintf(path, sizeof path, "%s.state", own.dli_fname) >= (int)sizeof path) return;
    FILE *file = fopen(path, "re");
    if (!file) return;
    char line[512];
    size_t length = strlen(key);
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, key, length) || line[length] != ' ') continue;
        line[strcspn(line, "\n")] = 0;
        snprintf(rest, size, "%s", line + length + 1);
        break;
    }
    fclose(file);
}

static unsigned status(const char *function) {
    char key[128], rest[512];
    snprintf(key, sizeof key, "fail %s", function);
    find(key, rest, sizeof rest);
    return (unsigned)atoi(rest);
}

unsigned nvmlInit_v2(void) { return status("nvmlInit_v2"); }

unsigned nvmlShutdown(void) { return 0; }

const char *nvmlErrorString(unsigned code) {
    switch (code) {
    case 6: return "Not Found";
    case 9: return "Driver Not Loaded";
    case 15: return "GPU is lost";
    default: return code == 998 ? NULL : "Unknown Error";
    }
}

unsigned nvmlDeviceGetCount_v2(unsigned *count) {
    char rest[512];
    find("count", rest, sizeof rest);
    *count = rest[0] ? (unsigned)strtoul(rest, NULL, 10) : 1;
    return status("nvmlDeviceGetCount_v2");
}

unsigned nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) {
    *device = (void *)(size_t)(index + 1);
    return status("nvmlDeviceGetHandleByIndex_v2");
}

unsigned nvmlDeviceGetHandleByUUID(const char *uuid, void **device) {
    *device = (void *)(size_t)100;
    return strcmp(uuid, "GPU-stand-in") ? 6 : 0;
}

unsigned nvmlDeviceGetName(void *device, char *name, unsigned size) {
    char rest[512];
    find("name", rest, sizeof rest);
    snprintf(name, size, "%s %zu", rest[0] ? rest : "Stand-in", (size_t)device - 1);
    return status("nvmlDeviceGetName");
}

#ifndef WITHOUT_MEMORY
unsigned nvmlDeviceGetMemoryInfo(void *device, memory_info *memory) {
    char rest[512];
    find("memory", rest, sizeof rest);
    if (sscanf(rest, "%llu %llu %llu", &memory->total, &memory->free, &memory->used) != 3) return 999;
    return status("nvmlDeviceGetMemoryInfo");
}
#endif

unsigned nvmlDeviceGetUtilizationRates(void *device, utilisation *rates) {
    char rest[512];
    find("utilisation", rest, sizeof rest);
    rates->gpu = (unsigned)strtoul(rest, NULL, 10);
    rates->memory = 0;
    return status("nvmlDeviceGetUtilizationRates");
}
