"""The server goes away, and comes back."""


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
    seen.wait_for_status("idle", seconds=30)
    page.get_by_text("The connection to the server was lost").wait_for(state="hidden")
    page.keyboard.press("Enter")
    seen.wait_for_status("speaking")
    # What was said before stays to be read.
    assert [item["text"] for item in seen.conversation if item["role"] == "user"] == ["One.", "Two."]


def test_try_now_waits_no_longer(visit, make_server):
    first = make_server()
    seen = visit(url=first.url)
    first.process.kill()
    first.process.wait()
    seen.page.wait_for_timeout(6000)  # The next attempt is seconds away.
    make_server(port=first.port)
    seen.page.get_by_role("button", name="Try now").click()
    seen.wait_for_status("idle", seconds=2)
