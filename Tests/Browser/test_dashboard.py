"""The dashboard: live figures of the real server, and of a server that has more to tell."""

import re

import pytest
from playwright.sync_api import expect
from test_layout import contrast
from visiting import DESK, PHONE

METRICS = """
visavis_sessions 3
visavis_sessions_speaking 2
visavis_frames_made_total{device="cuda:0",engine="musetalk"} %(frames)d
visavis_device_memory_share{device="cuda:0"} 0.93
visavis_device_memory_used_bytes{device="cuda:0"} 22548578304
visavis_device_memory_total_bytes{device="cuda:0"} 25769803776
visavis_memory_alarm{device="cuda:0"} 1
visavis_batch_size_current{device="cuda:0"} 8
"""


STEPS = {"turn_committed": 400, "transcript": 700, "first_token": 900, "first_audio": 950, "first_frame_sent": 1500}


def steps(answers):
    """So many answers, whose steps took what STEPS says."""
    lines = []
    for step, milliseconds in STEPS.items():
        for bound in [100, 500, 1000, 2000]:
            count = answers if milliseconds <= bound else 0
            lines.append(f'visavis_response_step_seconds_bucket{{step="{step}",le="{bound / 1000}"}} {count}')
        lines.append(f'visavis_response_step_seconds_bucket{{step="{step}",le="+Inf"}} {answers}')
    return "\n".join(lines) + "\n"


@pytest.fixture
def dashboard(launch, server):
    """Opens the dashboard; `answer` takes over /metrics. Afterwards nothing may have complained."""
    complaints = []

    def open_page(answer=None, viewport=DESK, **context):
        page = launch().new_context(viewport=viewport, **context).new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        if answer:
            page.route("**/metrics", answer)
        page.goto(server.url + "/dashboard")
        return page

    yield open_page
    assert complaints == []


def panel(page, title):
    return page.get_by_role("region", name=title, exact=True)


def test_it_shows_what_happens(dashboard, visit):
    page = dashboard()
    expect(page.get_by_role("status")).to_have_text("Live")
    seen = visit()
    seen.say("One, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve.")
    seen.wait_for_status("speaking")
    expect(panel(page, "Sessions")).to_contain_text(re.compile(r"connected\s*[1-9]"))
    expect(panel(page, "First frame")).to_contain_text(re.compile(r"median\s*[\d.]+ m?s"), timeout=60_000)
    expect(panel(page, "Encoder")).to_contain_text(re.compile(r"95 % within\s*[\d.]+ ms"))
    # What the page that speaks has measured at its display.
    expect(panel(page, "A/V skew")).to_contain_text(re.compile(r"median\s*[\d.]+ m?s"), timeout=60_000)
    assert panel(page, "Encoder").locator("path.line").count() == 2
    assert "NaN" not in panel(page, "Encoder").inner_html()


def test_devices_and_alarms(dashboard):
    frames = iter(range(0, 10**9, 50))
    page = dashboard(lambda route: route.fulfill(body=METRICS % {"frames": next(frames)}))
    expect(page.get_by_role("alert")).to_contain_text("The memory of cuda:0 is nearly full")
    expect(panel(page, "Memory")).to_contain_text("93 %")
    expect(panel(page, "Memory")).to_contain_text("21 GB of 24 GB")
    expect(panel(page, "Batch size")).to_contain_text("cuda:0 allowed")
    expect(panel(page, "Frames a second")).to_contain_text(re.compile(r"made\s*\d"))
    expect(panel(page, "Queue wait")).to_contain_text("Filled by engines that work in batches.")
    panel(page, "Memory").locator("svg").hover()
    expect(panel(page, "Sessions").locator(".legend.is-past")).to_be_visible()


@pytest.mark.parametrize("locale, title, token", [
    ("en-US", "Steps of an answer", "First token"), ("zh-CN", "回答的各个步骤", "首个词元"),
])
def test_the_steps_of_an_answer(dashboard, locale, title, token):
    """In the order in which they are reached, each bar where the one before ended."""
    answers = iter(range(10**9))
    page = dashboard(lambda route: route.fulfill(body=steps(next(answers))), locale=locale)
    rows = panel(page, title).locator("li[data-step]")
    expect(rows).to_have_count(len(STEPS))
    # In one step: each second they are made anew.
    order, ends = rows.evaluate_all("""rows => [
        rows.map((row) => row.dataset.step),
        rows.map((row) => row.querySelector('i').getBoundingClientRect().right),
    ]""")
    assert order == list(STEPS)
    assert ends == sorted(ends)
    row = rows.nth(2)
    expect(row).to_contain_text(token)
    # Within a bucket, along a straight line.
    expect(row).to_contain_text("750 ms")
    expect(row).to_contain_text("975 ms")


def test_a_server_that_is_gone_and_comes_back(dashboard):
    page = dashboard(lambda route: route.fulfill(body="visavis_sessions 1\n"))
    expect(page.get_by_role("status")).to_have_text("Live")
    page.evaluate("() => { window.there = fetch; window.fetch = () => Promise.reject(new TypeError('gone')); }")
    expect(page.get_by_role("status")).to_have_text("The server does not answer")
    expect(panel(page, "Sessions")).to_contain_text(re.compile(r"connected\s*1"))
    page.evaluate("() => { window.fetch = there; }")
    expect(page.get_by_role("status")).to_have_text("Live")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_it_fits_and_can_be_read(dashboard, viewport, scheme):
    page = dashboard(viewport=viewport, color_scheme=scheme)
    expect(page.get_by_role("status")).to_have_text("Live")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    surface = page.locator(".panel").first.evaluate("element => getComputedStyle(element).backgroundColor")
    for selector in [".panel h2", ".legend dt", ".tile dt", ".tile .small-print"]:
        # In one step: each second they are made anew.
        words = page.evaluate("selector => getComputedStyle(document.querySelector(selector)).color", selector)
        assert contrast(words, surface) >= 4.5, f"{selector} in {scheme}: {words} on {surface}"
