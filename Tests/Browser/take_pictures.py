"""Takes the pictures of the page that the documentation shows: docs/images/page.png and phone.png."""

import pathlib
import sys
import tempfile
import wave

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from serving import PROJECT, Server  # noqa: E402
from visiting import DESK, MEDIA, PHONE, PROBES, Visit, microphone_playing, start_chromium  # noqa: E402

IMAGES = PROJECT / "docs" / "images"
GREETING = "Good morning! I am Mira. Type something, or just talk to me, and watch my lips."


def question(folder: str) -> pathlib.Path:
    """Two seconds of real speech for the microphone."""
    path = pathlib.Path(folder) / "question.wav"
    with wave.open(str(MEDIA / "eng.wav")) as source, wave.open(str(path), "wb") as target:
        rate = source.getframerate()
        source.setpos(int(3.0 * rate))
        target.setparams(source.getparams())
        target.writeframes(bytes(rate * 2) + source.readframes(int(2.4 * rate)) + bytes(60 * rate))
    return path


def picture_while_speaking(page: Page, name: str) -> None:
    """Waits for a loud sound in the middle of the sentence: an open mouth."""
    page.wait_for_timeout(1500)
    page.wait_for_function("heard.at(-1).level > 0.12", polling=10)
    page.screenshot(path=IMAGES / name)


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    server = Server().start()
    try:
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
            browser = start_chromium(playwright, *microphone_playing(question(folder)))
            page = browser.new_page(viewport=DESK, color_scheme="light")
            page.add_init_script(path=PROBES / "listen.js")
            visit = Visit(page).open(server.url)
            page.get_by_role("button", name="Hands-free").click()
            visit.wait_for_status("speaking")
            visit.wait_for_status("listening")
            page.get_by_role("button", name="Hands-free").click()
            visit.say(GREETING)
            page.evaluate("document.activeElement.blur()")
            visit.wait_for_status("speaking")
            picture_while_speaking(page, "page.png")

            phone = browser.new_context(
                viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, color_scheme="dark")
            page = phone.new_page()
            page.add_init_script(path=PROBES / "listen.js")
            visit = Visit(page).open(server.url)
            visit.say(GREETING)
            page.evaluate("document.activeElement.blur()")
            visit.wait_for_status("speaking")
            picture_while_speaking(page, "phone.png")
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
