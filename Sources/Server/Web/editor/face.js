// The face in the making: its landmarks, which of them is selected, and the steps back.

import { flaws } from './flaws.js';
import { moved } from './landmarks.js';
import { NAMES } from './points.js';

/** Events: `change` when places are others, `select` when another point is selected. */
export class Face extends EventTarget {
  /** @type {?import('./landmarks.js').Landmarks} null until there is a photo */
  landmarks = null;
  /** Of the photo, in pixels. */
  size = { width: 0, height: 0 };
  selected = NAMES[0];
  /** See `flaws`. */
  flaws = [];
  /** Whether there is nothing that would be lost with the page. */
  isSaved = true;
  #past = [];

  /** Another face, in another photo. */
  start(landmarks, size) {
    this.size = size;
    this.#past = [];
    this.#show(landmarks);
    this.isSaved = true;
    this.select(NAMES[0]);
  }

  /** No face, until another one starts. */
  clear() {
    this.landmarks = null;
    this.flaws = [];
    this.isSaved = true;
    this.dispatchEvent(new Event('change'));
  }

  select(name) {
    this.selected = name;
    this.dispatchEvent(new Event('select'));
  }

  /** Selects the point `by` places further on. Returns false if there is none. */
  step(by) {
    const next = NAMES[NAMES.indexOf(this.selected) + by];
    if (!next) return false;
    this.select(next);
    return true;
  }

  /** Moves a point, as far as the picture goes. @param {boolean} continues true if it is one step with the move before */
  move(name, [x, y], continues = false) {
    const { width, height } = this.size;
    const place = [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
    this.replace(moved(this.landmarks, name, place), continues);
  }

  /** Places all points anew. */
  replace(landmarks, continues = false) {
    if (!continues) this.#past.push(this.landmarks);
    this.isSaved = false;
    this.#show(landmarks);
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  undo() {
    if (!this.canUndo) return;
    this.isSaved = false;
    this.#show(this.#past.pop());
  }

  /** Whether a point is part of something impossible. */
  isFlawed(name) {
    return this.flaws.some(({ points }) => points.includes(name));
  }

  #show(landmarks) {
    this.landmarks = landmarks;
    this.flaws = flaws(landmarks, this.size.width, this.size.height);
    this.dispatchEvent(new Event('change'));
  }
}
