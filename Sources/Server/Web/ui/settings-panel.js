// The settings panel.

import { language, t } from '../language.js';
import { offerLanguages } from './language-choice.js';
import { voiceOptions } from './voice-options.js';

const RANGES = [
  {
    name: 'threshold', range: '#threshold', output: '#threshold-value',
    text: (value) => `${Math.round(value * 100)}%`,
  },
  {
    name: 'silenceMs', range: '#silence', output: '#silence-value',
    text: (value) => t('{seconds} s', { seconds: (value / 1000).toFixed(2) }),
  },
];

/** Binds the panel to the settings. */
export class SettingsPanel {
  #dialog;
  #settings;
  #catalogue = null;

  /** @param {HTMLDialogElement} dialog @param {Settings} settings @param {Talk} talk */
  constructor(dialog, settings, talk) {
    this.#dialog = dialog;
    this.#settings = settings;
    for (const { name, range, output, text } of RANGES) {
      const input = this.#find(range);
      // The words follow the thumb; the setting waits until it is let go.
      input.addEventListener('input', () => (this.#find(output).textContent = text(input.valueAsNumber)));
      input.addEventListener('change', () => settings.set({ [name]: input.valueAsNumber }));
    }
    this.#find('#turn-detection').addEventListener('change', ({ target }) => talk.setHandsFree(target.checked));
    // Each responder has voices of its own.
    this.#find('#responder').addEventListener('change', ({ target }) => {
      settings.set({ responder: target.value, voice: '' });
    });
    this.#find('#voice').addEventListener('change', ({ target }) => settings.set({ voice: target.value }));
    this.#find('#show-statistics').addEventListener('change', ({ target }) => {
      settings.set({ showStatistics: target.checked });
    });
    offerLanguages(this.#find('#language'));
    // A click beside the sheet closes it.
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog) dialog.close();
    });
    settings.addEventListener('change', () => this.update());
    language.addEventListener('change', () => this.update());
    this.update();
  }

  open() {
    this.#dialog.showModal();
  }

  /** @param {Catalogue} catalogue */
  offer(catalogue) {
    this.#catalogue = catalogue;
    const choices = document.createElement('div');
    choices.className = 'avatar-choices';
    const current = catalogue.avatar(this.#settings.avatar);
    choices.append(...catalogue.avatars.map((avatar) => this.#avatarChoice(avatar, current)));
    this.#find('#avatars').append(choices);
    this.update();
  }

  #avatarChoice({ id, name, poster_url: poster }, current) {
    const label = document.createElement('label');
    label.className = 'avatar-choice';
    const input = Object.assign(document.createElement('input'), {
      type: 'radio', name: 'avatar', value: id, checked: id === current.id,
    });
    input.addEventListener('change', () => this.#settings.set({ avatar: id }));
    label.append(input, Object.assign(new Image(), { src: poster, alt: '' }), name);
    return label;
  }

  /** Shows the settings as they are. */
  update() {
    const { handsFree, showStatistics } = this.#settings;
    this.#find('#turn-detection').checked = handsFree;
    this.#find('#show-statistics').checked = showStatistics;
    for (const { name, range, output, text } of RANGES) {
      this.#find(range).value = this.#settings[name];
      this.#find(output).textContent = text(this.#settings[name]);
    }
    this.#updateResponders();
  }

  #updateResponders() {
    if (!this.#catalogue) return;
    const { responder, voice } = this.#settings;
    const { name: current, voices, default_voice: ownVoice } = this.#catalogue.responder(responder);
    this.#find('#responder').replaceChildren(
      ...this.#catalogue.responders.map(({ name, description }) => (
        new Option(described(description), name, false, name === current))));
    this.#find('#voice').replaceChildren(...voiceOptions(voices, voice || ownVoice));
  }

  #find(selector) {
    return this.#dialog.querySelector(selector);
  }
}

/** A responder's few words about itself; behind a colon stands a name, of a model perhaps. */
function described(description) {
  const [words, ...names] = description.split(': ');
  return [t(words), ...names].join(': ');
}
