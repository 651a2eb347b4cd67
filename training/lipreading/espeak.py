"""eSpeak NG: many languages and voices; its library tells which sound begins when."""

import ctypes

import numpy as np

from .notation import from_ipa
from .phones import SOUNDS, Phone
from .utterance import Utterance, resampled, split, with_silences

# espeak-ng/speak_lib.h
_SYNCHRONOUS, _PHONEME_EVENTS, _PHONEME_IPA, _PHONEME_EVENT, _UTF8 = 2, 1, 2, 7, 1
_RATE_PARAMETER, _PITCH_PARAMETER, _RANGE_PARAMETER = 1, 3, 4

_STOPS = set("ptkbdɡ")
_LONGEST_CLOSURE = 0.12


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int),
        ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p), ("string", ctypes.c_char * 8),
    ]  # fmt: skip


_library = None


def _open(names: int):
    global _library
    if _library is None:
        library = ctypes.CDLL("libespeak-ng.so.1")
        rate = library.espeak_Initialize(_SYNCHRONOUS, 200, None, _PHONEME_EVENTS | names)
        if rate <= 0:
            raise RuntimeError("eSpeak NG finds no data; `scripts/setup train` installs it")
        _library = (library, rate)
    return _library


def spoken(
    voice: str, text: str, parameters: dict[int, int], names: int = _PHONEME_IPA
) -> tuple[np.ndarray, int, list[tuple[str, float]]]:
    """`text` in a voice: samples of 16 bits, their rate, and the name of each phoneme with the second at which it begins.

    - names: IPA, or 0 for eSpeak NG's own; the first call decides for all.
    """
    library, rate = _open(names)
    pieces: list[np.ndarray] = []
    events: list[tuple[str, float]] = []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))
    def receive(samples, count, list_of_events):
        if count > 0 and samples:
            pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        index = 0
        while list_of_events[index].type != 0:
            event = list_of_events[index]
            if event.type == _PHONEME_EVENT:
                name = ctypes.string_at(ctypes.addressof(event) + _Event.string.offset, 8)
                # Eight bytes may end in the middle of a letter.
                events.append((name.split(b"\0")[0].decode(errors="ignore"), event.sample / rate))
            index += 1
        return 0

    library.espeak_SetSynthCallback(receive)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise RuntimeError(f"eSpeak NG has no voice {voice}")
    for parameter, value in parameters.items():
        library.espeak_SetParameter(parameter, value, 0)
    encoded = text.encode()
    library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    if not pieces:
        raise RuntimeError(f"eSpeak NG says nothing with {voice} for {text!r}")
    return np.concatenate(pieces), rate, events


def speak(voice: str, text: str, words_a_minute: int = 160, pitch: int = 50, pitch_range: int = 50) -> Utterance:
    """`text` in a voice, `en-us+f3` for instance: a language and a variant."""
    parameters = {_RATE_PARAMETER: words_a_minute, _PITCH_PARAMETER: pitch, _RANGE_PARAMETER: pitch_range}
    samples, rate, events = spoken(voice, text, parameters)
    samples = samples.astype(np.float32) / 32768
    duration = len(samples) / rate
    phones: list[Phone] = []
    for (name, start), (_, end) in zip(events, events[1:] + [("", duration)]):
        sounds = from_ipa(name, SOUNDS)
        if sounds and end > start:
            phones += split(sounds, start, end)
        elif not name and phones and 0 < end - start < 0.03:  # the end of a word inside running speech
            phones[-1] = phones[-1]._replace(end=end)
    phones = _with_closures(phones, samples, rate)
    return Utterance(resampled(samples, rate), with_silences(phones, duration))


def _with_closures(phones: list[Phone], samples: np.ndarray, rate: int) -> list[Phone]:
    """eSpeak NG tells of a stop when it is released. The closure before it is digital silence at the end of what comes
    before, or of the pause."""
    hop = rate // 500
    loud = np.abs(samples[: len(samples) // hop * hop]).reshape(-1, hop).max(1) > 3e-4
    result: list[Phone] = []
    for phone in phones:
        start = phone.start
        if phone.sound in _STOPS:
            earliest = max(result[-1].start + 0.02 if result else 0.0, phone.start - _LONGEST_CLOSURE, 0.0)
            index = min(int(phone.start * 500), len(loud)) - 1
            # The window of the release may reach into the silence.
            quiet = index if index >= 0 and not loud[index] else index - 1
            while quiet >= 0 and not loud[quiet] and quiet / 500 > earliest:
                quiet -= 1
            closed = (quiet + 1) / 500
            if phone.start - closed >= 0.012:
                start = closed
                if result and result[-1].end > start:
                    result[-1] = result[-1]._replace(end=start)
        if start < phone.start:
            # What follows the closure is the burst, and the breath after it.
            result += [Phone(phone.sound, start, phone.start, "closed"), Phone(phone.sound, phone.start, phone.end, "released")]
        else:
            result.append(phone)
    return result
