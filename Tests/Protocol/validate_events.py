"""Holds server events against the types of the `openai` package: every standard event must be one that its clients
know, with nothing in it that they do not.

    python Tests/Protocol/validate_events.py EVENTS.jsonl     one event a line; answers 1 if one is not valid
"""

import json
import sys
from typing import Any, Iterator, get_args

from openai import BaseModel
from openai.types.beta.realtime import RealtimeServerEvent as EarlierServerEvent
from openai.types.realtime import RealtimeServerEvent
from pydantic import TypeAdapter

# What Visavis adds, see docs/protocol.md.
OWN_EVENTS = {
    "response.output_video.delta", "response.output_video.done", "response.timeline", "responder.reachable",
    "input_audio_buffer.interruption_suspected", "input_audio_buffer.interruption_dismissed",
}
OWN_FIELDS = {
    "session.avatar",
    "session.video",
    "session.audio.input.turn_detection.interruption_ms",
    "error.retry_after_ms",
    "session.turn_detection.interruption_ms",
}
# OpenAI's own server sends these too; its published types do not have them.
UNPUBLISHED_FIELDS = {"session.id", "session.object"}
UNPUBLISHED_NAME = "response.function_call_arguments.done"


class Dialect:
    """The standard events, by their types in the `openai` package."""

    def __init__(self, events: Any):
        self.types = TypeAdapter(events)
        self.names = {
            name
            for model in get_args(get_args(events)[0])
            for name in get_args(model.model_fields["type"].annotation)
        }


TODAY = Dialect(RealtimeServerEvent)
# For clients that send `OpenAI-Beta: realtime=v1`.
EARLIER = Dialect(EarlierServerEvent)


class InvalidEvent(AssertionError):
    """An event that clients of OpenAI's protocol would not understand."""


def validate(event: dict[str, Any], dialect: Dialect = TODAY) -> None:
    """Checks one event; raises InvalidEvent."""
    kind = event.get("type")
    if kind in OWN_EVENTS:
        return
    if kind not in dialect.names:
        raise InvalidEvent(f"there is no standard event {kind!r}, and it is none of ours")
    if dialect is EARLIER and "session" in event:
        # Of models the earlier types know OpenAI's own alone.
        event = {**event, "session": {**event["session"], "model": None}}
    try:
        parsed = dialect.types.validate_python(event, strict=True)
    except ValueError as error:
        raise InvalidEvent(f"{kind}: {error}") from error
    unknown = set(_unknown_fields(parsed)) - OWN_FIELDS - UNPUBLISHED_FIELDS
    if kind == UNPUBLISHED_NAME:
        unknown.discard("name")
    if unknown:
        raise InvalidEvent(f"{kind} has fields that its type does not have: {', '.join(sorted(unknown))}")


def _unknown_fields(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{path}.{name}".removeprefix(".")
        for name in type(value).model_fields:
            yield from _unknown_fields(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _unknown_fields(item, f"{path}[]")


def main() -> int:
    invalid = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                validate(json.loads(line))
            except InvalidEvent as error:
                invalid += 1
                print(f"{sys.argv[1]}:{number}: {error}", file=sys.stderr)
    return 1 if invalid else 0


if __name__ == "__main__":
    sys.exit(main())
