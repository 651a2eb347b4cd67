"""Interrupting: silence and a closed mouth. How fast that is, `make measure-interruption` says."""

import pytest
from interruption import Mouth, silence_ms
from visiting import microphone_playing

LIMIT_MS = 1000
"""Ten times what it takes on a quiet machine."""
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
    seen.say(LONG_TEXT)
    seen.wait_for_status("speaking")
    page.wait_for_function("visavis.skewSamples.length > 40", timeout=60_000)
    interrupt(page)
    page.wait_for_timeout(3000)

    interrupted_at, now = page.evaluate("[interruptedAt, performance.now()]")
    heard = page.evaluate("heard")
    before = [one["level"] for one in heard if interrupted_at - 1000 < one["time"] < interrupted_at]
    assert max(before) > 0.05, "somebody was speaking"
    assert silence_ms(heard, interrupted_at, now) <= LIMIT_MS
    assert Mouth(page).closed_ms(interrupted_at, now) <= LIMIT_MS

    answer = seen.conversation[-1]
    assert answer["state"] == "interrupted"
    assert answer["durationMs"] > 0, "some of it was heard"
    assert seen.status == "idle"
    seen.assert_nothing_complained()


def test_somebody_elsewhere_interrupts(visit):
    # Short enough that all of it has been sent when it is interrupted.
    seen = visit(probes=["listen"])
    page = seen.page
    seen.say("The quick brown fox jumps over the lazy dog, again and again.")
    seen.wait_for_status("speaking")
    page.wait_for_function("visavis.skewSamples.length > 40", timeout=60_000)
    interrupted_at = page.evaluate("""async () => {
        const { sessions } = await (await fetch('/v1/sessions')).json();
        await fetch(`/v1/sessions/${sessions[0].id}/interrupt`, { method: 'POST' });
        return performance.now();
    }""")
    page.wait_for_timeout(1500)
    assert silence_ms(page.evaluate("heard"), interrupted_at, page.evaluate("performance.now()")) <= LIMIT_MS
    assert seen.conversation[-1]["state"] == "interrupted"
    assert seen.status == "idle"
    seen.assert_nothing_complained()


def test_speech_interrupts(visit, speech):
    # Two turns: the first is echoed, the second comes while the echo is being heard.
    recording = speech("silence", 1, "speech", 4, "silence", 2.5, "speech", 4, "silence", 30)
    seen = visit(arguments=microphone_playing(recording), probes=["listen"])
    page = seen.page
    page.evaluate("""() => setInterval(() => {
        if (!visavis.conversation.some(({ state }) => state === 'interrupted')) return;
        window.interruptedAt ??= performance.now();
    }, 10)""")
    page.get_by_role("button", name="Hands-free").click()
    page.wait_for_function("window.interruptedAt", timeout=60_000)
    page.wait_for_timeout(1500)
    interrupted_at, heard = page.evaluate("[interruptedAt, heard]")
    assert max(one["level"] for one in heard if one["time"] < interrupted_at) > 0.02, "the echo was heard"
    # The second echo begins after the second turn, seconds later.
    assert silence_ms(heard, interrupted_at, interrupted_at + 2000) <= LIMIT_MS
    page.wait_for_function("visavis.conversation.filter((item) => item.role === 'assistant').length >= 2",
                           timeout=60_000)
    seen.assert_nothing_complained()
