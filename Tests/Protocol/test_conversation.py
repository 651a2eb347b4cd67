"""Conversations over a real WebSocket; every event in them is one that OpenAI's clients understand."""

import json
import math
import struct

import numpy as np
import pytest
from recordings import ENGLISH
from talking import RATE, Client, english, samples_of, silence

needs_speech = pytest.mark.skipif(not ENGLISH.exists(), reason=f"{ENGLISH} is not there")

OPENING = [
    "response.created",
    "response.output_item.added",
    "conversation.item.added",
    "response.content_part.added",
]
CLOSING = [
    "response.output_audio.done",
    "response.output_audio_transcript.done",
    "response.output_video.done",
    "response.content_part.done",
    "conversation.item.done",
    "response.output_item.done",
    "response.done",
]
MANUAL = {"audio": {"input": {"turn_detection": None}}}


@pytest.fixture
def client(server):
    with Client(server.realtime_url) as connected:
        connected.wait_for("session.created")
        yield connected


def test_session_says_who_is_there(client):
    session = client.events[0]["session"]
    assert session["type"] == "realtime"
    assert session["audio"]["input"]["format"] == {"type": "audio/pcm", "rate": 24_000}
    assert session["audio"]["input"]["turn_detection"]["type"] == "server_vad"
    assert session["avatar"]["fps"] == 25
    assert session["avatar"]["codec"].startswith("avc1.")
    assert session["video"] == {"transport": "base64"}


def test_who_does_not_ask_for_the_picture_gets_none(server):
    with Client(server.realtime_url, query="") as client:
        session = client.wait_for("session.created")["session"]
        assert "avatar" not in session and "video" not in session
        client.type_text("Hello.")
        client.send("response.create")
        assert client.wait_for("response.done")["response"]["status"] == "completed"
        assert len(samples_of(client.all("response.output_audio.delta"))) > 6_000
        assert not [kind for kind in client.types if "video" in kind or "timeline" in kind]


def test_typed_text_is_spoken_in_sound_and_picture(client):
    client.type_text("Good morning. How are you?")
    client.send("response.create", response={"metadata": {"topic": "greeting"}})
    done = client.wait_for("response.done")

    deltas = {"response.output_audio.delta", "response.output_video.delta", "response.output_audio_transcript.delta"}
    assert [kind for kind in client.types[3:] if kind not in deltas] == [*OPENING, "response.timeline", *CLOSING]
    samples = samples_of(client.all("response.output_audio.delta"))
    frames = client.all("response.output_video.delta")
    assert len(samples) > 24_000
    assert len(frames) == math.ceil(len(samples) / 960) == client.all("response.output_video.done")[0]["frames"]
    assert [frame["frame"] for frame in frames] == list(range(len(frames)))
    assert [frame["pts_ms"] for frame in frames] == [40 * number for number in range(len(frames))]
    assert frames[0]["keyframe"]
    clip = client.events[0]["session"]["avatar"]["frames"]
    assert np.all(np.diff([frame["base_frame"] for frame in frames]) % clip == 1)

    words = "".join(delta["delta"] for delta in client.all("response.output_audio_transcript.delta"))
    assert words.split() == "Good morning. How are you?".split()
    response = done["response"]
    assert response["status"] == "completed"
    assert response["metadata"] == {"topic": "greeting"}
    assert response["output"][0]["content"][0]["transcript"] == words


def test_binary_transport_carries_the_same(client):
    client.send("session.update", session={"video": {"transport": "binary"}})
    assert client.wait_for("session.updated")["session"]["video"] == {"transport": "binary"}
    client.type_text("Hello.")
    client.send("response.create")
    response_id = client.wait_for("response.done")["response"]["id"]

    samples = frames = 0
    for message in client.binary:
        version, kind, flags, id_length, index, _, pts = struct.unpack_from("<BBBBIIQ", message)
        payload = message[20 + id_length :]
        assert version == 1 and message[20 : 20 + id_length].decode() == response_id
        if kind == 1:
            assert index == samples and pts == index * 1_000_000 // 24_000
            samples += len(payload) // 2
        else:
            assert kind == 2 and index == frames and pts == index * 40_000
            assert payload.startswith((b"\0\0\0\1", b"\0\0\1"))
            assert index > 0 or flags & 1
            frames += 1
    assert frames == math.ceil(samples / 960) > 0
    assert not client.all("response.output_audio.delta") and not client.all("response.output_video.delta")


@needs_speech
def test_manual_turn_is_echoed(client):
    client.send("session.update", session=MANUAL)
    said = english(3, 2)
    for start in range(0, len(said), 4800):
        client.append(said[start : start + 4800])
    client.send("input_audio_buffer.commit")
    client.send("response.create")
    client.wait_for("response.done")
    heard = samples_of(client.all("response.output_audio.delta"))
    assert np.array_equal(heard, said)
    assert "input_audio_buffer.committed" in client.types
    assert "input_audio_buffer.speech_started" not in client.types


