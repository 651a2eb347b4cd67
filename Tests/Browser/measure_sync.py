"""A/V skew in a real Chromium, headless, over 30 s of speech; prints one JSON line.

Skew is the audio time heard at a frame's `expectedDisplayTime` minus the frame's PTS, in milliseconds: positive when
the picture is late. Which frame was displayed when is the page's own record (from `requestVideoFrameCallback`). What
was heard then is worked out here, from raw readings of `getOutputTimestamp` and from the sound that the page gave to
the device, without the page's own clock; `page_mean_ms` is what the page itself thinks.
"""

import json
import os
import pathlib
import sys

import numpy as np
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from serving import running_server  # noqa: E402
from visiting import DESK, PROBES, Visit, start_chromium  # noqa: E402

SECONDS = 30
TEXT = (
    "When the sunlight strikes raindrops in the air, they act as a prism and form a rainbow. The rainbow is a division "
    "of white light into many beautiful colours. These take the shape of a long round arch, with its path high above, "
    "and its two ends apparently beyond the horizon. There is, according to legend, a boiling pot of gold at one end. "
    "People look, but no one ever finds it. When a man looks for something beyond his reach, his friends say he is "
    "looking for the pot of gold at the end of the rainbow. Throughout the centuries people have explained the rainbow "
    "in various ways. Some have accepted it as a miracle without physical explanation."
)


def heard_pts(times: np.ndarray, readings: list[dict], pieces: list[dict]) -> np.ndarray:
    """The PTS that was heard at each of `times`, by the device's clock."""
    performance = np.array([one["performance"] for one in readings])
    offset = np.array([one["audio"] for one in readings]) - performance
    # A late callback spoils single readings, not the median of those around it.
    audio = np.array([time + np.median(offset[np.abs(performance - time) < 500]) for time in times])
    starts = np.array([one["when"] for one in pieces])
    pts = np.concatenate([[0], np.cumsum([one["duration"] for one in pieces])[:-1]])
    piece = np.clip(np.searchsorted(starts, audio, side="right") - 1, 0, None)
    return pts[piece] + audio - starts[piece]


def measure(url: str) -> dict:
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        page = browser.new_page(viewport=DESK)
        page.add_init_script(path=PROBES / "clock.js")
        visit = Visit(page).open(url)
        page.wait_for_timeout(2000)
        visit.say(TEXT)
        visit.wait_for_status("speaking")
        page.wait_for_function(
            "end => visavis.skewSamples.at(-1)?.pts >= end || visavis.status === 'idle'",
            arg=SECONDS * 1000, timeout=SECONDS * 2000)
        samples = page.evaluate("visavis.skewSamples")
        readings, pieces = page.evaluate("[readings, pieces]")
        statistics = visit.statistics
        version = browser.version
        browser.close()

    samples = [one for one in samples if one["pts"] < SECONDS * 1000]
    pts = np.array([one["pts"] for one in samples])
    skew = heard_pts(np.array([one["displayTime"] for one in samples]), readings, pieces) - pts
    first = skew[pts < 10_000].mean()
    last = skew[pts >= (SECONDS - 10) * 1000].mean()
    result = {
        "seconds": pts[-1] / 1000,
        "frames": len(samples),
        "dropped": statistics["dropped"],
        "mean_ms": skew.mean(),
        "p95_abs_ms": np.percentile(np.abs(skew), 95),
        "max_abs_ms": np.abs(skew).max(),
        "first10_mean_ms": first,
        "last10_mean_ms": last,
        "growth_ms": last - first,
        "page_mean_ms": np.mean([one["skew"] for one in samples]),
        "first_frame_ms": statistics["firstFrameLatency"],
        "display_delay_ms": statistics["displayDelay"],
    }
    rounded = {name: round(float(value), 2) if isinstance(value, float) else value for name, value in result.items()}
    return rounded | {"chromium": version, "cores": os.cpu_count()}


def main() -> None:
    with running_server() as server:
        print(json.dumps(measure(server.url)))


if __name__ == "__main__":
    main()
