// The settings panel.

const RANGES = [
  {
    name: 'threshold', range: '#threshold', output: '#threshold-value',
    text: (value) => `${Math.round(value * 100)}%`,
  },
  {
    name: 'silenceMs', range: '#silence', output: '#silence-value',
    text: (value) => `${(value / 1000).toFixed(2)} s`,
  },
];

/** Binds the panel to the settings. */
export class SettingsPanel {
  #dialog;
  #settings;

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
    this.#find('#voice').addEventListener('change', ({ target }) => settings.set({ voice: target.value }));
    this.#find('#show-statistics').addEventListener('change', ({ target }) => {
      settings.set({ showStatistics: target.checked });
    });
    // A click beside the sheet closes it.
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog) dialog.close();
    });
    settings.addEventListener('change', () => this.update());
    this.update();
  }

  open() {
    this.#dialog.showModal();
  }

  /** @param {{id: string, name: string, poster_url: string}[]} avatars @param {string} current its id. */
  showAvatars(avatars, current) {
    const choices = document.createElement('div');
    choices.className = 'avatar-choices';
    choices.append(...avatars.map((avatar) => this.#avatarChoice(avatar, current)));
    const place = this.#find('#avatars');
    place.querySelector('.avatar-choices')?.remove();
    place.append(choices);
  }

  /** @param {{name: string, language: string, description: string}[]} voices @param {string} current its name. */
  showVoices(voices, current) {
    const languages = [...new Set(voices.map(({ language }) => languageName(language)))];
    const groups = languages.map((language) => {
      const group = document.createElement('optgroup');
      group.label = language;
      const members = voices.filter((voice) => languageName(voice.language) === language);
      group.append(...members.map(({ name, description }) => {
        const text = description ? `${description} (${name})` : name;
        return new Option(text, name, false, name === current);
      }));
      return group;
    });
    this.#find('#voice').replaceChildren(...groups);
  }

  #avatarChoice({ id, name, poster_url: poster }, current) {
    const label = document.createElement('label');
    label.className = 'avatar-choice';
    const input = Object.assign(document.createElement('input'), {
      type: 'radio', name: 'avatar', value: id, checked: id === current,
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
  }

  #find(selector) {
    return this.#dialog.querySelector(selector);
  }
}

/** `en-US` becomes "English", in the user's own language where the browser knows it. */
function languageName(code) {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(code.split('-')[0]) ?? code;
  } catch {
    return code;
  }
}
