"""`visavis load` against a server of few words."""

import base64
import hashlib
import json
import os
import socket
import subprocess
import threading
import wave

from serving import PROJECT

BINARY = os.environ.get("VISAVIS_BIN", str(PROJECT / ".build/release/visavis"))
# RFC 6455, section 1.3.
WEBSOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def hasty_server(listener: socket.socket, heard: list) -> None:
    """Answers an upgrade together with its first event, in one piece, and listens to what comes then."""
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(10)
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(4096)
        lines = [line.split(b": ", 1) for line in request.split(b"\r\n") if b": " in line]
        headers = {name.lower(): value for name, value in lines}
        accept = base64.b64encode(hashlib.sha1(headers[b"sec-websocket-key"] + WEBSOCKET).digest())
        event = json.dumps({"type": "session.created", "event_id": "event_1", "session": {}}).encode()
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + b"Sec-WebSocket-Accept: "
            + accept
            + b"\r\n\r\n"
            + bytes([0x81, len(event)])
            + event
        )
        heard.append(connection.recv(4096))


def test_an_event_that_comes_with_the_upgrade_is_heard(tmp_path):
    speech = tmp_path / "speech.wav"
    with wave.open(str(speech), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(bytes(48_000))
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=hasty_server, args=(listener, heard))
        server.start()
        url = f"ws://127.0.0.1:{listener.getsockname()[1]}/v1/realtime"
        words = [BINARY, "load", "--url", url, "--sessions", "1", "--seconds", "2", "--audio", str(speech)]
        subprocess.run(words, capture_output=True, timeout=60)
        server.join()
    # The session's configuration, in a masked frame of text.
    assert heard[0][:1] == b"\x81" and len(heard[0]) > 20
