// H.264 access units to pictures, by WebCodecs.

import { nextStamp } from './frame-stamp.js';

/** False in browsers without WebCodecs, and on pages that are neither on localhost nor served over HTTPS. */
export const canDecode = 'VideoDecoder' in globalThis;

/** A decoder that hands each picture back together with what its caller said about it. */
export class FrameDecoder {
  #codec;
  #decoder = null;
  #details = new Map();
  #needsKeyframe = true;
  #onFrame;

  /**
   * @param {string} codec such as `avc1.42C01F`.
   * @param {(frame: VideoFrame, detail: any) => void} onFrame takes the frame over, and must close it.
   */
  constructor(codec, onFrame) {
    this.#codec = codec;
    this.#onFrame = onFrame;
  }

  /**
   * Decodes one access unit (Annex B). After an error everything up to the next keyframe is skipped.
   * @returns {boolean} false if it was skipped.
   */
  decode(data, isKeyframe, detail) {
    if (!canDecode || (this.#needsKeyframe && !isKeyframe)) return false;
    if (this.#decoder?.state !== 'configured') this.#open();
    this.#needsKeyframe = false;
    const timestamp = nextStamp();
    this.#details.set(timestamp, detail);
    this.#decoder.decode(new EncodedVideoChunk({ type: isKeyframe ? 'key' : 'delta', timestamp, data }));
    return true;
  }

  /** Access units that were taken and have not become pictures yet. */
  get pending() {
    return this.#details.size;
  }

  close() {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = null;
    this.#details.clear();
  }

  #open() {
    const details = this.#details;
    const decoder = new VideoDecoder({
      output: (frame) => {
        const detail = details.get(frame.timestamp);
        details.delete(frame.timestamp);
        if (this.#decoder === decoder) this.#onFrame(frame, detail);
        else frame.close();
      },
      error: (error) => {
        console.warn('video decoder:', error.message);
        if (this.#decoder !== decoder) return;
        this.#needsKeyframe = true;
        details.clear();
      },
    });
    // No `description`: the parameter sets are in band, Annex B.
    decoder.configure({ codec: this.#codec, optimizeForLatency: true });
    this.#decoder = decoder;
  }
}
