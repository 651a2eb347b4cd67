// glibc declares what this calls to C alone, under _GNU_SOURCE, which Swift does not set.
#pragma once

#include <sched.h>

/// Reads the cores that a thread may run on; the calling thread's with 0, the main thread's with the process's number.
/// \returns 0, or -1 with a reason in `errno`.
int visavis_get_affinity(int thread, cpu_set_t *_Nonnull cores);

/// Confines the calling thread to some cores.
/// \returns 0, or -1 with a reason in `errno`.
int visavis_set_affinity(const cpu_set_t *_Nonnull cores);
