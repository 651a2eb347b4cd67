"""Which voices read what: to be trained on, and kept for the evaluation. Speech becomes examples here, on all cores."""

import itertools
import multiprocessing
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from . import articulation, disturb, espeak, festival, mel, recordings, texts
from .phones import Phone
from .utterance import RATE, Utterance

SEED = 2026

LANGUAGES = {"en": "en-us", "zh": "cmn-latn-pinyin", "es": "es", "de": "de", "fr": "fr", "ja": "ja"}
"""Trained on with eSpeak NG, and what it calls them."""
HELD_OUT_LANGUAGES = {"it": "it"}

ENGLISH_ACCENTS = ["en-us", "en", "en-gb-scotland", "en-gb-x-rp"]
# Voices with an echo are left out: silence before a stop is how its closure is found.
VARIANTS = ["", "+f1", "+m1", "+m3", "+m4", "+m5", "+m7", "+m8", "+klatt", "+klatt3", "+anika", "+steph", "+max", "+boris",
            "+grandma", "+adam", "+edward", "+Annie"]  # fmt: skip
HELD_OUT_VARIANTS = ["+m6", "+linda", "+robert"]
VALIDATION_VARIANTS = ["+f2"]
FLITE, HELD_OUT_FLITE = ["slt", "awb", "kal16"], ["rms"]
FESTIVAL = {"kal": "en", "slt-hts": "en", "ph": "cs", "machac": "cs", "krb": "cs", "lj": "fi", "nsk": "hi", "ona": "ca"}
"""Voices, and the language of each."""
RECORDED = {"nsh": "ru"}
"""Read by people; see lipreading/recordings.py."""
VALIDATION_FESTIVAL = {"dita": "cs", "mv": "fi"}
HELD_OUT_FESTIVAL = {"ked": "en"}
HELD_OUT_ITALIANS = ["lp", "pc"]


class Task(NamedTuple):
    """Some sentences of one voice."""

    synthesiser: str
    voice: str
    language: str
    sentences: int
    seed: int
    set: str = "train"


class Example(NamedTuple):
    """What the network hears, and what it should say."""

    mel: np.ndarray
    """[hops, bands], float16."""
    poses: np.ndarray
    """[steps, parts], float16."""
    visemes: np.ndarray
    """[steps], int8."""


def training(scale: float = 1) -> list[Task]:
    """All that is trained on: about five hours of speech for a scale of 1."""
    tasks = []
    for language, name in LANGUAGES.items():
        for number, variant in enumerate(VARIANTS):
            accent = ENGLISH_ACCENTS[number % len(ENGLISH_ACCENTS)] if language == "en" else name
            tasks.append(("espeak", accent + variant, language, 16 if language == "en" else 12))
    tasks += [("flite", voice, "en", 40) for voice in FLITE for _ in range(5)]
    tasks += [("festival", voice, language, 40) for voice, language in FESTIVAL.items() for _ in range(4)]
    tasks += [("recordings", voice, language, 40) for voice, language in RECORDED.items() for _ in range(8)]
    return [
        Task(synthesiser, voice, language, max(2, round(count * scale)), SEED + number)
        for number, (synthesiser, voice, language, count) in enumerate(tasks)
    ]


def validation(sentences: int = 12) -> list[Task]:
    """What the training is steered by: two people's voices and one of eSpeak NG's, which are neither trained on nor take
    part in the evaluation."""
    tasks = [Task("festival", voice, language, 3 * sentences, 0, "people")
             for voice, language in VALIDATION_FESTIVAL.items()]
    tasks += [
        Task("espeak", name + variant, language, sentences, 0, "variants")
        for language, name in LANGUAGES.items()
        for variant in VALIDATION_VARIANTS
    ]
    return [task._replace(seed=SEED + 20_000 + number) for number, task in enumerate(tasks)]


