"""Speech whose phones are known: every sentence, spoken by Flite's and eSpeak NG's voices, with its phone timings."""

import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "training"))

from lipreading import espeak as espeak_ng  # noqa: E402

RATE = 24_000

ENGLISH = [
    "My mama bought a blue boat. Papa picked up a big bag of maple pumpkins, and people began to bump about.",
    "We see three green trees near the deep sea. You knew who moved the blue shoes to school at noon.",
    "Sally sells sixty shells by the sea. She should choose fresh fish, he said; this is the zoo's juicy cheese.",
    "Father got a large hot pot and a hard rock. The cat sat back and had a bad laugh. All the tall walls fall.",
    "Would you go slowly over the road? No, the old boat won't float. Five very fine vans arrived above the valley.",
    "The quick brown fox jumps over the lazy dog. Please make me some more warm milk, Mister Baker.",
    "Nine nice linens lay on the line. How are you today? Tomorrow it may rain; bring an umbrella.",
    "I would like to book a table for two, near the window if possible, at half past seven this evening.",
    "Where were you while we were away? We walked along the wide white road and watched the waves.",
    "Bob brought both of them a bottle of water. Mum may bake some muffins, maybe Monday morning.",
    "The price of petrol has doubled in about a decade, but most people keep buying bigger automobiles.",
    "Thirty thousand thoughtful thinkers thanked the other brothers for their breath and their weather vane.",
    "Look, a good cook could put the wooden book on the hook. Roger ran around the rugged rocks.",
    "Yes, you can use your new yellow unit. June and Jude enjoyed huge orange jam jars in July.",
    "Peter Piper put purple paper on the upper step. The bumble bee bobbed up from the bubble bath.",
    "He came home with a calm comb, hummed a hymn, and seemed to swim in a warm, dim, empty room.",
    "Can Nancy sing nineteen long songs in an evening? Anna and Ian never knew any naughty nanny.",
    "Time and again the doctor told Tom to take ten tablets a day and to drink a lot of water at night.",
    "Oh, so you know Joe? Go home alone, open the window, and throw those old clothes over the stove.",
    "Ask Martha to park the car in the dark yard behind the barn. Eat these sweet peas each week, please.",
]

MANDARIN = [  # Pinyin with tone numbers
    "ni3 hao3, wo3 shi4 yi1 ge4 shu4 zi4 ren2. ma1 ma5 ba4 ba5 bu2 pa4 pao3 bu4, peng2 you3 men5 dou1 ming2 bai5.",
    "jin1 tian1 tian1 qi4 hen3 hao3, wo3 men5 qu4 gong1 yuan2 li3 kan4 hua1. zhe4 ben3 shu1 fei1 chang2 you3 yi4 si5.",
    "qing3 wen4 huo3 che1 zhan4 zen3 me5 zou3? wang3 qian2 zou3, dao4 le5 lu4 kou3 wang3 zuo3 guai3, wu3 bai3 mi3.",
    "wo3 xiang3 mai3 liang3 ge5 ping2 guo3 he2 yi4 ping2 niu2 nai3, duo1 shao5 qian2? mei2 wen4 ti2, ma3 shang4.",
]

FLITE_VOICES = ["slt", "rms", "awb", "kal16"]
ESPEAK_VOICES = ["en-us", "en-us+f3", "en-gb-x-rp+m3", "en-gb-scotland+f4", "en-us+m7"]


def resample(samples, rate):
    """Band-limited, by FFT; the whole utterance at once."""
    count = int(round(len(samples) * RATE / rate))
    spectrum = np.fft.rfft(samples)
    wanted = np.zeros(count // 2 + 1, complex)
    common = min(len(spectrum), len(wanted))
    wanted[:common] = spectrum[:common]
    return np.fft.irfft(wanted, count) * (count / len(samples))


def read_wav(path):
    import wave

    with wave.open(path) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
        return resample(samples, file.getframerate())


def flite(voice, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "speech.wav")
        command = ["flite", "-voice", voice, "-psdur", "-t", text, "-o", path]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        phones, start = [], 0.0
        for entry in printed.split():
            name, end = entry.rsplit(":", 1)
            phones.append((name, start, float(end)))
            start = float(end)
        return read_wav(path), phones


def espeak(voice, text):
    samples, rate, starts = espeak_ng.spoken(voice, text, parameters={}, names=0)
    samples = samples / 32768
    ends = [start for _, start in starts[1:]] + [len(samples) / rate]
    return resample(samples, rate), [(name, start, end) for (name, start), end in zip(starts, ends)]


def utterances():
    """Yields (voice, sentence number, samples, phones)."""
    for voice in FLITE_VOICES:
        for number, text in enumerate(ENGLISH):
            yield (voice, number, *flite(voice, text))
    for voice in ESPEAK_VOICES:
        for number, text in enumerate(ENGLISH):
            yield (voice, number, *espeak(voice, text))
    for voice in ["cmn-latn-pinyin", "cmn-latn-pinyin+f2", "cmn-latn-pinyin+m3"]:
        for number, text in enumerate(MANDARIN):
            yield (voice, number, *espeak(voice, text))
