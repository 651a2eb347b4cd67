// From one picture to what follows it, without a jump: an open mouth to the idle clip, one pose to another.

import { nextStamp } from './frame-stamp.js';

/** Short enough that the mouth is closed 150 ms after speech begins, long enough not to look like a cut. */
export const CLOSING_MS = 60;
/** Slow enough to look like a movement, short enough that two heads are hardly seen. */
export const POSE_MS = 280;

/** Mixes the last frame of what was shown with the frames that follow it. */
export class CrossFade {
  #from;
  #to = null;
  #startedAt = null;
  #over = false;
  #duration;

  /**
   * @param {VideoFrame} from owned by the fade from now on.
   * @param {number} duration in milliseconds.
   */
  constructor(from, duration) {
    this.#from = from;
    this.#duration = duration;
  }

  /**
   * The next picture.
   * @param {VideoFrame | null} frame a new frame of what follows, if there is one; taken over.
   * @param {number} time of the animation frame.
   * @returns {VideoFrame | null} null while there is no such frame yet: the last picture stays.
   */
  next(frame, time) {
    if (frame) {
      this.#to?.close();
      this.#to = frame;
    }
    if (!this.#to) return null;
    // The first picture is a fifth of the closing further on: at 0 nothing would be seen to happen.
    this.#startedAt ??= time - CLOSING_MS / 5;
    const elapsed = (time - this.#startedAt) / this.#duration;
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