@needs_speech
def test_spoken_turn_is_found_and_answered(client):
    client.append(silence(0.5))
    client.append(english(3, 2))
    client.append(silence(1))
    client.wait_for("response.done")
    order = [kind for kind in client.types if not kind.endswith("delta")][1:6]
    assert order == [
        "input_audio_buffer.speech_started",
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.done",
    ]
    assert 0 <= client.all("input_audio_buffer.speech_started")[0]["audio_start_ms"] < 600
    assert 2_800 < client.all("input_audio_buffer.speech_stopped")[0]["audio_end_ms"] < 3_300


@needs_speech
def test_speech_interrupts(client):
    client.type_text("This is a long sentence, which goes on and on, so that there is something to interrupt. " * 6)
    client.send("response.create")
    # The server runs ahead by 0.4 s and half of what was heard: of two seconds, one has been heard.
    while len(samples_of(client.all("response.output_audio.delta"))) < 2 * RATE:
        client.wait_for("response.output_audio.delta")
    client.append(silence(1))
    client.append(english(3, 1))
    client.wait_for("input_audio_buffer.speech_started")
    started = len(client.events)
    truncated = client.wait_for("conversation.item.truncated")
    assert not [kind for kind in client.types[started:] if kind.endswith(("audio.delta", "video.delta"))]
    response = client.all("response.done")[0]["response"]
    assert response["status"] == "cancelled"
    assert response["status_details"] == {"type": "cancelled", "reason": "turn_detected"}
    assert response["output"][0]["status"] == "incomplete"
    assert truncated["audio_end_ms"] > 900

    # The client knows better how far its loudspeaker got.
    client.send("conversation.item.truncate", item_id=truncated["item_id"], content_index=0, audio_end_ms=400)
    assert client.wait_for("conversation.item.truncated")["audio_end_ms"] == 400


def test_cancelled_response_and_second_response(client):
    client.type_text("One, two, three, four, five, six, seven, eight, nine, ten. " * 3)
    client.send("response.create")
    client.wait_for("response.output_audio.delta")
    client.send("response.create", event_id="impatient")
    error = receive_error(client)
    assert error["code"] == "conversation_already_has_active_response" and error["event_id"] == "impatient"
    client.send("response.cancel")
    done = client.wait_for("response.done")
    assert done["response"]["status_details"]["reason"] == "client_cancelled"
    client.wait_for("conversation.item.truncated")
    client.type_text("Hello.")
    client.send("response.create")
    assert client.wait_for("response.done")["response"]["status"] == "completed"


def test_items_are_kept(client):
    item = {"id": "note", "type": "message", "role": "system", "content": [{"type": "input_text", "text": "Be kind."}]}
    client.send("conversation.item.create", item=item)
    client.wait_for("conversation.item.done")
    client.send("conversation.item.retrieve", item_id="note")
    assert client.wait_for("conversation.item.retrieved")["item"]["content"][0]["text"] == "Be kind."
    client.send("conversation.item.delete", item_id="note")
    assert client.wait_for("conversation.item.deleted")["item_id"] == "note"
    client.send("input_audio_buffer.clear")
    client.wait_for("input_audio_buffer.cleared")


def test_who_only_repeats_has_nothing_to_say_first(client):
    client.send("response.create")
    response = client.wait_for("response.done")["response"]
    assert response["status"] == "failed" and response["output"] == []
    assert response["status_details"]["error"]["code"] == "nothing_to_answer"


@pytest.mark.parametrize(
    ("message", "code", "param"),
    [
        ("{", "invalid_json", None),
        ("[]", "invalid_json", None),
        ({"type": "response.fly"}, "unknown_event", "type"),
        ({"type": "input_audio_buffer.append"}, "missing_field", "audio"),
        ({"type": "input_audio_buffer.append", "audio": "?"}, "invalid_base64", "audio"),
        ({"type": "input_audio_buffer.append", "audio": "AAAA"}, "odd_pcm", "audio"),
        ({"type": "input_audio_buffer.commit"}, "input_audio_buffer_commit_empty", None),
        ({"type": "response.cancel"}, "response_cancel_not_active", None),
        ({"type": "conversation.item.delete", "item_id": "x"}, "item_not_found", "item_id"),
        (
            {"type": "session.update", "session": {"audio": {"output": {"voice": "nobody"}}}},
            "invalid_value",
            "session.audio.output.voice",
        ),
        (b"text instead of audio", "invalid_binary_message", None),
    ],
)
def test_bad_message_is_answered_and_the_session_goes_on(client, message, code, param):
    if isinstance(message, dict):
        message = {**message, "event_id": "mine"}
    client.send_bytes(message) if isinstance(message, bytes) else client.send_text(
        message if isinstance(message, str) else json.dumps(message)
    )
    error = receive_error(client)
    assert (error["type"], error["code"], error["param"]) == ("invalid_request_error", code, param)
    assert error["event_id"] == ("mine" if isinstance(message, dict) else None)
    client.send("session.update", session={})
    client.wait_for("session.updated")


def receive_error(client):
    while True:
        event = client.receive()
        if isinstance(event, dict) and event["type"] == "error":
            return event["error"]
