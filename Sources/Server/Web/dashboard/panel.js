// One panel of the dashboard: a title, a legend with the values, and the lines of the latest minutes.

import { t } from '../language.js';
import { drawLines } from './lines.js';
import { niceCeiling } from './units.js';

/** More lines than this cannot be told apart. */
const MOST_LINES = 6;

export class Panel {
  #panel;
  #seconds;
  /** `{time, values}` of each scrape, oldest first. */
  #points = [];
  #names = [];
  #details = {};
  #picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  #legend = make('dl', { className: 'legend' });
  #title = make('h2', {});
  #empty = make('p', { className: 'empty' });

  /**
   * @param {typeof import('./panels.js').PANELS[0]} panel
   * @param {number} seconds how much of the past is shown
   */
  constructor(panel, seconds) {
    this.#panel = panel;
    this.#seconds = seconds;
    this.#picture.setAttribute('class', 'chart');
    this.#picture.setAttribute('aria-hidden', 'true');  // The legend says the same in words.
    this.element = make('section', { className: 'panel' });
    this.element.append(this.#title, this.#legend, this.#picture, this.#empty);
    this.label();
  }

  /** Writes the texts that stay, in the language of the page. */
  label() {
    const { title, note, hint } = this.#panel;
    this.#title.textContent = t(title);
    if (note) this.#title.append(make('small', { textContent: t(note) }));
    this.#empty.textContent = t(hint ?? 'Nothing recorded yet.');
    this.element.setAttribute('aria-label', t(title));
  }

  /** Takes the values of now. @param {import('./history.js').History} history */
  add(time, history) {
    this.#points.push({ time, values: this.#panel.read(history) });
    while (this.#points[0].time < time - this.#seconds) this.#points.shift();
    const seen = this.#points.flatMap(({ values }) => Object.keys(values).filter((name) => values[name] !== null));
    // In the order of the latest: a line that has begun later may belong before others.
    const ordered = new Set([...Object.keys(this.#points.at(-1).values), ...seen]).intersection(new Set(seen));
    this.#names = [...ordered].slice(0, MOST_LINES);
    this.#details = Object.fromEntries(
      this.#names.map((name) => [name, this.#panel.detail?.(history, name) ?? '']));
  }

  /**
   * Draws.
   * @param {number} now the time at the right edge
   * @param {?number} pointed the time that somebody points at
   */
  draw(now, pointed) {
    const isEmpty = this.#names.length === 0;
    this.#empty.hidden = !isEmpty;
    this.element.classList.toggle('is-empty', isEmpty);
    if (isEmpty) return;
    const marked = pointed === null ? null : this.#nearest(pointed);
    this.#showLegend(marked ?? this.#points.at(-1), marked !== null);
    const lines = this.#names.map((name) => ({
      tone: this.#tone(name),
      isDashed: this.#panel.isDashed?.(name) ?? false,
      values: this.#points.map(({ time, values }) => [time, values[name] ?? null]),
    }));
    drawLines(this.#picture, lines, {
      now, seconds: this.#seconds, ceiling: this.#ceiling, format: this.#panel.format, marked: marked?.time ?? null,
    });
  }

  /** The time at which a pointer is; null if it is not over the lines. */
  timeAt({ clientX, clientY }, now) {
    const box = this.#picture.getBoundingClientRect();
    if (clientY < box.top || clientY > box.bottom) return null;
    return now - (1 - Math.min(1, Math.max(0, (clientX - box.left) / box.width))) * this.#seconds;
  }

  #nearest(time) {
    return this.#points.reduce(
      (best, one) => (Math.abs(one.time - time) < Math.abs(best.time - time) ? one : best));
  }

  get #ceiling() {
    if (this.#panel.isShare) return 1;
    const all = this.#points.flatMap(({ values }) => this.#names.map((name) => values[name] ?? 0));
    return niceCeiling(all.reduce((largest, one) => Math.max(largest, one), 0) * 1.05, this.#panel.ceiling);
  }

  #tone(name) {
    return this.#panel.tones?.[name] ?? `series-${1 + this.#names.indexOf(name)}`;
  }

  #showLegend({ values }, isPast) {
    this.#legend.classList.toggle('is-past', isPast);
    this.#legend.replaceChildren(...this.#names.map((name) => {
      const value = values[name] ?? null;
      const row = make('div', { className: this.#panel.isDashed?.(name) ? 'is-dashed' : '' });
      row.dataset.tone = this.#tone(name);
      row.append(
        make('dt', { textContent: this.#panel.label?.(name) ?? t(name) }),
        make('dd', { textContent: value === null ? '–' : this.#panel.format(value) }));
      const detail = isPast ? '' : this.#details[name];
      if (detail) row.append(make('dd', { className: 'detail', textContent: detail }));
      return row;
    }));
  }
}

/** An element with these properties. */
export function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
