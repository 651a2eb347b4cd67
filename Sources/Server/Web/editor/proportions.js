// The measures of an upright face, and the lines along which its rig is cut: as the server has them.

/** All in pixels of the upright face. */
export class Proportions {
  #lipCurve;

  /** @param {import('./landmarks.js').Landmarks} upright */
  constructor({ places, lipCurve }) {
    this.mouth = { left: places.mouth_left, center: places.lip_line, right: places.mouth_right };
    this.mouthHalf = (this.mouth.right[0] - this.mouth.left[0]) / 2;
    this.nose = places.nose[1];
    this.chin = places.chin[1];
    this.headTop = places.head_top[1];
    this.lipsToNose = this.mouth.center[1] - this.nose;
    this.lipsToChin = this.chin - this.mouth.center[1];
    this.upperLipHeight = this.mouth.center[1] - places.upper_lip[1];
    this.lowerLipHeight = places.lower_lip[1] - this.mouth.center[1];
    this.jawHalf = (places.jaw_right[0] - places.jaw_left[0]) / 2;
    this.middle = (places.jaw_left[0] + places.jaw_right[0]) / 2;
    this.leftEye = {
      first: places.left_eye_outer, last: places.left_eye_inner, top: places.left_eye_top[1],
      bottom: places.left_eye_bottom[1],
    };
    this.rightEye = {
      first: places.right_eye_inner, last: places.right_eye_outer, top: places.right_eye_top[1],
      bottom: places.right_eye_bottom[1],
    };
    this.brows = [places.left_brow, places.right_brow];
    /** The part of the picture that moves; at its edges nothing does. */
    this.region = {
      left: this.middle - 1.9 * this.jawHalf, right: this.middle + 1.9 * this.jawHalf,
      top: this.headTop - 0.5 * this.jawHalf, bottom: this.chin + 1.6 * this.lipsToChin,
    };
    const { left, right } = this.mouth;
    this.#lipCurve = [left, ...lipCurve.filter(([x]) => x > left[0] && x < right[0]).sort(([a], [b]) => a - b), right];
  }

  /** Where the lips meet; beyond the corners as high as those. */
  lipLine(x) {
    const { left, center, right } = this.mouth;
    if (x <= left[0]) return left[1];
    if (x >= right[0]) return right[1];
    // Without a curve an arc through the three points, not a roof.
    if (this.#lipCurve.length === 2) {
      const corner = x < center[0] ? left : right;
      const share = (x - center[0]) / (corner[0] - center[0]);
      return center[1] + (corner[1] - center[1]) * share * share;
    }
    const next = this.#lipCurve.findIndex((one) => one[0] >= x);
    return between(this.#lipCurve[next - 1], this.#lipCurve[next], x);
  }

  /** How far into the mouth a column is: −1 and 1 at its corners, 0 in the middle. */
  across(x) {
    const { left, center, right } = this.mouth;
    return (x - center[0]) / (x < center[0] ? center[0] - left[0] : right[0] - center[0]);
  }

  upperLip(x) {
    return this.lipLine(x) - this.upperLipHeight * this.#fullness(x);
  }

  lowerLip(x) {
    return this.lipLine(x) + this.lowerLipHeight * this.#fullness(x);
  }

  /** How much of a lip there is in a column: next to nothing at the corners and beyond. */
  #fullness(x) {
    return Math.max(0.12, Math.max(0, 1 - this.across(x) ** 2) ** 0.7);
  }

  upperLid(x) {
    return this.#eyeLine(x, 'top');
  }

  lowerLid(x) {
    return this.#eyeLine(x, 'bottom');
  }

  #eyeLine(x, extreme) {
    const { leftEye, rightEye } = this;
    if (x > leftEye.last[0] && x < rightEye.first[0]) return between(leftEye.last, rightEye.first, x);
    const eye = x <= leftEye.last[0] ? leftEye : rightEye;
    const share = Math.min(1, Math.max(0, (x - eye.first[0]) / (eye.last[0] - eye.first[0])));
    const line = eye.first[1] + (eye.last[1] - eye.first[1]) * share;
    // As round as lids are: steep at the corners, flat in the middle.
    return line + (eye[extreme] - (eye.first[1] + eye.last[1]) / 2) * (4 * share * (1 - share)) ** 0.7;
  }

  /** Through the middles of both brows; always above the lids. */
  browLine(x) {
    const [left, right] = this.brows;
    const line = x <= left[0] ? left[1] : x >= right[0] ? right[1] : between(left, right, x);
    return Math.min(line, this.upperLid(x) - 2);
  }
}

function between([x0, y0], [x1, y1], x) {
  return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}
