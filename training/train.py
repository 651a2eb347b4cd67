"""Trains the network that reads lips off speech, from text and Debian's voices. `make train` calls it.

Synthesisers that know when each sound is spoken read sentences aloud, in ten languages and 29 voices, and a person in an
eleventh; the speech is disturbed as the world disturbs speech; the network learns what the mouth does meanwhile. What is
printed at the end is measured on voices and on a language that took no part. Under an hour on two cores.
"""

import argparse
import datetime
import hashlib
import json
import pathlib
import subprocess
import sys
import time

import numpy as np
import torch
from torch import nn

from lipreading import corpus, mel, network, scores
from lipreading.phones import PARTS
from lipreading.progress import Bar

MODEL = pathlib.Path(__file__).resolve().parent.parent / "Sources/LipSync/Model"

CHUNK = 128
"""Steps of 20 ms that are learned from in one piece: with 256 an hour has half as many steps of the optimizer, and less comes
out."""
BATCH = 48
RATE = 2e-3
PART_WEIGHTS = torch.tensor([1.5 if part == "jaw" else 3.0 if part == "closure" else 2.0 if part == "bite" else 1.0
                             for part in PARTS])  # fmt: skip
DECIDED = torch.tensor([part in ("closure", "bite") for part in PARTS])
DOUBT_WEIGHT = 1.5
"""How much more it weighs to be wrong altogether about a closure or a bite than to be nearly right: an "n" is to be told from
an "m", rather than that lips be quite closed in the one and quite open in the other."""
VISEME_WEIGHT = 0.5
MOVE_WEIGHT = 10


class Pieces:
    """All examples one after the other, cut into pieces of equal length; another order each time."""

    def __init__(self, examples: list[corpus.Example], rng: np.random.Generator):
        self.examples = examples
        self.rng = rng

    def __len__(self) -> int:
        return sum(len(example.visemes) for example in self.examples) // CHUNK // BATCH

    def __iter__(self):
        order = self.rng.permutation(len(self.examples))
        spectra = np.concatenate([self.examples[index].mel for index in order])
        poses = np.concatenate([self.examples[index].poses for index in order])
        visemes = np.concatenate([self.examples[index].visemes for index in order])
        starts = np.arange(CHUNK, len(visemes) - CHUNK - 4, CHUNK)
        self.rng.shuffle(starts)
        for batch in range(len(starts) // BATCH):
            chosen = starts[batch * BATCH : (batch + 1) * BATCH]
            hops = (2 * chosen - 1)[:, None] + np.arange(2 * CHUNK + network.CONTEXT)
            steps = chosen[:, None] + np.arange(CHUNK)
            heard = self._otherwise(spectra[hops].astype(np.float32))
            yield (torch.from_numpy(heard), torch.from_numpy(poses[steps].astype(np.float32)),
                   torch.from_numpy(visemes[steps].astype(np.int64)))  # fmt: skip

    def _otherwise(self, heard: np.ndarray) -> np.ndarray:
        """The same, each time a little louder or softer, from another vocal tract, through another microphone."""
        bands = np.arange(mel.BANDS)
        stretch = self.rng.uniform(0.94, 1.06, (len(heard), 1))
        place = np.clip(bands * stretch, 0, mel.BANDS - 1)
        low = np.minimum(place.astype(int), mel.BANDS - 2)
        share = (place - low)[:, None].astype(np.float32)
        row = np.arange(len(heard))[:, None, None]
        hop = np.arange(heard.shape[1])[None, :, None]
        heard = (1 - share) * heard[row, hop, low[:, None]] + share * heard[row, hop, low[:, None] + 1]
        curve = self.rng.normal(0, 0.12, (len(heard), 5))  # 2.4 dB at five places
        gain = np.stack([np.interp(bands, np.linspace(0, mel.BANDS - 1, 5), points) for points in curve])
        gain += self.rng.uniform(-0.4, 0.4, (len(heard), 1))  # 8 dB
        heard = np.where(heard > mel.SILENCE + 0.05, heard + gain[:, None].astype(np.float32), heard)
        return heard + 0.04 * self.rng.standard_normal(heard.shape, dtype=np.float32)


def losses(reader: network.LipReader, heard, poses, visemes) -> torch.Tensor:
    state = torch.zeros(2, len(heard), reader.memory)
    parts, classes, _ = reader(heard, state)
    of_parts = nn.functional.binary_cross_entropy_with_logits(parts, poses, reduction="none") * PART_WEIGHTS
    wrong = (torch.sigmoid(parts) - poses).abs().detach()
    of_parts = of_parts * torch.where(DECIDED, 0.5 + DOUBT_WEIGHT * wrong, 1)
    of_classes = nn.functional.cross_entropy(classes.flatten(0, 1), visemes.flatten(), label_smoothing=0.02)
    # Lips that tremble about the right place are wrong, too.
    of_moves = (torch.sigmoid(parts).diff(dim=1) - poses.diff(dim=1)).square().mean()
    return of_parts.mean() + VISEME_WEIGHT * of_classes + MOVE_WEIGHT * of_moves


def train(examples: list[corpus.Example], epochs: int, seed: int) -> network.LipReader:
    torch.manual_seed(seed)
    pieces = Pieces(examples, np.random.default_rng(seed))
    reader = network.LipReader()
    optimizer = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=max(20, epochs * (len(pieces) + 1)), pct_start=0.1)
    for epoch in range(epochs):
        total, count = 0.0, 0
        for batch in Bar(f"Epoch {epoch + 1} of {epochs}")(pieces, len(pieces)):
            optimizer.zero_grad()
            loss = losses(reader, *batch)
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"Epoch {epoch + 1}: loss {total / max(count, 1):.4f}", file=sys.stderr, flush=True)
    return reader


