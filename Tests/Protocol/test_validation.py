"""The validation itself finds what it is there to find."""

import pytest
from validate_events import InvalidEvent, validate

CLEARED = {"type": "input_audio_buffer.cleared", "event_id": "event_1"}


def test_standard_event_is_valid():
    validate(CLEARED)


@pytest.mark.parametrize(
    ("event", "complaint"),
    [
        ({**CLEARED, "type": "input_audio_buffer.emptied"}, "no standard event"),
        ({"type": "input_audio_buffer.cleared"}, "event_id"),
        ({**CLEARED, "event_id": 1}, "event_id"),
        ({**CLEARED, "mood": "good"}, "mood"),
        (
            {
                "type": "conversation.item.done",
                "event_id": "event_1",
                "item": {"type": "message", "role": "user", "content": [{"type": "input_text", "words": "hi"}]},
            },
            r"item.content\[\].words",
        ),
    ],
)
def test_other_events_are_not(event, complaint):
    with pytest.raises(InvalidEvent, match=complaint):
        validate(event)
