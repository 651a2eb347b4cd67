"""OpenAI's own Python client holds a conversation with the avatar."""

import asyncio
import base64

import numpy as np
import pytest
from openai import AsyncOpenAI
from recordings import ENGLISH
from talking import PATIENCE_SECONDS, english, silence


def connect(server):
    client = AsyncOpenAI(api_key="none", websocket_base_url=server.realtime_url.removesuffix("/realtime"))
    return client.realtime.connect(model="visavis")


async def listen(connection, until: str) -> list:
    """Receives events, parsed by the client into its own types, up to one of type `until`."""
    events = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for event in connection:
            events.append(event)
            assert event.type != "error", event
            if event.type == until:
                return events
    raise AssertionError(f"the connection ended before {until}")


def sound(events) -> np.ndarray:
    deltas = [base64.b64decode(event.delta) for event in events if event.type == "response.output_audio.delta"]
    return np.frombuffer(b"".join(deltas), np.int16)


@pytest.mark.asyncio
async def test_typed_conversation(server):
    async with connect(server) as connection:
        await listen(connection, until="session.created")
        await connection.session.update(session={"type": "realtime", "output_modalities": ["audio"]})
        updated = await listen(connection, until="session.updated")
        assert updated[-1].session.audio.output.format.rate == 24_000
        await connection.conversation.item.create(
            item={"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hello there."}]}
        )
        await connection.response.create()
        events = await listen(connection, until="response.done")
    assert len(sound(events)) > 12_000
    transcript = "".join(event.delta for event in events if event.type == "response.output_audio_transcript.delta")
    assert transcript.split() == ["Hello", "there."]
    response = events[-1].response
    assert response.status == "completed"
    assert response.output[0].content[0].transcript == transcript


@pytest.mark.asyncio
@pytest.mark.skipif(not ENGLISH.exists(), reason=f"{ENGLISH} is not there")
async def test_spoken_conversation(server):
    said = np.concatenate([silence(0.5), english(3, 2), silence(1)])
    async with connect(server) as connection:
        await listen(connection, until="session.created")
        for start in range(0, len(said), 2400):
            piece = base64.b64encode(said[start : start + 2400].tobytes()).decode()
            await connection.input_audio_buffer.append(audio=piece)
        events = await listen(connection, until="response.done")
    kinds = [event.type for event in events]
    assert kinds[:3] == [
        "input_audio_buffer.speech_started",
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
    ]
    assert events[-1].response.status == "completed"
    assert len(sound(events)) > 24_000
