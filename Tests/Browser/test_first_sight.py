"""What a newcomer sees first."""

from lips import frames_of


def test_a_living_person_and_something_to_click(visit):
    seen = visit(probes=["watch"])
    page = seen.page
    page.wait_for_timeout(4000)

    times, frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
    late = times > times[-1] - 3000
    assert 60 <= late.sum() <= 80, "the idle clip runs at 25 frames a second"
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
