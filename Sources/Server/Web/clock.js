// The master clock: which sound leaves the loudspeaker at which moment of `performance.now()`.

/** About half a second of observations: long enough to outvote late callbacks, short enough to follow a real step. */
const WINDOW = 31;

/**
 * Relates the audio device's time to `performance.now()`, both in milliseconds.
 *
 * `AudioContext.getOutputTimestamp()` is exact most of the time, but a late audio callback makes single readings
 * wrong by several milliseconds. The difference of the two clocks is constant but for drift (parts per million), so
 * the median of the latest readings is the truth without the outliers.
 */
export class AudioClock {
  #offsets = [];
  #last = -1;
  #offset = null;

  /**
   * Takes a reading.
   * @param {{audioTime: number, performanceTime: number}} reading the sound at `audioTime` is heard at
   *   `performanceTime`.
   */
  observe({ audioTime, performanceTime }) {
    // Before the device has played anything, readings are zero; between two callbacks they repeat.
    if (!(performanceTime > 0) || !(audioTime > 0) || audioTime === this.#last) return;
    this.#last = audioTime;
    this.#offsets.push(audioTime - performanceTime);
    if (this.#offsets.length > WINDOW) this.#offsets.shift();
    this.#offset = median(this.#offsets);
  }

  /** Forgets everything: the device has stopped, or is another one. */
  reset() {
    this.#offsets = [];
    this.#offset = null;
    this.#last = -1;
  }

  /** False until the first reading. */
  get isRunning() {
    return this.#offset !== null;
  }

  /** The audio time that is heard at `performanceTime`. */
  audioTimeAt(performanceTime) {
    return performanceTime + this.#offset;
  }

  /** When `audioTime` is heard. */
  performanceTimeOf(audioTime) {
    return audioTime - this.#offset;
  }
}

/** The middle value, or the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
