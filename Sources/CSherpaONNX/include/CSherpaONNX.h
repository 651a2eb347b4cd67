// What Visavis uses of sherpa-onnx's C interface, version 2.0, declared in its own words.
//
// The library is opened at run time, and its functions are looked up by name. Its configurations are structures that
// callers lay out, and that grow with its versions: every member that is used here has a name and a type, the ranges
// between them are padding with their offsets in its name. Everything that is not set must be zero.
#pragma once

#include <stdint.h>

/// The part of the library's version that the layout of the structures goes by.
#define VISAVIS_SHERPA_VERSION "2.0."

#pragma clang assume_nonnull begin

// Objects of the library: made by it, destroyed through it.
typedef struct sherpa_recognizer sherpa_recognizer;
typedef struct sherpa_stream sherpa_stream;
typedef struct sherpa_synthesizer sherpa_synthesizer;

typedef const char *_Nullable sherpa_text;

#define UNUSED(first, last) char unused_##first##_to_##last[(last) - (first)]

/// What recognises speech that has been spoken to its end. One family of models is set, and the tokens.
typedef struct sherpa_recognizer_config {
    int32_t sample_rate;
    int32_t feature_count;
    sherpa_text transducer_encoder, transducer_decoder, transducer_joiner;
    sherpa_text paraformer;
    sherpa_text nemo_ctc;
    sherpa_text whisper_encoder, whisper_decoder, whisper_language, whisper_task;
    int32_t whisper_tail_paddings;
    UNUSED(84, 104);
    sherpa_text tokens;
    int32_t threads;
    int32_t is_verbose;
    sherpa_text provider;
    sherpa_text model_type;
    UNUSED(136, 160);
    sherpa_text sense_voice, sense_voice_language;
    int32_t sense_voice_writes_numbers;
    UNUSED(180, 184);
    sherpa_text moonshine_preprocessor, moonshine_encoder, moonshine_uncached_decoder, moonshine_cached_decoder;
    sherpa_text moonshine_merged_decoder;
    UNUSED(224, 248);
    sherpa_text zipformer_ctc;
    UNUSED(256, 528);
    sherpa_text decoding_method;
    UNUSED(536, 624);
} sherpa_recognizer_config;

/// What was recognised.
typedef struct sherpa_recognition {
    sherpa_text text;
    UNUSED(8, 128);
} sherpa_recognition;

/// What speaks. One family of models is set.
typedef struct sherpa_synthesizer_config {
    sherpa_text vits, vits_lexicon, vits_tokens;
    UNUSED(24, 32);
    float vits_noise_scale, vits_noise_scale_w, vits_length_scale;
    UNUSED(44, 56);
    int32_t threads;
    int32_t is_verbose;
    sherpa_text provider;
    sherpa_text matcha, matcha_vocoder, matcha_lexicon, matcha_tokens;
    UNUSED(104, 112);
    float matcha_noise_scale, matcha_length_scale;
    UNUSED(120, 128);
    sherpa_text kokoro, kokoro_voices, kokoro_tokens;
    UNUSED(152, 160);
    float kokoro_length_scale;
    UNUSED(164, 176);
    sherpa_text kokoro_lexicon, kokoro_language;
    UNUSED(192, 424);
    sherpa_text rule_fsts;
    int32_t sentences_at_once;
    UNUSED(436, 440);
    sherpa_text rule_fars;
    float silence_scale;
    UNUSED(452, 456);
} sherpa_synthesizer_config;

/// How a text is spoken.
typedef struct sherpa_generation_config {
    float silence_scale;
    float speed;
    int32_t speaker;
    UNUSED(12, 56);
    /// The phonemes of all sentences as Unicode scalars, and how many each sentence has; instead of a text.
    const int32_t *_Nullable phonemes;
    const int32_t *_Nullable phoneme_counts;
    int32_t sentence_count;
    UNUSED(76, 104);
} sherpa_generation_config;

#undef UNUSED

/// Speech, mono, -1 to 1.
typedef struct sherpa_speech {
    const float *_Nullable samples;
    int32_t count;
    int32_t sample_rate;
} sherpa_speech;

/// Takes speech as it is made; answers 0 to stop.
typedef int32_t (*_Nonnull sherpa_progress)(
    const float *_Nullable samples, int32_t count, float done, void *_Nullable context);

// The functions, by the library's names of them.

/// SherpaOnnxGetVersionStr
typedef const char *_Nonnull (*_Nonnull sherpa_get_version)(void);
/// SherpaOnnxCreateOfflineRecognizer
typedef const sherpa_recognizer *_Nullable (*_Nonnull sherpa_create_recognizer)(const sherpa_recognizer_config *config);
/// SherpaOnnxDestroyOfflineRecognizer
typedef void (*_Nonnull sherpa_destroy_recognizer)(const sherpa_recognizer *recognizer);
/// SherpaOnnxCreateOfflineStream
typedef const sherpa_stream *_Nullable (*_Nonnull sherpa_create_stream)(const sherpa_recognizer *recognizer);
/// SherpaOnnxDestroyOfflineStream
typedef void (*_Nonnull sherpa_destroy_stream)(const sherpa_stream *stream);
/// SherpaOnnxAcceptWaveformOffline
typedef void (*_Nonnull sherpa_accept)(
    const sherpa_stream *stream, int32_t sample_rate, const float *samples, int32_t count);
/// SherpaOnnxDecodeOfflineStream
typedef void (*_Nonnull sherpa_decode)(const sherpa_recognizer *recognizer, const sherpa_stream *stream);
/// SherpaOnnxGetOfflineStreamResult
typedef const sherpa_recognition *_Nullable (*_Nonnull sherpa_get_recognition)(const sherpa_stream *stream);
/// SherpaOnnxDestroyOfflineRecognizerResult
typedef void (*_Nonnull sherpa_destroy_recognition)(const sherpa_recognition *recognition);
/// SherpaOnnxCreateOfflineTts
typedef const sherpa_synthesizer *_Nullable (*_Nonnull sherpa_create_synthesizer)(
    const sherpa_synthesizer_config *config);
/// SherpaOnnxDestroyOfflineTts
typedef void (*_Nonnull sherpa_destroy_synthesizer)(const sherpa_synthesizer *synthesizer);
/// SherpaOnnxOfflineTtsSampleRate, SherpaOnnxOfflineTtsNumSpeakers
typedef int32_t (*_Nonnull sherpa_ask_synthesizer)(const sherpa_synthesizer *synthesizer);
/// SherpaOnnxOfflineTtsGenerateWithConfig
typedef const sherpa_speech *_Nullable (*_Nonnull sherpa_speak)(
    const sherpa_synthesizer *synthesizer, const char *text, const sherpa_generation_config *config,
    sherpa_progress progress, void *_Nullable context);
/// SherpaOnnxDestroyOfflineTtsGeneratedAudio
typedef void (*_Nonnull sherpa_destroy_speech)(const sherpa_speech *speech);

#pragma clang assume_nonnull end
