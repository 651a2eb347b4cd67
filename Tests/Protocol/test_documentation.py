"""docs/protocol.md shows every event, and shows it as it is."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from openai.types.realtime import RealtimeClientEvent
from pydantic import TypeAdapter
from validate_events import OWN_EVENTS, TODAY, validate

PAGE = (Path(__file__).resolve().parents[2] / "docs/protocol.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)
# What clients may send that OpenAI's protocol does not have.
OWN_CLIENT_EVENTS = {"video.position", "video.report", "video.shown"}


def examples(section: str) -> dict[str, dict]:
    """The example below each heading of a section."""
    text = next(one for one in SECTIONS if one.startswith(section))
    pairs = re.findall(r"^### `([\w.]+)`$.*?^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(pairs) == len(re.findall(r"^### ", text, re.MULTILINE)), "each heading has an example"
    return {name: json.loads(example) for name, example in pairs}


def named_in_the_table() -> set[str]:
    """The events that the tables of "The whole protocol" name; `.done` stands behind what it shares its beginning with."""
    text = next(one for one in SECTIONS if one.startswith("The whole protocol"))
    names: set[str] = set()
    for row in re.findall(r"^\| (.*?) \|", text, re.MULTILINE):
        last = ""
        for name in re.findall(r"`([\w.]+)`", row):
            last = last.rpartition(".")[0] + name if name.startswith(".") else name
            names.add(last)
    return names


def test_the_whole_protocol_is_accounted_for():
    client_events = {
        name
        for model in get_args(get_args(RealtimeClientEvent)[0])
        for name in get_args(model.model_fields["type"].annotation)
    }
    assert (TODAY.names | client_events) - named_in_the_table() == set()


@pytest.mark.parametrize(("name", "example"), examples("Server events").items())
def test_server_event_is_valid(name, example):
    assert example["type"] == name
    assert name in TODAY.names | OWN_EVENTS
    validate(example)


@pytest.mark.parametrize(("name", "example"), examples("Client events").items())
def test_client_event_is_valid(name, example):
    assert example["type"] == name
    if name not in OWN_CLIENT_EVENTS:
        TypeAdapter(RealtimeClientEvent).validate_python(example, strict=True)


def test_documented_client_events_are_understood(server):
    from talking import Client

    with Client(server.realtime_url) as client:
        client.wait_for("session.created")
        for name, example in examples("Client events").items():
            client.send_text(json.dumps(example))
        client.send("session.update", session={"instructions": "the end"})
        while client.events[-1].get("session", {}).get("instructions") != "the end":
            client.receive()
        # What they name (item_1, resp_1) is not there, but nothing in them is unknown or wrong.
        codes = {event["error"]["code"] for event in client.all("error")}
        assert codes <= {"item_not_found", "response_cancel_not_active", "input_audio_buffer_commit_empty"}
