// What the person on the screen is doing, in a word and a small motion.

import { language, t } from '../language.js';

const WORDS = {
  offline: 'Connecting…', idle: 'Ready', listening: 'Listening', thinking: 'Thinking', speaking: 'Speaking',
};
/** Speech is seldom louder than this. */
const LOUD = 0.25;
/** The bars differ, so that they look like sound and not like a ruler. */
const BARS = [0.6, 1, 0.8, 0.5];

/** Keeps the status over the picture. */
export class StatusView {
  #stageElement;
  #text;
  #bars;
  #status = 'offline';

  /** @param {HTMLElement} stageElement */
  constructor(stageElement) {
    this.#stageElement = stageElement;
    this.#text = stageElement.querySelector('#status-text');
    this.#bars = [...stageElement.querySelectorAll('.motion i')];
    language.addEventListener('change', () => (this.#text.textContent = t(WORDS[this.#status])));
  }

  show(status) {
    if (status === this.#status) return;
    this.#status = status;
    this.#stageElement.dataset.status = status;
    this.#text.textContent = t(WORDS[status]);
    for (const bar of this.#bars) bar.style.transform = '';
  }

  /** Moves the bars. @param {number} level RMS of whoever speaks, 0...1. */
  move(level) {
    if (this.#status !== 'speaking' && this.#status !== 'listening') return;
    this.#bars.forEach((bar, index) => {
      const height = Math.min(1, Math.sqrt(level / LOUD)) * BARS[index];
      bar.style.transform = `scaleY(${(0.25 + 0.75 * height).toFixed(2)})`;
    });
  }
}
