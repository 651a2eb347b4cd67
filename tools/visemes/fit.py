"""Fits the readout of `MouthReadout`: a small network from acoustic features to the mouth.

Usage: fit.py COPIES EPOCHS > Sources/LipSync/Viseme/Signal/MouthReadoutWeights.swift
"""

import sys

import numpy as np

import corpus
import features
import targets

HIDDEN = 32


def disturbed(samples, phones, rng):
    """The same speech from another mouth, microphone and room."""
    speed = rng.uniform(0.85, 1.2)
    samples = corpus.resample(samples, features.RATE * speed)
    phones = [(name, start / speed, end / speed) for name, start, end in phones]
    cut = rng.choice([0.0, rng.uniform(0, 1.0)])
    samples = samples[int(cut * features.RATE) :]
    phones = [(name, start - cut, end - cut) for name, start, end in phones if end > cut]
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / features.RATE)
    octaves = np.log2(np.maximum(hertz, 50) / 1000)
    gain = rng.uniform(-2.5, 2.5) * octaves
    gain += rng.uniform(0, 3) * np.sin(octaves * rng.uniform(1, 3) + rng.uniform(0, 6.3))
    samples = np.fft.irfft(spectrum * 10 ** (gain / 20), len(samples))
    if rng.random() < 0.4:
        length = int(0.25 * features.RATE)
        tail = rng.standard_normal(length) * np.exp(-np.arange(length) / (rng.uniform(0.02, 0.06) * features.RATE))
        tail *= rng.uniform(0.1, 0.5) / np.sqrt((tail**2).sum())
        tail[0] += 1
        size = len(samples) + length
        samples = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)[: len(samples)]
    samples *= 10 ** (rng.uniform(-32, -14) / 20) / np.sqrt((samples**2).mean() + 1e-12)
    noise = np.fft.rfft(rng.standard_normal(len(samples)))
    noise *= np.maximum(hertz, 50) ** rng.uniform(-0.7, 0)
    noise = np.fft.irfft(noise, len(samples))
    speech_level = np.sqrt((samples**2).mean())
    samples += noise * (speech_level * 10 ** (-rng.uniform(12, 60) / 20) / np.sqrt((noise**2).mean()))
    return np.clip(samples, -1, 1), phones


def examples(utterances, rng, copies):
    inputs, outputs = [], []
    for voice, number, samples, phones in utterances:
        for copy in range(copies):
            spoken, timed = (samples, phones) if copy == 0 else disturbed(samples, phones, rng)
            found = features.normalize(features.band_powers(spoken))
            inputs.append(features.context(found))
            outputs.append(targets.mouth(timed, len(found), features.HOP / features.RATE))
    return np.concatenate(inputs), np.concatenate(outputs).astype(np.float32)


class Readout:
    def __init__(self, rng, inputs):
        self.parts = [
            (rng.standard_normal((inputs, HIDDEN)) / np.sqrt(inputs)).astype(np.float32),
            np.zeros(HIDDEN, np.float32),
            (rng.standard_normal((HIDDEN, len(targets.PARTS))) / np.sqrt(HIDDEN)).astype(np.float32),
            np.full(len(targets.PARTS), -1.5, np.float32),
        ]

    def hidden(self, x):
        return np.tanh(x @ self.parts[0] + self.parts[1])

    def __call__(self, x):
        return 1 / (1 + np.exp(-(self.hidden(x) @ self.parts[2] + self.parts[3])))

    def gradients(self, x, wanted):
        hidden = self.hidden(x)
        result = 1 / (1 + np.exp(-(hidden @ self.parts[2] + self.parts[3])))
        # Cross-entropy against soft targets; a missed closure is seen more than a wrong one.
        weight = np.ones_like(wanted)
        weight[:, 3] += 2 * wanted[:, 3]
        error = (result - wanted) * weight / len(x)
        back = (error @ self.parts[2].T) * (1 - hidden**2)
        return [x.T @ back, back.sum(0), hidden.T @ error, error.sum(0)]


def fit(inputs, outputs, rng, epochs, decay=1e-3, jitter=0.15):
    """Adam. Decay and jitter keep it from learning the dozen voices by heart."""
    model = Readout(rng, inputs.shape[1])
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in model.parts]
    step, batch = 0, 512
    total = epochs * (len(inputs) // batch)
    for _ in range(epochs):
        order = rng.permutation(len(inputs))
        for start in range(0, len(inputs) - batch, batch):
            rows = order[start : start + batch]
            step += 1
            rate = 0.004 * (0.5 + 0.5 * np.cos(np.pi * min(1, step / total)))
            shaken = inputs[rows] + jitter * rng.standard_normal((batch, inputs.shape[1]), dtype=np.float32)
            gradients = model.gradients(shaken, outputs[rows])
            for part, gradient, (first, second) in zip(model.parts, gradients, moments):
                gradient = gradient + decay * part
                first += 0.1 * (gradient - first)
                second += 0.001 * (gradient**2 - second)
                part -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return model


def correlations(model, inputs, outputs):
    found = model(inputs)
    return [round(float(np.corrcoef(found[:, i], outputs[:, i])[0, 1]), 2) for i in range(outputs.shape[1])]


def swift(model):
    """The model as Swift source."""
    names = [
        ("hidden", "`hidden[input * 32 + unit]`, inputs in the order of `MouthReadout.offsets`, then of the features."),
        ("hiddenBias", "One for each hidden unit."),
        ("output", "`output[unit * 6 + part]`, parts in the order of `MouthShape`."),
        ("outputBias", "One for each part."),
    ]
    lines = [
        "// Made by tools/visemes/fit.py; do not edit.",
        "",
        "/// What was fitted of ``MouthReadout``.",
        "enum MouthReadoutWeights {",
    ]
    for (name, comment), part in zip(names, model.parts):
        lines += [f"    /// {comment}", f"    static let {name}: [Float] = ["]
        line = "       "
        for value in part.flatten():
            text = f" {value:.3f},".replace("-0.000", "0.000")
            if len(line) + len(text) > 120:
                lines.append(line)
                line = "       "
            line += text
        lines += [line, "    ]"]
    return "\n".join(lines + ["}", ""])


def main():
    rng = np.random.default_rng(2026)
    inputs, outputs = examples(corpus.utterances(), rng, copies=int(sys.argv[1]))
    model = fit(inputs, outputs, rng, epochs=int(sys.argv[2]))
    print(correlations(model, inputs, outputs), file=sys.stderr)
    print(swift(model), end="")


if __name__ == "__main__":
    main()
