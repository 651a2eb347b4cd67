// From the open mouth of an interrupted utterance to the idle clip, without a jump.

import { nextStamp } from './frame-stamp.js';

/** Short enough that the mouth is closed 150 ms after speech begins, long enough not to look like a cut. */
const DURATION_MS = 60;

/** Mixes the last frame of an utterance with the idle frames that follow it. */
export class CrossFade {
  #from;
  #to = null;
  #startedAt = null;
  #over = false;

  /** @param {VideoFrame} from owned by the fade from now on. */
  constructor(from) {
    this.#from = from;
  }

  /**
   * The next picture.
   * @param {VideoFrame | null} idle a new idle frame if there is one; taken over.
   * @param {number} time of the animation frame.
   * @returns {VideoFrame | null} null while there is no idle frame yet: the last picture stays.
   */
  next(idle, time) {
    if (idle) {
      this.#to?.close();
      this.#to = idle;
    }
    if (!this.#to) return null;
    this.#startedAt ??= time - DURATION_MS / 5;
    const elapsed = (time - this.#startedAt) / DURATION_MS;
    if (elapsed >= 1) {
      this.#over = true;
      this.#from.close();
      return this.#to;
    }
        // Fast at first: the mouth has closed long before the last trace of it is gone.
    return this.#mix(1 - (1 - elapsed) ** 2);
  }

  get isOver() {
    return this.#over;
  }

  /** Gives it up. */
  close() {
    this.#from.close();
    if (!this.#over) this.#to?.close();
  }

  #mix(progress) {
    const { displayWidth, displayHeight } = this.#to;
    const canvas = new OffscreenCanvas(displayWidth, displayHeight);
    const context = canvas.getContext('2d', { alpha: false });
    context.drawImage(this.#from, 0, 0);
    context.globalAlpha = progress;
    context.drawImage(this.#to, 0, 0);
    return new VideoFrame(canvas, { timestamp: nextStamp() });
  }
}
