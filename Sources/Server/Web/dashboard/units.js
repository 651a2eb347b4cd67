// Numbers as people read them.

import { t } from '../language.js';

const PREFIXES = ['', 'k', 'M', 'G', 'T'];

/** Three digits that matter. */
function digits(value) {
  const magnitude = Math.abs(value);
  const decimals = magnitude === 0 || magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2;
  return String(Number(value.toFixed(decimals)));
}

function scaled(value, base, unit) {
  let [rest, index] = [value, 0];
  while (Math.abs(rest) >= base && index < PREFIXES.length - 1) [rest, index] = [rest / base, index + 1];
  return `${digits(rest)} ${PREFIXES[index]}${unit}`;
}

export const plain = (value) => digits(value);
export const percent = (value) => t('{number} %', { number: digits(value * 100) });
export const seconds = (value) => (Math.abs(value) >= 1 ? `${digits(value)} s` : `${digits(value * 1000)} ms`);
export const bytes = (value) => scaled(value, 1024, 'B');
export const bytesPerSecond = (value) => `${scaled(value, 1000, 'B')}/s`;

/** The smallest of 1, 2, 2.5, 5, 10, 20, … that is not below `value`, and not below `least`. */
export function niceCeiling(value, least = 0) {
  const wanted = Math.max(value, least);
  if (wanted <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((one) => one >= wanted * (1 - 1e-9));
}
