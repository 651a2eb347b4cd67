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
    seen.wait_for_status("idle")
    page.wait_for_timeout(2000)

    user, answer = seen.conversation
    assert user["text"] == TEXT
    assert answer["text"].split() == TEXT.split()
    assert answer["state"] == "done"

    samples = page.evaluate("visavis.skewSamples")
    duration = answer["durationMs"]
    assert duration > 4000
    assert len(samples) > 20, "the picture moves"
    assert np.all(np.diff([one["pts"] for one in samples]) > 0), "and never goes back"
    assert duration / 2 < samples[-1]["pts"] < duration + 40, "to the end, as far as the machine can draw"
    assert seen.statistics["bufferedSeconds"] == 0

    times, frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
    first, last = samples[0]["displayTime"], samples[-1]["displayTime"]
    speaking = frames[(times >= first) & (times <= last)]
    lips = Lips(idle=frames[times < asked_at], speaking=speaking)
    assert lips.openness_while_speaking > 4, "the mouth moves"
    assert lips.openness(frames[-1]) < 0.4 * lips.openness_while_speaking, "and is closed again"

    heard = page.evaluate("heard")
    assert max(one["level"] for one in heard if first <= one["time"] <= last) > 0.05
    assert heard[-1]["level"] < 0.001
    seen.assert_nothing_complained()


def test_a_captured_canvas_shows_it_as_well(visit):
    seen = visit(probes=["watch", "listen", "no-generator"])
    page = seen.page
    page.wait_for_timeout(10_500)  # Once around the idle clip.
    seen.say(TEXT)
    seen.wait_for_status("speaking")
    began_at = page.evaluate("performance.now()")
    page.wait_for_timeout(3000)
    track = page.evaluate("document.querySelector('video').srcObject.getVideoTracks()[0].constructor.name")
    assert track == "CanvasCaptureMediaStreamTrack"
    times, frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
    assert (times > began_at).sum() > 20, "the picture moves"
    lips = Lips(idle=frames[times < began_at - 1000], speaking=frames[times > began_at])
    assert lips.openness_while_speaking > 4, "and the mouth in it"
    assert max(one["level"] for one in page.evaluate("heard")) > 0.05
    seen.wait_for_status("idle")
    seen.assert_nothing_complained()


def test_a_second_sentence_interrupts_the_first(visit):
    seen = visit()
    seen.say("This is the first sentence, and it would go on for quite some time if nobody said anything.")
    seen.wait_for_status("speaking")
    seen.page.wait_for_timeout(1000)
    seen.say("Second.")
    seen.wait_for_status("speaking")
    seen.wait_for_status("idle")
    first, second = [item for item in seen.conversation if item["role"] == "assistant"]
    assert (first["state"], second["state"]) == ("interrupted", "done")
    assert 0 < first["durationMs"], "some of it was heard"
    assert second["text"].strip() == "Second."
    seen.assert_nothing_complained()
