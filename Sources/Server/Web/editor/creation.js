// The form that makes the avatar, and what comes of it.

import { language, t } from '../language.js';
import { command } from './files.js';
import { written } from './landmarks.js';
import { Refusal, create } from './server.js';

const FORBIDDEN = 403;

export class Creation {
  #elements;
  #face;
  #photo = null;
  #isBusy = false;
  /** Writes the outcome in the language of the page. */
  #tell = () => {};

  /**
   * @param {{form: HTMLFormElement, name: HTMLInputElement, create: HTMLButtonElement, outcome: HTMLElement}} elements
   * @param {import('./face.js').Face} face
   */
  constructor(elements, face) {
    this.#elements = elements;
    this.#face = face;
    elements.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#create();
    });
    elements.name.addEventListener('input', () => this.#say(() => {}));
    face.addEventListener('change', () => this.#update());
    language.addEventListener('change', () => {
      this.#update();
      this.#say(this.#tell);
    });
    this.#update();
  }

  /** @param {import('./photo.js').Photo} photo */
  open(photo) {
    this.#photo = photo;
    this.#say(() => {});
  }

  /** What the avatar will be called. */
  get name() {
    return this.#elements.name.value.trim();
  }

  async #create() {
    const { name } = this;
    if (name === '') {
      this.#elements.name.focus();
      return this.#say(() => this.#paragraph(t('Give the avatar a name first.')));
    }
    this.#isBusy = true;
    this.#update();
    this.#say(() => {});
    const photo = this.#photo;
    try {
      const landmarks = written(this.#face.landmarks);
      const { id, note } = await create({ name, picture: await photo.base64(), landmarks });
      this.#face.isSaved = true;
      this.#say(() => this.#created(id, name, note));
    } catch (error) {
      this.#say(() => this.#failed(error, photo.file.name, name));
    }
    this.#isBusy = false;
    this.#update();
  }

  #update() {
    this.#elements.create.disabled = this.#isBusy || !this.#face.landmarks || this.#face.flaws.length > 0;
    this.#elements.create.textContent = t(this.#isBusy ? 'Creating…' : 'Create avatar');
  }

  #say(tell) {
    this.#tell = tell;
    this.#elements.outcome.replaceChildren();
    this.#elements.outcome.classList.remove('is-good');
    tell();
    this.#elements.outcome.scrollIntoView({ block: 'nearest' });
  }

  #created(id, name, notes) {
    this.#elements.outcome.classList.add('is-good');
    this.#paragraph(t('{name} is there.', { name }));
    for (const note of notes) this.#paragraph(note);
    this.#append('a', {
      className: 'button is-main', href: `/?avatar=${encodeURIComponent(id)}`, textContent: t('Speak with {name}', { name }),
    });
  }

  #failed(error, file, name) {
    if (!(error instanceof Refusal)) return this.#paragraph(t('The server does not answer. Try again.'));
    if (error.status !== FORBIDDEN) {
      this.#paragraph(t('The avatar could not be created.'));
      return this.#paragraph(error.message);
    }
    this.#paragraph(t('This server creates no avatars on the page; it would if it were started with --edit-avatars.'));
    this.#paragraph(t('Or save the points, and run this where the photo lies:'));
    const line = command(file, name);
    this.#append('code', { textContent: line, tabIndex: 0 });
    const copy = this.#append('button', { type: 'button', className: 'button', textContent: t('Copy the command') });
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(line);
      copy.textContent = t('Copied');
    });
  }

  #paragraph(textContent) {
    this.#append('p', { textContent });
  }

  #append(tag, properties) {
    const element = Object.assign(document.createElement(tag), properties);
    this.#elements.outcome.append(element);
    return element;
  }
}
