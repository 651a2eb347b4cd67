"""What the tests of the page share."""

import pathlib
import wave

import numpy as np
import pytest
from playwright.sync_api import Browser, sync_playwright
from visiting import DESK, MEDIA, PROBES, Visit, start_chromium

@pytest.fixture
def speech(tmp_path):
    """Makes recordings for the microphone: `speech("silence", 1, "speech", 3)`, in seconds of real speech."""
    recording = MEDIA / "eng.wav"
    if not recording.exists():
        pytest.skip(f"{recording} is not there")
    with wave.open(str(recording)) as source:
        rate = source.getframerate()
        words = np.frombuffer(source.readframes(source.getnframes()), np.int16)
    words = words[3 * rate :]  # It begins with three silent seconds.

    def make(*parts) -> pathlib.Path:
        position = 0
        sound = []
        for kind, seconds in zip(parts[::2], parts[1::2]):
            length = int(seconds * rate)
            sound.append(words[position : position + length] if kind == "speech" else np.zeros(length, np.int16))
            position += length if kind == "speech" else 0
        path = tmp_path / "microphone.wav"
        with wave.open(str(path), "wb") as target:
            target.setparams((1, 2, rate, 0, "NONE", ""))
            target.writeframes(np.concatenate(sound).tobytes())
        return path

    return make


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture
def launch(playwright):
    """Starts browsers that end with the test: `launch(*MICROPHONE)`."""
    running: list[Browser] = []

    def start(*arguments: str) -> Browser:
        running.append(start_chromium(playwright, *arguments))
        return running[-1]

    yield start
    for browser in running:
        browser.close()


@pytest.fixture
def visit(launch, server):
    """Opens the page: `visit(arguments=MICROPHONE, probes=["watch"], viewport=PHONE)`."""

    def open_page(*, url: str = server.url, arguments=(), probes=(), viewport=DESK, **context) -> Visit:
        page = launch(*arguments).new_context(viewport=viewport, **context).new_page()
        for probe in probes:
            page.add_init_script(path=PROBES / f"{probe}.js")
        return Visit(page).open(url)

    return open_page
