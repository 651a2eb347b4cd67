// Landmarks: a place for every point, and where the lips meet between the corners of the mouth.

import { NAMES } from './points.js';

/**
 * @typedef {[number, number]} Place in pixels of the picture, pixel centres at .5
 * @typedef {{places: Object<string, Place>, lipCurve: Place[]}} Landmarks
 */

/** A file of landmarks, or the answer of a detector. @throws {LandmarksError} @returns {Landmarks} */
export function parse(value) {
  const places = Object.fromEntries(NAMES.map((name) => [name, place(value?.[name], name)]));
  const curve = value.lip_curve ?? [];
  if (!Array.isArray(curve)) throw new LandmarksError('lip_curve');
  return { places, lipCurve: curve.map((one) => place(one, 'lip_curve')) };
}

function place(value, name) {
  const isPlace = Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
  if (!isPlace) throw new LandmarksError(name);
  return [...value];
}

/** Says which point is missing, or is no `[x, y]`. */
export class LandmarksError extends Error {
  constructor(point) {
    super(`${point} is not [x, y]`);
    this.point = point;
  }
}

/** As files have them: with a tenth of a pixel. */
export function written({ places, lipCurve }) {
  const tenths = (one) => one.map((value) => Math.round(value * 10) / 10);
  const file = Object.fromEntries(NAMES.map((name) => [name, tenths(places[name])]));
  return lipCurve.length === 0 ? file : { ...file, lip_curve: lipCurve.map(tenths) };
}

/** All places as `transform` moves them. */
export function mapped({ places, lipCurve }, transform) {
  return {
    places: Object.fromEntries(NAMES.map((name) => [name, transform(places[name])])),
    lipCurve: lipCurve.map(transform),
  };
}

/**
 * One point somewhere else. The line between the lips goes along with what it runs through: all of the way there, none
 * at the next of its three points.
 */
export function moved({ places, lipCurve }, name, to) {
  const from = places[name];
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const [left, middle, right] = ['mouth_left', 'lip_line', 'mouth_right'].map((one) => places[one][0]);
  const weight = {
    mouth_left: (x) => share(x, middle, left),
    lip_line: (x) => (x < middle ? share(x, left, middle) : share(x, right, middle)),
    mouth_right: (x) => share(x, middle, right),
  }[name] ?? (() => 0);
  return {
    places: { ...places, [name]: to },
    lipCurve: lipCurve.map(([x, y]) => [x + dx * weight(x), y + dy * weight(x)]),
  };
}

/** 0 up to `none`, 1 from `all` on, straight between. */
function share(x, none, all) {
  return Math.min(1, Math.max(0, (x - none) / (all - none)));
}

/** How far the head leans: radians, clockwise on the screen. */
export function roll({ places }) {
  const way = [0, 1].map((axis) => (
    places.right_eye_outer[axis] + places.right_eye_inner[axis]
    - places.left_eye_outer[axis] - places.left_eye_inner[axis]));
  return Math.atan2(way[1], way[0]);
}

/** What turns places by `angle` about `center`. */
export function turning([centerX, centerY], angle) {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  return ([x, y]) => [
    centerX + cosine * (x - centerX) - sine * (y - centerY),
    centerY + sine * (x - centerX) + cosine * (y - centerY),
  ];
}

/** The face held upright, and the way back into the picture. */
export function upright(landmarks) {
  const lean = roll(landmarks);
  const center = landmarks.places.lip_line;
  return { landmarks: mapped(landmarks, turning(center, -lean)), back: turning(center, lean) };
}

/** The smallest box around the face. */
export function bounds({ places }) {
  const [xs, ys] = [0, 1].map((axis) => NAMES.map((name) => places[name][axis]));
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
