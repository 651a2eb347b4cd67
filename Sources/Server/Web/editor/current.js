// The line below the photo: which point is being placed, what it is and where, and what is wrong.

import { language, t } from '../language.js';
import { POINTS } from './points.js';

const label = (name) => t(POINTS.find((one) => one.name === name).label);

const FLAWS = {
  outside: '“{first}” is outside of the photo.',
  horizontal: '“{first}” has to be left of “{second}”.',
  vertical: '“{first}” has to be above “{second}”.',
};

export class Current {
  #elements;
  #face;
  #board;

  /**
   * @param {{label: HTMLElement, hint: HTMLElement, place: HTMLElement, flaws: HTMLElement}} elements
   * @param {import('./face.js').Face} face @param {import('./board.js').Board} board
   */
  constructor(elements, face, board) {
    this.#elements = elements;
    this.#face = face;
    this.#board = board;
    for (const type of ['select', 'change']) face.addEventListener(type, () => this.#update());
    board.addEventListener('mode', () => this.#update());
    language.addEventListener('change', () => this.#update());
  }

  #update() {
    const { landmarks, selected, flaws } = this.#face;
    if (!landmarks) return;
    const { isWhole } = this.#board;
    write(this.#elements.label, isWhole ? t('The whole face') : label(selected));
    write(this.#elements.hint, isWhole
      ? t('Drag it over the face in the photo; its corners make it larger and turn it.')
      : t(POINTS.find(({ name }) => name === selected).hint));
    write(this.#elements.place, isWhole ? '' : landmarks.places[selected].map((one) => one.toFixed(1)).join(', '));
    const texts = flaws.map(({ kind, points: [first, second] }) => (
      t(FLAWS[kind], { first: label(first), second: second ? label(second) : '' })));
    const shown = [...this.#elements.flaws.children].map(({ textContent }) => textContent);
    // A screen reader reads what changes.
    if (texts.join() === shown.join()) return;
    this.#elements.flaws.replaceChildren(
      ...texts.map((textContent) => Object.assign(document.createElement('li'), { textContent })));
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
