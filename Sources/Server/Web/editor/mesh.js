// The patches of a face that the preview warps: rows along its lines, cut apart where the lips meet.

import { upright } from './landmarks.js';
import { Proportions } from './proportions.js';
import { REST, pulls } from './pulls.js';

const between = (a, b, share) => a + (b - a) * share;

/** From the top to the bottom; the seam is there twice. */
const ROWS = [
  { y: (face) => face.region.top },
  { y: (face) => face.headTop },
  { y: (face, x) => between(face.headTop, face.browLine(x), 0.6) },
  { y: (face, x) => face.browLine(x) },
  { y: (face, x) => between(face.upperLid(x), face.browLine(x), 0.4), lids: 0.4 },
  { y: (face, x) => face.upperLid(x), lids: 0.95 },
  { y: (face, x) => face.lowerLid(x), lids: -0.04 },
  { y: (face, x) => between(face.lowerLid(x), face.nose, 0.5) },
  { y: (face) => face.nose },
  { y: (face, x) => between(face.nose, face.upperLip(x), 0.55) },
  { y: (face, x) => face.upperLip(x) },
  { y: (face, x) => between(face.upperLip(x), face.lipLine(x), 0.55) },
  { y: (face, x) => face.lipLine(x) },
  { y: (face, x) => face.lipLine(x), isBelowLips: true },
  { y: (face, x) => between(face.lipLine(x), face.lowerLip(x), 0.45), isBelowLips: true },
  { y: (face, x) => face.lowerLip(x), isBelowLips: true },
  { y: (face, x) => between(face.lowerLip(x), face.chin, 0.3), isBelowLips: true },
  { y: (face, x) => between(face.lowerLip(x), face.chin, 0.65), isBelowLips: true },
  { y: (face) => face.chin, isBelowLips: true },
  { y: (face) => between(face.chin, face.region.bottom, 0.3), isBelowLips: true },
  { y: (face) => between(face.chin, face.region.bottom, 0.65), isBelowLips: true },
  { y: (face) => face.region.bottom, isBelowLips: true },
].map((row) => ({ isBelowLips: false, lids: 0, ...row }));

const COLUMNS_IN_THE_MOUTH = 16;
const COLUMNS_ASIDE = 10;

export class Mesh {
  /** Corners at rest, row by row, in pixels of the picture: x, y, x, y… */
  places;
  /** Numbers of corners, three for each triangle. */
  triangles;
  /** The face that it was made for, and the way back into the picture. */
  face;
  back;
  #corners;

  /** @param {import('./landmarks.js').Landmarks} landmarks without flaws */
  constructor(landmarks) {
    const { landmarks: straight, back } = upright(landmarks);
    this.face = new Proportions(straight);
    this.back = back;
    const columns = columnsOf(this.face);
    this.#corners = ROWS.flatMap((row) => columns.map((x) => {
      const place = [x, row.y(this.face, x)];
      return { place, pull: Object.entries(pulls(this.face, place, row)) };
    }));
    this.places = this.posed(REST);
    this.triangles = trianglesOf(ROWS.length, columns.length);
  }

  /** Where the corners are when `controls` pull. @param {import('./pulls.js').Controls} controls */
  posed(controls) {
    const places = new Float32Array(2 * this.#corners.length);
    this.#corners.forEach(({ place, pull }, corner) => {
      let [x, y] = place;
      for (const [control, [dx, dy]] of pull) {
        x += controls[control] * dx;
        y += controls[control] * dy;
      }
      places.set(this.back([x, y]), 2 * corner);
    });
    return places;
  }
}

/** Even in the mouth, and from its corners to both edges wider and wider. */
function columnsOf({ mouth, region }) {
  const aside = Array.from({ length: COLUMNS_ASIDE }, (_, step) => ((step + 1) / COLUMNS_ASIDE) ** 1.3);
  const inside = Array.from({ length: COLUMNS_IN_THE_MOUTH + 1 }, (_, step) => (
    between(mouth.left[0], mouth.right[0], step / COLUMNS_IN_THE_MOUTH)));
  return [
    ...aside.map((share) => between(mouth.left[0], region.left, share)).reverse(), ...inside,
    ...aside.map((share) => between(mouth.right[0], region.right, share)),
  ];
}

function trianglesOf(rows, columns) {
  const numbers = [];
  for (let row = 0; row + 1 < rows; row += 1) {
    // Between the two rows of the seam is what the open mouth shows.
    if (ROWS[row + 1].isBelowLips && !ROWS[row].isBelowLips) continue;
    for (let column = 0; column + 1 < columns; column += 1) {
      const first = row * columns + column;
      numbers.push(first, first + 1, first + columns, first + 1, first + columns + 1, first + columns);
    }
  }
  return new Uint16Array(numbers);
}
