// A small drawing of where a point is: part of a face, and a dot.

import { curves } from './curves.js';
import { TEMPLATE } from './template.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Middle and height of what is drawn for a point, in the template's units. */
const CROPS = {
  left_eye: [-16.5, -33, 22], right_eye: [16.5, -33, 22], left_brow: [-16.5, -36, 26], right_brow: [16.5, -36, 26],
  nose: [0, -4, 40], mouth: [0, 8, 32], head: [0, -18, 112],
};

/** @param {string} name of a point @param {string} group that it belongs to @returns {SVGElement} */
export function sketch(name, group) {
  const [x, y, height] = CROPS[/^(left|right)_(eye|brow)/.exec(name)?.[0] ?? group];
  const picture = element('svg', {
    class: 'sketch', viewBox: `${x - height / 2} ${y - height / 2} ${height} ${height}`, 'aria-hidden': 'true',
  });
  // The outline would cross what is drawn large.
  const seen = curves(TEMPLATE).filter((curve) => curve.group !== 'head' || group === 'head');
  const lines = seen.map(({ line }) => `M${line.map((place) => place.map((one) => one.toFixed(2))).join('L')}`);
  const [dotX, dotY] = TEMPLATE.places[name];
  picture.append(
    element('path', { d: lines.join('') }), element('circle', { cx: dotX, cy: dotY, r: height / 11 }));
  return picture;
}

function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
