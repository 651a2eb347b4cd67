// How the parts of the mouth and the lids move a face: the server's rig without what a preview can do without.
// Each pull is a direction times a weight that is smooth and ends somewhere.

/**
 * What pulls at the face, each 0…1. `part` opens the lips, `drop` lowers the jaw, `lift` raises the upper lip, `spread`
 * pulls the corners apart, `pucker` rounds the lips, `press` presses them together, `lids` closes the eyes.
 * @typedef {{part: number, drop: number, lift: number, spread: number, pucker: number, press: number, lids: number}} Controls
 */

export const REST = { part: 0, drop: 0, lift: 0, spread: 0, pucker: 0, press: 0, lids: 0 };

/**
 * Where each control at 1 moves a place.
 * @param {import('./proportions.js').Proportions} face
 * @param {import('./landmarks.js').Place} place
 * @param {{isBelowLips: boolean, lids: number}} row of the mesh; `lids` is how much of an eye's height it comes down
 * @returns {Object<keyof Controls, import('./landmarks.js').Place>}
 */
export function pulls(face, [x, y], { isBelowLips: isBelow, lids }) {
  const { mouthHalf, lipsToNose, lipsToChin, upperLipHeight, lowerLipHeight } = face;
  const across = face.across(x);
  const depth = y - face.lipLine(x);
  const aside = Math.abs(x - face.middle) / face.jawHalf;
  // What is pulled along with the corners: nothing in the middle, the cheeks a little.
  const along = Math.abs(across) <= 1 ? across : Math.sign(across) * (1 - smooth(1, 2.4, Math.abs(across)));
  const atCorners = bump((Math.abs(across) - 1) / 1.1);
  const full = Math.abs(across) < 1.1 ? Math.max(0, 1 - 0.8 * across * across) ** 1.2 : 0;
  // Lips become thicker or thinner: their outer edges move, and the skin behind them.
  const thickness = (upper, lower) => [0, full * (isBelow
    ? lower * lowerLipHeight * smooth(0, lowerLipHeight, depth) * (1 - smooth(lowerLipHeight, 0.8 * lipsToChin, depth))
    : upper * upperLipHeight * smooth(0, upperLipHeight, -depth) * (1 - smooth(upperLipHeight, lipsToNose, -depth)))];
  const held = bump(depth / (1.15 * lipsToChin));
  return {
    part: [0, mouthHalf * (0.24 * atCorners * bump(depth / (1.1 * lipsToChin))
      + (isBelow ? 0.88 * opening(across, depth / lipsToChin) : 0))],
    drop: [0, isBelow ? 0.45 * lipsToChin * jaw(face, y, depth, aside) : 0],
    lift: [0, isBelow ? 0 : -mouthHalf * arch(across, 0.65)
      * (1 - smooth(0.8 * upperLipHeight, 0.95 * lipsToNose, -depth))],
    spread: [0.2 * mouthHalf * along * held, -0.05 * mouthHalf * atCorners * held],
    pucker: [-0.34 * mouthHalf * along * bump(depth / (1.05 * lipsToChin)), thickness(-0.16, 0.14)[1]],
    press: thickness(0.34, -0.3),
    lids: [0, lids * (face.lowerLid(x) - face.upperLid(x))],
  };
}

function arch(across, power) {
  return Math.max(0, 1 - across * across) ** power;
}

/** How far below the lower lip goes along with it: all of the lip, but not the chin. `depth` is a share of the way. */
function opening(across, depth) {
  const down = smooth(0, 1, depth);
  return arch(across / (1 + 0.6 * down), 0.65 + 0.6 * down) * (1 - smooth(0.35, 1, depth));
}

/** The chin goes down as a whole, less towards the ears, where the jaw hinges; the neck gives way. */
function jaw({ lipsToChin, chin, region }, y, depth, aside) {
  const hinge = 1 - 0.75 * smooth(0.45, 1.2, aside);
  const neck = 1 - smooth(0.15, 1, (y - chin) / (region.bottom - chin));
  return smooth(0, 0.8 * lipsToChin, depth) * hinge * neck * (1 - smooth(1.2, 1.8, aside));
}

/** 0 up to `low`, 1 from `high` on, smooth between. */
function smooth(low, high, value) {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}

/** 1 at 0, 0 from −1 and 1 on, smooth between. */
function bump(value) {
  return Math.max(0, 1 - value * value) ** 2;
}
