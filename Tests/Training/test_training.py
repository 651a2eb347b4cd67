"""What the network that reads lips is taught, and how it is judged: training/lipreading."""

import hashlib
import itertools
import json
import pathlib
import sys

import numpy as np
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "training"))

from lipreading import articulation, corpus, disturb, espeak, festival, mel, notation, recordings, scores, texts  # noqa: E402
from lipreading.phones import BILABIAL, PARTS, SOUNDS, VISEMES, Phone  # noqa: E402
from lipreading.utterance import RATE  # noqa: E402

CLOSURE, JAW, ROUNDING = PARTS.index("closure"), PARTS.index("jaw"), PARTS.index("rounding")


def said(*sounds: str, seconds: float = 0.1) -> list[Phone]:
    return [Phone(sound, number * seconds, (number + 1) * seconds) for number, sound in enumerate(sounds)]


def test_every_viseme_has_a_sound_and_every_number_is_in_range():
    assert {sound.viseme for sound in SOUNDS.values()} == set(range(len(VISEMES)))
    for sound in SOUNDS.values():
        assert all(0 <= part <= 1 for part in sound.parts)


def test_every_phone_of_the_synthesisers_is_a_known_sound():
    for table in (notation.RADIO, notation.ITALIAN, notation.CZECH, notation.FINNISH, notation.HINDI, notation.CATALAN,
                  notation.RUSSIAN):  # fmt: skip
        for name, sounds in table.items():
            assert set(sounds) <= set(SOUNDS), name
    for name, sounds in notation._ESPEAK.items():
        assert set(sounds) <= set(SOUNDS), name


def test_lips_meet_for_a_bilabial_whatever_is_around_it():
    for vowel in "aiuoɛ":
        for bilabial in BILABIAL:
            phones = said(vowel, bilabial, vowel)
            closure = articulation.poses(phones, 15)[:, CLOSURE]
            assert closure[6] > 0.85, (vowel, bilabial)
            assert closure[2] < 0.2 and closure[13] < 0.2, (vowel, bilabial)


def test_rounding_begins_before_the_vowel_is_heard():
    rounding = articulation.poses(said("s", "t", "u", "t", "s"), 25)[:, ROUNDING]
    assert rounding[9] > rounding[2] + 0.15  # at 180 ms, 20 ms before the vowel


def test_a_short_vowel_between_stops_does_not_open_as_far_as_a_long_one():
    short = articulation.poses(said("t", "a", "t", seconds=0.05), 8)[:, JAW].max()
    long = articulation.poses(said("t", "a", "t", seconds=0.25), 38)[:, JAW].max()
    assert short < long - 0.05


def test_there_are_no_steps():
    moves = np.abs(np.diff(articulation.poses(said("t", "a", "s", "i", "k", "o", "l"), 35), axis=0))
    assert moves.max() < 0.5


@pytest.mark.parametrize("voice", ["en-us", "de+m6", "it+linda"])
def test_espeak_s_stops_are_closed_while_nothing_is_heard(voice):
    utterance = espeak.speak(voice, "papa, papa, papa.")
    closed = [phone for phone in utterance.phones if phone.sound == "p" and phone.stage == "closed"]
    assert len(closed) >= 4
    for phone in closed:
        middle = int((phone.start + phone.end) / 2 * RATE)
        assert np.abs(utterance.samples[middle - 60 : middle + 60]).max() < 0.02


def test_phones_follow_each_other_without_gaps():
    for utterance in (espeak.speak("fr", "Bonjour, un bon vin blanc."), festival.flite("slt", "A bad apple, Bob.")):
        ends = [phone.end for phone in utterance.phones]
        starts = [phone.start for phone in utterance.phones]
        assert starts[0] < 0.03
        np.testing.assert_allclose(starts[1:], ends[:-1], atol=1e-6)
        assert abs(ends[-1] - len(utterance.samples) / RATE) < 0.002


def test_disturbing_keeps_the_times_true():
    """Pauses stay quieter than vowels, whatever is done to the sound."""
    utterance = espeak.speak("en-us", "Ah, ah, ah, ah, ah, ah, ah.", words_a_minute=120)
    for seed in range(12):
        samples, phones = disturb.disturbed(utterance, np.random.default_rng(seed))
        assert np.abs(samples).max() <= 1 and np.isfinite(samples).all()

        def level(kind):
            pieces = [
                samples[int(p.start * RATE) + 600 : int(p.end * RATE) - 600]
                for p in phones if (p.sound == "sil") == kind and p.end - p.start > 0.12
            ]
            return np.sqrt(np.mean(np.concatenate(pieces) ** 2))

        assert level(False) > 1.2 * level(True), seed


