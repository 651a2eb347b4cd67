// What is impossible about landmarks: the rules of the server, so that it has nothing left to refuse.

import { upright } from './landmarks.js';
import { NAMES } from './points.js';

const LEFT_TO_RIGHT = [
  ['left_eye_outer', 'left_eye_inner'], ['left_eye_inner', 'right_eye_inner'], ['right_eye_inner', 'right_eye_outer'],
  ['mouth_left', 'lip_line'], ['lip_line', 'mouth_right'], ['jaw_left', 'mouth_left'], ['mouth_right', 'jaw_right'],
  ['left_brow', 'right_brow'],
];
const TOP_TO_BOTTOM = [
  ['head_top', 'left_brow'], ['head_top', 'right_brow'], ['left_brow', 'left_eye_top'],
  ['right_brow', 'right_eye_top'], ['left_eye_top', 'left_eye_bottom'], ['right_eye_top', 'right_eye_bottom'],
  ['left_eye_bottom', 'nose'], ['right_eye_bottom', 'nose'], ['nose', 'upper_lip'], ['upper_lip', 'lip_line'],
  ['lip_line', 'lower_lip'], ['lower_lip', 'chin'],
];

/** What stands apart is at least a pixel apart. */
const APART = 1;

/**
 * Everything that is wrong with `landmarks` in a picture of this size.
 * @returns {{kind: 'outside' | 'horizontal' | 'vertical', points: string[]}[]} for the orders: the first should be left
 *   of, or above, the second in the upright face.
 */
export function flaws(landmarks, width, height) {
  const isInside = ([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height;
  const outside = NAMES.filter((name) => !isInside(landmarks.places[name]));
  const { places } = upright(landmarks).landmarks;
  const disordered = (pairs, axis, kind) => pairs
    .filter(([first, second]) => places[first][axis] + APART > places[second][axis])
    .map((points) => ({ kind, points }));
  return [
    ...outside.map((name) => ({ kind: 'outside', points: [name] })),
    ...disordered(LEFT_TO_RIGHT, 0, 'horizontal'),
    ...disordered(TOP_TO_BOTTOM, 1, 'vertical'),
  ];
}
