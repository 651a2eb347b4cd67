"""`visavis avatar create --engine viseme` and `visavis avatar lint`: avatars of photos and drawings, without a model."""

import json
import os
import pathlib
import subprocess

import pytest
from serving import BINARY, PROJECT

BUNDLES = PROJECT / "Sources/Avatars/Bundles"
THEO = PROJECT / "art/theo/theo.svg"
MIRA = BUNDLES / "mira"


@pytest.fixture
def visavis(tmp_path):
    """Runs the program with a home of its own, in which there is no detector."""

    def run(*arguments) -> subprocess.CompletedProcess:
        return subprocess.run(
            [BINARY, *map(str, arguments)], env=os.environ | {"VISAVIS_HOME": str(tmp_path / "home")},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)

    run.avatars = tmp_path / "home/avatars"
    return run


@pytest.fixture
def landmarks(tmp_path) -> pathlib.Path:
    """What the editor would write for a photo of Mira."""
    face = json.loads((MIRA / "avatar.json").read_text())["landmarks"]
    file = tmp_path / "landmarks.json"
    file.write_text(json.dumps(face))
    return file


def drawn(tmp_path, change) -> pathlib.Path:
    file = tmp_path / "drawing.svg"
    file.write_text(change(THEO.read_text()))
    return file


def test_our_own_drawing_lacks_nothing(visavis):
    done = visavis("avatar", "lint", THEO)
    assert (done.returncode, done.stdout) == (0, f"{THEO}: everything is there.\n")


def test_what_a_drawing_lacks_is_said_by_its_name(visavis, tmp_path):
    drawing = drawn(tmp_path, lambda svg: svg.replace('id="upper-lip"', 'id="oberlippe"'))
    done = visavis("avatar", "lint", drawing)
    assert done.returncode == 1
    assert "upper-lip" in done.stdout
    found = visavis("avatar", "lint", drawing, "--json")
    assert found.returncode == 1
    assert any("upper-lip" in json.dumps(finding) for finding in json.loads(found.stdout))


def test_no_drawing_at_all(visavis, tmp_path):
    for file in [tmp_path / "nowhere.svg", drawn(tmp_path, lambda svg: svg[: len(svg) // 2]), MIRA / "poster.png"]:
        done = visavis("avatar", "lint", file)
        assert done.returncode == 1
        assert file.name in done.stderr and not done.stdout
        assert len(done.stderr.splitlines()) == 1, done.stderr


def test_a_photo_with_landmarks_becomes_somebody_who_speaks(visavis, landmarks, tmp_path):
    done = visavis(
        "avatar", "create", "--engine", "viseme", "--photo", MIRA / "poster.png", "--landmarks", landmarks,
        "--name", "Carla", "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)["avatar"]
    assert (made["id"], made["kind"]) == ("carla", "rigged")
    film = tmp_path / "carla.mp4"
    said = visavis("render", "--avatar", "carla", "--text", "My mama bought a blue boat.", "--out", film)
    assert said.returncode == 0, said.stderr
    assert film.stat().st_size > 10_000


def test_a_drawing_becomes_somebody(visavis, tmp_path):
    done = visavis("avatar", "create", "--engine", "viseme", "--svg", THEO, "--name", "Otto")
    assert done.returncode == 0, done.stderr
    sheet = tmp_path / "sheet.png"
    looked = visavis("avatar", "inspect", "otto", "--sheet", sheet)
    assert looked.returncode == 0, looked.stderr
    assert sheet.read_bytes().startswith(b"\x89PNG")


def test_without_a_detector_a_photo_needs_landmarks(visavis):
    done = visavis("avatar", "create", "--engine", "viseme", "--photo", MIRA / "poster.png", "--name", "Carla")
    assert done.returncode != 0
    assert "scrfd_2.5g_kps.onnx" in done.stderr and "/avatars/edit" in done.stderr
    assert not list(visavis.avatars.glob("*")), "nothing is left of it"


def test_landmarks_that_are_none(visavis, tmp_path):
    for text in ["", "[]", '{"chin": [1]}', '{"chin": ["a", "b"]}']:
        file = tmp_path / "landmarks.json"
        file.write_text(text)
        done = visavis(
            "avatar", "create", "--engine", "viseme", "--photo", MIRA / "poster.png", "--landmarks", file, "--name", "Carla")
        assert done.returncode != 0
        assert "landmark" in done.stderr
        assert "Fatal" not in done.stderr
