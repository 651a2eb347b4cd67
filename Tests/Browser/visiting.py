"""The page in Debian's Chromium, headless, as the server serves it."""

import os
import pathlib
import shutil

from playwright.sync_api import Browser, Page, Playwright

CHROMIUM = os.environ.get("VISAVIS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
PROBES = pathlib.Path(__file__).parent / "probes"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 812}
ALLOW_SOUND = "--autoplay-policy=no-user-gesture-required"
# A microphone that is there, and is allowed without asking.
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def microphone_playing(recording: pathlib.Path, forever: bool = False) -> list[str]:
    return [*MICROPHONE, f"--use-file-for-fake-audio-capture={recording}" + ("" if forever else "%noloop")]


def start_chromium(playwright: Playwright, *arguments: str) -> Browser:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*sandbox, ALLOW_SOUND, *arguments])


class Visit:
    """The page, open and ready, with what it wrote to its console."""

    def __init__(self, page: Page):
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")

    def open(self, url: str) -> "Visit":
        self.page.goto(url)
        self.wait_for_status("idle")
        return self

    def wait_for_status(self, status: str, seconds: float = 60) -> None:
        self.page.wait_for_function("status => window.visavis?.status === status", arg=status, timeout=seconds * 1000)

    def say(self, text: str) -> None:
        self.page.locator("#text").fill(text)
        self.page.keyboard.press("Enter")

    def assert_nothing_complained(self) -> None:
        assert self.complaints == []
        assert self.page.locator(".notice").all_inner_texts() == []

    @property
    def status(self) -> str:
        return self.page.evaluate("visavis.status")

    @property
    def conversation(self) -> list[dict]:
        return self.page.evaluate("visavis.conversation")

    @property
    def statistics(self) -> dict:
        return self.page.evaluate("visavis.statistics")
