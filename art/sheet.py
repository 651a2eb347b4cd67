#!/usr/bin/python3
"""Writes the names of the poses under a sheet of them: docs/images/mouth-shapes.png and its like.

    visavis avatar inspect mira --sheet sheet.png
    python3 art/sheet.py sheet.png docs/images/mouth-shapes.png
"""

import sys

from PIL import Image, ImageDraw, ImageFont

# In the order of PoseSheet.poses in Sources/AvatarPreparation/Rigging/PoseSheet.swift.
NAMES = [
    "rest", "M B P", "AA  father", "AE  cat", "EH  bed", "IH  sit", "EE  see", "OH  go", "OO  food", "W  we",
    "UH  cup", "F V", "S Z", "CH SH", "L", "TH D N", "eyes closed", "brows raised", "head down", "turned, tilted",
]
CELL, COLUMNS = 320, 4            # of the sheet that is read
ACROSS, SHOWN, GAP, LABEL = 5, 200, 10, 28


def main():
    source, target = sys.argv[1:]
    sheet = Image.open(source).convert("RGB")
    height = sheet.height // (len(NAMES) // COLUMNS)
    rows = len(NAMES) // ACROSS
    shown = round(height * SHOWN / CELL)
    out = Image.new("RGB", (ACROSS * (SHOWN + GAP) + GAP, rows * (shown + LABEL + GAP) + GAP), (246, 247, 248))
    draw = ImageDraw.Draw(out)
    font = ImageFont.truetype("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", 15)
    for n, name in enumerate(NAMES):
        left, top = n % COLUMNS * CELL, n // COLUMNS * height
        cell = sheet.crop((left, top, left + CELL, top + height))
        column, row = n % ACROSS, n // ACROSS
        x, y = GAP + column * (SHOWN + GAP), GAP + row * (shown + LABEL + GAP)
        out.paste(cell.resize((SHOWN, shown), Image.LANCZOS), (x, y))
        draw.text((x + SHOWN / 2, y + shown + 6), name, font=font, fill=(40, 48, 56), anchor="ma")
    out.save(target, optimize=True)


if __name__ == "__main__":
    main()
