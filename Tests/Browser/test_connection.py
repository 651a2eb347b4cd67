"""The server goes away, and comes back."""

from visiting import microphone_playing


def test_lost_and_found(visit, make_server):
    first = make_server()
    seen = visit(url=first.url)
    page = seen.page
    seen.say("One.")
    seen.wait_for_status("speaking")

    first.process.kill()
    first.process.wait()
    page.get_by_text("The connection to the server was lost").wait_for()
    assert seen.status == "offline"
    page.get_by_label("Type a message").fill("Two.")
    page.keyboard.press("Enter")
    assert page.get_by_label("Type a message").input_value() == "Two.", "what cannot be sent is not lost"

    make_server(port=first.port)
    seen.wait_for_status("idle")
    page.get_by_text("The connection to the server was lost").wait_for(state="hidden")
    page.keyboard.press("Enter")
    seen.wait_for_status("speaking")
    # What was said before stays to be read.
    assert [item["text"] for item in seen.conversation if item["role"] == "user"] == ["One.", "Two."]


def test_try_now_tries_at_once(visit, make_server):
    first = make_server()
    seen = visit(url=first.url)
    first.process.kill()
    first.process.wait()
    page = seen.page
    page.get_by_text("The connection to the server was lost").wait_for()
    page.evaluate("""() => {
        window.attempts = 0;
        window.WebSocket = class extends WebSocket {
            constructor(...all) {
                super(...all);
                window.attempts += 1;
            }
        };
    }""")
    # In one go: no attempt of the page's own can come between.
    assert page.evaluate("""() => {
        const before = attempts;
        document.querySelector('[data-kind="connection"] .action').click();
        return attempts - before;
    }""") == 1
    make_server(port=first.port)
    seen.wait_for_status("idle")


def test_what_is_said_to_nobody_is_not_lost(visit, make_server, speech):
    first = make_server()
    seen = visit(url=first.url, arguments=microphone_playing(speech("speech", 20)))
    page = seen.page
    first.process.kill()
    first.process.wait()
    lost = page.locator('[data-kind="connection"]')
    lost.wait_for()

    lost.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name="Say hello").click()
    lost.wait_for()
    assert page.get_by_role("button", name="Say hello").is_visible(), "to be said later"
    lost.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name="Hold to talk").click()
    lost.wait_for()
    assert page.locator("#mic").get_attribute("aria-pressed") == "false", "nothing is recorded"
    assert (seen.status, seen.conversation) == ("offline", [])

    make_server(port=first.port)
    seen.wait_for_status("idle")
    lost.wait_for(state="hidden")
    page.get_by_role("button", name="Say hello").click()
    seen.wait_for_status("speaking")


def test_an_avatar_is_chosen_before_the_answer_begins(visit):
    seen = visit()
    page = seen.page
    page.evaluate("""() => {
        document.querySelector('.suggestion').click();
        document.querySelector('#settings input[name=avatar]').dispatchEvent(new Event('change'));
    }""")
    seen.wait_for_status("idle")
    seen.say("Two.")
    seen.wait_for_status("speaking")
    seen.wait_for_status("idle")
