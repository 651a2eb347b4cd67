// The latest scrapes, and what can be said of the time between them.

import { parseValue } from './exposition.js';

/** The longest time that anything looks back. */
const REMEMBERED_SECONDS = 60;

/**
 * Answers for now. Everything is null where the metric is missing, or nothing was recorded in the time asked about.
 * `match` are labels that a series must have.
 */
export class History {
  #scrapes = [];

  /**
   * Takes a scrape.
   * @param {number} time in seconds
   * @param {ReturnType<import('./exposition.js').parseExposition>} series
   */
  add(time, series) {
    this.#scrapes.push({ time, series });
    while (this.#scrapes[0].time < time - REMEMBERED_SECONDS) this.#scrapes.shift();
  }

  /** The sum over all series. */
  value(name, match = {}) {
    return sum(this.#latest, name, match);
  }

  /** The values of a label, sorted. */
  values(label, name) {
    const found = (this.#latest?.series.get(name) ?? []).map(({ labels }) => labels[label]).filter(Boolean);
    return [...new Set(found)].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  }

  /** How much a counter grew. */
  growth(name, seconds, match = {}) {
    const now = this.value(name, match);
    const start = this.#at(seconds);
    if (now === null || start === this.#latest) return null;
    const grown = now - (sum(start, name, match) ?? 0);
    return grown < 0 ? null : grown;  // The server was started again.
  }

  /** How much a counter grew a second. */
  rate(name, seconds = 5, match = {}) {
    const grown = this.growth(name, seconds, match);
    return grown === null ? null : grown / (this.#latest.time - this.#at(seconds).time);
  }

  /** The mean of what a histogram recorded. */
  mean(name, seconds = 10, match = {}) {
    const count = this.growth(`${name}_count`, seconds, match);
    return count ? this.growth(`${name}_sum`, seconds, match) / count : null;
  }

  /** The value below which a share of what a histogram recorded lies; within a bucket, along a straight line. */
  quantile(name, share, seconds = 10, match = {}) {
    const bounds = this.values('le', `${name}_bucket`).sort((a, b) => parseValue(a) - parseValue(b));
    const counts = bounds.map((le) => this.growth(`${name}_bucket`, seconds, { ...match, le }));
    const total = counts.at(-1);
    if (!total) return null;
    const rank = share * total;
    const index = counts.findIndex((count) => count >= rank);
    const [upper, lower] = [parseValue(bounds[index]), index > 0 ? parseValue(bounds[index - 1]) : 0];
    if (upper === Infinity) return lower;
    const below = index > 0 ? counts[index - 1] : 0;
    return lower + ((upper - lower) * (rank - below)) / (counts[index] - below);
  }

  get #latest() {
    return this.#scrapes.at(-1);
  }

  /** The scrape of `seconds` ago, or the oldest that there is. */
  #at(seconds) {
    const time = (this.#latest?.time ?? 0) - seconds;
    return this.#scrapes.findLast((one) => one.time <= time) ?? this.#scrapes[0];
  }
}

function sum(scrape, name, match) {
  const wanted = Object.entries(match);
  const found = (scrape?.series.get(name) ?? []).filter(
    ({ labels }) => wanted.every(([label, value]) => labels[label] === value));
  return found.length === 0 ? null : found.reduce((total, { value }) => total + value, 0);
}
