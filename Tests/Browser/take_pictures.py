"""Takes the pictures of the page that the documentation shows: docs/images/page.png, page-zh.png, phone.png
and editor.png."""

import pathlib
import sys
import tempfile
import wave

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from lips import Lips, frames_of  # noqa: E402
from portrait import MIRA, PHOTO  # noqa: E402
from recordings import ENGLISH  # noqa: E402
from serving import PROJECT, Server  # noqa: E402
from visiting import DESK, PHONE, PROBES, Visit, microphone_playing, start_chromium  # noqa: E402

IMAGES = PROJECT / "docs" / "images"
GREETINGS = {
    "en": "Good morning! I am Mira. Type something, or just talk to me, and watch my lips.",
    "zh-CN": "早上好！我是 Mira。打几个字，或者直接和我说话，看看我的嘴唇。",
}


def question(folder: str) -> pathlib.Path:
    """Two seconds of real speech for the microphone."""
    path = pathlib.Path(folder) / "question.wav"
    with wave.open(str(ENGLISH)) as source, wave.open(str(path), "wb") as target:
        rate = source.getframerate()
        source.setpos(int(3.0 * rate))
        target.setparams(source.getparams())
        target.writeframes(bytes(rate * 2) + source.readframes(int(2.4 * rate)) + bytes(60 * rate))
    return path


def picture_while_speaking(page: Page, asked_at: float, name: str) -> None:
    """Takes some pictures in the middle of the sentence, and keeps one with the mouth well open."""
    page.wait_for_timeout(1200)
    taken = []
    for _ in range(12):
        before = page.evaluate("seen.length")
        picture = page.screenshot()
        taken.append((picture, before, page.evaluate("seen.length")))
        page.wait_for_timeout(90)
    times, frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
    lips = Lips(idle=frames[times < asked_at], speaking=frames[times > asked_at + 500])

    def openness(one) -> float:
        _, before, after = one
        return min(lips.openness(frame) for frame in frames[before : after + 1])

    (IMAGES / name).write_bytes(sorted(taken, key=openness)[-4][0])


def speak(visit: Visit, name: str, language: str = "en") -> None:
    page = visit.page
    page.wait_for_timeout(10_500)  # Once around the idle clip.
    asked_at = page.evaluate("performance.now()")
    visit.say(GREETINGS[language])
    page.evaluate("document.activeElement.blur()")
    visit.wait_for_status("speaking")
    picture_while_speaking(page, asked_at, name)


def talk(browser: Browser, url: str, language: str, name: str) -> None:
    """Something is said and something typed, and answered."""
    page = browser.new_page(viewport=DESK, color_scheme="light", locale=language)
    page.add_init_script(path=PROBES / "watch.js")
    visit = Visit(page).open(url)
    page.locator("#hands-free").click()
    visit.wait_for_status("speaking")
    visit.wait_for_status("listening")
    page.locator("#hands-free").click()
    speak(visit, name, language)
    browser.close()


def edit(browser: Browser, url: str) -> None:
    """A portrait in the editor, a corner of its mouth under the loupe, saying "aa"."""
    page = browser.new_page(viewport=DESK, color_scheme="light", locale="en")
    page.route("**/v1/avatars/landmarks", lambda route: route.fulfill(json={"landmarks": MIRA}))
    page.goto(url + "/avatars/edit")
    page.locator("#choose").set_input_files(PHOTO)
    page.get_by_role("button", name="aa", exact=True).click()
    page.get_by_label("Name").fill("Mira")
    page.locator("[data-point=mouth_left]").click()
    # There and back: what a key moves is under the loupe.
    for key in ["ArrowLeft", "ArrowRight"]:
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    page.screenshot(path=IMAGES / "editor.png")
    browser.close()


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    server = Server().start()
    try:
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
            microphone = microphone_playing(question(folder))
            for language, name in [("en", "page.png"), ("zh-CN", "page-zh.png")]:
                talk(start_chromium(playwright, *microphone), server.url, language, name)

            edit(start_chromium(playwright), server.url)

            browser = start_chromium(playwright)
            phone = browser.new_context(
                viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, color_scheme="dark")
            page = phone.new_page()
            page.add_init_script(path=PROBES / "watch.js")
            speak(Visit(page).open(server.url), "phone.png")
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
