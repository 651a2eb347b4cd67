"""openapi.yaml describes what the server does: schemathesis tries what it says against one that runs."""

import contextlib
import os
import pathlib
import re
import subprocess
import sys
import threading
import urllib.request

import pytest
import yaml
from serving import PROJECT, Server
from talking import Client

DESCRIPTION = PROJECT / "Sources/Server/Web/v1/openapi.yaml"

# Half of the calls are for a session that there is.
HOOKS = """
import schemathesis

@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and "sessions" in context.operation.path and len(str(path_parameters["id"])) % 2:
        path_parameters["id"] = "{session}"
    return path_parameters
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    environment = {
        "VISAVIS_ARCHIVE_ENABLED": "true", "VISAVIS_ARCHIVE_PATH": str(tmp_path_factory.mktemp("archive")),
    }
    running = Server(environment=environment).start()
    yield running
    running.stop()


def test_the_description_is_served(server):
    with urllib.request.urlopen(server.url + "/v1/openapi.yaml", timeout=10) as response:
        assert response.headers["Content-Type"].startswith("application/yaml")
        assert response.read() == DESCRIPTION.read_bytes()


def test_every_path_of_the_server_is_described():
    routes = set()
    for source in PROJECT.glob("Sources/Server/**/*Routes.swift"):
        routes |= set(re.findall(r'router\.(\w+)\("(/[^"*]*)"', source.read_text()))
    described = {
        (method, re.sub(r"{(\w+)}", r":\1", path))
        for path, item in yaml.safe_load(DESCRIPTION.read_text())["paths"].items()
        for method in item if method in ("get", "post", "delete")
    }
    assert {(method, path) for method, path in routes if path not in ("/", "/v1/openapi.yaml")} == described


def drain(client: Client) -> None:
    """Reads everything: the server lets nobody stay who does not."""
    with contextlib.suppress(Exception):
        while True:
            client.receive()


def test_the_server_does_what_the_description_says(server, tmp_path):
    with Client(server.realtime_url) as client:
        session = client.wait_for("session.created")["session"]["id"]
        threading.Thread(target=drain, args=[client], daemon=True).start()
        (tmp_path / "hooks.py").write_text(HOOKS.format(session=session))
        command = [
            pathlib.Path(sys.executable).parent / "schemathesis", "run", f"{server.url}/v1/openapi.yaml",
            # It goes on for as long as the session lives.
            "--exclude-path-regex", "/events$",
            # Where there is a path but not for this method, the answer is 404. A schema cannot say what is speakable,
            # or sound; and LiveTalking's paths say with 200 what is wrong.
            "--exclude-checks", "unsupported_method,positive_data_acceptance,negative_data_rejection",
            "--phases", "examples,coverage,fuzzing", "--max-examples", "10", "--max-time", "45", "--seed", "1",
            "--request-timeout", "20", "--suppress-health-check", "all", "--warnings", "off", "--no-color",
        ]
        outcome = subprocess.run(
            command, capture_output=True, text=True, timeout=150, cwd=tmp_path,
            env=os.environ | {"SCHEMATHESIS_HOOKS": "hooks"})
        assert outcome.returncode == 0, outcome.stdout[-8_000:] + outcome.stderr[-2_000:]
    assert server.process.poll() is None
