// When each sample of an utterance is heard. Deciding only: no device, no clock, no DOM.

/** Playback starts this long after the first sound and the first decoded frame are there. See docs/protocol.md. */
export const START_UP_MS = 80;
/** Without any picture the voice waits no longer than this. */
export const PICTURE_PATIENCE_MS = 1000;
/** After running dry, playback waits for this much sound, or for the end of it. */
const REFILL_SAMPLES = 1920;

export const SAMPLE_RATE = 24000;
const SAMPLES_PER_MS = SAMPLE_RATE / 1000;

/**
 * The buffer of one utterance, and its relation to the audio device's time.
 *
 * PTS is milliseconds since the start of the utterance's audio. Device time is counted in samples, so that pieces
 * join exactly. While sound is missing the PTS stands still; the picture, which follows it, holds.
 */
export class Playout {
  #pieces = [];
  #received = 0;
  #placed = 0;
  #cursor = null;
  #runs = [];
  #firstAudioAt = null;
  #firstFrameAt = null;
  #audioComplete = false;
  #frames = null;
  #frameMs;

  /** @param {number} fps frames a second of the utterance's picture. */
  constructor(fps) {
    this.#frameMs = 1000 / fps;
  }

  /**
   * Takes the next piece of sound. Pieces come in order; one that overlaps what is there already is ignored.
   * @param {number} firstSample its place in the utterance.
   * @param {Int16Array} pcm
   * @param {number} now `performance.now()`.
   */
  addAudio(firstSample, pcm, now) {
    if (firstSample < this.#received || pcm.length === 0) return;
    this.#firstAudioAt ??= now;
    this.#pieces.push({ firstSample, pcm });
    this.#received = firstSample + pcm.length;
  }

  /** Says that a frame is decoded, ready to be shown. */
  addFrame(now) {
    this.#firstFrameAt ??= now;
  }

  /** Says that no more sound follows. */
  finishAudio() {
    this.#audioComplete = true;
  }

  /** Says how many frames the utterance has. */
  finishVideo(frames) {
    this.#frames = frames;
  }

  /** When playback is to start, by `performance.now()`; null while that is not known. */
  startTime(now) {
    if (this.#firstAudioAt === null) return null;
    if (this.#firstFrameAt !== null) return Math.max(this.#firstAudioAt, this.#firstFrameAt) + START_UP_MS;
    return now < this.#firstAudioAt + PICTURE_PATIENCE_MS ? null : now;
  }

  /** True once sound has been given to the device. */
  get isStarted() {
    return this.#cursor !== null;
  }

  /**
   * The pieces to give to the device now, each with the device sample at which it begins.
   * @param {number} earliest the first device sample that is not too late.
   * @param {number} horizon how many samples ahead of `earliest` may be given away.
   * @param {number} start where the utterance is to begin, if it has not begun.
   * @returns {{atSample: number, pcm: Int16Array}[]}
   */
  takeAudio(earliest, horizon, start = earliest) {
    const taken = [];
    if (this.#pieces.length === 0) return taken;
    this.#cursor ??= Math.max(start, earliest);
    while (this.#pieces.length > 0) {
      const { firstSample, pcm } = this.#pieces[0];
      let at = this.#cursor + (firstSample - this.#placed);
      const ranDry = at < earliest;
      if (ranDry && !this.#audioComplete && this.#received - firstSample < REFILL_SAMPLES) break;
      if (ranDry) at = earliest;
      if (at > earliest + horizon) break;
      this.#pieces.shift();
      this.#remember(firstSample, pcm.length, at);
      this.#placed = firstSample + pcm.length;
      this.#cursor = at + pcm.length;
      taken.push({ atSample: at, pcm });
    }
    return taken;
  }

  /**
   * The PTS that is heard at device time `sample`. Before the start it is negative, while sound is missing it stands
   * still, and after the last sample it goes on until the last frame is over.
   */
  ptsAt(sample) {
    if (this.#runs.length === 0) return -Infinity;
    let run = this.#runs[0];
    for (const later of this.#runs) {
      if (later.at > sample) break;
      run = later;
    }
    const position = run.firstSample + (sample - run.at);
    const end = run === this.#runs.at(-1) && this.#audioComplete ? Infinity : run.firstSample + run.length;
    return Math.min(position, end) / SAMPLES_PER_MS;
  }

  /** The device sample at which `pts` is heard; null if that is not known yet. */
  sampleOf(pts) {
    const position = pts * SAMPLES_PER_MS;
    const run = this.#runs.findLast(({ firstSample }) => firstSample <= position) ?? this.#runs[0];
    return run ? run.at + (position - run.firstSample) : null;
  }

  /** How long the utterance is in milliseconds, once that is known: its frames outlast its sound by less than one. */
  get duration() {
    if (!this.#audioComplete) return null;
    const audioMs = this.#received / SAMPLES_PER_MS;
    return this.#frames === null ? audioMs : Math.max(audioMs, this.#frames * this.#frameMs);
  }

  /** Milliseconds of sound that have arrived. */
  get receivedMs() {
    return this.#received / SAMPLES_PER_MS;
  }

  #remember(firstSample, length, at) {
    const run = this.#runs.at(-1);
    if (run && run.at + run.length === at && run.firstSample + run.length === firstSample) run.length += length;
    else this.#runs.push({ firstSample, length, at });
  }
}
