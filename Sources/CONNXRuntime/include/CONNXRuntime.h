// What Visavis uses of ONNX Runtime's C interface, declared in its own words.
//
// The library exports one function, OrtGetApiBase. Through it one asks for a table of function pointers by version
// number; a version only ever appends entries to the one before, so that an entry has its index for good. Entries
// that are used here have a name and a type, the ranges between them are padding with their indices in its name.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// The version of the table that is asked for: the one of ONNX Runtime 1.18. Later libraries have it too.
#define VISAVIS_ORT_API_VERSION 18
/// The name of the exported function, of type `ort_get_api_base`.
#define VISAVIS_ORT_ENTRY_POINT "OrtGetApiBase"

#pragma clang assume_nonnull begin

// Objects of the library: made by it, released through it.
typedef struct ort_allocator ort_allocator;
typedef struct ort_binding ort_binding;
typedef struct ort_cuda_options ort_cuda_options;
typedef struct ort_environment ort_environment;
typedef struct ort_memory_info ort_memory_info;
typedef struct ort_run_options ort_run_options;
typedef struct ort_session ort_session;
typedef struct ort_session_options ort_session_options;
/// What a call answers that failed, to be released by the caller; null is what a good one answers.
typedef struct ort_status ort_status;
typedef struct ort_tensor_info ort_tensor_info;
typedef struct ort_tensorrt_options ort_tensorrt_options;
typedef struct ort_type_info ort_type_info;
typedef struct ort_value ort_value;

/// Takes a line of the library's log.
typedef void (*_Nonnull ort_log)(
    void *_Nullable context, int32_t severity, const char *category, const char *identifier, const char *location,
    const char *message);

/// Severities of the log.
enum { ORT_LOG_ERROR = 3, ORT_LOG_FATAL = 4 };

/// What a status says went wrong; whatever is not listed has no meaning of its own here.
enum { ORT_CODE_INVALID_ARGUMENT = 2, ORT_CODE_NO_SUCH_FILE = 3, ORT_CODE_INVALID_PROTOBUF = 7 };

/// The kind of a graph's input or output. All others are sequences, maps and the like.
enum { ORT_KIND_TENSOR = 1 };

/// Kinds of memory: from the device itself, or through the library's arena.
enum { ORT_ALLOCATE_FROM_DEVICE = 0, ORT_ALLOCATE_FROM_ARENA = 1 };

/// What memory is for: the plain memory of a device.
enum { ORT_MEMORY_DEFAULT = 0 };

/// How much a graph is rewritten when it is loaded.
enum { ORT_OPTIMIZE_NOTHING = 0, ORT_OPTIMIZE_BASIC = 1, ORT_OPTIMIZE_EXTENDED = 2, ORT_OPTIMIZE_ALL = 99 };

// A call that answers a status, the place where a call puts what it makes, and entries that are not used.
#define CALL(name) ort_status *_Nullable (*_Nonnull name)
#define MADE(type) type *_Nullable *_Nonnull made
#define UNUSED(first, last) const void *_Nullable unused_##first##_to_##last[(last) - (first) + 1]

