"""Half an hour of conversation in a real Chromium, headless; prints a line a minute, and one JSON line at the end.

Somebody speaks for three seconds, listens to the answer, and speaks again, over and over. Beside them four more clients
do the same, so that there is more to leak. What is looked at is how the server's resident memory, the page's memory, and
the distance between picture and sound change with time: the slope of a straight line through a reading every half
minute. The first three minutes are left out: everything that is loaded once is loaded by then.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from recordings import ENGLISH  # noqa: E402
from serving import BINARY, Server  # noqa: E402
from spoken import record  # noqa: E402
from visiting import DESK, Visit, microphone_playing, start_chromium  # noqa: E402

READING_SECONDS = 30
SETTLING_SECONDS = 180
COMPANY = 4
TURN_SECONDS = 3
PAUSE_SECONDS = 6
"""For the end of the turn to be heard, and for the answer, which repeats it."""


def resident_mib(process: int) -> float:
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def page_mib(page: Page) -> float:
    page.evaluate("window.gc?.()")
    return page.evaluate("performance.memory.usedJSHeapSize") / 2**20


def read(page: Page, server: Server, since: float) -> dict:
    skews = page.evaluate("since => visavis.skewSamples.filter((one) => one.displayTime > since)", since)
    return {
        "server_mib": resident_mib(server.process.pid),
        "page_mib": page_mib(page),
        "skew_ms": float(np.mean([one["skew"] for one in skews])) if skews else float("nan"),
        "frames": len(skews),
        "turns": page.evaluate("visavis.conversation.length"),
    }


def converse(server: Server, seconds: float, folder: str) -> list[dict]:
    turns = ["phrase", TURN_SECONDS, "silence", PAUSE_SECONDS] * 8
    recording = record(pathlib.Path(folder) / "microphone.wav", "silence", 1, *turns)
    readings = []
    with sync_playwright() as playwright:
        browser = start_chromium(
            playwright, *microphone_playing(recording, forever=True), "--js-flags=--expose-gc",
            "--enable-precise-memory-info")
        page = browser.new_page(viewport=DESK)
        visit = Visit(page).open(server.url)
        page.get_by_role("button", name="Hands-free").click()
        start = time.monotonic()
        since = page.evaluate("performance.now()")
        while (elapsed := time.monotonic() - start) < seconds:
            page.wait_for_timeout(READING_SECONDS * 1000)
            reading = read(page, server, since) | {"seconds": elapsed + READING_SECONDS}
            since = page.evaluate("performance.now()")
            readings.append(reading)
            print("  ".join(f"{name} {value:.1f}" for name, value in reading.items()), file=sys.stderr, flush=True)
        visit.assert_nothing_complained()
        browser.close()
    return readings


def slope_an_hour(readings: list[dict], name: str) -> float:
    settled = [one for one in readings if one["seconds"] > SETTLING_SECONDS and not np.isnan(one[name])]
    hours = [one["seconds"] / 3600 for one in settled]
    return round(float(np.polyfit(hours, [one[name] for one in settled], 1)[0]), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    minutes = parser.parse_args().minutes
    server = Server().start()
    company = subprocess.Popen(
        [BINARY, "load", "--url", server.realtime_url, "--sessions", str(COMPANY), "--seconds", str(minutes * 60),
         "--audio", str(ENGLISH), "--turn-seconds", str(TURN_SECONDS), "--json"],
        stdout=subprocess.PIPE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            readings = converse(server, minutes * 60, folder)
        report = json.loads(company.communicate(timeout=60)[0])
    finally:
        company.kill()
        server.stop()
    settled = [one for one in readings if one["seconds"] > SETTLING_SECONDS]
    print(json.dumps({
        "minutes": minutes,
        "items": readings[-1]["turns"],
        "frames": sum(one["frames"] for one in readings),
        "server_mib": [round(settled[0]["server_mib"], 1), round(settled[-1]["server_mib"], 1)],
        "server_mib_an_hour": slope_an_hour(readings, "server_mib"),
        "page_mib_an_hour": slope_an_hour(readings, "page_mib"),
        "skew_ms": round(float(np.nanmean([one["skew_ms"] for one in settled])), 2),
        "skew_ms_an_hour": slope_an_hour(readings, "skew_ms"),
        "company": {"utterances": report["utterances"], "frames": report["frames"], "errors": report["errors"]},
    }))


if __name__ == "__main__":
    main()
