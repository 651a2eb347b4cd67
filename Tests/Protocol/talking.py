"""A client that speaks the protocol by hand, and checks everything that it is told."""

import base64
import json
import time
import wave
from typing import Any

import numpy as np
from recordings import ENGLISH
from validate_events import EARLIER, TODAY, validate
from websockets.sync.client import connect

RATE = 24_000
# Generous: a machine that is busy is slow, and that is no error.
PATIENCE_SECONDS = 60


class Client:
    """One session, with a picture unless `query` says otherwise. Every event that it receives has been validated, and is
    kept in `events`. `earlier` asks for the names that events had before OpenAI's protocol was generally available."""

    def __init__(self, url: str, query: str = "?video=base64", earlier: bool = False):
        headers = {"OpenAI-Beta": "realtime=v1"} if earlier else {}
        self._connecting = connect(url + query, max_size=None, additional_headers=headers)
        self._dialect = EARLIER if earlier else TODAY
        self.events: list[dict[str, Any]] = []
        self.binary: list[bytes] = []

    def __enter__(self) -> "Client":
        self._socket = self._connecting.__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        self._connecting.__exit__(*reason)

    def send(self, kind: str, **fields: Any) -> None:
        self.send_text(json.dumps({"type": kind, **fields}))

    def send_text(self, text: str) -> None:
        self._socket.send(text)

    def send_bytes(self, message: bytes) -> None:
        self._socket.send(message)

    def receive(self) -> dict[str, Any] | bytes:
        message = self._socket.recv(timeout=PATIENCE_SECONDS)
        if isinstance(message, bytes):
            self.binary.append(message)
            return message
        event = json.loads(message)
        validate(event, self._dialect)
        self.events.append(event)
        return event

    def wait_for(self, kind: str, troubles: tuple[str, ...] = ()) -> dict[str, Any]:
        """Receives until an event of this type comes; no error but `troubles`."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            event = self.receive()
            if isinstance(event, dict):
                if event["type"] == kind:
                    return event
                assert event["type"] != "error" or event["error"]["code"] in troubles, event
        last = [one["type"] for one in self.events[-5:]]
        raise TimeoutError(f"no {kind} within {PATIENCE_SECONDS} s; last were {last}")

    def type_text(self, text: str) -> None:
        content = [{"type": "input_text", "text": text}]
        self.send("conversation.item.create", item={"type": "message", "role": "user", "content": content})

    def append(self, samples: np.ndarray) -> None:
        self.send("input_audio_buffer.append", audio=base64.b64encode(samples.tobytes()).decode())

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]


def english(start: float, seconds: float) -> np.ndarray:
    """Real speech at 24 kHz; it begins 3.07 s into the recording."""
    with wave.open(str(ENGLISH)) as source:
        rate = source.getframerate()
        source.setpos(int(start * rate))
        samples = np.frombuffer(source.readframes(int(seconds * rate)), np.int16)
    times = np.arange(int(seconds * RATE)) / RATE
    return np.interp(times, np.arange(len(samples)) / rate, samples).astype(np.int16)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), np.int16)


def samples_of(deltas: list[dict[str, Any]]) -> np.ndarray:
    sound = b"".join(base64.b64decode(delta["delta"]) for delta in deltas)
    return np.frombuffer(sound, np.int16)
