// Messages for people: what happened, and what they can do.

import { icon } from './icon.js';

/** How long a message stays that asks for nothing. */
const HINT_MS = 6000;

const ABOUT_THE_MICROPHONE = {
  refused: 'The microphone is blocked. Allow it next to the address of this page, then try again. '
    + 'You can also type.',
  missing: 'No microphone was found. Connect one and try again, or type your message.',
  insecure: 'Browsers allow the microphone only on secure pages. Open this page over HTTPS or on localhost, '
    + 'or type your message.',
  busy: 'The microphone cannot be used. Another program may be holding it. You can also type.',
};

/** The messages over the picture; at most one of a kind. */
export class Notices {
  #place;
  #shown = new Map();

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
  }

  /** @param {'refused' | 'missing' | 'insecure' | 'busy'} reason */
  microphone(reason) {
    this.show('microphone', ABOUT_THE_MICROPHONE[reason], { symbol: 'mic-off' });
  }

  /** Shows a message in place of the last one of its `kind`. */
  show(kind, text, { symbol = 'warning', action = null, isHint = false } = {}) {
    this.hide(kind);
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.classList.toggle('is-hint', isHint);
    notice.dataset.kind = kind;
    const words = document.createElement('p');
    words.textContent = text;
    notice.append(icon(symbol), words);
    if (action) notice.append(button('action', action.label, [action.label], action.run));
    notice.append(button('dismiss', 'Dismiss', [icon('close')], () => this.hide(kind)));
    this.#place.append(notice);
    this.#shown.set(kind, notice);
    if (isHint) setTimeout(() => notice.remove(), HINT_MS);
  }

  hide(kind) {
    this.#shown.get(kind)?.remove();
    this.#shown.delete(kind);
  }
}

function button(className, label, content, run) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.setAttribute('aria-label', label);
  element.append(...content);
  element.addEventListener('click', run);
  return element;
}
