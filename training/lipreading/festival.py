"""Flite and Festival: voices of several languages, made from recordings of people.

Both tell when each phone ends. A stop's phone is its closure and its release together.
"""

import pathlib
import re
import subprocess
import tempfile
from typing import NamedTuple

from .labels import heard, labelled
from .notation import CATALAN, CZECH, FINNISH, HINDI, ITALIAN, RADIO
from .utterance import Utterance


class Voice(NamedTuple):
    """What Festival calls a voice and its phones, and how it wants to be written to."""

    name: str
    phones: dict[str, str]
    encoding: str = "latin-1"


FESTIVAL_VOICES = {
    "kal": Voice("voice_kal_diphone", RADIO), "ked": Voice("voice_ked_diphone", RADIO),
    "slt-hts": Voice("voice_cmu_us_slt_arctic_hts", RADIO),
    "lp": Voice("voice_lp_diphone", ITALIAN), "pc": Voice("voice_pc_diphone", ITALIAN),
    "ph": Voice("voice_czech_ph", CZECH, "iso-8859-2"), "dita": Voice("voice_czech_dita", CZECH, "iso-8859-2"),
    "machac": Voice("voice_czech_machac", CZECH, "iso-8859-2"), "krb": Voice("voice_czech_krb", CZECH, "iso-8859-2"),
    "lj": Voice("voice_suo_fi_lj_diphone", FINNISH), "mv": Voice("voice_hy_fi_mv_diphone", FINNISH),
    "nsk": Voice("voice_hindi_NSK_diphone", HINDI, "utf-8"), "ona": Voice("voice_upc_ca_ona_hts", CATALAN),
}  # fmt: skip


def flite(voice: str, text: str, stretch: float = 1.0, pitch: int | None = None) -> Utterance:
    """`text` in one of Flite's voices: slt, rms, awb, kal16."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "speech.wav"
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}", "-psdur", "-t", text, "-o", path]
        if pitch:
            command[3:3] = ["--setf", f"int_f0_target_mean={pitch}"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        ends = [(name, float(end)) for name, end in (entry.rsplit(":", 1) for entry in printed.split())]
        return heard(path, ends, RADIO)


_PITCH = """
(set! after_analysis_hooks (append after_analysis_hooks (list (lambda (utt)
  (if (member 'Target (utt.relationnames utt))
    (mapcar (lambda (target) (item.set_feat target "f0" (* {} (item.feat target "f0")))) (utt.relation.leafs utt 'Target)))
  utt))))"""


def festival(voice: str, texts: list[str], stretch: float = 1.0, pitch: float = 1.0) -> list[Utterance]:
    """`texts` in one of Festival's voices; many at once, since the program takes long to start.
    - stretch: of durations.
    - pitch: by what the voice's own is multiplied, its formants are not; HTS voices keep theirs.
    """
    name, table, encoding = FESTIVAL_VOICES[voice]
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"({name})", f"(Parameter.set 'Duration_Stretch {stretch})", _PITCH.format(pitch)]
        for number, text in enumerate(texts):
            quoted = re.sub(r'["\\]', "", text)
            lines += [
                f'(set! spoken (utt.synth (Utterance Text "{quoted}")))',
                f'(utt.save.wave spoken "{folder}/{number}.wav" \'riff)',
                f'(utt.save.segs spoken "{folder}/{number}.lab")',
            ]
        script = pathlib.Path(folder) / "script.scm"
        script.write_text("\n".join(lines), encoding=encoding, errors="ignore")
        subprocess.run(["festival", "-b", script], check=True, capture_output=True)
        utterances = []
        for number in range(len(texts)):
            path = pathlib.Path(folder) / f"{number}"
            utterances.append(labelled(path.with_suffix(".wav"), path.with_suffix(".lab"), table))
        return utterances
