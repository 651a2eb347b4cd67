// Decoded frames that wait for their moment.

/**
 * Frames in order of their PTS. Each is a `VideoFrame` or anything else with `close()`; the queue owns it until it
 * is taken.
 */
export class FrameQueue {
  #entries = [];
  #dropped = 0;

  /** @param {number} pts in any unit, the same as that of `takeDue`. */
  add(pts, frame, detail) {
    this.#entries.push({ pts, frame, detail });
  }

  /**
   * The newest frame whose PTS is not after `limit`; older ones are too late and dropped.
   * @returns {{pts: number, frame: VideoFrame, detail: any} | null}
   */
  takeDue(limit) {
    let due = null;
    while (this.#entries.length > 0 && this.#entries[0].pts <= limit) {
      if (due) {
        due.frame.close();
        this.#dropped += 1;
      }
      due = this.#entries.shift();
    }
    return due;
  }

  /** Throws all frames away; they do not count as dropped. */
  clear() {
    for (const { frame } of this.#entries) frame.close();
    this.#entries = [];
  }

  get length() {
    return this.#entries.length;
  }

  /** Frames that were never shown because they were late. */
  get dropped() {
    return this.#dropped;
  }
}
