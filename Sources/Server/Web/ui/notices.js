// Messages for people: what happened, and what they can do.

import { language, t } from '../language.js';
import { icon } from './icon.js';

/** How long a message stays that asks for nothing. */
const HINT_MS = 6000;

const ABOUT_THE_MICROPHONE = {
  refused: 'The microphone is blocked. Allow it beside the address of this page and try again, or type.',
  missing: 'No microphone was found. Connect one and try again, or type.',
  insecure: 'Browsers allow the microphone only over HTTPS or on localhost. Open this page there, or type.',
  busy: 'The microphone cannot be used. Another program may be holding it. Try again, or type.',
};

/** The messages over the picture; at most one of a kind. */
export class Notices {
  #place;
  /** By kind: `{element, labels, values}`; `labels` are the places that have texts, and these in English. */
  #shown = new Map();

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    language.addEventListener('change', () => this.#shown.forEach(write));
  }

  /** @param {'refused' | 'missing' | 'insecure' | 'busy'} reason */
  microphone(reason) {
    this.show('microphone', ABOUT_THE_MICROPHONE[reason], { symbol: 'mic-off' });
  }

  /**
   * Shows a message in place of the last one of its `kind`.
   * @param {string} text in English, as are all labels here.
   * @param {{symbol?: string, detail?: string, action?: {label: string, run: () => void}, onDismiss?: () => void, isHint?: boolean,
   *   values?: Object<string, any>}} options `detail` is in the words of the server; `values` go into the text, and may
   *   change: see `update`.
   */
  show(kind, text, options = {}) {
    const { symbol = 'warning', detail = '', action = null, onDismiss = () => {}, isHint = false, values = {} } = options;
    this.hide(kind);
    const element = document.createElement('div');
    element.className = 'notice';
    element.classList.toggle('is-hint', isHint);
    element.dataset.kind = kind;
    const message = document.createElement('p');
    const words = document.createElement('span');
    const small = Object.assign(document.createElement('small'), { textContent: detail });
    const notice = { element, values, labels: [[words, text]] };
    message.append(words, ...(detail ? [small] : []));
    element.append(icon(symbol), message);
    if (action) {
      const act = button('action', action.run);
      notice.labels.push([act, action.label]);
      element.append(act);
    }
    element.append(dismissal(() => {
      this.hide(kind);
      onDismiss();
    }));
    write(notice);
    this.#place.append(element);
    this.#shown.set(kind, notice);
    if (isHint) setTimeout(() => element.remove(), HINT_MS);
  }

  /** Changes the values in the message of this `kind`. */
  update(kind, values) {
    const notice = this.#shown.get(kind);
    if (notice) write(Object.assign(notice, { values }));
  }

  has(kind) {
    return this.#shown.has(kind);
  }

  hide(kind) {
    this.#shown.get(kind)?.element.remove();
    this.#shown.delete(kind);
  }
}

function write({ element, labels, values }) {
  for (const [place, text] of labels) place.textContent = t(text, values);
  element.querySelector('.dismiss').setAttribute('aria-label', t('Dismiss'));
}

function dismissal(run) {
  const element = button('dismiss', run);
  element.append(icon('close'));
  return element;
}

function button(className, run) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.addEventListener('click', run);
  return element;
}
