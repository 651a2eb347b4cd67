"""How fast the avatar falls silent in a real Chromium, headless; prints one JSON line.

`silence_ms` is when the last sound leaves the loudspeaker, `closed_mouth_ms` when the first picture of the closed mouth
is on the display. For the button the clock starts with the click; for a turn that is spoken into an answer, with the
first piece of it that the page gets from its microphone, so detection and the wire are in it. Turns begin at the
beginnings of phrases, as people's do. A turn has to be confirmed before it stops the answer; `lowered_ms` is when the voice
was last louder than a third of what it was before. The goal is 150 ms for the button, and for lowering the voice.
"""

import json
import os
import pathlib
import sys
import tempfile

import numpy as np
from playwright.sync_api import Playwright, sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from interruption import Mouth, silence_ms  # noqa: E402
from recordings import ENGLISH  # noqa: E402
from serving import running_server  # noqa: E402
from spoken import record  # noqa: E402
from visiting import DESK, PROBES, Visit, microphone_playing, start_chromium  # noqa: E402

TIMES = 9
ONCE_AROUND_MS = 10_500
"""The idle clip is to be known whole, so that an open mouth can be told from it."""
LONG_TEXT = "The quick brown fox jumps over the lazy dog, again and again, while nobody is looking. " * 6
WINDOW_MS = 1500
TURN_SECONDS = 3
PAUSE_SECONDS = 1.6
"""Long enough for the turn to end and for a second of the echo."""
SPEECH_LEVEL = 0.01


def open_page(playwright: Playwright, url: str, *arguments: str) -> Visit:
    page = start_chromium(playwright, *arguments).new_page(viewport=DESK)
    for probe in ("watch", "listen", "ear"):
        page.add_init_script(path=PROBES / f"{probe}.js")
    visit = Visit(page).open(url)
    page.wait_for_timeout(ONCE_AROUND_MS)
    return visit


def by_button(playwright: Playwright, url: str) -> dict:
    visit = open_page(playwright, url)
    page = visit.page
    page.evaluate("""() => {
        window.clicks = [];
        document.querySelector('#interrupt').addEventListener('click', () => clicks.push(performance.now()), true);
    }""")
    for _ in range(TIMES):
        visit.say(LONG_TEXT)
        visit.wait_for_status("speaking")
        page.wait_for_timeout(2000)
        page.get_by_role("button", name="Interrupt").click()
        page.wait_for_timeout(WINDOW_MS + 500)
    return summary(page, page.evaluate("clicks"))


def by_voice(playwright: Playwright, url: str, folder: str) -> dict:
    turns = ["phrase", TURN_SECONDS, "silence", PAUSE_SECONDS] * (TIMES + 1)
    recording = record(pathlib.Path(folder) / "microphone.wav", "silence", 1, *turns, "silence", 30)
    visit = open_page(playwright, url, *microphone_playing(recording))
    page = visit.page
    page.get_by_role("button", name="Hands-free").click()
    page.wait_for_timeout((1 + (TIMES + 1) * (TURN_SECONDS + PAUSE_SECONDS)) * 1000 + 2000)
    return summary(page, onsets(page.evaluate("spoken"), page.evaluate("heard")))


def onsets(spoken: list[dict], heard: list[dict]) -> list[float]:
    """When speech begins after a second without any, while the avatar is being heard."""
    last, found = None, []
    for one in spoken:
        if one["level"] < SPEECH_LEVEL:
            continue
        if last is not None and one["time"] - last > 1000:
            onset = one["time"]
            if any(onset - 300 < other["time"] < onset and other["level"] > SPEECH_LEVEL for other in heard):
                found.append(onset)
        last = one["time"]
    return found


def summary(page, moments: list[float]) -> dict:
    heard, mouth = page.evaluate("heard"), Mouth(page)
    page.context.browser.close()
    silences = [silence_ms(heard, moment, moment + WINDOW_MS) for moment in moments]
    closings = [mouth.closed_ms(moment, moment + WINDOW_MS) for moment in moments]
    lowerings = [lowered_ms(heard, moment) for moment in moments]
    return {
        "times": len(moments), "lowered_ms": spread(lowerings), "silence_ms": spread(silences),
        "closed_mouth_ms": spread(closings),
    }


def lowered_ms(heard: list[dict], moment: float) -> float:
    """When the voice was last louder than a third of the loudest in the half second before."""
    before = max((one["level"] for one in heard if moment - 500 <= one["time"] < moment), default=0)
    loud = [one["time"] for one in heard
            if moment <= one["time"] < moment + WINDOW_MS and one["level"] > before / 3]
    return max(loud, default=moment) - moment


def spread(values: list[float]) -> dict | None:
    if not values:
        return None
    return {"p50": round(float(np.median(values)), 1), "max": round(max(values), 1)}


def measure(url: str) -> dict:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        result = {"button": by_button(playwright, url)}
        result["voice"] = by_voice(playwright, url, folder) if ENGLISH.exists() else None
    return result | {"cores": os.cpu_count()}


def main() -> None:
    with running_server() as server:
        print(json.dumps(measure(server.url)))


if __name__ == "__main__":
    main()
