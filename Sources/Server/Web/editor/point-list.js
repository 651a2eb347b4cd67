// The points by name, with what each is: beside the photo.

import { language, t } from '../language.js';
import { GROUPS } from './points.js';
import { sketch } from './sketch.js';

export class PointList {
  #face;
  #rows = new Map();
  /** Places of texts, and what stands there in English. */
  #texts = [];

  /**
   * @param {HTMLElement} place @param {import('./face.js').Face} face
   * @param {{choose: () => void, nudge: (event: KeyboardEvent) => void}} board
   */
  constructor(place, face, { choose, nudge }) {
    this.#face = face;
    place.append(...GROUPS.map((group) => this.#section(group, choose)));
    place.addEventListener('keydown', nudge);
    face.addEventListener('select', () => this.#update());
    face.addEventListener('change', () => this.#update());
    language.addEventListener('change', () => this.#write());
    this.#write();
  }

  #section({ id, title, points }, choose) {
    const section = document.createElement('section');
    const heading = document.createElement('h3');
    const list = document.createElement('ol');
    heading.id = `points-${id}`;
    list.setAttribute('aria-labelledby', heading.id);
    this.#texts.push([heading, title]);
    list.append(...points.map((point) => this.#row(point, id, choose)));
    section.append(heading, list);
    return section;
  }

  #row({ name, label, hint }, group, choose) {
    const item = document.createElement('li');
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'point' });
    const words = document.createElement('span');
    const title = document.createElement('b');
    const small = document.createElement('small');
    button.dataset.point = name;
    words.append(title, small);
    button.append(sketch(name, group), words);
    // With the keyboard, going from row to row selects.
    for (const type of ['click', 'focus']) {
      button.addEventListener(type, () => {
        choose();
        if (this.#face.selected !== name) this.#face.select(name);
      });
    }
    this.#texts.push([title, label], [small, hint]);
    this.#rows.set(name, button);
    item.append(button);
    return item;
  }

  #update() {
    for (const [name, button] of this.#rows) {
      const isSelected = name === this.#face.selected;
      button.setAttribute('aria-current', String(isSelected));
      button.classList.toggle('is-flawed', this.#face.isFlawed(name));
      if (isSelected) reveal(button);
    }
  }

  #write() {
    for (const [element, english] of this.#texts) element.textContent = t(english);
  }
}

/** Scrolls the list, and only the list: on a phone the photo stays where it is. */
function reveal(row) {
  const list = row.closest('.points');
  const [box, frame] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
  if (box.top < frame.top) list.scrollTop -= frame.top - box.top + 40;
  else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom + 12;
}
