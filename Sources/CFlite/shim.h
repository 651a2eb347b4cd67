// Debian ships Flite without a pkg-config file; the module map names its libraries.
#pragma once

#include <flite/flite.h>

cst_voice *register_cmu_us_slt(const char *voxdir);
cst_voice *register_cmu_us_rms(const char *voxdir);
cst_voice *register_cmu_us_awb(const char *voxdir);

// Has `utterance` hand over its samples to `take` while it is being synthesised, `samples` or more at a time.
// Flite keeps the name of a feature by its address, so that it must be a literal of C.
static inline void visavis_stream(
    cst_utterance *utterance, cst_audio_stream_callback take, int samples, void *user) {
    cst_audio_streaming_info *info = new_audio_streaming_info();
    info->min_buffsize = samples;
    info->asc = take;
    info->userdata = user;
    feat_set(utterance->features, "streaming_info", audio_streaming_info_val(info));
}
