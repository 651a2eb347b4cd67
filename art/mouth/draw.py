"""Draws what is seen between the lips, for faces that bring nothing of their own: inside.svg beside this file.

Half the width of the mouth is 100 units; the middle of the lips is at (160, 100).
"""

import math
from pathlib import Path

CENTER = (160, 100)
# Widths of teeth from the middle outwards, in units: seen from the front, those at the sides are turned away.
UPPER = (31, 24, 21, 15, 11, 7)
LOWER = (19, 20, 20, 15, 12, 9)


def tooth(x0, x1, top, bottom, rounding, shade, down):
    """One tooth; its free edge is at `bottom` if it hangs down, else at `top`."""
    r = min(rounding, (x1 - x0) / 2.2)
    if down:
        d = f"M{x0:.1f},{top} L{x1:.1f},{top} L{x1:.1f},{bottom - r:.1f} Q{x1:.1f},{bottom} {x1 - r:.1f},{bottom} L{x0 + r:.1f},{bottom} Q{x0:.1f},{bottom} {x0:.1f},{bottom - r:.1f} Z"
    else:
        d = f"M{x0:.1f},{bottom} L{x1:.1f},{bottom} L{x1:.1f},{top + r:.1f} Q{x1:.1f},{top} {x1 - r:.1f},{top} L{x0 + r:.1f},{top} Q{x0:.1f},{top} {x0:.1f},{top + r:.1f} Z"
    return f'<path d="{d}" fill="url(#{"upper" if down else "lower"}-enamel)"/><path d="{d}" fill="#2a0d0c" opacity="{shade:.2f}"/>'


def row(widths, edge, far, down):
    """A row of teeth about the middle; those at the sides are darker and end a little nearer to their gum."""
    parts = []
    for side in (-1, 1):
        x = 0.0
        for index, width in enumerate(widths):
            x0, x1 = x + 0.3, x + width - 0.3
            t = x1 / sum(widths)
            lift = 9 * t * t + (1.6 if index == 1 and down else 0)
            shade = 0.04 + 0.72 * t ** 2.2
            left, right = (CENTER[0] + x0, CENTER[0] + x1) if side > 0 else (CENTER[0] - x1, CENTER[0] - x0)
            top, bottom = (far, edge - lift) if down else (edge + lift, far)
            parts.append(tooth(left, right, top, bottom, 6 if down else 4, shade, down))
            x += width
    return "\n    ".join(parts)


SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 280" width="320" height="280">
  <defs>
    <radialGradient id="dark" cx="160" cy="120" r="118" gradientUnits="userSpaceOnUse" gradientTransform="translate(0 20) scale(1 .82)">
      <stop offset="0" stop-color="#240808"/><stop offset=".55" stop-color="#2e0b0b"/><stop offset="1" stop-color="#4a1716"/>
    </radialGradient>
    <linearGradient id="upper-enamel" x1="0" y1="40" x2="0" y2="106" gradientUnits="userSpaceOnUse">
      <stop offset="0" stop-color="#a8958a"/><stop offset=".55" stop-color="#ded3c8"/><stop offset=".9" stop-color="#efe8df"/><stop offset="1" stop-color="#dcd6d0"/>
    </linearGradient>
    <linearGradient id="lower-enamel" x1="0" y1="100" x2="0" y2="140" gradientUnits="userSpaceOnUse">
      <stop offset="0" stop-color="#d9d2c9"/><stop offset=".35" stop-color="#d3c8bd"/><stop offset="1" stop-color="#8c756b"/>
    </linearGradient>
    <radialGradient id="flesh" cx="160" cy="128" r="74" gradientUnits="userSpaceOnUse" gradientTransform="translate(0 54) scale(1 .58)">
      <stop offset="0" stop-color="#c96e6c"/><stop offset=".6" stop-color="#b25757"/><stop offset="1" stop-color="#6c2a2b"/>
    </radialGradient>
    <filter id="soft" x="-10%" y="-10%" width="120%" height="120%"><feGaussianBlur stdDeviation="1.1"/></filter>
    <filter id="softer" x="-10%" y="-10%" width="120%" height="120%"><feGaussianBlur stdDeviation="4"/></filter>
  </defs>
  <g id="hollow"><ellipse cx="160" cy="118" rx="122" ry="98" fill="url(#dark)"/></g>
  <g id="lower-teeth" filter="url(#soft)">
    {row(LOWER, 103, 142, False)}
    <ellipse cx="160" cy="150" rx="100" ry="14" fill="#a34f4d"/>
  </g>
  <g id="tongue">
    <g filter="url(#soft)"><path d="M86,170 C86,128 118,107 160,107 C202,107 234,128 234,170 C234,214 200,236 160,236 C120,236 86,214 86,170 Z" fill="url(#flesh)"/></g>
    <path d="M160,116 C158,140 158,170 160,205" stroke="#7d3233" stroke-width="5" fill="none" opacity=".45" filter="url(#softer)"/>
    <ellipse cx="136" cy="121" rx="26" ry="5" fill="#f0b3ad" opacity=".35" filter="url(#softer)"/>
  </g>
  <g id="upper-teeth" filter="url(#soft)">
    <ellipse cx="160" cy="52" rx="104" ry="26" fill="#b05c59"/>
    <path d="M56,58 L264,58 L258,90 C230,102 200,104 160,104 C120,104 90,102 62,90 Z" fill="#8d766a"/>
    {row(UPPER, 106, 56, True)}
  </g>
</svg>
"""

if __name__ == "__main__":
    (Path(__file__).parent / "inside.svg").write_text(SVG)
