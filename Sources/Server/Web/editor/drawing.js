// What is seen on the photo: the lines of the face, its points, and the box around it when it is moved as a whole.

import { curves } from './curves.js';
import { bounds } from './landmarks.js';
import { POINTS, GROUPS, NAMES } from './points.js';

// On photos by day and by night alike.
const LIGHT = 'rgb(255 255 255 / 85%)';
const DARK = 'rgb(0 0 0 / 55%)';
const SELECTED = '#a79fff';
const FLAWED = '#ff5c6c';
const LOUPE_RADIUS = 68;
const LOUPE_MARGIN = 12;
/** CSS pixels for a pixel of the picture, at least. */
const LOUPE_SCALE = 4;

/** The group of a point. */
const GROUP = Object.fromEntries(
  POINTS.map(({ name }) => [name, GROUPS.find(({ points }) => points.some((one) => one.name === name)).id]));

/** The photo with everything on it. @param {CanvasRenderingContext2D} context @param {boolean} isWhole moved as a whole */
export function drawBoard(context, photo, view, face, isWhole) {
  drawPhoto(context, photo, view);
  if (!face.landmarks) return;
  drawLines(context, view, face, isWhole ? null : GROUP[face.selected]);
  if (isWhole) drawBox(context, view, face);
  for (const name of NAMES) if (isWhole || name !== face.selected) drawPoint(context, view, face, name, false);
  if (!isWhole) drawPoint(context, view, face, face.selected, true);
}

/** What is around the selected point, enlarged: in the corner that it is not in. */
export function drawLoupe(context, photo, view, face) {
  const place = face.landmarks.places[face.selected];
  const scale = Math.max(LOUPE_SCALE, 2.5 * view.scale);
  const [x, y] = view.toScreen(place);
  const side = 2 * LOUPE_RADIUS + LOUPE_MARGIN;
  const isBehind = x < side + 30 && y < side + 30;
  const center = [isBehind ? view.screen.width - LOUPE_MARGIN - LOUPE_RADIUS : LOUPE_MARGIN + LOUPE_RADIUS,
    LOUPE_MARGIN + LOUPE_RADIUS];
  const inside = {
    scale, screen: view.screen, picture: view.picture,
    toScreen: (one) => [0, 1].map((axis) => center[axis] + scale * (one[axis] - place[axis])),
  };
  [inside.x, inside.y] = inside.toScreen([0, 0]);
  context.save();
  context.beginPath();
  context.arc(...center, LOUPE_RADIUS, 0, 2 * Math.PI);
  context.fillStyle = '#000';
  context.fill();
  context.clip();
  drawPhoto(context, photo, inside);
  drawLines(context, inside, face, GROUP[face.selected]);
  context.restore();
  stroke(context, [circle(center, LOUPE_RADIUS)], LIGHT, 2);
  const cross = [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([dx, dy]) => (
    through([[center[0] + 4 * dx, center[1] + 4 * dy], [center[0] + 16 * dx, center[1] + 16 * dy]])));
  stroke(context, cross, DARK, 4);
  stroke(context, cross, SELECTED, 2);
}

/** The corners of the box around the face, on the screen. */
export function boxCorners(view, landmarks) {
  const { left, right, top, bottom } = bounds(landmarks);
  return [[left, top], [right, top], [right, bottom], [left, bottom]].map((place) => view.toScreen(place));
}

function drawPhoto(context, photo, { x, y, scale }) {
  // Large enough to be counted, pixels are shown as they are.
  context.imageSmoothingEnabled = scale < LOUPE_SCALE;
  context.imageSmoothingQuality = 'high';
  context.drawImage(photo.bitmap, x, y, scale * photo.size.width, scale * photo.size.height);
}

function drawLines(context, view, face, selectedGroup) {
  const paths = curves(face.landmarks).map(({ group, line }) => ({ group, path: through(line.map(view.toScreen, view)) }));
  stroke(context, paths.map(({ path }) => path), DARK, 2.5);
  for (const { group, path } of paths) stroke(context, [path], group === selectedGroup ? SELECTED : LIGHT, 1.2);
}

function drawPoint(context, view, face, name, isSelected) {
  const place = view.toScreen(face.landmarks.places[name]);
  const isFlawed = face.isFlawed(name);
  if (isSelected) {
    // Hollow, so that what it lies on is seen.
    stroke(context, [circle(place, 8)], DARK, 5);
    stroke(context, [circle(place, 8)], isFlawed ? FLAWED : SELECTED, 2.5);
  }
  context.fillStyle = isFlawed ? FLAWED : isSelected ? SELECTED : '#fff';
  context.fill(circle(place, isSelected ? 2 : 3.5));
  if (!isSelected) stroke(context, [circle(place, 3.5)], DARK, 1.2);
}

function drawBox(context, view, { landmarks }) {
  const corners = boxCorners(view, landmarks);
  const box = through([...corners, corners[0]]);
  stroke(context, [box], DARK, 3);
  stroke(context, [box], SELECTED, 1.5);
  for (const corner of corners) {
    context.fillStyle = '#fff';
    context.fill(circle(corner, 8));
    stroke(context, [circle(corner, 8)], SELECTED, 2.5);
  }
}

function stroke(context, paths, style, width) {
  context.strokeStyle = style;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const path of paths) context.stroke(path);
}

function circle([x, y], radius) {
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  return path;
}

function through(places) {
  const path = new Path2D();
  for (const place of places) path.lineTo(...place);
  return path;
}