/// The table of version 18, as far as it is used.
typedef struct ort_api {
    UNUSED(0, 0);
    int32_t (*_Nonnull get_error_code)(const ort_status *status);
    const char *_Nonnull (*_Nonnull get_error_message)(const ort_status *status);
    UNUSED(3, 3);
    CALL(create_environment)(
        ort_log log, void *_Nullable context, int32_t severity, const char *identifier,
        MADE(ort_environment));
    UNUSED(5, 6);
    CALL(create_session)(
        const ort_environment *environment, const char *path, const ort_session_options *options,
        MADE(ort_session));
    CALL(create_session_from_bytes)(
        const ort_environment *environment, const void *bytes, size_t count, const ort_session_options *options,
        MADE(ort_session));
    UNUSED(9, 9);
    CALL(create_session_options)(MADE(ort_session_options));
    UNUSED(11, 21);
    CALL(set_log_severity)(ort_session_options *options, int32_t severity);
    CALL(set_optimization_level)(ort_session_options *options, int32_t level);
    CALL(set_thread_count)(ort_session_options *options, int32_t count);
    UNUSED(25, 29);
    CALL(input_count)(const ort_session *session, size_t *count);
    CALL(output_count)(const ort_session *session, size_t *count);
    UNUSED(32, 32);
    CALL(input_type)(const ort_session *session, size_t index, MADE(ort_type_info));
    CALL(output_type)(const ort_session *session, size_t index, MADE(ort_type_info));
    UNUSED(35, 35);
    CALL(input_name)(
        const ort_session *session, size_t index, ort_allocator *allocator, MADE(char));
    CALL(output_name)(
        const ort_session *session, size_t index, ort_allocator *allocator, MADE(char));
    UNUSED(38, 38);
    CALL(create_run_options)(MADE(ort_run_options));
    UNUSED(40, 47);
    /// Makes a tensor in memory of the allocator.
    CALL(create_tensor)(
        ort_allocator *allocator, const int64_t *shape, size_t rank, int32_t element_type,
        MADE(ort_value));
    /// Makes a tensor over memory of the caller's, which has to outlive it.
    CALL(create_tensor_over)(
        const ort_memory_info *info, void *bytes, size_t byte_count, const int64_t *shape, size_t rank,
        int32_t element_type, MADE(ort_value));
    UNUSED(50, 50);
    CALL(tensor_data)(ort_value *value, void *_Nullable *_Nonnull data);
    UNUSED(52, 54);
    /// The part of a type that tensors have; it belongs to the type. Null for what is no tensor.
    CALL(tensor_info)(const ort_type_info *type, const ort_tensor_info *_Nullable *_Nonnull part);
    CALL(kind_of_type)(const ort_type_info *type, int32_t *kind);
    UNUSED(57, 59);
    CALL(element_type)(const ort_tensor_info *info, int32_t *element_type);
    CALL(rank)(const ort_tensor_info *info, size_t *rank);
    CALL(dimensions)(const ort_tensor_info *info, int64_t *dimensions, size_t rank);
    /// The names of the axes whose length is not fixed, empty for the others; they belong to the info.
    CALL(symbolic_dimensions)(
        const ort_tensor_info *info, const char *_Nullable *_Nonnull names, size_t rank);
    UNUSED(64, 67);
    CALL(create_memory_info)(
        const char *name, int32_t allocator_kind, int32_t device, int32_t purpose,
        MADE(ort_memory_info));
    UNUSED(69, 75);
    CALL(free_with_allocator)(ort_allocator *allocator, void *memory);
    UNUSED(77, 77);
    /// The allocator of plain memory; it is the library's and is not released.
    CALL(default_allocator)(ort_allocator *_Nullable *_Nonnull found);
    UNUSED(79, 91);
    void (*_Nonnull release_environment)(ort_environment *_Nullable environment);
    void (*_Nonnull release_status)(ort_status *_Nullable status);
    void (*_Nonnull release_memory_info)(ort_memory_info *_Nullable info);
    void (*_Nonnull release_session)(ort_session *_Nullable session);
    void (*_Nonnull release_value)(ort_value *_Nullable value);
    void (*_Nonnull release_run_options)(ort_run_options *_Nullable options);
    void (*_Nonnull release_type_info)(ort_type_info *_Nullable type);
    void (*_Nonnull release_tensor_info)(ort_tensor_info *_Nullable info);
    void (*_Nonnull release_session_options)(ort_session_options *_Nullable options);
    UNUSED(101, 124);
    CALL(available_providers)(char *_Nullable *_Nullable *_Nonnull names, int32_t *count);
    CALL(release_available_providers)(char *_Nullable *_Nullable names, int32_t count);
    UNUSED(127, 129);
    CALL(add_session_entry)(ort_session_options *options, const char *key, const char *value);
    CALL(create_allocator)(
        const ort_session *session, const ort_memory_info *info, MADE(ort_allocator));
    void (*_Nonnull release_allocator)(ort_allocator *_Nullable allocator);
    CALL(run_with_binding)(
        ort_session *session, const ort_run_options *_Nullable options, const ort_binding *binding);
    CALL(create_binding)(ort_session *session, MADE(ort_binding));
    void (*_Nonnull release_binding)(ort_binding *_Nullable binding);
    CALL(bind_input)(ort_binding *binding, const char *name, const ort_value *value);
    CALL(bind_output)(ort_binding *binding, const char *name, const ort_value *value);
    UNUSED(138, 169);
    CALL(append_tensorrt)(ort_session_options *options, const ort_tensorrt_options *tensorrt);
    CALL(create_tensorrt_options)(MADE(ort_tensorrt_options));
    CALL(update_tensorrt_options)(
        ort_tensorrt_options *options, const char *_Nullable const *_Nonnull keys,
        const char *_Nullable const *_Nonnull values, size_t count);
    UNUSED(173, 173);
    void (*_Nonnull release_tensorrt_options)(ort_tensorrt_options *_Nullable options);
    UNUSED(175, 202);
    CALL(synchronize_outputs)(ort_binding *binding);
    CALL(append_cuda)(ort_session_options *options, const ort_cuda_options *cuda);
    CALL(create_cuda_options)(MADE(ort_cuda_options));
    CALL(update_cuda_options)(
        ort_cuda_options *options, const char *_Nullable const *_Nonnull keys,
        const char *_Nullable const *_Nonnull values, size_t count);
    UNUSED(207, 207);
    void (*_Nonnull release_cuda_options)(ort_cuda_options *_Nullable options);
} ort_api;

#undef CALL
#undef MADE
#undef UNUSED

/// What the exported function answers.
typedef struct ort_api_base {
    /// The table of a version; null if the library is older than that.
    const ort_api *_Nullable (*_Nonnull get_api)(uint32_t version);
    /// The library's version, e.g. `1.18.0`.
    const char *_Nonnull (*_Nonnull get_version)(void);
} ort_api_base;

/// The exported function.
typedef const ort_api_base *_Nullable (*_Nonnull ort_get_api_base)(void);

#pragma clang assume_nonnull end
