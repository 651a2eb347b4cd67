// The loudspeaker: pieces of PCM, joined sample by sample.

import { SAMPLE_RATE } from './playout.js';

/** A piece must be with the device this long before it is heard, or its beginning is lost. */
const MARGIN_SECONDS = 0.01;
/** A cut without a ramp clicks, at the end of a sound and where it begins, or goes on after a gap. */
const RAMP_SECONDS = 0.01;
const FADE_IN_SAMPLES = 0.005 * SAMPLE_RATE;
/** While somebody may be interrupting, the voice is 14 dB softer: they are heard out, and nothing is lost. */
const LOWERED = 0.2;
/** Time constants of lowering and raising it: down at once, up without haste. */
const LOWER_SECONDS = 0.015;
const RAISE_SECONDS = 0.08;

/** Plays one utterance at a time; `performance.now()` knows nothing of it, see AudioClock. */
export class Speaker {
  #context = null;
  #gain = null;
  #loudness = null;
  #analyser = null;
  /** The device sample at which the last piece ends. */
  #end = -1;
  #sources = new Set();
  #scratch = new Float32Array(512);

  /** Browsers allow sound only after the user has touched the page: call this from every such event. */
  async resume() {
    if (!this.#context) {
      this.#context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });
      this.#analyser = new AnalyserNode(this.#context, { fftSize: 512 });
      this.#analyser.connect(this.#context.destination);
      this.#loudness = new GainNode(this.#context);
      this.#loudness.connect(this.#analyser);
    }
    if (this.#context.state !== 'running') await this.#context.resume();
  }

  get isRunning() {
    return this.#context?.state === 'running';
  }

  /** A reading for AudioClock, in milliseconds. */
  get reading() {
    const { contextTime, performanceTime } = this.#context.getOutputTimestamp();
    return { audioTime: contextTime * 1000, performanceTime };
  }

  /** The first device sample at which a piece can still begin. */
  get earliestSample() {
    return Math.ceil((this.#context.currentTime + MARGIN_SECONDS) * SAMPLE_RATE);
  }

  /** Plays `pcm` from device sample `atSample` on. */
  play(pcm, atSample) {
    const buffer = new AudioBuffer({ length: pcm.length, sampleRate: SAMPLE_RATE });
    const samples = buffer.getChannelData(0);
    for (let i = 0; i < pcm.length; i += 1) samples[i] = pcm[i] / 32768;
    if (atSample !== this.#end) {
      for (let i = 0; i < Math.min(FADE_IN_SAMPLES, pcm.length); i += 1) samples[i] *= i / FADE_IN_SAMPLES;
    }
    this.#end = atSample + pcm.length;
    if (!this.#gain) {
      this.#gain = new GainNode(this.#context);
      this.#gain.connect(this.#loudness);
    }
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#gain);
    source.onended = () => {
      source.disconnect();
      this.#sources.delete(source);
    };
    source.start(atSample / SAMPLE_RATE);
    this.#sources.add(source);
  }

  /**
   * Ends the sound within 10 ms.
   * @returns {number} the device sample after which nothing is heard.
   */
  stop() {
    if (!this.#gain) return 0;
    const now = this.#context.currentTime;
    const gain = this.#gain;
    gain.gain.setValueAtTime(1, now);
    gain.gain.linearRampToValueAtTime(0, now + RAMP_SECONDS);
    for (const source of this.#sources) source.stop(now + RAMP_SECONDS);
    this.#gain = null;
    this.#end = -1;
    this.#glide(1, now + RAMP_SECONDS, 0.001);
    return Math.round((now + RAMP_SECONDS) * SAMPLE_RATE);
  }

  /** Makes the voice softer until it is raised again, or stopped. */
  lower() {
    if (this.#loudness) this.#glide(LOWERED, this.#context.currentTime, LOWER_SECONDS);
  }

  raise() {
    // After an end, the ramp comes first.
    if (this.#loudness && this.#gain) this.#glide(1, this.#context.currentTime, RAISE_SECONDS);
  }

  #glide(to, from, timeConstant) {
    this.#loudness.gain.cancelScheduledValues(from);
    this.#loudness.gain.setTargetAtTime(to, from, timeConstant);
  }

  /** How loud it is now: RMS, 0...1. */
  get level() {
    if (!this.isRunning) return 0;
    this.#analyser.getFloatTimeDomainData(this.#scratch);
    let sum = 0;
    for (const sample of this.#scratch) sum += sample * sample;
    return Math.sqrt(sum / this.#scratch.length);
  }
}
