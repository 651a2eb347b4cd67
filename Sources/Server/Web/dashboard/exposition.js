// Prometheus's text format, version 0.0.4, read.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPES = { n: '\n', '\\': '\\', '"': '"' };

/**
 * Reads a scrape.
 * @param {string} text
 * @returns {Map<string, {labels: Object<string, string>, value: number}[]>} the series of each name. What cannot be
 *   read is left out.
 */
export function parseExposition(text) {
  const series = new Map();
  for (const line of text.split('\n')) {
    const match = line.startsWith('#') ? null : LINE.exec(line);
    if (!match) continue;
    const [, name, labels = '', value] = match;
    if (!series.has(name)) series.set(name, []);
    series.get(name).push({ labels: parseLabels(labels), value: parseValue(value) });
  }
  return series;
}

/** `+Inf`, `-Inf`, `NaN` and plain numbers, as they are written for values and for the bounds of buckets. */
export function parseValue(text) {
  return Number(text.replace('Inf', 'Infinity'));
}

function parseLabels(text) {
  return Object.fromEntries([...text.matchAll(LABEL)].map(([, name, value]) => [name, unescape(value)]));
}

function unescape(text) {
  return text.replace(/\\(.)/g, (_, letter) => ESCAPES[letter] ?? letter);
}
