// Who hears the microphone, and when: push to talk, or hands-free.

/** A press shorter than this is a tap: recording goes on until the next tap. */
const TAP_MS = 300;
/** Shorter recordings are slips of the finger. */
const SHORTEST_MS = 200;
/** After push to talk the microphone stays open for a while, so that the next press loses no syllable. */
const KEEP_OPEN_MS = 30_000;
const PIECE_MS = 20;
/** Levels that are remembered: a minute. */
const REMEMBERED = 60_000 / PIECE_MS;

/**
 * Events: `change` whenever a property does, `level` (detail: RMS of the last piece), `problem` (detail: the
 * MicrophoneError, or `'short'` for a recording that was too short to send).
 */
export class Talk extends EventTarget {
  #microphone;
  #session;
  #levels = [];
  #pressedAt = null;
  #latched = false;
  #recordedMs = 0;
  #closing = 0;

  /** @param {Microphone} microphone @param {Session} session */
  constructor(microphone, session) {
    super();
    this.#microphone = microphone;
    this.#session = session;
    this.isRecording = false;
    this.isHandsFree = false;
    this.isMuted = false;
    microphone.addEventListener('piece', ({ detail }) => this.#take(detail));
    microphone.addEventListener('ended', () => this.#stop());
  }

  /** The microphone button, or the space bar, goes down. */
  async press() {
    if (this.isHandsFree) return this.#set({ isMuted: !this.isMuted });
    if (this.isRecording) return this.#finish();
    if (!this.#session.checkReach()) return undefined;
    this.#pressedAt = performance.now();
    this.#latched = false;
    if (!(await this.#open())) return undefined;
    // Released while the browser asked for permission: the user has to press again.
    if (this.#pressedAt === null && !this.#latched) return undefined;
    if (!this.#session.checkReach()) return this.#giveUp();
    this.#recordedMs = 0;
    this.#session.beginVoice();
    return this.#set({ isRecording: true });
  }

  /** The button, or the space bar, goes up. */
  release() {
    if (this.isHandsFree || this.#pressedAt === null) return;
    this.#latched = performance.now() - this.#pressedAt < TAP_MS;
    this.#pressedAt = null;
    if (this.isRecording && !this.#latched) this.#finish();
  }

  /** Forgets what is being recorded. */
  abandon() {
    if (!this.isRecording) return;
    this.#session.abandonVoice();
    this.#set({ isRecording: false });
    this.#closeLater();
  }

  /** Lets the server find out when the user speaks, or leaves it to the button. */
  async setHandsFree(on) {
    if (on === this.isHandsFree) return;
    this.abandon();
    if (on && !(await this.#open())) return this.#set({});
    this.#set({ isHandsFree: on, isMuted: false });
    if (!on) this.#microphone.close();
  }

  /** Levels of the last `milliseconds` of the microphone, one every 20 ms. */
  recentLevels(milliseconds) {
    return this.#levels.slice(-Math.ceil(milliseconds / PIECE_MS));
  }

  get isListening() {
    return this.isRecording || (this.isHandsFree && !this.isMuted);
  }

  async #open() {
    clearTimeout(this.#closing);
    try {
      await this.#microphone.open();
      return true;
    } catch (error) {
      this.#pressedAt = null;
      this.dispatchEvent(new CustomEvent('problem', { detail: error }));
      return false;
    }
  }

  #finish() {
    this.#latched = false;
    this.#set({ isRecording: false });
    if (this.#recordedMs < SHORTEST_MS) {
      this.#session.abandonVoice();
      this.dispatchEvent(new CustomEvent('problem', { detail: 'short' }));
    } else {
      this.#session.endVoice(this.#recordedMs);
    }
    this.#closeLater();
  }

  #giveUp() {
    this.#pressedAt = null;
    this.#latched = false;
    this.#closeLater();
  }

  #stop() {
    this.abandon();
    this.#set({ isHandsFree: false });
  }

  #take({ pcm, level }) {
    if (!this.isListening) return;
    this.#levels.push(level);
    if (this.#levels.length > REMEMBERED) this.#levels.shift();
    this.#recordedMs += PIECE_MS;
    this.#session.hear(pcm);
    this.dispatchEvent(new CustomEvent('level', { detail: level }));
  }

  #closeLater() {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => {
      if (!this.isListening) this.#microphone.close();
    }, KEEP_OPEN_MS);
  }

  #set(properties) {
    Object.assign(this, properties);
    this.dispatchEvent(new CustomEvent('change'));
  }
}
