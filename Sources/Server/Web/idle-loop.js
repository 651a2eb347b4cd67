// The avatar between utterances: its base clip, decoded on the fly.

import { decodeMessage } from './binary-message.js';
import { canDecode, FrameDecoder } from './video-decoder.js';
import { FrameQueue } from './frame-queue.js';

const LOOK_AHEAD = 4;
/** Further behind than this (the page was hidden), frames are skipped instead of decoded. */
const SKIP_AFTER = 25;

/**
 * Takes the idle clip apart.
 * @param {ArrayBuffer} buffer `u32 little-endian length` + a binary message, again and again.
 * @returns {{data: Uint8Array, isKeyframe: boolean}[]}
 * @throws {RangeError} if it is cut short, or does not begin with a keyframe.
 */
export function parseIdleClip(buffer) {
  const view = new DataView(buffer);
  const units = [];
  for (let offset = 0; offset < buffer.byteLength;) {
    const length = offset + 4 <= buffer.byteLength ? view.getUint32(offset, true) : Infinity;
    if (offset + 4 + length > buffer.byteLength) throw new RangeError(`idle clip: cut short in frame ${units.length}`);
    const { payload, isKeyframe } = decodeMessage(new Uint8Array(buffer, offset + 4, length));
    units.push({ data: payload, isKeyframe });
    offset += 4 + length;
  }
  if (!units[0]?.isKeyframe) throw new RangeError('idle clip: the first frame is no keyframe');
  return units;
}

/**
 * Plays the clip from any frame on, by `performance.now()`.
 *
 * Frames are counted from the start (`ordinal`); those that are decoded only because a keyframe lies before the
 * first one have negative ordinals and are thrown away.
 */
export class IdleLoop {
  #units;
  #frameMs;
  #decoder;
  #queue = new FrameQueue();
  #generation = 0;
  #first = 0;
  #startedAt = 0;
  #next = 0;
  #untouched = false;

  /** @param {{codec: string, fps: number}} avatar @param {{data: Uint8Array, isKeyframe: boolean}[]} units */
  constructor({ codec, fps }, units) {
    this.#units = units;
    this.#frameMs = 1000 / fps;
    this.#decoder = new FrameDecoder(codec, (frame, { generation, ordinal }) => {
      if (generation === this.#generation && ordinal >= 0) this.#queue.add(ordinal, frame);
      else frame.close();
    });
  }

  /** Shows clip frame `frame` at `time`, and the rest of the clip after it. May be called ahead, and corrected. */
  start(frame, time) {
    const first = mod(frame, this.#units.length);
    this.#startedAt = time;
    if (this.#untouched && first === this.#first) return;
    this.#first = first;
    this.#generation += 1;
    this.#queue.clear();
    this.#untouched = true;
    let keyframe = first;
    while (!this.#units[keyframe].isKeyframe) keyframe -= 1;
    this.#next = keyframe - first;
    this.prepare();
  }

  /** Decodes a few frames ahead. */
  prepare() {
    if (!canDecode) return;
    while (this.#queue.length + this.#decoder.pending < LOOK_AHEAD || this.#next < LOOK_AHEAD) {
      const { data, isKeyframe } = this.#units[mod(this.#first + this.#next, this.#units.length)];
      this.#decoder.decode(data, isKeyframe, { generation: this.#generation, ordinal: this.#next });
      this.#next += 1;
    }
  }

  /**
   * The picture to be shown by `time` if it is another one than before.
   * @returns {{frame: VideoFrame, clipFrame: number} | null} the caller must close the frame.
   */
  takeDue(time) {
    const ordinal = Math.floor((time - this.#startedAt) / this.#frameMs);
    if (ordinal - this.#next > SKIP_AFTER) this.start(this.#first + ordinal, this.#startedAt + ordinal * this.#frameMs);
    const due = this.#queue.takeDue((time - this.#startedAt) / this.#frameMs);
    this.prepare();
    if (!due) return null;
    this.#untouched = false;
    return { frame: due.frame, clipFrame: mod(this.#first + due.pts, this.#units.length) };
  }

  /** When the clip shows `frame`: the moment nearest to `time`. */
  timeOf(frame, time) {
    const first = this.#startedAt + mod(frame - this.#first, this.#units.length) * this.#frameMs;
    const loop = this.#units.length * this.#frameMs;
    return first + Math.round((time - first) / loop) * loop;
  }

  close() {
    this.#generation += 1;
    this.#queue.clear();
    this.#decoder.close();
  }
}

function mod(value, length) {
  return ((value % length) + length) % length;
}
