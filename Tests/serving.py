"""`visavis serve` for the tests and measurements that talk to one from outside."""

import contextlib
import os
import pathlib
import socket
import subprocess
import time
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("VISAVIS_BIN", str(PROJECT / ".build/release/visavis"))
START_SECONDS = 30


class Server:
    """A `visavis serve` process on a port of its own."""

    def __init__(self, *arguments: str, port: int | None = None, environment: dict[str, str] = {}):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.realtime_url = f"ws://127.0.0.1:{self.port}/v1/realtime"
        self._arguments = arguments
        self._environment = os.environ | environment
        self.process: subprocess.Popen | None = None

    def start(self) -> "Server":
        command = [BINARY, "serve", "--port", str(self.port), *self._arguments]
        self.process = subprocess.Popen(command, env=self._environment)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended at once with {self.process.returncode}")
            try:
                urllib.request.urlopen(self.url + "/readyz", timeout=1)
                return self
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the server was not ready after {START_SECONDS} s")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class RunningServer:
    """A server that somebody else started."""

    def __init__(self, url: str):
        self.url = url.rstrip("/")
        self.realtime_url = "ws" + self.url.removeprefix("http") + "/v1/realtime"


@contextlib.contextmanager
def running_server():
    """The server that VISAVIS_URL names, or one that is started and, afterwards, stopped."""
    if url := os.environ.get("VISAVIS_URL"):
        yield RunningServer(url)
        return
    started = Server().start()
    try:
        yield started
    finally:
        started.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
