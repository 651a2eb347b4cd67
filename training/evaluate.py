"""How right the lips are, as the product shows them: `make evaluate-lips` calls it.

Voices, and a language, that nothing was trained on read made-up sentences. `lips-read`, the product's own code, reads their
lips 25 times a second; what it shows is compared with what was said. Beside the network: the signal processing that takes
over where there is no ONNX Runtime; a jaw that opens with loudness; and the targets themselves, whose figures are the best
that can be had: lips that are nearer to them cannot score better.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from typing import NamedTuple

import numpy as np

from lipreading import alignment, articulation, corpus, disturb, scores
from lipreading.phones import PARTS, SOUNDS, VISEMES, Phone
from lipreading.progress import Bar
from lipreading.utterance import RATE, Utterance, read_wav, resampled, write_wav

FOLDER = pathlib.Path(__file__).resolve().parent
RECORDING = FOLDER.parent.parent / "shared/media/eng.wav"
WORDS = FOLDER / "recordings/eng.txt"
FRAMES_A_SECOND = 25
READERS = {"network": "the network", "signal": "signal processing", "loudness": "a loudness jaw",
           "targets": "the targets themselves"}  # fmt: skip
SETS = {
    "variants": "Unheard voices of eSpeak NG's, six languages", "voices": "Two unheard people's voices, English",
    "language": "An unheard language, Italian", "real": "A real recording, English"}  # fmt: skip


class Case(NamedTuple):
    """An utterance, the set that it belongs to, and whether it was disturbed."""

    utterance: Utterance
    set: str
    condition: str


class Track(NamedTuple):
    """What a reader shows, 25 times a second."""

    parts: np.ndarray
    visemes: np.ndarray


def cases(sentences: int) -> list[Case]:
    found = []
    tasks = corpus.held_out(sentences)
    for task in Bar("Reading aloud")(tasks, len(tasks)):
        rng = np.random.default_rng(task.seed)
        for utterance in corpus.spoken(task):
            found.append(Case(utterance, task.set, "clean"))
            found.append(Case(disturb.disturbed(utterance, rng), task.set, "disturbed"))
    return found


def recorded(recording: pathlib.Path, words: pathlib.Path, seconds: float) -> Case:
    """The beginning of a recording of a person; when each sound is heard PocketSphinx says."""
    samples, rate = read_wav(recording)
    samples = resampled(samples, rate)[: int(seconds * RATE)]
    phones = alignment.aligned(resampled(samples, RATE * RATE / alignment.RATE), alignment.words(words))
    return Case(Utterance(samples, phones), "real", "as recorded")


def silences(seconds: float = 10) -> dict[str, list[np.ndarray]]:
    """What nobody says, at the loudness of a quiet and of a loud room."""
    rng = np.random.default_rng(corpus.SEED + 77)
    count = int(seconds * RATE)
    rushing = [disturb.noise(count, rng) for _ in range(6)] + [disturb.knocks(count, rng) for _ in range(3)]
    return {
        "silence": [np.zeros(count), *(rng.standard_normal(count) * level for level in (1e-4, 1e-3))],
        "noise": [noise * level for noise in rushing for level in (0.01, 0.06)],
        "music": [disturb.music(count, rng) * level for _ in range(8) for level in (0.02, 0.1)],
    }


def read(recordings: list[np.ndarray], reader: str) -> list[dict[str, Track]]:
    """What each reader shows in each recording."""
    tracks: list[dict[str, Track]] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / f"{number:05}.wav" for number in range(len(recordings))]
        for samples, path in zip(recordings, paths):
            write_wav(samples, path)
        process = subprocess.Popen([reader, *paths], stdout=subprocess.PIPE, text=True)
        for line, samples in zip(Bar("Reading lips")(process.stdout, len(recordings)), recordings):
            said = json.loads(line)
            shown = {}
            for name in ("network", "signal"):
                parts = np.array(said[name]["parts"], np.float32).reshape(-1, len(PARTS))
                shown[name] = Track(parts, np.array(said[name]["visemes"] or nearest(parts), int))
            loud = loudness_jaw(samples, len(shown["network"].parts))
            shown["loudness"] = Track(loud, nearest(loud))
            tracks.append(shown)
        if process.wait() != 0:
            sys.exit(f"{reader} failed")
    return tracks


_TYPICAL = np.array([
    np.mean([sound.parts for sound in SOUNDS.values() if sound.viseme == number], 0) for number in range(len(VISEMES))])


def nearest(parts: np.ndarray) -> np.ndarray:
    """For readers that know no visemes: the one whose typical mouth is nearest."""
    return ((parts[:, None] - _TYPICAL) ** 2).sum(-1).argmin(-1)


def loudness_jaw(samples: np.ndarray, count: int) -> np.ndarray:
    """A jaw that opens with the loudness around a frame, relative to the loudest of the last seconds, and lips with it."""
    frame = RATE // FRAMES_A_SECOND
    padded = np.pad(samples, (0, max(0, (count + 1) * frame - len(samples))))
    level = np.array([np.sqrt((padded[k * frame : (k + 1) * frame] ** 2).mean()) for k in range(count)])
    peak, jaw = 1e-3, np.zeros(count)
    for k in range(count):
        peak = max(peak * 0.995, level[k])
        jaw[k] = np.clip(1.2 * level[k] / peak - 0.05, 0, 1)
    parts = np.zeros((count, len(PARTS)), np.float32)
    parts[:, PARTS.index("jaw")] = jaw
    # Nothing else is known: lips meet where the jaw is shut between louder frames.
    parts[:, PARTS.index("closure")] = (jaw < 0.1) * (np.convolve(jaw, np.ones(5) / 5, "same") > 0.1)
    return parts


def table(cases: list[Case], tracks: list[dict[str, Track]], chosen: str, condition: str) -> dict[str, dict[str, float]]:
    """The figures of each reader for one set and condition."""
    tallies = {name: scores.Tally(FRAMES_A_SECOND) for name in READERS}
    for case, shown in zip(cases, tracks):
        if (case.set, case.condition) != (chosen, condition):
            continue
        phones = case.utterance.phones
        count = len(shown["network"].parts)
        # Frame k is the mouth in its middle, at (k + 0.5) / 25 s.
        wanted = articulation.poses(phones, 2 * count)[1::2]
        classes = articulation.visemes(phones, 2 * count)[1::2]
        for name, track in (shown | {"targets": Track(wanted, classes)}).items():
            tallies[name].add(track.parts, track.visemes, wanted, classes, phones)
    result = {}
    for name, tally in tallies.items():
        offsets = 1000 * np.array(tally.offsets)
        result[name] = {
            "viseme accuracy": scores.accuracy(tally.confusion),
            "the same while something is said": scores.accuracy_in_speech(tally.confusion),
            "macro-F1": scores.macro_f1(tally.confusion),
            **{f"{kind} {what}": getattr(events, what)
               for kind, events in tally.events.items() for what in ("recall", "precision")},
            "jaw correlation": float(np.mean(tally.jaws)),
            "offset ms": float(np.mean(offsets)) if len(offsets) else float("nan"),
            "offset spread ms": float(np.std(offsets)) if len(offsets) else float("nan"),
            "flicker": float(np.mean(tally.turns) / max(np.mean(tallies["targets"].turns), 1e-6)),
        }  # fmt: skip
    return result


def movement(tracks: list[dict[str, Track]]) -> dict[str, float]:
    """Per cent of frames in which any part of a mouth moves visibly although nobody speaks."""
    return {
        name: 100 * float(np.mean([np.mean(shown[name].parts.max(1) > 0.08) for shown in tracks])) for name in tracks[0]
    }


def as_markdown(report: dict) -> str:
    lines = []
    for key, figures in report["speech"].items():
        chosen, condition = key.split("/")
        lines += [
            "", f"**{SETS[chosen]}, {condition}**", "",
            "| | " + " | ".join(READERS.values()) + " |", "| --- " * (len(READERS) + 1) + "|"]  # fmt: skip
        for figure in figures["network"]:
            if figure == "offset spread ms":
                continue
            cells = []
            for name in READERS:
                value = figures[name][figure]
                if figure == "offset ms":
                    cells.append(f"{value:+.1f} ± {figures[name]['offset spread ms']:.1f} ms")
                elif figure == "flicker":
                    cells.append(f"{value:.2f} ×")
                else:
                    cells.append(f"{value:.3f}")
            label = {"offset ms": "offset, mean ± spread", "flicker": "flicker, of the targets' own"}.get(figure, figure)
            lines.append(f"| {label} | " + " | ".join(cells) + " |")
    silent = [name for name in READERS if name != "targets"]
    lines += ["", "**Frames that move though nobody speaks, per cent**", "",
              "| | " + " | ".join(READERS[name] for name in silent) + " |", "| --- " * (len(silent) + 1) + "|"]  # fmt: skip
    for kind, values in report["nobody speaks"].items():
        lines.append(f"| {kind} | " + " | ".join(f"{values[name]:.1f}" for name in silent) + " |")
    return "\n".join(lines).strip() + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reader", default=".build/release/lips-read", help="the built lips-read")
    parser.add_argument("--sentences", type=int, default=12, help="for each voice; Flite's and Festival's read more")
    parser.add_argument("--recording", type=pathlib.Path, default=RECORDING,
                        help="a WAV file of English speech to be read, too, where it is")
    parser.add_argument("--words", type=pathlib.Path, default=WORDS, help="what is said in it")
    parser.add_argument("--seconds", type=float, default=40.6, help="how far those words go")
    parser.add_argument("--json", action="store_true", help="one JSON object in place of tables")
    options = parser.parse_args()
    spoken = cases(options.sentences)
    if options.recording.exists():
        spoken.append(recorded(options.recording, options.words, options.seconds))
    tracks = read([case.utterance.samples for case in spoken], options.reader)
    report = {
        "speech": {
            f"{chosen}/{condition}": table(spoken, tracks, chosen, condition)
            for chosen, condition in dict.fromkeys((case.set, case.condition) for case in spoken)
        },
        "nobody speaks": {
            kind: movement(read(recordings, options.reader)) for kind, recordings in silences().items()
        },
    }  # fmt: skip
    print(json.dumps(report, indent=2) if options.json else as_markdown(report))


if __name__ == "__main__":
    main()
