// How far sound and picture are apart, measured at the display.

/** Two minutes of speech. */
const REMEMBERED = 3000;
/** What the statistics overlay speaks about: the last ten seconds. */
const RECENT = 250;
/** The server is told every three seconds of speech. */
const REPORTED = 75;
/** What the protocol takes. */
const LARGEST_MS = 10_000;

/**
 * Skew is the PTS heard at a frame's `expectedDisplayTime` minus the frame's own PTS, in milliseconds; positive when
 * the picture is late.
 */
export class SkewMeter {
  #samples = [];
  #unreported = [];

  /** @param {{displayTime: number, pts: number, skew: number, responseId: string}} sample */
  add(sample) {
    this.#samples.push(sample);
    if (this.#samples.length > REMEMBERED) this.#samples.shift();
    this.#unreported.push(Math.round(Math.max(-LARGEST_MS, Math.min(LARGEST_MS, sample.skew)) * 10) / 10);
  }

  /** True when there is enough to tell the server. */
  get reportIsDue() {
    return this.#unreported.length >= REPORTED;
  }

  /** The skew of each frame since the last report, in milliseconds, as the server takes it. */
  takeReport() {
    return this.#unreported.splice(0);
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