def read(reader: network.LipReader, samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The parts and the viseme classes of each step of an utterance."""
    steps = len(samples) // (2 * mel.HOP)
    heard = network.heard_in_runs(mel.log_mel(samples), -(-steps // 2))
    with torch.no_grad():
        parts, visemes, _ = reader(torch.from_numpy(heard)[None], torch.zeros(2, 1, reader.memory))
    return torch.sigmoid(parts)[0, :steps].numpy(), visemes[0, :steps].argmax(-1).numpy()


def evaluation(reader: network.LipReader, tasks: list[corpus.Task]) -> dict[str, dict[str, float]]:
    """What the network finds in each set of voices that it has never heard."""
    result = {}
    for name in dict.fromkeys(task.set for task in tasks):
        tally = scores.Tally()
        for task in [task for task in tasks if task.set == name]:
            for utterance in corpus.spoken(task):
                wanted = corpus.example(utterance)
                parts, visemes = read(reader, utterance.samples)
                tally.add(parts, visemes, wanted.poses.astype(np.float32), wanted.visemes, utterance.phones)
        result[name] = {
            "viseme_accuracy": round(scores.accuracy(tally.confusion), 4),
            "viseme_macro_f1": round(scores.macro_f1(tally.confusion), 4),
            "closure_recall": round(tally.events["closure"].recall, 4),
            "closure_precision": round(tally.events["closure"].precision, 4),
            "jaw_correlation": round(float(np.mean(tally.jaws)), 4),
            "offset_ms": round(1000 * float(np.mean(tally.offsets)), 2),
        }
    return result


def commit() -> str:
    """What is trained by; with `-dirty` where that is not all."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=MODEL.parent, capture_output=True, text=True)
    return asked.stdout.strip() or "unknown"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--copies", type=int, default=3, help="disturbed versions of each sentence")
    parser.add_argument("--scale", type=float, default=1, help="share of the speech, for trying")
    parser.add_argument("--seed", type=int, default=corpus.SEED)
    parser.add_argument("--out", type=pathlib.Path, default=MODEL)
    options = parser.parse_args()
    start = time.monotonic()
    trained_by = commit()
    examples = corpus.examples(
        corpus.training(options.scale), options.copies, silences=max(2, int(60 * options.scale)),
        progress=Bar("Reading aloud"))
    hours = sum(len(example.visemes) for example in examples) / 50 / 3600
    print(f"{hours:.1f} hours in {len(examples)} recordings, {time.monotonic() - start:.0f} s", file=sys.stderr)
    reader = train(examples, options.epochs, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    file = options.out / "lips.onnx"
    network.export(reader, file)
    manifest = {
        "command": "make train" if len(sys.argv) == 1 else "training/train.py " + " ".join(sys.argv[1:]),
        "commit": trained_by,
        "date": datetime.date.today().isoformat(),
        "hours": round(hours, 1),
        "minutes": round((time.monotonic() - start) / 60, 1),
        "parameters": sum(parameter.numel() for parameter in reader.parameters()),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "validation": evaluation(reader, corpus.validation()),
        "held_out": evaluation(reader, corpus.held_out()),
    }
    (options.out / "lips.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(json.dumps(manifest, indent=2))


if __name__ == "__main__":
    main()
