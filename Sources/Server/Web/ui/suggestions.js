// Something to click for those who do not know what to say.

import { language, t } from '../language.js';

/** What an embedded voice is to read aloud. */
const TO_BE_READ = [
  ['Say hello', 'Hello! I am {name}. It is lovely to see you, face to face.'],
  ['Introduce yourself', 'I am {name}. I speak whatever you type, and repeat what you say. My lips follow every sound.'],
  ['Try a tongue twister', 'Peter Piper picked a peck of pickled peppers. How many pickled peppers did he pick?'],
];
/** What somebody who understands it is to answer. */
const TO_BE_ANSWERED = [
  ['Say hello', 'Hello! Who are you?'],
  ['Ask for a story', 'Tell me a very short story.'],
  ['Ask for advice', 'What shall I cook tonight?'],
];

/** Offers sentences while nothing has been said. */
export class Suggestions {
  #place;
  #say;
  #shown = null;

  /** @param {HTMLElement} place @param {(text: string) => void} say */
  constructor(place, say) {
    this.#place = place;
    this.#say = say;
    language.addEventListener('change', () => this.#update());
  }

  /** @param {{name: string, reads: boolean}} person `reads` says that they only read aloud what is typed. */
  show(person) {
    this.#shown = person;
    this.#update();
  }

  hide() {
    this.#shown = null;
    this.#update();
  }

  #update() {
    if (this.#shown === null) return this.#place.replaceChildren();
    const { name, reads } = this.#shown;
    return this.#place.replaceChildren(...(reads ? TO_BE_READ : TO_BE_ANSWERED).map(([label, sentence]) => {
      const text = t(sentence, { name });
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'suggestion';
      button.textContent = t(label);
      button.title = text;
      button.addEventListener('click', () => this.#say(text));
      return button;
    }));
  }
}
