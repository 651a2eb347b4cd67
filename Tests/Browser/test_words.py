"""The conversation in words, as the server tells them."""

TRANSCRIPTION = "conversation.item.input_audio_transcription"


def says(page, kind: str, **fields) -> None:
    page.evaluate("event => serverSays(event)", {"type": kind, **fields})


def test_the_users_words_take_the_place_of_the_waveform(visit):
    seen = visit(probes=["server-says"])
    page = seen.page
    says(page, "input_audio_buffer.speech_started", audio_start_ms=0)
    says(page, "input_audio_buffer.speech_stopped", audio_end_ms=2200)
    turn = {"id": "turn", "type": "message", "role": "user", "content": [{"type": "input_audio"}]}
    says(page, "conversation.item.added", item=turn)
    bubble = page.locator(".item.is-user")
    assert bubble.locator(".waveform").is_visible()
    assert "2.2 s" in bubble.inner_text()

    says(page, f"{TRANSCRIPTION}.delta", item_id="turn", delta="Is it going ")
    says(page, f"{TRANSCRIPTION}.delta", item_id="turn", delta="to")
    assert bubble.locator(".words").inner_text() == "Is it going to"
    says(page, f"{TRANSCRIPTION}.completed", item_id="turn", transcript="Is it going to rain?")
    assert bubble.locator(".words").inner_text() == "Is it going to rain?"
    assert bubble.locator(".waveform").count() == 0
    assert bubble.count() == 1


def test_words_that_cannot_be_had_are_told(visit):
    page = visit(probes=["server-says"]).page
    turn = {"id": "turn", "type": "message", "role": "user", "content": [{"type": "input_audio"}]}
    says(page, "conversation.item.added", item=turn)
    says(page, f"{TRANSCRIPTION}.failed", item_id="turn", error={"message": "The service does not answer."})
    bubble = page.locator(".item.is-user")
    assert bubble.locator(".waveform").is_visible()
    assert "not understood" in bubble.inner_text()


def test_what_had_no_room_is_tried_again(visit):
    seen = visit(probes=["server-says"])
    page = seen.page
    seen.say("One, two, three.")
    seen.wait_for_status("speaking")
    seen.wait_for_status("idle")
    says(page, "error", error={"code": "capacity_exceeded", "message": "It is full.", "retry_after_ms": 2400})
    notice = page.locator('[data-kind="capacity"]')
    assert "Trying again in 3 s" in notice.inner_text()
    notice.get_by_text("in 2 s").wait_for()
    seen.wait_for_status("speaking")
    assert notice.count() == 0
    assert [item["role"] for item in seen.conversation] == ["user", "assistant", "assistant"]


def test_whoever_says_something_else_does_not_wait(visit):
    seen = visit(probes=["server-says"])
    page = seen.page
    says(page, "error", error={"code": "capacity_exceeded", "message": "It is full.", "retry_after_ms": 60_000})
    page.locator('[data-kind="capacity"]').wait_for()
    seen.say("Hello.")
    seen.wait_for_status("speaking")
    assert page.locator(".notice").count() == 0


def test_who_answers_is_away_and_comes_back(visit):
    page = visit(probes=["server-says"]).page
    away = {"code": "responder_unreachable", "message": "api.example.com: 503.", "retry_after_ms": 2000}
    says(page, "error", error=away)
    notice = page.locator('[data-kind="responder"]')
    assert "cannot be reached. Trying again" in notice.inner_text()
    assert "api.example.com: 503." in notice.inner_text()
    says(page, "error", error={"code": "responder_unreachable", "message": "The key is refused."})
    assert "Trying again" not in notice.inner_text(), "nothing to wait for"
    says(page, "responder.reachable")
    assert notice.count() == 0


def test_a_responder_is_chosen(visit):
    seen = visit(probes=["server-says"])
    page = seen.page
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Who answers").select_option("speak")
    seen.wait_for_status("idle")
    page.get_by_role("button", name="Close settings").click()
    assert "responder=speak" in sockets[0]
    seen.say("Hello.")
    seen.wait_for_status("speaking")
    page.reload()
    seen.wait_for_status("idle")
    assert "responder=speak" in sockets[-1], "the choice is remembered"
    seen.assert_nothing_complained()


def test_where_the_time_of_an_answer_went(visit):
    seen = visit()
    page = seen.page
    page.get_by_role("button", name="Statistics", exact=True).click()
    seen.say("One, two, three.")
    seen.wait_for_status("speaking")
    timeline = page.get_by_role("list", name="Where the time of the answer went")
    timeline.get_by_text("Frame shown").wait_for()
    for step in ["First audio", "Frame sent", "Own share"]:
        assert timeline.get_by_text(step).is_visible()
    box, stage = timeline.bounding_box(), page.locator("#stage").bounding_box()
    assert box["y"] > stage["y"] + stage["height"] / 2, "below the face"
    seen.assert_nothing_complained()


def test_the_address_chooses_for_a_kiosk(visit, server):
    seen = visit(url=f"{server.url}/?responder=speak")
    assert seen.page.locator("#responder").input_value() == "speak"
    seen.say("Hello.")
    seen.wait_for_status("speaking")
    seen.assert_nothing_complained()
