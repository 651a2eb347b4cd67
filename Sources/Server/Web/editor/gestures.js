// What pointers do on the photo: drag a point, or the whole face, or the photo; two fingers and the wheel zoom.

import { mapped } from './landmarks.js';
import { boxCorners } from './drawing.js';
import { NAMES } from './points.js';

/** How near a pointer must be to grab something, in CSS pixels. */
const REACH = { mouse: 14, pen: 18, touch: 30 };

/** Drags a point by as much as the pointer moves: what a finger covers may be placed beside it. */
export function draggingPoint(board, name, from) {
  const { face, view } = board;
  const start = face.landmarks.places[name];
  let continues = false;
  return {
    isPlacing: true,
    move: ([x, y]) => {
      const by = [x - from[0], y - from[1]].map((one) => one / view.scale);
      face.move(name, [start[0] + by[0], start[1] + by[1]], continues);
      continues = true;
    },
  };
}

/** Moves the whole face along. */
export function draggingFace(board, from) {
  const { view } = board;
  return reshaping(board, ([x, y]) => {
    const by = [x - from[0], y - from[1]].map((one) => one / view.scale);
    return (place) => [place[0] + by[0], place[1] + by[1]];
  });
}

/** Makes the face larger or smaller and turns it, about its middle, as one of its corners goes. */
export function draggingCorner(board, from) {
  const { view, face } = board;
  const corners = boxCorners(view, face.landmarks);
  const middle = view.toPicture([0, 1].map((axis) => (corners[0][axis] + corners[2][axis]) / 2));
  const arm = (at) => view.toPicture(at).map((one, axis) => one - middle[axis]);
  const [x0, y0] = arm(from);
  return reshaping(board, (at) => {
    const [x1, y1] = arm(at);
    // The quotient of both arms as complex numbers: how much longer, and how far turned.
    const length = x0 * x0 + y0 * y0;
    return similarity(middle, (x1 * x0 + y1 * y0) / length, (y1 * x0 - x1 * y0) / length);
  });
}

/** What multiplies by a complex number about `middle`. */
export function similarity([middleX, middleY], real, imaginary = 0) {
  return ([x, y]) => [
    middleX + real * (x - middleX) - imaginary * (y - middleY),
    middleY + imaginary * (x - middleX) + real * (y - middleY),
  ];
}

function reshaping({ face }, transformTo) {
  const start = face.landmarks;
  let continues = false;
  return {
    isPlacing: false,
    move: (at) => {
      face.replace(mapped(start, transformTo(at)), continues);
      continues = true;
    },
  };
}

/** Moves the photo. */
export function panning(board, from) {
  let last = from;
  return {
    isPlacing: false,
    move: (at) => {
      board.show(board.view.panned(at[0] - last[0], at[1] - last[1]));
      last = at;
    },
  };
}

/** Zooms and moves the photo with two fingers: what was between them stays there. */
export function pinching(board, [first, second]) {
  let last = [first, second];
  const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const span = ([a, b]) => Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1]));
  return {
    isPlacing: false,
    moveBoth: (both) => {
      const [before, now] = [middle(last), middle(both)];
      board.show(board.view.panned(now[0] - before[0], now[1] - before[1]).zoomed(span(both) / span(last), now));
      last = both;
    },
  };
}

/** What somebody who presses at a place of the screen takes hold of. */
export function grabbed(board, at, pointerType) {
  const { face, view, isWhole } = board;
  const reach = REACH[pointerType] ?? REACH.mouse;
  const distance = (place) => Math.hypot(place[0] - at[0], place[1] - at[1]);
  if (!face.landmarks) return panning(board, at);
  if (isWhole) {
    const corners = boxCorners(view, face.landmarks);
    if (corners.some((corner) => distance(corner) <= reach)) return draggingCorner(board, at);
    const [[left, top], , [right, bottom]] = corners;
    const isInside = at[0] > left && at[0] < right && at[1] > top && at[1] < bottom;
    return isInside ? draggingFace(board, at) : panning(board, at);
  }
  const distances = NAMES.map((name) => ({ name, away: distance(view.toScreen(face.landmarks.places[name])) }));
  const nearest = distances.reduce((best, one) => (one.away < best.away ? one : best));
  if (nearest.away > reach) return panning(board, at);
  face.select(nearest.name);
  return draggingPoint(board, nearest.name, at);
}
