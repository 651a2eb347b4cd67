"""The real recordings that tests listen to, and the browser's microphone plays."""

import pathlib

MEDIA = pathlib.Path(__file__).resolve().parents[2] / "shared" / "media"
ENGLISH = MEDIA / "eng.wav"
"""A minute of English, 16 kHz mono; it begins with three seconds of silence."""
