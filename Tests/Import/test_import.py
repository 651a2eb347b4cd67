"""What the importer reads, and what it refuses: the parts that need no whole import.

Runs in the importer's own environment, which has no pytest: `make test-import`.
"""

import shutil
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "Sources/Models/Import"))

import torch  # noqa: E402
from checkpoint import fingerprint, fit, read_weights  # noqa: E402
from layout import find_layout  # noqa: E402
from networks import OLD_ATTENTION, with_new_attention_names  # noqa: E402
from problem import ImportProblem  # noqa: E402
from random_weights import random_networks  # noqa: E402
from safetensors.torch import save_file  # noqa: E402


class WithFolder(unittest.TestCase):
    """A folder of its own for each test."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def touch(self, *names: str) -> None:
        """Makes empty files."""
        for name in names:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()

    def assert_problem(self, kind: str, words: str, body) -> None:
        """`body` must stop with a problem of this kind, which says these words."""
        with self.assertRaises(ImportProblem) as caught:
            body()
        self.assertEqual(caught.exception.kind, kind)
        self.assertIn(words, str(caught.exception))


class LayoutTests(WithFolder):
    """Where files are looked for."""

    REST = ("sd-vae-ft-mse/config.json", "sd-vae-ft-mse/diffusion_pytorch_model.bin")
    REST += ("whisper/config.json", "whisper/model.safetensors")

    def test_the_newest_version_is_taken_unless_another_is_named(self) -> None:
        self.touch("musetalk/pytorch_model.bin", "musetalk/musetalk.json", *self.REST)
        self.assertEqual(find_layout(self.folder, None).version, "1.0")
        self.touch("musetalkV15/unet.pth", "musetalkV15/musetalk.json")
        self.assertEqual(find_layout(self.folder, None).version, "1.5")
        self.assertEqual(find_layout(self.folder, "1.0").unet.weights.name, "pytorch_model.bin")

    def test_safetensors_come_first(self) -> None:
        self.touch("musetalkV15/unet.pth", "musetalkV15/unet.safetensors", "musetalkV15/musetalk.json", *self.REST)
        self.assertEqual(find_layout(self.folder, None).unet.weights.suffix, ".safetensors")

    def test_what_is_missing_is_named(self) -> None:
        self.touch("musetalkV15/unet.pth", *self.REST)
        self.assert_problem("missing", "musetalk.json", lambda: find_layout(self.folder, None))


class CheckpointTests(WithFolder):
    """Weights in files."""

    def setUp(self) -> None:
        super().setUp()
        self.weights = {"0.weight": torch.randn(4, 3), "0.bias": torch.randn(4)}
        self.network = torch.nn.Sequential(torch.nn.Linear(3, 4))

    def read(self, name: str, write) -> None:
        """Writes the weights, reads them, and gives them to the network."""
        path = self.folder / name
        write(self.weights, path)
        fit(self.network, read_weights(path), path)

    def test_every_format_gives_the_same_network(self) -> None:
        prints = set()
        for name, write in (
            ("a.pth", torch.save),
            ("a.safetensors", save_file),
            ("old.bin", lambda weights, path: torch.save(weights, path, _use_new_zipfile_serialization=False)),
        ):
            self.read(name, write)
            prints.add(fingerprint(self.network))
        self.assertEqual(len(prints), 1)

    def test_half_precision_becomes_single(self) -> None:
        self.weights = {key: value.half() for key, value in self.weights.items()}
        self.read("a.pth", torch.save)
        self.assertEqual(self.network[0].weight.dtype, torch.float32)

    def test_weights_that_do_not_fit_are_named(self) -> None:
        self.weights["1.weight"] = torch.zeros(1)
        self.assert_problem("architecture", "1.weight", lambda: self.read("a.pth", torch.save))
        del self.weights["1.weight"], self.weights["0.bias"]
        self.assert_problem("architecture", "lacks 0.bias", lambda: self.read("a.pth", torch.save))
        self.weights["0.bias"] = torch.zeros(5)
        self.assert_problem("architecture", "0.bias [5] instead of [4]", lambda: self.read("a.pth", torch.save))

    def test_numbers_that_are_none_are_refused(self) -> None:
        self.weights["0.bias"][2] = float("nan")
        self.assert_problem("architecture", "NaN", lambda: self.read("a.pth", torch.save))

    def test_files_that_are_cut_short_are_damaged(self) -> None:
        for name, write in (("a.pth", torch.save), ("a.safetensors", save_file)):
            path = self.folder / name
            write(self.weights, path)
            path.write_bytes(path.read_bytes()[:-40])
            self.assert_problem("damaged", name, lambda path=path: read_weights(path))

    def test_a_file_that_holds_something_else_is_refused(self) -> None:
        path = self.folder / "a.pth"
        torch.save([1, 2, 3], path)
        self.assert_problem("architecture", "no table of tensors", lambda: read_weights(path))
        torch.save(torch.nn.Linear(2, 2), path)
        self.assert_problem("refused", "asks to run code", lambda: read_weights(path))


class OldNamesTests(unittest.TestCase):
    """The public sd-vae-ft-mse names its attention as diffusers did in 2022."""

    def test_old_names_of_attention_are_understood(self) -> None:
        vae = random_networks("mini").vae
        weights = vae.state_dict()
        old = {}
        for key, tensor in weights.items():
            for before, now in OLD_ATTENTION.items():
                if f".{now}." in key:
                    key = key.replace(f".{now}.", f".{before}.")
                    tensor = tensor[:, :, None, None] if tensor.dim() == 2 else tensor
            old[key] = tensor
        self.assertNotEqual(old.keys(), weights.keys())
        renamed = with_new_attention_names(old, weights)
        self.assertEqual(renamed.keys(), weights.keys())
        self.assertTrue(all(torch.equal(renamed[key], weights[key]) for key in weights))

    def test_random_weights_are_the_same_each_time(self) -> None:
        first, second = (random_networks("mini") for _ in range(2))
        self.assertEqual(fingerprint(first.unet, first.vae), fingerprint(second.unet, second.vae))


if __name__ == "__main__":
    unittest.main()
