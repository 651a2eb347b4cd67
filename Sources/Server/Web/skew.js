// How far sound and picture are apart, measured at the display.

/** Two minutes of speech. */
const REMEMBERED = 3000;
/** What the statistics overlay speaks about: the last ten seconds. */
const RECENT = 250;

/**
 * Skew is the PTS heard at a frame's `expectedDisplayTime` minus the frame's own PTS, in milliseconds; positive when
 * the picture is late.
 */
export class SkewMeter {
  #samples = [];

  /** @param {{displayTime: number, pts: number, skew: number, responseId: string}} sample */
  add(sample) {
    this.#samples.push(sample);
    if (this.#samples.length > REMEMBERED) this.#samples.shift();
  }

  /** All samples that are remembered, oldest first. */
  get samples() {
    return this.#samples;
  }

  /** Mean and 95th percentile of the magnitude over the latest samples; null before the first. */
  get recent() {
    if (this.#samples.length === 0) return null;
    const skews = this.#samples.slice(-RECENT).map(({ skew }) => skew);
    const magnitudes = skews.map(Math.abs).sort((a, b) => a - b);
    return {
      mean: skews.reduce((sum, skew) => sum + skew, 0) / skews.length,
      p95: magnitudes[Math.min(magnitudes.length - 1, Math.floor(magnitudes.length * 0.95))],
    };
  }
}
