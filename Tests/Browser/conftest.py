"""What the tests of the page share."""

import pathlib

import pytest
from playwright.sync_api import Browser, sync_playwright
from recordings import ENGLISH
from spoken import record
from visiting import DESK, PROBES, Visit, start_chromium


@pytest.fixture
def speech(tmp_path):
    """Makes recordings for the microphone: `speech("silence", 1, "speech", 3)`, in seconds of real speech."""
    if not ENGLISH.exists():
        pytest.skip(f"{ENGLISH} is not there")

    def make(*parts) -> pathlib.Path:
        return record(tmp_path / "microphone.wav", *parts)

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
    """Opens the page: `visit(arguments=MICROPHONE, probes=["watch"], viewport=PHONE)`.

    `routes` are functions that take over what the page asks for at an address.
    """

    def open_page(*, url=server.url, arguments=(), probes=(), routes=None, viewport=DESK, **context) -> Visit:
        page = launch(*arguments).new_context(viewport=viewport, **context).new_page()
        for probe in probes:
            page.add_init_script(path=PROBES / f"{probe}.js")
        for address, take in (routes or {}).items():
            page.route(address, take)
        return Visit(page).open(url)

    return open_page
