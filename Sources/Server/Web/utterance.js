// One answer of the avatar: its sound, and its picture on the way from the wire to the screen.

import { FrameDecoder } from './video-decoder.js';
import { FrameQueue } from './frame-queue.js';
import { Playout } from './playout.js';

/** Decoders lend only a few pictures at a time; so many are decoded ahead. */
const LOOK_AHEAD = 6;

/** Everything that has arrived of one response. */
export class Utterance {
  #units = [];
  #decoder;
  #fps;
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
  }

  /** Takes a frame as it came: one H.264 access unit. */
  addVideo({ index, isKeyframe, baseFrame, payload }) {
    this.#units.push({ data: payload, isKeyframe, pts: (index * 1000) / this.#fps, baseFrame });
    this.firstBaseFrame ??= baseFrame;
    this.lastBaseFrame = baseFrame;
    this.decodeAhead();
  }

  /** Keeps the decoder busy, but not with more than a few pictures. */
  decodeAhead() {
    while (this.#units.length > 0 && this.frames.length + this.#decoder.pending < LOOK_AHEAD) {
      const { data, isKeyframe, pts, baseFrame } = this.#units.shift();
      if (!this.#decoder.decode(data, isKeyframe, { pts, baseFrame })) this.#skipped += 1;
    }
  }

  /** Frames that arrived and were never shown. */
  get dropped() {
    return this.frames.dropped + this.#skipped;
  }

  /** Frees its pictures and its decoder. */
  close() {
    this.#units = [];
    this.frames.clear();
    this.#decoder.close();
  }
}
