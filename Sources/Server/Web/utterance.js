// One answer of the avatar: its sound, and its picture on the way from the wire to the screen.

import { canDecode, FrameDecoder } from './video-decoder.js';
import { FrameQueue } from './frame-queue.js';
import { Playout } from './playout.js';

/** Decoders lend only a few pictures at a time; so many are decoded ahead. */
const LOOK_AHEAD = 6;

/** Everything that has arrived of one response. */
export class Utterance {
  #units = [];
  #decoder;
  #fps;
  #arrived = 0;
  #missing = 0;
  #skipped = 0;

  /**
   * @param {string} responseId
   * @param {{codec: string, fps: number}} avatar
   * @param {number} requestedAt when the user asked for it, by `performance.now()`.
   */
  constructor(responseId, { codec, fps }, requestedAt) {
    this.responseId = responseId;
    this.requestedAt = requestedAt;
    this.playout = new Playout(fps);
    this.frames = new FrameQueue();
    /** True once its voice has begun, with or without a picture. */
    this.isHeard = false;
    /** The clip frame on which its first frame is painted; null until that has arrived. */
    this.firstBaseFrame = null;
    /** The clip frame on which the last frame that has arrived is painted. */
    this.lastBaseFrame = null;
    /** The clip frame on which the last frame that was shown is painted. */
    this.shownBaseFrame = null;
    /** When its first frame was on the display. */
    this.firstShownAt = null;
    this.#fps = fps;
    this.#decoder = new FrameDecoder(codec, (frame, { pts, baseFrame }) => {
      this.frames.add(pts, frame, { baseFrame });
      this.playout.addFrame(performance.now());
    });
    // The voice does not wait for pictures that nobody will see.
    if (!canDecode) this.playout.addFrame(performance.now());
  }

  /** Takes a frame as it came: one H.264 access unit. */
  addVideo({ index, isKeyframe, baseFrame, payload }) {
    this.#units.push({ data: payload, isKeyframe, pts: (index * 1000) / this.#fps, baseFrame });
    this.#arrived += 1;
    this.firstBaseFrame ??= baseFrame;
    this.lastBaseFrame = baseFrame;
    this.decodeAhead();
  }

  /** Says how many frames were made; the server may have dropped some of them for the sake of the voice. */
  finishVideo(frames) {
    this.playout.finishVideo(frames);
    this.#missing = Math.max(0, frames - this.#arrived);
  }

  /** Keeps the decoder busy, but not with more than a few pictures. */
  decodeAhead() {
    while (this.#units.length > 0 && this.frames.length + this.#decoder.pending < LOOK_AHEAD) {
      const { data, isKeyframe, pts, baseFrame } = this.#units.shift();
      if (!this.#decoder.decode(data, isKeyframe, { pts, baseFrame })) this.#skipped += 1;
    }
  }

  /** Frames that were made and never shown: dropped here, or by the server. */
  get dropped() {
    return this.frames.dropped + this.#skipped + this.#missing;
  }

  /** Frees its pictures and its decoder. */
  close() {
    this.#units = [];
    this.frames.clear();
    this.#decoder.close();
  }
}
