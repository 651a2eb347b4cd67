// FFmpeg's libraries as one C module. Swift does not import function-like macros, so the few that we need
// are repeated here as inline functions.
#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/crc.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/sha.h>
#include <libavutil/tx.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

static inline int visavis_averror(int posix_error) { return AVERROR(posix_error); }
static inline int visavis_averror_eof(void) { return AVERROR_EOF; }