def held_out(sentences: int = 12) -> list[Task]:
    """What nothing was trained on, in three sets: other voices of eSpeak NG's in the trained languages; voices of other
    people; another language altogether."""
    tasks = [
        Task("espeak", name + variant, language, sentences, 0, "variants")
        for language, name in LANGUAGES.items()
        for variant in HELD_OUT_VARIANTS
    ]
    tasks += [Task("flite", voice, "en", 3 * sentences, 0, "voices") for voice in HELD_OUT_FLITE]
    tasks += [
        Task("festival", voice, language, 3 * sentences, 0, "voices") for voice, language in HELD_OUT_FESTIVAL.items()
    ]
    tasks += [
        Task("espeak", name + variant, language, sentences, 0, "language")
        for language, name in HELD_OUT_LANGUAGES.items()
        for variant in HELD_OUT_VARIANTS
    ]
    tasks += [Task("festival", voice, "it", 2 * sentences, 0, "language") for voice in HELD_OUT_ITALIANS]
    return [task._replace(seed=SEED + 10_000 + number) for number, task in enumerate(tasks)]


def spoken(task: Task) -> Iterator[Utterance]:
    """The sentences of a task, each at a tempo and pitch of its own; those of the held-out sets are made up anew."""
    rng = np.random.default_rng(task.seed)
    if task.synthesiser == "recordings":
        yield from recordings.some(rng, task.sentences)
        return
    real = texts.REAL_SHARE if task.set == "train" else 0
    readings = [texts.reading(task.language, rng, real) for _ in range(task.sentences)]
    if task.synthesiser == "festival":
        stretch, pitch = rng.uniform(0.85, 1.25), rng.uniform(0.8, 1.25) if task.set == "train" else 1
        yield from festival.festival(task.voice, readings, float(stretch), float(pitch))
        return
    for text in readings:
        if task.synthesiser == "flite":
            base = {"slt": 165, "awb": 120, "kal16": 105, "rms": 100}[task.voice]
            yield festival.flite(task.voice, text, float(rng.uniform(0.8, 1.3)), int(base * rng.uniform(0.8, 1.25)))
        else:
            yield espeak.speak(
                task.voice, text, int(rng.integers(120, 215)), int(rng.integers(20, 80)), int(rng.integers(30, 80)))


def example(utterance: Utterance) -> Example:
    """The spectra of an utterance, and the mouth at each step of 20 ms."""
    steps = len(utterance.samples) // (RATE // articulation.POSES_A_SECOND)
    return Example(
        mel.log_mel(utterance.samples, 2 * steps).astype(np.float16),
        articulation.poses(utterance.phones, steps).astype(np.float16),
        articulation.visemes(utterance.phones, steps).astype(np.int8))


def _examples(job: tuple[Task, int]) -> list[Example]:
    task, copies = job
    rng = np.random.default_rng(task.seed + 50_000)
    made = []
    for utterance in spoken(task):
        if len(utterance.samples) < RATE:
            continue
        made.append(example(utterance))
        made += [example(disturb.disturbed(utterance, rng)) for _ in range(copies)]
    return made


def _silent(seed: int) -> list[Example]:
    """Rooms, streets and music in which nobody speaks."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(10):
        count = int(rng.uniform(3, 8) * RATE)
        sound = disturb.background(count, rng) if rng.random() < 0.5 else disturb.music(count, rng)
        level = 10 ** (rng.uniform(-60, -12) / 20)
        duration = count / RATE
        made.append(example(Utterance((sound * level).astype(np.float32), [Phone("sil", 0, duration)])))
    return made


def examples(tasks: list[Task], copies: int, silences: int, progress) -> list[Example]:
    """Every sentence as it is, and `copies` times disturbed; and `silences` times ten recordings without speech.
    - progress: is given what takes long, and how many there are of it, and gives them back one by one.
    """
    made: list[Example] = []
    with multiprocessing.get_context("fork").Pool() as pool:
        jobs = [(task, copies) for task in tasks]
        for some in progress(pool.imap(_examples, jobs), len(jobs)):
            made += some
        made += itertools.chain.from_iterable(pool.imap(_silent, range(SEED + 90_000, SEED + 90_000 + silences)))
    return made
