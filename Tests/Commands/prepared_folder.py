"""Writes an avatar as MuseTalk's `realtime_inference` leaves it, from the data beside the project.

    python Tests/Commands/prepared_folder.py results/v15/avatars/sun

The first eight frames of `sun.mp4` with the boxes, masks and latents of the goldens, all stored twice, forward and
backward. Needs PyTorch and ffmpeg: what these files hold is written by the same libraries as there.
"""

import argparse
import json
import pathlib
import pickle
import shutil
import subprocess

import numpy as np
import torch

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared"
FRAMES = 8


def there_and_back(items: list) -> list:
    """The list, followed by itself backward: the same objects, as there."""
    return items + items[::-1]


def write_pictures(folder: pathlib.Path) -> None:
    """The frames as PNG files, and for each the mask of the nearest golden."""
    frames, masks = folder / "full_imgs", folder / "mask"
    frames.mkdir(parents=True)
    masks.mkdir()
    clip = ["-i", SHARED / "media/sun.mp4", "-frames:v", str(FRAMES), "-start_number", "0", frames / "%08d.png"]
    subprocess.run(["ffmpeg", "-v", "error", *clip], check=True)
    for index in range(2 * FRAMES):
        source = min(index, 2 * FRAMES - 1 - index)
        if index != source:
            shutil.copyfile(frames / f"{source:08d}.png", frames / f"{index:08d}.png")
        golden = "mask_7.png" if source == FRAMES - 1 else "mask_0.png"
        shutil.copyfile(SHARED / "goldens" / golden, masks / f"{index:08d}.png")


def write_boxes(folder: pathlib.Path) -> None:
    """Face and crop boxes, of the mixture of Python's and NumPy's integers that landmarks leave in them."""
    golden = json.loads((SHARED / "goldens/box.json").read_text())
    left, top, right, bottom = golden["face_box"]
    faces = [[np.int32(left), top, np.int32(right), np.int64(bottom)] for _ in range(FRAMES)]
    crops = [[np.int32(edge) for edge in golden["crop_box"]] for _ in range(FRAMES)]
    for name, boxes in (("coords.pkl", faces), ("mask_coords.pkl", crops)):
        (folder / name).write_bytes(pickle.dumps(there_and_back(boxes)))


def write_latents(folder: pathlib.Path) -> None:
    """At half precision, as on a GPU."""
    latents = torch.from_numpy(np.load(SHARED / "goldens/latents.npy")).half()
    torch.save(there_and_back([latents[index : index + 1].clone() for index in range(FRAMES)]), folder / "latents.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path, help="where it is written; must not exist")
    folder: pathlib.Path = parser.parse_args().folder
    write_pictures(folder)
    write_boxes(folder)
    write_latents(folder)
    info = {"avatar_id": folder.name, "video_path": "data/video/sun.mp4", "bbox_shift": 0, "version": "v15"}
    (folder / "avator_info.json").write_text(json.dumps(info))
    (folder / "vid_output").mkdir()


if __name__ == "__main__":
    main()
