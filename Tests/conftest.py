"""A running server for the tests that talk to one from outside.

VISAVIS_URL names one that runs already (http://127.0.0.1:8080); otherwise the release binary (or VISAVIS_BIN) is
started on a free port, once for the whole run.
"""

import os
import pathlib

import pytest
from serving import RunningServer, Server

MEDIA = pathlib.Path(__file__).resolve().parent.parent.parent / "shared" / "media"

@pytest.fixture(scope="session")
def server():
    if url := os.environ.get("VISAVIS_URL"):
        yield RunningServer(url)
        return
    started = Server().start()
    yield started
    started.stop()


@pytest.fixture
def make_server():
    """Starts servers that a test may kill and start again: `make_server("--voice", "rms")`."""
    started: list[Server] = []

    def make(*arguments: str, port: int | None = None) -> Server:
        started.append(Server(*arguments, port=port).start())
        return started[-1]

    yield make
    for one in started:
        one.stop()
