// Which refresh of the display a frame must be written for.

import { median } from './clock.js';

/** The refresh period is constant: half a second of it is a good estimate. */
const PERIODS = 31;
/**
 * The delay is constant too, but after a stall Chromium may settle on one that differs by a refresh or two. So few
 * frames (a third of a second) follow that soon, and still outvote single late ones.
 */
const DELAYS = 9;

/**
 * Knows the display's refresh period, and how long a frame that is written in an animation frame takes to the
 * display. Both are measured: the first by `requestAnimationFrame`, the second by `requestVideoFrameCallback`.
 */
export class Pacer {
  #periods = [];
  #delays = [];
  #lastRefresh = null;
  #period = 1000 / 60;
  // Chromium's path from a track to the display is two refreshes long; the first measured frame corrects it.
  #delay = 2000 / 60;

  /** Takes the time of an animation frame. */
  refreshed(time) {
    const elapsed = this.#lastRefresh === null ? 0 : time - this.#lastRefresh;
    this.#lastRefresh = time;
    // Pauses (a hidden page) and repeated calls tell nothing about the period.
    if (elapsed < 2 || elapsed > 100) return;
    this.#period = remember(this.#periods, elapsed, PERIODS);
  }

  /** Takes the outcome of a frame that was written in the animation frame of `writtenAt`. */
  presented(writtenAt, displayTime) {
    const delay = displayTime - writtenAt;
    if (Math.abs(delay) > 200) return;
    this.#delay = remember(this.#delays, delay, DELAYS);
  }

  /** When a frame that is written in the animation frame of `time` is on the display. */
  displayTime(time) {
    return time + this.#delay;
  }

  /**
   * A frame that is due before this belongs into the animation frame of `time`: it is nearer to that refresh than to
   * the one after it.
   */
  horizon(time) {
    return this.displayTime(time) + this.#period / 2;
  }

  /** The moment nearest to `time` at which a written frame reaches the display. */
  nearestRefresh(time) {
    if (this.#lastRefresh === null) return time;
    const origin = this.displayTime(this.#lastRefresh);
    return origin + Math.round((time - origin) / this.#period) * this.#period;
  }

  /** Milliseconds between two refreshes of the display. */
  get period() {
    return this.#period;
  }

  /** Milliseconds from an animation frame to the display of what was written in it. */
  get delay() {
    return this.#delay;
  }
}

function remember(values, value, limit) {
  values.push(value);
  if (values.length > limit) values.shift();
  return median(values);
}
