// What Visavis uses of NVIDIA's management library (NVML), declared in its own words. The library is opened at run time;
// its functions are found by name, and keep their types for good: what changes gets another name.
#pragma once

#include <stdint.h>

#pragma clang assume_nonnull begin

/// What each function answers: ``NVML_SUCCESS``, or the reason why not.
typedef uint32_t nvml_status;

/// Statuses that mean something here; `nvmlErrorString` has words for all of them.
enum { NVML_SUCCESS = 0, NVML_NOT_SUPPORTED = 3 };

/// A GPU. It belongs to the library.
typedef struct nvml_device *nvml_device;

/// A GPU's memory in bytes. What the driver keeps for itself counts as used.
typedef struct nvml_memory {
    uint64_t total;
    uint64_t free;
    uint64_t used;
} nvml_memory;

/// How busy a GPU was, in percent of a period between 1/6 s and 1 s that the GPU chooses.
typedef struct nvml_utilisation {
    /// Of the time in which programs ran on it.
    uint32_t gpu;
    /// Of the time in which its memory was read or written.
    uint32_t memory;
} nvml_utilisation;

/// `nvmlInit_v2` and `nvmlShutdown`: the library counts how often it was started.
typedef nvml_status (*_Nonnull nvml_no_arguments)(void);
/// `nvmlErrorString`: words that belong to the library.
typedef const char *_Nullable (*_Nonnull nvml_error_string)(nvml_status status);
/// `nvmlDeviceGetCount_v2`.
typedef nvml_status (*_Nonnull nvml_device_count)(uint32_t *count);
/// `nvmlDeviceGetHandleByIndex_v2`: GPUs in the order of their places on the bus.
typedef nvml_status (*_Nonnull nvml_device_by_index)(uint32_t index, nvml_device _Nullable *_Nonnull device);
/// `nvmlDeviceGetHandleByUUID`: a GPU, or a part of one (`MIG-…`).
typedef nvml_status (*_Nonnull nvml_device_by_uuid)(const char *uuid, nvml_device _Nullable *_Nonnull device);
/// `nvmlDeviceGetName`: at most ``NVML_NAME_SIZE`` bytes with the zero at the end.
typedef nvml_status (*_Nonnull nvml_device_name)(nvml_device device, char *name, uint32_t size);
/// `nvmlDeviceGetMemoryInfo`.
typedef nvml_status (*_Nonnull nvml_device_memory)(nvml_device device, nvml_memory *memory);
/// `nvmlDeviceGetUtilizationRates`.
typedef nvml_status (*_Nonnull nvml_device_utilisation)(nvml_device device, nvml_utilisation *rates);

/// Bytes that hold any GPU's name.
enum { NVML_NAME_SIZE = 96 };

#pragma clang assume_nonnull end
