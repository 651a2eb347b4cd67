"""A bar on standard error, for work that takes minutes."""

import sys
import time
from collections.abc import Iterable


class Bar:
    """Used as `for item in Bar("Reading aloud")(items, count)`."""

    def __init__(self, title: str):
        self.title = title

    def __call__(self, items: Iterable, count: int) -> Iterable:
        start = time.monotonic()
        shown = 0.0
        for number, item in enumerate(items, 1):
            yield item
            now = time.monotonic()
            if now - shown > (1 if sys.stderr.isatty() else 20) or number == count:
                shown = now
                left = (now - start) / number * (count - number)
                bar = "█" * (24 * number // count)
                end = "\n" if number == count or not sys.stderr.isatty() else ""
                print(f"\r{self.title:<18} {bar:<24} {number}/{count}  {left:4.0f} s left", end=end, file=sys.stderr,
                      flush=True)
