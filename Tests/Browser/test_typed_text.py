"""Typed text is spoken, in step with the voice."""

import numpy as np
from lips import Lips, frames_of

TEXT = "Good morning. My name is Mira, and I am very happy to meet you. Shall we begin our lesson about the moon?"


def test_typed_text_is_spoken(visit):
    seen = visit(probes=["watch", "listen"])
    page = seen.page
    page.wait_for_timeout(10_500)  # Once around the idle clip.
    asked_at = page.evaluate("performance.now()")
    seen.say(TEXT)
    seen.wait_for_status("speaking")
    seen.wait_for_status("idle", seconds=30)
    page.wait_for_timeout(700)

    user, answer = seen.conversation
    assert user["text"] == TEXT
    assert answer["text"].split() == TEXT.split()
    assert answer["state"] == "done"

    samples = page.evaluate("visavis.skewSamples")
    duration = answer["durationMs"]
    assert duration > 4000
    assert len(samples) >= 0.9 * duration / 40, "at least nine frames of ten are shown"
    assert np.all(np.diff([one["pts"] for one in samples]) > 0)
    assert samples[-1]["pts"] >= duration - 200, "to the end"
    assert seen.statistics["bufferedSeconds"] == 0

    times, frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
    first, last = samples[0]["displayTime"], samples[-1]["displayTime"]
    speaking = frames[(times >= first) & (times <= last)]
    lips = Lips(idle=frames[times < asked_at], speaking=speaking)
    assert lips.openness_while_speaking > 4, "the mouth moves"
    for frame in frames[times > last + 100]:
        assert lips.openness(frame) < 0.4 * lips.openness_while_speaking, "and is closed again"

    heard = page.evaluate("heard")
    assert max(one["level"] for one in heard if first <= one["time"] <= last) > 0.05
    assert max(one["level"] for one in heard if one["time"] > first + duration + 100) < 0.001
    seen.assert_nothing_complained()


def test_a_second_sentence_interrupts_the_first(visit):
    seen = visit()
    seen.say("This is the first sentence, and it would go on for quite some time if nobody said anything.")
    seen.wait_for_status("speaking")
    seen.page.wait_for_timeout(1000)
    seen.say("Second.")
    seen.wait_for_status("thinking")
    seen.wait_for_status("speaking")
    seen.wait_for_status("idle")
    first, second = [item for item in seen.conversation if item["role"] == "assistant"]
    assert (first["state"], second["state"]) == ("interrupted", "done")
    assert 500 < first["durationMs"] < 3000
    assert second["text"].strip() == "Second."
    seen.assert_nothing_complained()
