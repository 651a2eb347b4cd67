"""The page in Chinese: by the browser's language, by choice, and completely."""

import re

import pytest
from visiting import MICROPHONE, PHONE

# What is the same in both languages: names, units, keys, and the languages' own names.
SAME = re.compile(
    r"Visavis|Mira|Theo|English|Esc|A/V|H\.264|HTTPS|localhost|Chrome|Edge|Safari|Prometheus|Grafana|/metrics|cpu|studio|"
    r"cuda:\d|ms|[kKMGT]?B/?s?|/s|\([\w-]+\)|\bs\b", re.I)

TEXTS = """() => {
    const shown = [...document.querySelectorAll('body *')].flatMap((element) => [
        ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map(({ data }) => data),
        ...['aria-label', 'title', 'placeholder', 'label'].map((name) => element.getAttribute(name) ?? ''),
    ]);
    return [...new Set([document.title, ...shown].map((text) => text.trim()).filter(Boolean))];
}"""


def english_left(page) -> list[str]:
    return [text for text in page.evaluate(TEXTS) if re.search("[A-Za-z]", SAME.sub("", text))]


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_everything_is_chinese(visit, viewport):
    seen = visit(locale="zh-CN", **({"viewport": viewport} if viewport else {}))
    page = seen.page
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.locator("#toggle-statistics").click()
    page.locator(".suggestion").first.click()
    seen.wait_for_status("speaking")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="打断").click()
    page.get_by_text("被打断").wait_for(state="attached")
    assert english_left(page) == []


def test_a_suggestion_in_chinese_is_spoken(visit):
    seen = visit(locale="zh-CN", probes=["listen"])
    seen.page.get_by_role("button", name="打个招呼").click()
    seen.wait_for_status("speaking")
    seen.wait_for_status("idle")
    user, answer = seen.conversation
    assert user["text"].startswith("你好")
    assert answer["text"].replace(" ", "") == user["text"].replace(" ", "")
    assert answer["durationMs"] > 2000
    assert max(one["level"] for one in seen.page.evaluate("heard")) > 0.02
    seen.assert_nothing_complained()


def test_troubles_are_told_in_chinese(visit):
    page = visit(locale="zh-CN").page
    page.get_by_role("button", name="按住说话").click()
    page.get_by_text("没有找到麦克风").wait_for()
    page.get_by_role("button", name="设置", exact=True).click()
    page.get_by_label("语言", exact=True).select_option("en")
    page.get_by_text("No microphone was found").wait_for()


def test_the_choice_is_kept_and_shared(visit, server):
    seen = visit(arguments=MICROPHONE)
    page = seen.page
    seen.say("Hello.")
    seen.wait_for_status("speaking")
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Language").select_option("中文")
    page.get_by_role("heading", name="设置").wait_for()
    assert seen.conversation[0]["text"] == "Hello.", "the conversation goes on"
    page.reload()
    page.get_by_role("button", name="按住说话").wait_for()
    page.goto(server.url + "/dashboard")
    page.get_by_role("heading", name="仪表盘").wait_for()
    page.get_by_label("语言").select_option("English")
    page.get_by_role("heading", name="Dashboard").wait_for()


def test_the_dashboard_is_chinese(visit, server):
    seen = visit(locale="zh-CN")
    page = seen.page.context.new_page()
    page.goto(server.url + "/dashboard")
    seen.page.locator(".suggestion").first.click()
    seen.wait_for_status("speaking")
    page.get_by_text("实时").wait_for()
    page.wait_for_timeout(2500)
    assert english_left(page) == []
