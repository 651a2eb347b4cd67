"""A running server for the tests that talk to one from outside.

VISAVIS_URL names one that runs already (http://127.0.0.1:8080); otherwise the release binary (or VISAVIS_BIN) is
started on a free port, once for the whole run.
"""

import pytest
from serving import Server, running_server


@pytest.fixture(scope="session")
def server():
    with running_server() as running:
        yield running


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
