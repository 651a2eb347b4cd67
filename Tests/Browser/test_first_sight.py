"""What a newcomer sees first."""

from lips import frames_of


def test_a_living_person_and_something_to_click(visit):
    seen = visit(probes=["watch"])
    page = seen.page
    page.wait_for_function("seen.length > 100", timeout=60_000)

    times, frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
    late = times > times[-1] - 3000
    assert late.sum() > 20, "the idle clip runs"
    assert (frames[late].std(axis=0) > 1).mean() > 0.005, "and the person moves"
    assert page.locator("#poster").evaluate("image => image.complete && image.naturalWidth > 0")
    assert page.get_by_role("status").inner_text().split("·")[-1].strip().endswith("Ready")
    assert page.get_by_role("button", name="Say hello").is_visible()
    seen.assert_nothing_complained()


def test_the_suggestion_speaks(visit):
    seen = visit()
    seen.page.get_by_role("button", name="Say hello").click()
    seen.wait_for_status("speaking")
    user, answer = seen.conversation
    assert user["role"] == "user" and answer["role"] == "assistant"
    assert user["text"].startswith("Hello")
    assert not seen.page.get_by_role("button", name="Say hello").is_visible()
    seen.wait_for_status("idle")
    seen.assert_nothing_complained()


def test_what_is_said_before_the_idle_clip_is_there(visit):
    held = []
    seen = visit(probes=["listen"], routes={"**/v1/avatars/*/idle": lambda route: held.append(route)})
    page = seen.page
    page.get_by_role("button", name="Try a tongue twister").click()
    seen.wait_for_status("speaking")
    page.wait_for_function("visavis.skewSamples.length > 5", timeout=60_000)
    assert max(one["level"] for one in page.evaluate("heard")) > 0.02, "it is heard, and shown"
    held[0].continue_()
    seen.wait_for_status("idle")
    assert seen.conversation[-1]["state"] == "done", "the clip interrupts nobody"
    page.wait_for_function("visavis.statistics.framesPerSecond > 0", timeout=60_000)
    seen.assert_nothing_complained()


def test_a_browser_that_cannot_decode_lets_the_voice_be_heard(visit):
    seen = visit(probes=["listen", "no-decoder"])
    seen.page.get_by_text("This browser cannot show the moving picture").wait_for()
    seen.page.get_by_role("button", name="Say hello").click()
    seen.wait_for_status("speaking")
    seen.wait_for_status("idle")
    assert max(one["level"] for one in seen.page.evaluate("heard")) > 0.02
    assert seen.conversation[-1]["state"] == "done"
    assert seen.complaints == []


def test_every_control_has_a_name(visit):
    page = visit().page
    page.get_by_role("button", name="Settings").click()
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, input, select, [role]')]
        .filter((element) => !(element.ariaLabel || element.textContent.trim() || element.labels?.length
            || element.getAttribute('role') === 'status'))
        .map((element) => element.outerHTML)""")
    assert nameless == []
    assert page.get_by_label("Voice").locator("option").count() > 1
    assert page.get_by_role("switch", name="Hands-free").is_visible()
