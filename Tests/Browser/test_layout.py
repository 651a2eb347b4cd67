"""On a desk and in a hand, by day and by night."""

import pytest
from visiting import DESK, PHONE

CONTROLS = ["Hands-free", "Hold to talk", "Send", "Interrupt", "Settings", "Transcript", "Statistics"]


SMALL_PHONE = {"width": 320, "height": 568}
PHONE_ON_ITS_SIDE = {"width": 812, "height": 375}
SMALL_DESK = {"width": 1024, "height": 600}


@pytest.mark.parametrize("viewport", [DESK, PHONE, SMALL_PHONE, PHONE_ON_ITS_SIDE, SMALL_DESK])
def test_everything_is_within_reach(visit, viewport):
    page = visit(viewport=viewport).page
    width, height = viewport["width"], viewport["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    boxes = {}
    for name in CONTROLS:
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        boxes[name] = box
        assert 0 <= box["x"] and box["x"] + box["width"] <= width, name
        assert 0 <= box["y"] and box["y"] + box["height"] <= height, name
        assert min(box["width"], box["height"]) >= 40, f"{name} is large enough for a finger"
    names = list(boxes)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            assert not overlap(boxes[one], boxes[other]), f"{one} and {other} overlap"
    person = page.locator("#stage").bounding_box()
    assert person["width"] * person["height"] > 0.2 * width * height


def overlap(a, b) -> bool:
    return (a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
            and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"])


def test_in_a_hand_the_words_are_a_caption(visit):
    seen = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    page = seen.page
    assert not page.get_by_role("complementary", name="Transcript").is_visible()
    page.get_by_role("button", name="Say hello").tap()
    seen.wait_for_status("speaking")
    page.locator("#caption", has_text="Hello").wait_for()
    page.get_by_role("button", name="Transcript").tap()
    assert page.get_by_role("complementary", name="Transcript").is_visible()
    page.locator("#caption").wait_for(state="hidden")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read(visit, scheme):
    seen = visit(color_scheme=scheme)
    page = seen.page
    seen.say("Hello.")
    page.get_by_role("button", name="Settings").click()
    page.wait_for_timeout(500)
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (luminance(background) > 0.5) is (scheme == "light")
    for selector, behind in [(".item.is-user", ".item.is-user"), (".item.is-assistant", ".item.is-assistant"),
                             (".settings h2", ".settings"), (".settings small", ".settings"),
                             (".transcript h2", ".transcript")]:
        words = page.locator(selector).first.evaluate("element => getComputedStyle(element).color")
        paper = page.locator(behind).first.evaluate("element => getComputedStyle(element).backgroundColor")
        assert contrast(words, paper) >= 4.5, f"{selector} in {scheme}: {words} on {paper}"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_statistics_can_be_shown_and_stay(visit):
    seen = visit()
    page = seen.page
    page.get_by_role("button", name="Statistics", exact=True).click()
    seen.say("Hello, hello, hello.")
    seen.wait_for_status("speaking")
    page.wait_for_timeout(1500)
    text = page.locator("#statistics").inner_text()
    for name in ["A/V skew", "First frame", "Frames", "Dropped", "Buffered"]:
        assert name in text
    page.reload()
    assert page.locator("#statistics").is_visible()


def test_stillness_for_those_who_ask_for_it(visit):
    page = visit(reduced_motion="reduce").page
    running = page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length")
    assert running == 0
