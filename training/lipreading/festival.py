"""Flite and Festival: American English and Italian voices, most of them made from recordings of people.

Both tell when each phone ends. A stop's phone is its closure and its release together.
"""

import pathlib
import re
import subprocess
import tempfile

from .notation import ITALIAN, RADIO, from_names
from .phones import Phone
from .utterance import Utterance, read_wav, resampled, split, with_silences

FESTIVAL_VOICES = {
    "kal": ("voice_kal_diphone", RADIO), "ked": ("voice_ked_diphone", RADIO),
    "slt-hts": ("voice_cmu_us_slt_arctic_hts", RADIO), "lp": ("voice_lp_diphone", ITALIAN),
    "pc": ("voice_pc_diphone", ITALIAN),
}  # fmt: skip


def _utterance(path: pathlib.Path, ends: list[tuple[str, float]], table: dict[str, str]) -> Utterance:
    samples, rate = read_wav(path)
    phones: list[Phone] = []
    start = 0.0
    for name, end in ends:
        sounds = from_names(name, table)
        if sounds and end > start:
            phones += split(sounds, start, end)
        start = end
    return Utterance(resampled(samples, rate), with_silences(phones, len(samples) / rate))


def flite(voice: str, text: str, stretch: float = 1.0, pitch: int | None = None) -> Utterance:
    """`text` in one of Flite's voices: slt, rms, awb, kal16."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "speech.wav"
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}", "-psdur", "-t", text, "-o", path]
        if pitch:
            command[3:3] = ["--setf", f"int_f0_target_mean={pitch}"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        ends = [(name, float(end)) for name, end in (entry.rsplit(":", 1) for entry in printed.split())]
        return _utterance(path, ends, RADIO)


def festival(voice: str, texts: list[str], stretch: float = 1.0) -> list[Utterance]:
    """`texts` in one of Festival's voices; many at once, since the program takes long to start."""
    name, table = FESTIVAL_VOICES[voice]
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"({name})", f"(Parameter.set 'Duration_Stretch {stretch})"]
        for number, text in enumerate(texts):
            quoted = re.sub(r'["\\]', "", text)
            lines += [
                f'(set! spoken (utt.synth (Utterance Text "{quoted}")))',
                f'(utt.save.wave spoken "{folder}/{number}.wav" \'riff)',
                f'(utt.save.segs spoken "{folder}/{number}.lab")',
            ]
        script = pathlib.Path(folder) / "script.scm"
        # Italian is read as Latin-1.
        script.write_text("\n".join(lines), encoding="latin-1", errors="ignore")
        subprocess.run(["festival", "-b", script], check=True, capture_output=True)
        utterances = []
        for number in range(len(texts)):
            labels = (pathlib.Path(folder) / f"{number}.lab").read_text(encoding="latin-1").split("#\n", 1)[1]
            ends = [(fields[2], float(fields[0])) for fields in map(str.split, labels.splitlines()) if len(fields) >= 3]
            utterances.append(_utterance(pathlib.Path(folder) / f"{number}.wav", ends, table))
        return utterances
