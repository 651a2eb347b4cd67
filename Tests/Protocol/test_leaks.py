"""Clients come and go, politely and not: nothing of them stays in the server's process."""

import contextlib
import os
import socket
import struct
import time
from pathlib import Path

import pytest
from talking import PATIENCE_SECONDS, Client
from websockets.exceptions import InvalidStatus

VISITS = 200
MOST_SESSIONS = 10
# Threads of the runtime that start at some later need have an eventfd each; a leak would be one for each visit.
LATE_THREADS = 8

UPGRADE = (
    b"GET /v1/realtime HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
# A text message of 100 bytes of which 4 come: mask bit and length, mask, and the beginning.
HALF_A_MESSAGE = bytes([0x81, 0x80 | 100, 0, 0, 0, 0]) + b'{"ty'


def leave(server):
    with Client(server.realtime_url) as client:
        client.wait_for("session.created")


def leave_in_the_middle_of_an_utterance(server):
    with Client(server.realtime_url) as client:
        client.wait_for("session.created")
        client.type_text("This is a sentence that nobody hears to its end.")
        client.send("response.create")
        client.wait_for("response.output_audio.delta")


def disappear(server):
    """Ends the connection without a close frame, in the middle of a message."""
    with connection(server) as socket_:
        socket_.sendall(HALF_A_MESSAGE)


def reset(server):
    """As when the client's process is killed: no close frame, and the connection is not ended but gone."""
    with connection(server) as socket_:
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def give_up_before_the_answer(server):
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS) as socket_:
        socket_.sendall(UPGRADE)


VISITORS = [leave, leave_in_the_middle_of_an_utterance, disappear, reset, give_up_before_the_answer]


@contextlib.contextmanager
def connection(server):
    """A session whose client knows no manners."""
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS) as socket_:
        socket_.sendall(UPGRADE)
        received = b""
        while b'"session.created"' not in received:
            piece = socket_.recv(65_536)
            if not piece or received.startswith(b"HTTP/1.1 503"):
                raise ConnectionRefusedError(received)
            received += piece
        yield socket_


def patiently(action, server):
    """Does it again while the server is full: that a client has left takes a moment to be noticed."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action(server)
        except (InvalidStatus, ConnectionRefusedError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def fill(server):
    """Takes every session that there is."""
    with contextlib.ExitStack() as clients:
        for _ in range(MOST_SESSIONS):
            clients.enter_context(connection(server))


def open_files(server) -> list[str]:
    names = []
    for file in Path(f"/proc/{server.process.pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # Closed meanwhile.
            names.append(os.readlink(file))
    return sorted(names)


def sockets(files: list[str]) -> list[str]:
    return [name for name in files if name.startswith("socket:")]


def wait_until_settled(server):
    """Waits until nothing has been opened or closed for a second."""
    before = None
    while (now := open_files(server)) != before:
        before = now
        time.sleep(1)


@pytest.mark.timeout(600)
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="/proc is not there")
def test_visitors_leave_nothing_behind(make_server, tmp_path):
    settings = tmp_path / "visavis.yaml"
    settings.write_text(f"limits:\n  sessions: {MOST_SESSIONS}\n")
    server = make_server("--config", str(settings))
    for visit in VISITORS:  # What is opened at the first need and kept is open now.
        patiently(visit, server)
    patiently(fill, server)
    wait_until_settled(server)
    before = open_files(server)

    for number in range(VISITS):
        patiently(VISITORS[number % len(VISITORS)], server)
    # Each of the sessions has ended: there is room for as many as ever.
    patiently(fill, server)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(sockets(open_files(server))) > len(sockets(before)) and time.monotonic() < deadline:
        time.sleep(0.1)
    after = open_files(server)
    assert len(sockets(after)) <= len(sockets(before)), after
    assert len(after) <= len(before) + LATE_THREADS, (before, after)
