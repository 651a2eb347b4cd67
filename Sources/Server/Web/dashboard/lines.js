// Lines over time, as SVG: it takes its colours from the style sheet, by day and by night.

import { t } from '../language.js';

const HEIGHT = 132;
const TOP = 8;
/** Below the lines stand the times. */
const FLOOR = HEIGHT - 20;
const LEFT = 2;

/**
 * Draws lines into a picture; where a value is null, a line has a gap. The first line that is not dashed has its area
 * shaded.
 * @param {SVGSVGElement} picture
 * @param {{tone: string, isDashed: boolean, values: [number, ?number][]}[]} lines time and value, oldest first
 * @param {{now: number, seconds: number, ceiling: number, format: (value: number) => string, marked: ?number}} scale
 *   the time at the right edge and how much of the past there is, the value at the top, and a time to be marked
 */
export function drawLines(picture, lines, { now, seconds, ceiling, format, marked }) {
  const width = Math.max(200, picture.clientWidth);
  const right = width - LEFT;
  const x = (time) => LEFT + (1 - (now - time) / seconds) * (right - LEFT);
  const y = (value) => FLOOR - (Math.min(value, ceiling) / ceiling) * (FLOOR - TOP);
  const shaded = lines.find(({ isDashed }) => !isDashed);
  picture.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  picture.replaceChildren(
    ...[0, 0.5, 1].flatMap((share) => rule(LEFT, right, y(ceiling * share), share > 0 ? format(ceiling * share) : '')),
    ...times(now, seconds, right, x),
    ...lines.toReversed().flatMap((line) => {
      const runs = unbroken(line.values).map((run) => run.map(([time, value]) => [x(time), y(value)]));
      return line === shaded ? [area(runs, line), stroke(runs, line)] : [stroke(runs, line)];
    }),
    ...(marked === null ? [] : mark(marked, lines, x, y)));
}

/** The values without the gaps. */
function unbroken(values) {
  const runs = [[]];
  for (const point of values) {
    if (point[1] !== null) runs.at(-1).push(point);
    else if (runs.at(-1).length > 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

function stroke(runs, { tone, isDashed }) {
  // A single point is a line of no length, which the round cap makes a dot.
  const path = runs.map((run) => `M${joined(run.length > 1 ? run : [run[0], run[0]])}`).join('');
  return element('path', { class: isDashed ? 'line is-dashed' : 'line', 'data-tone': tone, d: path });
}

function area(runs, { tone }) {
  const path = runs.map((run) => `M${joined([[run[0][0], FLOOR], ...run, [run.at(-1)[0], FLOOR]])}Z`).join('');
  return element('path', { class: 'area', 'data-tone': tone, d: path });
}

function joined(points) {
  return points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
}

function rule(left, right, height, text) {
  const line = element('line', { class: 'rule', x1: left, x2: right, y1: height, y2: height });
  return text ? [line, label(left, height + 11, text)] : [line];
}

function times(now, seconds, right, x) {
  const minutes = Array.from({ length: Math.ceil(seconds / 60) - 1 }, (_, index) => index + 1);
  return [
    ...minutes.map((minute) => label(x(now - minute * 60), HEIGHT - 5, t('−{minute} min', { minute }), 'middle')),
    label(right, HEIGHT - 5, t('now'), 'end'),
  ];
}

function mark(time, lines, x, y) {
  const dots = lines.flatMap(({ tone, values }) => {
    const value = values.find((point) => point[0] === time)?.[1] ?? null;
    return value === null ? [] : [element('circle', { class: 'dot', 'data-tone': tone, cx: x(time), cy: y(value), r: 3.5 })];
  });
  return [element('line', { class: 'cross', x1: x(time), x2: x(time), y1: TOP, y2: FLOOR }), ...dots];
}

function label(x, y, text, anchor = 'start') {
  const tick = element('text', { class: 'tick', x, y, 'text-anchor': anchor });
  tick.textContent = text;
  return tick;
}

function element(tag, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
