"""`visavis bench` and `visavis simulate` as people type them."""

import json
import os
import resource
import subprocess

import pytest
from serving import PROJECT

BINARY = os.environ.get("VISAVIS_BIN", str(PROJECT / ".build/release/visavis"))
MODEL = PROJECT / ".build/musetalk-mini"
# The Python that imports models, where there is one.
HOME = os.environ.get("VISAVIS_HOME", str(PROJECT / ".build/home"))
IMPORT_PYTHON = os.environ.get("VISAVIS_IMPORT_PYTHON", f"{HOME}/import-venv/bin/python")


def visavis(*words, limit: int | None = None, **variables: str) -> subprocess.CompletedProcess:
    """Runs a command, with so many bytes of address space, and with more environment variables."""

    def lower():
        if limit:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    return subprocess.run(
        [BINARY, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=180,
        preexec_fn=lower,
        env={**os.environ, **variables},
    )


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """A measurement of the built-in engine."""
    folder = tmp_path_factory.mktemp("bench")
    done = visavis("bench", "--batch-sizes", "1,4", "--repeats", 2, "--seconds", 0.4, "--out", folder)
    assert done.returncode == 0, done.stderr
    assert "frames/s" in done.stdout
    return folder


def test_every_size_is_measured(measured):
    result = json.loads((measured / "bench.json").read_text())
    assert result["engine"] == "viseme"
    assert [row["batch_size"] for row in result["rows"]] == [1, 4]
    for row in result["rows"]:
        assert row["ok"]
        assert row["frames_per_second"] > 25
        assert 0 < row["memory_used_bytes"] <= row["memory_total_bytes"]
        assert row["batch_ms"]["p5"] <= row["batch_ms"]["median"] <= row["batch_ms"]["p95"]


def test_page_needs_no_other_file(measured):
    page = (measured / "bench.html").read_text()
    assert page.startswith("<!DOCTYPE html>") and "<svg" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_results_are_compared(measured):
    done = visavis("bench", "compare", measured / "bench.json", measured / "bench.json")
    assert done.returncode == 0
    assert done.stdout.count("1×") == 4


def test_result_is_simulated(measured, tmp_path):
    page = tmp_path / "simulation.html"
    words = ["simulate", "--bench", measured / "bench.json", "--sessions", 5, "--seconds", 5, "--json", "--html", page]
    reports = json.loads(visavis(*words).stdout)
    assert reports == json.loads(visavis(*words).stdout)
    assert reports[0]["on_time_share"] > 0.99
    assert "<svg" in page.read_text()


@pytest.mark.skipif(not MODEL.exists(), reason="needs scripts/mini-model")
def test_size_without_memory_has_its_row(tmp_path):
    words = ["bench", "--model", MODEL, "--batch-sizes", "1,64", "--repeats", 1, "--seconds", 0.2, "--json"]
    result = json.loads(visavis(*words, limit=3 << 30).stdout)
    one, many = result["rows"]
    assert one["ok"]
    assert many["error"] == "out_of_memory" and many["message"]


@pytest.mark.skipif(not os.path.exists(IMPORT_PYTHON), reason="needs PyTorch, as scripts/mini-model installs it")
def test_one_command_makes_a_model_and_measures_it(tmp_path):
    words = ["bench", "--random-weights", "mini", "--batch-sizes", "1,2", "--repeats", 1, "--seconds", 0.2, "--json"]
    place = {"VISAVIS_HOME": str(tmp_path), "VISAVIS_IMPORT_PYTHON": IMPORT_PYTHON}
    model = tmp_path / "bench/random-mini-fp32/manifest.json"
    made = []
    for _ in range(2):
        done = visavis(*words, **place)
        assert done.returncode == 0, done.stderr
        result = json.loads(done.stdout)
        assert (result["engine"], result["model"]) == ("musetalk", "random-mini-fp32")
        assert [row["ok"] for row in result["rows"]] == [True, True]
        made.append(model.stat().st_mtime_ns)
    assert made[0] == made[1]
    # It is nobody's model but the bench's.
    assert "random" not in visavis("models", "list", **place).stdout


@pytest.mark.parametrize(
    "words, reason",
    [
        (["bench", "--batch-sizes", "0"], "batch-sizes"),
        (["bench", "--batch-sizes", "4,4"], "batch-sizes"),
        (["bench", "--repeats", "0"], "repeats"),
        (["bench", "--engine", "musetalk"], "--random-weights full"),
        (["bench", "--random-weights", "huge"], "mini"),
        (["bench", "--random-weights", "mini", "--model", "some"], "--model"),
        (["bench", "--model", "some", "--precision", "fp16"], "--precision"),
        (["bench", "--random-weights", "mini", "--device", "cuda:99"], "cuda:99 cannot be used"),
        (["bench", "--model", "some", "--device", "cpu:900"], "no core 900"),
        (["bench", "--engine", "vise"], "viseme"),
        (["bench", "--device", "gpu"], "gpu"),
        (["bench", "compare", "/nothing.json", "/nothing.json"], "/nothing.json"),
        (["simulate"], "--bench"),
        (["simulate", "--curve", "20"], "--curve"),
        (["simulate", "--curve", "-1,nan"], "--curve"),
        (["simulate", "--curve", "20,10", "--sessions", "0"], "sessions"),
        (["simulate", "--curve", "20,10", "--policy", "some"], "some"),
        (["simulate", "--bench", "/nothing.json"], "/nothing.json"),
    ],
)
def test_what_makes_no_sense_is_refused(words, reason):
    done = visavis(*words)
    assert done.returncode != 0
    assert reason in done.stderr
    assert "Fatal" not in done.stderr
