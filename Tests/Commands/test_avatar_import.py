"""`visavis avatar` with a folder that Python, NumPy and PyTorch wrote as MuseTalk's preparation does.

PyTorch is in the environment in which `scripts/mini-model` imports the tests' model; where that was never made, this is
skipped. VISAVIS_IMPORT_PYTHON names another Python that has it.
"""

import json
import os
import pathlib
import pickle
import shutil
import subprocess

import numpy as np
import pytest
from serving import PROJECT

SHARED = PROJECT.parent / "shared"
HOME = pathlib.Path(os.environ.get("VISAVIS_HOME", PROJECT / ".build/home"))
PYTHON = os.environ.get("VISAVIS_IMPORT_PYTHON", str(HOME / "import-venv/bin/python"))
BINARY = os.environ.get("VISAVIS_BIN", str(PROJECT / ".build/release/visavis"))

pytestmark = pytest.mark.skipif(
    not (pathlib.Path(PYTHON).exists() and (SHARED / "goldens").exists()),
    reason="needs the Python of scripts/mini-model, and the goldens",
)


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> pathlib.Path:
    """A folder as MuseTalk leaves it; nobody changes it."""
    folder = tmp_path_factory.mktemp("avatars") / "sun"
    subprocess.run([PYTHON, PROJECT / "Tests/Commands/prepared_folder.py", folder], check=True)
    return folder


@pytest.fixture
def prepared(original, tmp_path) -> pathlib.Path:
    """One to be changed."""
    return shutil.copytree(original, tmp_path / "sun")


@pytest.fixture
def visavis(tmp_path):
    """Runs the program with a home of its own, where nobody can be asked."""
    home = tmp_path / "home"

    def run(*arguments) -> subprocess.CompletedProcess:
        environment = os.environ | {"VISAVIS_HOME": str(home)}
        return subprocess.run(
            [BINARY, *map(str, arguments)], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    run.avatars = home / "avatars"
    return run


def test_an_avatar_arrives_whole(visavis, original):
    done = visavis("avatar", "import", original, "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["id"], summary["kind"], summary["frames"], summary["shown_frames"]) == ("sun", "filmed", 8, 16)
    assert (summary["width"], summary["height"]) == (576, 768)
    assert summary["face"] == {"model_version": "1.5", "first_box": [212, 168, 340, 318], "bounds": [212, 168, 340, 318]}

    latents = np.fromfile(visavis.avatars / "sun/latents.bin", dtype="<f4").reshape(8, 8, 32, 32)
    golden = np.load(SHARED / "goldens/latents.npy")
    assert (visavis.avatars / "sun/contact.png").read_bytes().startswith(b"\x89PNG")
    assert np.array_equal(latents, golden.astype(np.float16).astype(np.float32))


def test_it_can_be_listed_inspected_and_removed(visavis, original):
    assert visavis("avatar", "import", original, "--name", "anna").returncode == 0
    rows = json.loads(visavis("avatar", "list", "--json").stdout)["avatars"]
    assert [row["id"] for row in rows] == ["anna", "mira", "theo"]
    assert "filmed, for MuseTalk 1.5" in visavis("avatar", "inspect", "anna").stdout

    unasked = visavis("avatar", "remove", "anna")
    assert unasked.returncode != 0 and "add --yes" in unasked.stderr
    assert visavis("avatar", "remove", "anna", "--yes").returncode == 0
    assert list(visavis.avatars.iterdir()) == []


def test_a_name_that_is_taken_is_replaced_only_on_demand(visavis, original):
    assert visavis("avatar", "import", original).returncode == 0
    again = visavis("avatar", "import", original)
    assert again.returncode != 0 and "--force" in again.stderr
    assert visavis("avatar", "import", original, "--force").returncode == 0


class Harm:
    """Runs a command where Python opens its pickle."""

    def __init__(self, proof: pathlib.Path):
        self.proof = proof

    def __reduce__(self):
        return os.system, (f"touch {self.proof}",)


@pytest.mark.parametrize("name", ["coords.pkl", "mask_coords.pkl", "latents.pt"])
@pytest.mark.parametrize("protocol", range(6))
def test_what_a_pickle_asks_for_is_not_done(visavis, prepared, tmp_path, name, protocol):
    proof = tmp_path / "harm"
    (prepared / name).write_bytes(pickle.dumps([Harm(proof)], protocol=protocol))
    refused = visavis("avatar", "import", prepared)
    assert refused.returncode != 0
    assert f"{name}: " in refused.stderr and ("system" in refused.stderr or name == "latents.pt")
    assert not proof.exists() and not list(visavis.avatars.glob("*"))


@pytest.mark.parametrize("name", ["coords.pkl", "mask_coords.pkl", "latents.pt"])
def test_a_file_that_breaks_off_is_named_and_nothing_is_left(visavis, prepared, name):
    whole = (prepared / name).read_bytes()
    (prepared / name).write_bytes(whole[: len(whole) // 2])
    refused = visavis("avatar", "import", prepared)
    assert refused.returncode != 0 and f"{name}: " in refused.stderr and "breaks off" in refused.stderr
    assert not list(visavis.avatars.glob("*"))
