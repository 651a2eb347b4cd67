"""OpenAI's own Python client holds a conversation with the avatar."""

import asyncio
import base64
import json

import numpy as np
import pytest
from openai import AsyncOpenAI
from recordings import ENGLISH
from serving import Server
from talking import PATIENCE_SECONDS, english, silence
from validate_events import EARLIER, TODAY, Dialect, validate


def connect(server):
    client = AsyncOpenAI(api_key="none", websocket_base_url=server.realtime_url.removesuffix("/realtime"))
    return client.realtime.connect(model="visavis")


async def listen(connection, until: str, troubles: tuple[str, ...] = (), dialect: Dialect = TODAY) -> list:
    """Receives events, parsed by the client into its own types, up to one of type `until`; no error but `troubles`.
    The client takes what it gets: each is held against the types as well."""
    events = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for event in connection:
            events.append(event)
            validate(event.to_dict(mode="json"), dialect)
            assert event.type != "error" or event.error.code in troubles, event
            if event.type == until:
                return events
    raise AssertionError(f"the connection ended before {until}")


async def say(connection, text: str) -> None:
    content = [{"type": "input_text", "text": text}]
    await connection.conversation.item.create(item={"type": "message", "role": "user", "content": content})


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
        await say(connection, "Hello there.")
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


@pytest.mark.asyncio
async def test_answers_can_be_read(server):
    async with connect(server) as connection:
        await connection.session.update(session={"type": "realtime", "output_modalities": ["text"]})
        await say(connection, "Hello there.")
        await connection.response.create()
        events = await listen(connection, until="response.done")
    written = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert written.split() == ["Hello", "there."]
    assert not len(sound(events))
    assert events[-1].response.output[0].content[0].text == written


@pytest.mark.asyncio
async def test_a_response_out_of_the_conversation_leaves_no_trace(server):
    question = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Aside."}]}
    async with connect(server) as connection:
        await say(connection, "Hello there.")
        await listen(connection, until="conversation.item.done")
        await connection.response.create(
            response={
                "conversation": "none",
                "output_modalities": ["text"],
                "metadata": {"topic": "aside"},
                "input": [question],
            }
        )
        events = await listen(connection, until="response.done")
    response = events[-1].response
    assert response.conversation_id is None and response.metadata == {"topic": "aside"}
    assert response.output[0].content[0].text.split() == ["Aside."]
    assert not [event for event in events if event.type.startswith("conversation.item")]


@pytest.mark.asyncio
@pytest.mark.skipif(not ENGLISH.exists(), reason=f"{ENGLISH} is not there")
async def test_telephone_sound_both_ways(server):
    telephone = {"format": {"type": "audio/pcmu"}}
    # µ-law of silence is 0xFF; what matters here is that it is a byte a sample, at 8 kHz.
    said = bytes([0xFF, 0x80] * 4000)
    async with connect(server) as connection:
        await connection.session.update(
            session={"type": "realtime", "audio": {"input": {**telephone, "turn_detection": None}, "output": telephone}}
        )
        await connection.input_audio_buffer.append(audio=base64.b64encode(said).decode())
        await connection.input_audio_buffer.commit()
        await connection.response.create()
        events = await listen(connection, until="response.done")
    heard = b"".join(base64.b64decode(event.delta) for event in events if event.type == "response.output_audio.delta")
    assert 7_950 <= len(heard) <= 8_000


SCRIPT = """
greeting: Welcome!
rules:
- words: weather
  say: Let me see.
  call: {name: weather, arguments: {city: Bern}, say: "It is {output} in Bern."}
otherwise: Pardon?
"""


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory):
    """A server that greets, and answers by rules."""
    folder = tmp_path_factory.mktemp("script")
    (folder / "script.yaml").write_text(SCRIPT)
    (folder / "visavis.yaml").write_text("responder: script\nresponders: {script: {file: script.yaml}}\n")
    server = Server("--config", str(folder / "visavis.yaml")).start()
    yield server
    server.stop()


@pytest.mark.asyncio
async def test_the_avatar_may_speak_first(kiosk):
    async with connect(kiosk) as connection:
        await connection.response.create()
        response = (await listen(connection, until="response.done"))[-1].response
    assert response.status == "completed"
    assert response.output[0].content[0].transcript == "Welcome!"


@pytest.mark.asyncio
async def test_functions_are_called_and_what_they_return_is_said(kiosk):
    weather = {"type": "function", "name": "weather", "parameters": {"type": "object", "properties": {}}}
    async with connect(kiosk) as connection:
        await connection.session.update(session={"type": "realtime", "tools": [weather]})
        await say(connection, "How is the weather?")
        await connection.response.create()
        events = await listen(connection, until="response.done")
        message, call = events[-1].response.output
        assert message.content[0].transcript == "Let me see."
        assert call.type == "function_call" and call.name == "weather" and call.status == "completed"
        assert json.loads(call.arguments) == {"city": "Bern"}
        (finished,) = [event for event in events if event.type == "response.function_call_arguments.done"]
        assert finished.call_id == call.call_id and finished.arguments == call.arguments

        output = {"type": "function_call_output", "call_id": call.call_id, "output": "sunny"}
        await connection.conversation.item.create(item=output)
        await connection.response.create()
        events = await listen(connection, until="response.done")
    added = [event.item.type for event in events if event.type == "conversation.item.added"]
    assert added == ["function_call_output", "message"]
    response = events[-1].response
    assert response.status == "completed" and len(sound(events)) > 12_000
    assert response.output[0].content[0].transcript == "It is sunny in Bern."


@pytest.mark.asyncio
async def test_earlier_clients_are_told_earlier_names(server):
    client = AsyncOpenAI(api_key="none", websocket_base_url=server.realtime_url.removesuffix("/realtime"))
    async with client.beta.realtime.connect(model="visavis") as connection:
        created = (await listen(connection, until="session.created", dialect=EARLIER))[-1].session
        assert created.modalities == ["audio", "text"] and created.input_audio_format == "pcm16"
        await connection.session.update(session={"modalities": ["audio", "text"], "voice": "alloy", "turn_detection": None})
        updated = (await listen(connection, until="session.updated", dialect=EARLIER))[-1].session
        assert updated.turn_detection is None and updated.voice
        await say(connection, "Hello there.")
        await connection.response.create()
        events = await listen(connection, until="response.done", dialect=EARLIER)
    kinds = {event.type for event in events}
    assert {"conversation.item.created", "response.audio.delta", "response.audio_transcript.done"} <= kinds
    assert not [kind for kind in kinds if "output_audio" in kind or "video" in kind]
    response = events[-1].response
    assert response.status == "completed" and response.modalities == ["audio", "text"]
    assert response.output[0].content[0].type == "audio"
    assert response.output[0].content[0].transcript.split() == ["Hello", "there."]
