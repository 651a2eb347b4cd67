// The lines of a face through its landmarks: what is seen to be wrong if a point is.

import { upright } from './landmarks.js';
import { Proportions } from './proportions.js';

const STEPS = 24;
/** How much wider a head is at the temples than the face is at the mouth. */
const TEMPLES = 1.3;

/**
 * Lines of places in the picture, by the group of points that they belong to.
 * @param {import('./landmarks.js').Landmarks} landmarks
 * @returns {{group: string, line: import('./landmarks.js').Place[]}[]}
 */
export function curves(landmarks) {
  const { landmarks: straight, back } = upright(landmarks);
  const face = new Proportions(straight);
  const { places } = straight;
  const over = (from, to, y) => steps().map((share) => {
    const x = from + (to - from) * share;
    return [x, y(x)];
  });
  const mouth = (y) => over(face.mouth.left[0], face.mouth.right[0], y);
  const eyes = [face.leftEye, face.rightEye].flatMap(({ first, last }) => [
    over(first[0], last[0], (x) => face.upperLid(x)), over(first[0], last[0], (x) => face.lowerLid(x)),
  ]);
  const reach = 0.55 * (face.leftEye.last[0] - face.leftEye.first[0]);
  const brows = face.brows.map(([x, y]) => (
    over(x - reach, x + reach, (at) => y + 0.25 * reach * ((at - x) / reach) ** 2)));
  const nose = over(places.nose[0] - 0.4 * face.mouthHalf, places.nose[0] + 0.4 * face.mouthHalf, (x) => (
    face.nose - 0.5 * face.mouthHalf * ((x - places.nose[0]) / face.mouthHalf) ** 2));
  const lips = [mouth((x) => face.upperLip(x)), mouth((x) => face.lipLine(x)), mouth((x) => face.lowerLip(x))];
  const { jaw_left: left, jaw_right: right, chin, head_top: top } = places;
  const jaw = [...quarter(left, chin), ...quarter(right, chin).reverse()];
  const grouped = { eyes, brows, nose: [nose], mouth: lips, head: [jaw, head(face, left, right, top)] };
  return Object.entries(grouped).flatMap(([group, lines]) => (
    lines.map((line) => ({ group, line: line.map(back) }))));
}

/** From the jaw past the temples, as high as the eyes, over the top of the head. */
function head(face, left, right, top) {
  const eyes = (face.leftEye.first[1] + face.rightEye.last[1]) / 2;
  const half = ([x, y]) => {
    const temple = [face.middle + TEMPLES * (x - face.middle), eyes];
    const cheek = steps().map((share) => [
      temple[0] + (x - temple[0]) * (1 - share) ** 2, y + (eyes - y) * share]);
    return [...cheek, ...quarter(temple, top)];
  };
  return [...half(left), ...half(right).reverse()];
}

/** A quarter of an ellipse that leaves `side` upright and reaches `end` level. */
function quarter(side, end) {
  return steps().map((share) => {
    const angle = share * Math.PI / 2;
    return [end[0] + (side[0] - end[0]) * Math.cos(angle), side[1] + (end[1] - side[1]) * Math.sin(angle)];
  });
}

function steps() {
  return Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
}
