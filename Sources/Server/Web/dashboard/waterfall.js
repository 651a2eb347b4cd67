// Where the time goes: steps one below the other, each bar beginning where the one above ended.

import { t } from '../language.js';
import { make } from './panel.js';
import { niceCeiling } from './units.js';

/** A panel of the dashboard: of each step the median, as a bar, and what 95 % stay within, as a tick. */
export class Waterfall {
  #panel;
  #rows = [];
  #title = make('h2', {});
  #steps = make('ol', { className: 'waterfall' });
  #empty = make('p', { className: 'empty' });

  /**
   * @param {{title: string, note: string, hint: string, format: (value: number) => string,
   *   steps: (history: import('./history.js').History) => {step: string, name: string, median: ?number, most: ?number}[]
   *   }} panel `steps` counts from the first on; names are translated when they are shown.
   */
  constructor(panel) {
    this.#panel = panel;
    this.element = make('section', { className: 'panel' });
    this.element.append(this.#title, this.#steps, this.#empty);
    this.label();
  }

  /** Writes the texts that stay, in the language of the page. */
  label() {
    const { title, note, hint } = this.#panel;
    this.#title.textContent = t(title);
    this.#title.append(make('small', { textContent: t(note) }));
    this.#empty.textContent = t(hint);
    this.element.setAttribute('aria-label', t(title));
  }

  /** Takes the values of now. Answers are rare: those of before stay until there are others. */
  add(time, history) {
    const rows = this.#panel.steps(history).filter(({ median }) => median !== null);
    if (rows.length > 0) this.#rows = rows.toSorted((one, other) => one.median - other.median);
  }

  draw() {
    const isEmpty = this.#rows.length === 0;
    this.#empty.hidden = !isEmpty;
    this.element.classList.toggle('is-empty', isEmpty);
    const scale = niceCeiling(Math.max(0, ...this.#rows.map(({ most }) => most)));
    this.#steps.replaceChildren(
      head(), ...this.#rows.map((row, index) => this.#row(row, this.#rows[index - 1]?.median ?? 0, scale)));
  }

  /** A waterfall has no times to be pointed at. */
  timeAt() {
    return null;
  }

  #row({ step, name, median, most }, from, scale) {
    const { format } = this.#panel;
    const [bar, tick, track] = [make('i', {}), make('b', {}), make('span', { className: 'track' })];
    bar.style.left = `${(100 * from) / scale}%`;
    bar.style.width = `${(100 * (median - from)) / scale}%`;
    tick.style.left = `${(100 * most) / scale}%`;
    track.append(bar, tick);
    const row = entry(cell(t(name)), track, cell(format(median)), cell(format(most)));
    row.dataset.step = step;
    return row;
  }
}

function head() {
  const row = entry(cell(''), cell(''), cell(t('median')), cell(t('95 % within')));
  row.className = 'head';
  return row;
}

function entry(...cells) {
  const row = make('li', {});
  row.append(...cells);
  return row;
}

function cell(textContent) {
  return make('span', { textContent });
}
