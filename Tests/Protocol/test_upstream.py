"""The responder openai-realtime: visavis, a stand-in for an upstream behind it, and OpenAI's own client in front."""

import asyncio
import json
import os
import pathlib
import subprocess
import threading
import time

import pytest
from openai import AsyncOpenAI
from serving import PROJECT, Server, free_port
from talking import PATIENCE_SECONDS
from test_openai_client import listen, sound

STAND_IN = pathlib.Path(os.environ.get("VISAVIS_STAND_IN", PROJECT / ".build/release/realtime-stand-in"))
STORY = "Once upon a time there was a king who liked to tell long stories. " * 20


class StandIn:
    """A `realtime-stand-in` process, and what it was sent: (connection, type, event)."""

    def __init__(self):
        self.port = free_port()
        self.received: list[tuple[int, str, dict]] = []
        self._process = subprocess.Popen([STAND_IN, str(self.port)], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout.readline().startswith("listening")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._process.stdout:
            number, kind, *event = line.rstrip("\n").split(" ", 2)
            if number.isdigit() and event and event[0].startswith("{"):
                self.received.append((int(number), kind, json.loads(event[0])))

    def wait_for(self, kind: str, connection: int = 1) -> dict:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for number, found, event in list(self.received):
                if (number, found) == (connection, kind):
                    return event
            time.sleep(0.02)
        raise TimeoutError(f"connection {connection} has sent no {kind}")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def stand_in():
    running = StandIn()
    yield running
    running.stop()


@pytest.fixture
def serve(tmp_path):
    """Starts a visavis whose answers come from the upstream at this address."""
    servers: list[Server] = []

    def start(url: str) -> Server:
        settings = tmp_path / f"visavis{len(servers)}.yaml"
        settings.write_text(
            "responders:\n  openai-realtime:\n"
            f"    url: {url}\n    voices: [slt]\n    transcription_model: none\n"
        )
        arguments = ("--config", str(settings), "--responder", "openai-realtime")
        servers.append(Server(*arguments).start())
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def connect(server):
    client = AsyncOpenAI(api_key="none", websocket_base_url=server.realtime_url.removesuffix("/realtime"))
    return client.realtime.connect(model="visavis")


async def ask(connection, text: str) -> None:
    content = [{"type": "input_text", "text": text}]
    await connection.conversation.item.create(item={"type": "message", "role": "user", "content": content})
    await connection.response.create()


def words(events) -> str:
    return "".join(event.delta for event in events if event.type == "response.output_audio_transcript.delta")


needs_stand_in = pytest.mark.skipif(not STAND_IN.exists(), reason=f"{STAND_IN} is not there")


@needs_stand_in
@pytest.mark.asyncio
async def test_answer_and_interruption(serve, stand_in):
    server = serve(f"ws://127.0.0.1:{stand_in.port}/v1/realtime")
    async with connect(server) as connection:
        await ask(connection, "Good morning.")
        events = await listen(connection, until="response.done")
        assert words(events) == "Good morning."
        assert len(sound(events)) > 12_000
        assert events[-1].response.status == "completed"

        await ask(connection, STORY)
        await listen(connection, until="response.output_audio.delta")
        # Long enough for a word to be heard: an answer of which none was is taken back instead.
        await asyncio.sleep(1.5)
        await connection.response.cancel()
        events = await listen(connection, until="conversation.item.truncated")
        heard = events[-1].audio_end_ms
        assert 0 < heard < 20_000
    assert stand_in.wait_for("conversation.item.truncate")["audio_end_ms"] == heard


@needs_stand_in
@pytest.mark.asyncio
async def test_upstream_that_breaks_off_is_told_the_conversation_again(serve, stand_in):
    server = serve(f"ws://127.0.0.1:{stand_in.port}/v1/realtime?fault=drop&times=1")
    async with connect(server) as connection:
        await ask(connection, "This is a sentence with many words in it, and it is broken off.")
        events = await listen(connection, until="response.done", troubles=("responder_unreachable",))
        failed = events[-1].response
        assert failed.status == "failed"
        assert "the upstream 127.0.0.1 is gone" in failed.status_details.error.message
        await ask(connection, "Are you there?")
        events = await listen(connection, until="response.done", troubles=("responder_unreachable",))
        assert words(events) == "Are you there?"
    told = [event for number, kind, event in stand_in.received if (number, kind) == (2, "conversation.item.create")]
    assert [event["item"]["role"] for event in told] == ["user", "assistant", "user"]


@pytest.mark.asyncio
async def test_visavis_behind_visavis(serve, make_server):
    upstream = make_server("--responder", "speak")
    server = serve(upstream.realtime_url)
    async with connect(server) as connection:
        await ask(connection, "Two faces are better than one.")
        events = await listen(connection, until="response.done")
    assert words(events) == "Two faces are better than one."
    assert len(sound(events)) > 24_000
