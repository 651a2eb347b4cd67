// The library is opened at run time: there is nothing to link. This file checks the layout of the structures, against
// the offsets that the C interface of sherpa-onnx 2.0.1 has.
#include "CSherpaONNX.h"

#include <stddef.h>

#define AT(type, member, offset) \
    _Static_assert(offsetof(type, member) == (offset), #member " is not at its place in " #type)
#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " has another size")

AT(sherpa_recognizer_config, transducer_encoder, 8);
AT(sherpa_recognizer_config, paraformer, 32);
AT(sherpa_recognizer_config, nemo_ctc, 40);
AT(sherpa_recognizer_config, whisper_encoder, 48);
AT(sherpa_recognizer_config, tokens, 104);
AT(sherpa_recognizer_config, threads, 112);
AT(sherpa_recognizer_config, provider, 120);
AT(sherpa_recognizer_config, model_type, 128);
AT(sherpa_recognizer_config, sense_voice, 160);
AT(sherpa_recognizer_config, moonshine_preprocessor, 184);
AT(sherpa_recognizer_config, zipformer_ctc, 248);
AT(sherpa_recognizer_config, decoding_method, 528);
SIZE(sherpa_recognizer_config, 624);
SIZE(sherpa_recognition, 128);

AT(sherpa_synthesizer_config, vits_noise_scale, 32);
AT(sherpa_synthesizer_config, threads, 56);
AT(sherpa_synthesizer_config, provider, 64);
AT(sherpa_synthesizer_config, matcha, 72);
AT(sherpa_synthesizer_config, matcha_noise_scale, 112);
AT(sherpa_synthesizer_config, kokoro, 128);
AT(sherpa_synthesizer_config, kokoro_length_scale, 160);
AT(sherpa_synthesizer_config, kokoro_lexicon, 176);
AT(sherpa_synthesizer_config, rule_fsts, 424);
AT(sherpa_synthesizer_config, sentences_at_once, 432);
AT(sherpa_synthesizer_config, rule_fars, 440);
AT(sherpa_synthesizer_config, silence_scale, 448);
SIZE(sherpa_synthesizer_config, 456);

AT(sherpa_generation_config, speaker, 8);
AT(sherpa_generation_config, phonemes, 56);
AT(sherpa_generation_config, sentence_count, 72);
SIZE(sherpa_generation_config, 104);
SIZE(sherpa_speech, 16);
