"""Speaking: hands-free, push to talk, and no microphone at all."""

import pytest
from visiting import MICROPHONE, microphone_playing


def wait_for_items(page, count: int) -> None:
    page.wait_for_function("count => visavis.conversation.length >= count", arg=count, timeout=60_000)


def test_hands_free_echo(visit, speech):
    recording = speech("silence", 1, "speech", 3, "silence", 30)
    seen = visit(arguments=microphone_playing(recording), probes=["listen"])
    page = seen.page
    page.get_by_role("button", name="Hands-free").click()
    seen.wait_for_status("listening")
    wait_for_items(page, 2)
    seen.wait_for_status("speaking")
    seen.wait_for_status("listening")

    user, answer = seen.conversation
    assert user["role"] == "user" and user["text"] == ""
    assert user["durationMs"] > 1500
    assert max(user["levels"]) > 0.02
    # The echo is the turn as it was committed: what was said, with some silence around it.
    assert answer["role"] == "assistant" and answer["state"] == "done"
    assert answer["durationMs"] > user["durationMs"] / 2
    heard = page.evaluate("heard")
    assert max(one["level"] for one in heard) > 0.02
    assert "voice message" in page.get_by_role("log").inner_text().lower()
    seen.assert_nothing_complained()


def test_push_to_talk_by_the_space_bar(visit, speech):
    seen = visit(arguments=microphone_playing(speech("speech", 20)))
    page = seen.page
    page.keyboard.down("Space")
    seen.wait_for_status("listening")
    page.wait_for_timeout(1500)
    page.keyboard.up("Space")
    seen.wait_for_status("speaking")
    user = seen.conversation[0]
    assert user["durationMs"] >= 200
    seen.wait_for_status("idle")
    seen.assert_nothing_complained()


def test_a_tap_starts_and_a_tap_ends(visit, speech):
    seen = visit(arguments=microphone_playing(speech("speech", 20)))
    page = seen.page
    page.get_by_role("button", name="Hold to talk").click()
    seen.wait_for_status("listening")
    page.wait_for_timeout(1000)
    assert float(page.get_by_role("meter").get_attribute("aria-valuenow")) > 0
    page.locator("#mic").click()
    wait_for_items(page, 2)


def test_space_in_the_text_box_is_a_space(visit):
    seen = visit(arguments=MICROPHONE)
    seen.page.get_by_label("Type a message").fill("a")
    seen.page.keyboard.press("Space")
    assert seen.page.get_by_label("Type a message").input_value() == "a "
    assert seen.status == "idle"


@pytest.mark.parametrize(
    "arguments, words",
    [
        ([], "No microphone was found"),
        (["--use-fake-device-for-media-stream", "--deny-permission-prompts"], "The microphone is blocked"),
    ],
)
@pytest.mark.parametrize("button", ["Hands-free", "Hold to talk"])
def test_no_microphone(visit, arguments, words, button):
    seen = visit(arguments=arguments)
    page = seen.page
    page.get_by_role("button", name=button).click()
    page.get_by_text(words).wait_for()
    assert page.get_by_role("button", name="Hands-free").get_attribute("aria-pressed") == "false"
    assert seen.status == "idle"
    # The rest of the page works on.
    seen.say("Hello.")
    seen.wait_for_status("speaking")
