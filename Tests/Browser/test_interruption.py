"""Interrupting: silence and a closed mouth within 150 ms."""

import pytest
from visiting import microphone_playing
from lips import Lips, frames_of

LIMIT_MS = 150
LONG_TEXT = "The quick brown fox jumps over the lazy dog, again and again, while nobody is looking. " * 6


def press_button(page):
    page.get_by_role("button", name="Interrupt").click()


def press_escape(page):
    page.keyboard.press("Escape")


@pytest.mark.parametrize("interrupt", [press_button, press_escape])
def test_silence_and_closed_mouth(visit, interrupt):
    seen = visit(probes=["watch", "listen"])
    page = seen.page
    page.evaluate("""() => {
        const note = () => (window.interruptedAt ??= performance.now());
        addEventListener('keydown', ({key}) => key === 'Escape' && note(), true);
        document.querySelector('#interrupt').addEventListener('click', note, true);
    }""")
    page.wait_for_timeout(10_500)  # Once around the idle clip.
    asked_at = page.evaluate("performance.now()")
    seen.say(LONG_TEXT)
    seen.wait_for_status("speaking")
    page.wait_for_timeout(3000)
    interrupt(page)
    page.wait_for_timeout(1500)

    interrupted_at = page.evaluate("interruptedAt")
    heard = page.evaluate("heard")
    before = [one["level"] for one in heard if interrupted_at - 1000 < one["time"] < interrupted_at]
    assert max(before) > 0.05, "somebody was speaking"
    loud = [one["time"] for one in heard if one["level"] > 0.001]
    assert loud[-1] - interrupted_at <= LIMIT_MS

    times, frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
    first = page.evaluate("visavis.skewSamples[0].displayTime")
    lips = Lips(idle=frames[times < asked_at], speaking=frames[(times >= first) & (times < interrupted_at)])
    after = times >= interrupted_at + LIMIT_MS
    assert after.sum() > 20, "the idle clip goes on"
    still_open = {
        round(time - interrupted_at): round(openness, 2)
        for time, openness in zip(times[after], map(lips.openness, frames[after]))
        if openness > 0.4 * lips.openness_while_speaking
    }
    assert still_open == {}, f"milliseconds after the interruption; speaking is {lips.openness_while_speaking}"

    answer = seen.conversation[-1]
    assert answer["state"] == "interrupted"
    # What is said to have been heard is where the voice was, and the moment until it was silent.
    position = interrupted_at - page.evaluate("visavis.skewSamples[0].displayTime - visavis.skewSamples[0].pts")
    assert position - 30 < answer["durationMs"] < position + LIMIT_MS
    assert seen.status == "idle"
    seen.assert_nothing_complained()


def test_speech_interrupts(visit, speech):
    # Two turns: the first is echoed, the second comes while the echo is being heard.
    recording = speech("silence", 1, "speech", 3, "silence", 1.6, "speech", 3, "silence", 20)
    seen = visit(arguments=microphone_playing(recording), probes=["listen"])
    page = seen.page
    page.get_by_role("button", name="Hands-free").click()
    page.wait_for_function("visavis.conversation.some((item) => item.state === 'interrupted')", timeout=20_000)
    interrupted_at = page.evaluate("performance.now()")
    page.wait_for_timeout(400)
    heard = page.evaluate("heard")
    assert max(one["level"] for one in heard) > 0.02, "the echo was heard"
    quiet = [one["level"] for one in heard if one["time"] > interrupted_at + LIMIT_MS]
    assert quiet and max(quiet) < 0.001
    page.wait_for_function("visavis.conversation.filter((item) => item.role === 'assistant').length === 2",
                           timeout=20_000)
    seen.assert_nothing_complained()
