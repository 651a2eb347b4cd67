// Runs on the audio thread: cuts the microphone's sound into pieces of 20 ms of PCM16.

const PIECE = 480;

/** Posts `{pcm: Int16Array, level: number}`; the level is RMS, 0...1. */
class MicrophoneProcessor extends AudioWorkletProcessor {
  #pcm = new Int16Array(PIECE);
  #filled = 0;
  #energy = 0;

  process([channels]) {
    const samples = channels?.[0];
    if (!samples) return true;
    for (const sample of samples) {
      const clipped = Math.max(-1, Math.min(1, sample));
      this.#pcm[this.#filled] = Math.round(clipped * 32767);
      this.#energy += clipped * clipped;
      this.#filled += 1;
      if (this.#filled === PIECE) this.#post();
    }
    return true;
  }

  #post() {
    const pcm = this.#pcm;
    this.port.postMessage({ pcm, level: Math.sqrt(this.#energy / PIECE) }, [pcm.buffer]);
    this.#pcm = new Int16Array(PIECE);
    this.#filled = 0;
    this.#energy = 0;
  }
}

registerProcessor('microphone', MicrophoneProcessor);
