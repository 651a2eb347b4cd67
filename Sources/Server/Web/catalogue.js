// What the server offers: who can be seen, who answers, with whose voice.

/**
 * @typedef {{id: string, name: string, poster_url: string}} Avatar
 * @typedef {{name: string, language: string, description: string}} Voice
 * @typedef {{name: string, description: string, voices: Voice[], default_voice: string}} Responder
 */

/** Responders that say what is typed instead of answering it. */
const READERS = new Set(['auto', 'speak', 'echo']);

export class Catalogue {
  #defaults;

  /**
   * Takes the server's lists.
   * @param {{avatars: Avatar[], default: string}} avatars
   * @param {{responders: Responder[], default: string}} responders
   */
  constructor({ avatars, default: avatar }, { responders, default: responder }) {
    this.avatars = avatars;
    this.responders = responders;
    this.#defaults = { avatar, responder };
  }

  /** Asks the server. */
  static async load() {
    const [avatars, responders] = await Promise.all(['/v1/avatars', '/v1/responders'].map((url) => fetch(url)));
    return new Catalogue(await avatars.json(), await responders.json());
  }

  /** The avatar that was chosen, or the server's own. @returns {Avatar} */
  avatar(id) {
    const wanted = (one) => this.avatars.find((avatar) => avatar.id === one);
    return wanted(id) ?? wanted(this.#defaults.avatar) ?? this.avatars[0];
  }

  /** The responder that was chosen, or the server's own. @returns {Responder} */
  responder(name) {
    const wanted = (one) => this.responders.find((responder) => responder.name === one);
    return wanted(name) ?? wanted(this.#defaults.responder) ?? this.responders[0];
  }

  /** Whether the responder only reads aloud what is typed. */
  reads(name) {
    return READERS.has(this.responder(name).name);
  }

  /** The choices that can be had of those made; the others become empty. */
  possible({ avatar, responder, voice }) {
    const { voices } = this.responder(responder);
    return {
      avatar: this.avatars.some(({ id }) => id === avatar) ? avatar : '',
      responder: this.responders.some(({ name }) => name === responder) ? responder : '',
      voice: voices.some(({ name }) => name === voice) ? voice : '',
    };
  }
}
