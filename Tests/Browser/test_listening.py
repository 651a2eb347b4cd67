"""What the avatar hears and takes no notice of: its own voice, and a cough."""

from visiting import microphone_playing

TEXT = "The quick brown fox jumps over the lazy dog, again and again, while nobody is looking. Then it goes home."
AUDIBLE = 0.003
"""RMS in the microphone."""


def test_its_own_voice_does_not_interrupt_it(visit):
    seen = visit(probes=["echo", "ear"])
    page = seen.page
    page.get_by_role("button", name="Hands-free").click()
    seen.say(TEXT)
    page.wait_for_function("visavis.conversation[1]?.state === 'done'", timeout=60_000)
    page.wait_for_timeout(1500)
    assert max(one["level"] for one in page.evaluate("spoken")) > AUDIBLE, "the microphone heard it"
    assert [item["role"] for item in seen.conversation] == ["user", "assistant"]
    assert seen.conversation[-1]["state"] == "done"
    seen.assert_nothing_complained()


def test_a_short_sound_lets_it_go_on(visit, speech):
    # The turn is echoed for four seconds, and 0.2 s of a voice come into that.
    recording = speech("silence", 1, "phrase", 4, "silence", 1.7, "phrase", 0.2, "silence", 30)
    seen = visit(arguments=microphone_playing(recording))
    page = seen.page
    page.get_by_role("button", name="Hands-free").click()
    page.wait_for_function("visavis.conversation[1]?.state === 'done'", timeout=60_000)
    page.wait_for_timeout(1000)
    assert [item["role"] for item in seen.conversation] == ["user", "assistant"]
    assert seen.conversation[-1]["state"] == "done"
    seen.assert_nothing_complained()
