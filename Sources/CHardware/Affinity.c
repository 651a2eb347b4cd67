#define _GNU_SOURCE
#include "Affinity.h"

int visavis_get_affinity(int thread, cpu_set_t *cores) {
    return sched_getaffinity(thread, sizeof *cores, cores);
}

int visavis_set_affinity(const cpu_set_t *cores) {
    return sched_setaffinity(0, sizeof *cores, cores);
}
