// Lines over time, as SVG: it takes its colours from the style sheet, by day and by night.

import { niceCeiling } from './units.js';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 132;
const MARGIN = { top: 8, right: 2, bottom: 20, left: 2 };
/** More lines than this cannot be told apart. */
const MOST_LINES = 6;

/** One panel: a title, a legend with the values, and the lines of the latest minutes. */
export class Chart {
  #panel;
  #seconds;
  /** `{time, values}` for each scrape, oldest first. */
  #points = [];
  #names = [];
  #svg = svgElement('svg', { class: 'chart', 'aria-hidden': 'true' });
  #legend = document.createElement('dl');
  #empty = document.createElement('p');

  /**
   * @param {typeof import('./panels.js').PANELS[0]} panel
   * @param {number} seconds how much of the past is shown
   */
  constructor(panel, seconds) {
    this.#panel = panel;
    this.#seconds = seconds;
    this.element = document.createElement('section');
    this.element.className = 'panel';
    const title = document.createElement('h2');
    title.textContent = panel.title;
    if (panel.note) title.append(Object.assign(document.createElement('small'), { textContent: panel.note }));
    this.element.setAttribute('aria-label', panel.title);
    this.#legend.className = 'legend';
    this.#empty.className = 'empty';
    this.#empty.textContent = panel.hint ?? 'Nothing recorded yet.';
    this.element.append(title, this.#legend, this.#svg, this.#empty);
  }

  /** Takes the values of now. @param {import('./history.js').History} history */
  add(time, history) {
    const values = this.#panel.read(history);
    this.#points.push({ time, values });
    while (this.#points[0].time < time - this.#seconds) this.#points.shift();
    const names = new Set(this.#points.flatMap((point) => Object.keys(point.values)));
    this.#names = [...names].filter((name) => this.#points.some(({ values: v }) => isNumber(v[name]))).slice(0, MOST_LINES);
    this.details = Object.fromEntries(this.#names.map((name) => [name, this.#panel.detail?.(history, name) ?? '']));
  }

  /**
   * Draws.
   * @param {number} now the time at the right edge
   * @param {?number} pointed the time that somebody points at
   */
  draw(now, pointed) {
    const width = Math.max(200, this.#svg.clientWidth || 360);
    const isEmpty = this.#names.length === 0;
    this.#empty.hidden = !isEmpty;
    this.element.classList.toggle('is-empty', isEmpty);
    const point = pointed === null ? this.#points.at(-1) : this.#nearest(pointed);
    this.#showLegend(point, pointed !== null);
    const top = this.#ceiling();
    const x = (time) => MARGIN.left + (1 - (now - time) / this.#seconds) * (width - MARGIN.left - MARGIN.right);
    const y = (value) => HEIGHT - MARGIN.bottom - (Math.min(value, top) / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    this.#svg.replaceChildren(
      ...this.#grid(width, top, y, x, now), ...this.#names.toReversed().flatMap((name) => this.#line(name, x, y)),
      ...(pointed === null || !point ? [] : this.#cross(point, x, y)));
  }

  #nearest(time) {
    return this.#points.reduce(
      (best, one) => (Math.abs(one.time - time) < Math.abs(best.time - time) ? one : best), this.#points[0]);
  }

  #ceiling() {
    if (this.#panel.isShare) return 1;
    const all = this.#points.flatMap(({ values }) => this.#names.map((name) => values[name])).filter(isNumber);
    return niceCeiling(all.reduce((largest, one) => Math.max(largest, one), 0) * 1.05, this.#panel.ceiling);
  }

  #tone(name) {
    return this.#panel.tones?.[name] ?? `series-${1 + (this.#names.indexOf(name) % MOST_LINES)}`;
  }

  #showLegend(point, isPast) {
    this.#legend.classList.toggle('is-past', isPast);
    this.#legend.replaceChildren(...this.#names.map((name) => {
      const value = point?.values[name];
      const row = document.createElement('div');
      row.dataset.tone = this.#tone(name);
      const detail = isPast ? '' : this.details[name];
      row.append(
        Object.assign(document.createElement('dt'), { textContent: name }),
        Object.assign(document.createElement('dd'), { textContent: isNumber(value) ? this.#panel.format(value) : '–' }));
      if (detail) row.append(Object.assign(document.createElement('dd'), { className: 'detail', textContent: detail }));
      if (this.#panel.isDashed?.(name)) row.classList.add('is-dashed');
      return row;
    }));
  }

  #grid(width, top, y, x, now) {
    const lines = [0, 0.5, 1].flatMap((share) => {
      const height = y(top * share);
      const line = svgElement('line', { class: 'rule', x1: MARGIN.left, x2: width - MARGIN.right, y1: height, y2: height });
      if (share === 0) return [line];
      return [line, svgElement('text', { class: 'tick', x: MARGIN.left, y: height + 11 }, this.#panel.format(top * share))];
    });
    const minutes = [];
    for (let minute = 1; minute * 60 < this.#seconds; minute++) {
      minutes.push(svgElement(
        'text', { class: 'tick', x: x(now - minute * 60), y: HEIGHT - 5, 'text-anchor': 'middle' }, `−${minute} min`));
    }
    minutes.push(svgElement('text', { class: 'tick', x: width - MARGIN.right, y: HEIGHT - 5, 'text-anchor': 'end' }, 'now'));
    return [...lines, ...minutes];
  }

  #line(name, x, y) {
    const runs = [[]];
    for (const { time, values } of this.#points) {
      if (isNumber(values[name])) runs.at(-1).push([x(time), y(values[name])]);
      else if (runs.at(-1).length > 0) runs.push([]);
    }
    const tone = this.#tone(name);
    const path = runs.filter((run) => run.length > 0).map(
      (run) => `M${(run.length > 1 ? run : [run[0], run[0]]).map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join('L')}`);
    const isDashed = this.#panel.isDashed?.(name);
    const line = svgElement('path', { class: `line ${isDashed ? 'is-dashed' : ''}`, 'data-tone': tone, d: path.join('') });
    if (isDashed || name !== this.#names[0]) return [line];
    const area = runs.filter((run) => run.length > 1).map((run) => {
      const floor = y(0).toFixed(1);
      const along = run.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join('L');
      return `M${run[0][0].toFixed(1)} ${floor}L${along}L${run.at(-1)[0].toFixed(1)} ${floor}Z`;
    });
    return [svgElement('path', { class: 'area', 'data-tone': tone, d: area.join('') }), line];
  }

  #cross({ time, values }, x, y) {
    const line = svgElement('line', {
      class: 'cross', x1: x(time), x2: x(time), y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom,
    });
    const dots = this.#names.filter((name) => isNumber(values[name])).map(
      (name) => svgElement('circle', { class: 'dot', 'data-tone': this.#tone(name), cx: x(time), cy: y(values[name]), r: 3.5 }));
    return [line, ...dots];
  }

  /** The time at which a pointer is; null if it is not over the lines. */
  timeAt(event, now) {
    const box = this.#svg.getBoundingClientRect();
    if (event.clientY < box.top || event.clientY > box.bottom) return null;
    const share = (event.clientX - box.left - MARGIN.left) / (box.width - MARGIN.left - MARGIN.right);
    return now - (1 - Math.min(1, Math.max(0, share))) * this.#seconds;
  }
}

function isNumber(value) {
  return Number.isFinite(value);
}

function svgElement(tag, attributes, text = '') {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}
