// The library is opened at run time: there is nothing to link. This file checks the layout of the table.
#include "CONNXRuntime.h"

#include <stddef.h>

#define AT(entry, index) \
    _Static_assert(offsetof(ort_api, entry) == (index) * sizeof(void *), #entry " is not at its place in the table")

AT(get_error_code, 1);
AT(create_environment, 4);
AT(create_session, 7);
AT(create_session_options, 10);
AT(set_optimization_level, 23);
AT(input_count, 30);
AT(input_name, 36);
AT(create_tensor, 48);
AT(tensor_data, 51);
AT(tensor_info, 55);
AT(element_type, 60);
AT(create_memory_info, 68);
AT(free_with_allocator, 76);
AT(default_allocator, 78);
AT(release_environment, 92);
AT(release_tensor_info, 99);
AT(available_providers, 125);
AT(add_session_entry, 130);
AT(run_with_binding, 133);
AT(append_tensorrt, 170);
AT(release_tensorrt_options, 174);
AT(synchronize_outputs, 203);
AT(release_cuda_options, 208);
