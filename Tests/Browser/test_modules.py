"""The page's deciding modules know no browser: their own tests run in the Node that Playwright brings."""

import pathlib
import subprocess

from playwright._impl._driver import compute_driver_executable

MODULES = pathlib.Path(__file__).parent / "modules"


def test_modules():
    node = compute_driver_executable()[0]
    tests = sorted(str(path) for path in MODULES.glob("*.test.js"))
    assert tests
    outcome = subprocess.run([node, "--test", *tests], capture_output=True, text=True, timeout=120)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
