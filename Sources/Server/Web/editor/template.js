// A face to begin with, where none was detected.

import { mapped } from './landmarks.js';

const LEFT = {
  eye_outer: [-25, -32], eye_top: [-16.5, -35.5], eye_inner: [-8, -31], eye_bottom: [-16.5, -29.5], brow: [-17, -41],
};

const sides = Object.entries(LEFT).flatMap(([name, [x, y]]) => [[`left_${name}`, [x, y]], [`right_${name}`, [-x, y]]]);

/** A face of usual proportions, 100 high, its middle at 0. */
export const TEMPLATE = {
  places: {
    ...Object.fromEntries(sides),
    nose: [0, -6],
    mouth_left: [-12.5, 9.5],
    mouth_right: [12.5, 9.5],
    upper_lip: [0, 5.5],
    lip_line: [0, 10],
    lower_lip: [0, 16],
    jaw_left: [-27, 10],
    jaw_right: [27, 10],
    chin: [0, 32],
    head_top: [0, -68],
  },
  lipCurve: [],
};

/** The face in the middle of a picture, as large as portraits have it. */
export function templateFor(width, height) {
  const scale = Math.min(0.6 * height, 0.9 * width) / 100;
  return mapped(TEMPLATE, ([x, y]) => [width / 2 + scale * x, 0.55 * height + scale * y]);
}