def test_what_is_kept_for_the_evaluation_is_not_trained_on_and_what_steers_the_training_is_neither():
    sets = [{(task.synthesiser, task.voice) for task in tasks}
            for tasks in (corpus.training(), corpus.validation(), corpus.held_out())]
    for one, other in itertools.combinations(sets, 2):
        assert not one & other
    for tasks in (corpus.training(), corpus.validation()):
        assert not {task.language for task in tasks} & set(corpus.HELD_OUT_LANGUAGES)


needs_voices = pytest.mark.skipif(
    not recordings.FOLDER.exists(), reason="the voices of the training are not installed: `scripts/setup train`")


@needs_voices
@pytest.mark.parametrize("language", ["cs", "fi", "hi"])
def test_words_of_syllables_are_said_by_the_voices_of_their_language(language):
    rng = np.random.default_rng(1)
    voice = next(voice for voice, spoken in corpus.FESTIVAL.items() if spoken == language)
    readings = [texts.made_up(language, rng) for _ in range(3)]
    for utterance in festival.festival(voice, readings):
        assert sum(phone.sound != "sil" for phone in utterance.phones) > 8


@needs_voices
def test_a_person_s_recording_is_as_long_as_its_sounds():
    for utterance in recordings.some(np.random.default_rng(1), 2):
        assert abs(utterance.phones[-1].end - len(utterance.samples) / RATE) < 0.002
        assert sum(phone.sound != "sil" for phone in utterance.phones) > 20


def test_the_shipped_network_is_that_of_its_manifest():
    folder = pathlib.Path(__file__).resolve().parents[2] / "Sources/LipSync/Model"
    manifest = json.loads((folder / "lips.json").read_text())
    network = (folder / "lips.onnx").read_bytes()
    assert manifest["sha256"] == hashlib.sha256(network).hexdigest()
    assert manifest["command"] == "make train"
    assert len(network) <= 2 * 2**20


def test_made_up_sentences_are_said_by_who_should_say_them():
    rng = np.random.default_rng(1)
    for language in ("zh", "ja"):  # the others need Debian's word lists
        name = corpus.LANGUAGES[language]
        utterance = espeak.speak(name, texts.made_up(language, rng))
        assert sum(phone.sound != "sil" for phone in utterance.phones) > 8


def test_a_sine_of_full_scale_is_at_its_band():
    time = np.arange(RATE) / RATE
    spectra = mel.log_mel(np.sin(2 * np.pi * 1000 * time).astype(np.float32))
    assert spectra.shape == (100, mel.BANDS)
    assert abs(spectra[50].max() - 2.5) < 0.25  # 0 dB is (0 + 50) / 20; a band gathers more than one bin
    assert spectra[50].argmax() == 10


def test_a_perfect_track_has_perfect_scores():
    phones = said("a", "m", "a", "p", "o", "f", "i", seconds=0.12)
    parts = articulation.poses(phones, 42)
    closures = scores.kind_of_events("closure", parts, phones)
    assert (closures.recall, closures.precision, closures.said) == (1, 1, 2)
    for kind in ("bite", "rounding"):
        found = scores.kind_of_events(kind, parts, phones)
        assert (found.recall, found.precision, found.said) == (1, 1, 1)


def test_one_long_closure_is_not_taken_for_three():
    said_spans = [(0.1, 0.2), (0.22, 0.3), (0.32, 0.4)]
    found = scores.events(said_spans, [(0.1, 0.4)])
    assert (found.found, found.right, found.recall) == (1, 1, pytest.approx(1 / 3))


def test_a_closure_that_comes_too_late_is_not_found():
    assert scores.events([(0.1, 0.2)], [(0.23, 0.3)]).found == 1
    assert scores.events([(0.1, 0.2)], [(0.25, 0.3)]).found == 0


@pytest.mark.parametrize("rate", [25, 50])
@pytest.mark.parametrize("late", [-2, 0, 1, 3])
def test_the_offset_is_that_by_which_a_track_is_late(rate, late):
    rng = np.random.default_rng(0)
    wanted = np.convolve(rng.standard_normal(600), np.hanning(9), "same")
    found = np.roll(wanted, late)
    assert abs(scores.offset(found, wanted, rate) - late / rate) < 0.002


def test_who_does_not_move_has_no_offset():
    assert scores.offset(np.zeros(100), np.ones(100)) is None


def test_flicker_is_turning_back_from_frame_to_frame():
    ramp = np.linspace(0, 1, 20)[:, None]
    assert scores.reversals(ramp) == 0
    assert scores.reversals(np.tile([[0.0], [1.0]], (10, 1))) == 1
