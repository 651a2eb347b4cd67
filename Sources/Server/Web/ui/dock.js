// The controls under the picture.

import { language, t } from '../language.js';

/** Speech is seldom louder than this. */
const LOUD = 0.3;

/** Binds the buttons and the text box to `talk` and `session`. */
export class Dock {
  #elements;
  #talk;
  #session;

  /**
   * @param {{mic: HTMLElement, level: HTMLElement, handsFree: HTMLElement, compose: HTMLFormElement,
   *   text: HTMLInputElement, send: HTMLButtonElement, interrupt: HTMLButtonElement}} elements
   * @param {Talk} talk @param {Session} session
   */
  constructor(elements, talk, session) {
    this.#elements = elements;
    this.#talk = talk;
    this.#session = session;
    const { mic, handsFree, compose, text, interrupt } = elements;
    mic.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      mic.setPointerCapture(event.pointerId);
      talk.press();
    });
    mic.addEventListener('pointerup', () => talk.release());
    mic.addEventListener('pointercancel', () => talk.release());
    mic.addEventListener('contextmenu', (event) => event.preventDefault());
    // Enter and assistive technology click without a pointer: the first click starts, the second ends.
    mic.addEventListener('click', (event) => {
      if (event.detail !== 0) return;
      talk.press();
      talk.release();
    });
    handsFree.addEventListener('click', () => talk.setHandsFree(!talk.isHandsFree));
    interrupt.addEventListener('click', () => session.interrupt());
    text.addEventListener('input', () => this.update());
    compose.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    talk.addEventListener('change', () => this.update());
    session.addEventListener('status', () => this.update());
    language.addEventListener('change', () => this.update());
    this.update();
  }

  /** @param {number} level RMS of the microphone, 0...1. */
  showLevel(level) {
    const shown = this.#talk.isListening ? Math.min(1, Math.sqrt(level / LOUD)) : 0;
    this.#elements.level.style.setProperty('--level', shown.toFixed(2));
    this.#elements.level.setAttribute('aria-valuenow', String(Math.round(shown * 100)));
  }

  update() {
    const { mic, handsFree, text, send, interrupt } = this.#elements;
    const { isHandsFree, isMuted, isListening } = this.#talk;
    const { status } = this.#session;
    handsFree.setAttribute('aria-pressed', String(isHandsFree));
    mic.setAttribute('aria-pressed', String(isListening));
    mic.classList.toggle('is-muted', isMuted);
    const action = isHandsFree ? (isMuted ? 'Unmute' : 'Mute') : (isListening ? 'Send' : 'Hold to talk');
    mic.setAttribute('aria-label', t(action));
    mic.title = t('{action} (space bar)', { action: t(action) });
    send.disabled = text.value.trim() === '' || status === 'offline';
    interrupt.disabled = status !== 'speaking' && status !== 'thinking';
  }

  #submit() {
    const { text } = this.#elements;
    const words = text.value.trim();
    // Without a connection the words stay where they are.
    if (words === '' || this.#session.status === 'offline') return;
    text.value = '';
    this.#session.say(words);
    this.update();
  }
}
