// The microphone: 24 kHz mono PCM16 in pieces of 20 ms.

import { SAMPLE_RATE } from './playout.js';

const CONSTRAINTS = {
  audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

/** Why there is no microphone, in a word that the page can translate for people. */
export class MicrophoneError extends Error {
  /** @param {'refused' | 'missing' | 'insecure' | 'busy'} reason */
  constructor(reason, cause) {
    super(`microphone: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** Events: `piece` (detail: `{pcm: Int16Array, level: number}`), `ended` when the device goes away. */
export class Microphone extends EventTarget {
  #context = null;
  #stream = null;
  #opening = null;

  /** Asks for the microphone if it is not open yet. @throws {MicrophoneError} */
  open() {
    this.#opening ??= this.#open().catch((error) => {
      this.close();
      throw error instanceof MicrophoneError ? error : new MicrophoneError(reasonOf(error), error);
    });
    return this.#opening;
  }

  /** Gives the device back; the browser's recording sign goes out. */
  close() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#context?.close();
    this.#stream = null;
    this.#context = null;
    this.#opening = null;
  }

  get isOpen() {
    return this.#stream !== null;
  }

  async #open() {
    if (!navigator.mediaDevices) throw new MicrophoneError('insecure');
    const stream = await navigator.mediaDevices.getUserMedia(CONSTRAINTS);
    // The browser resamples to the context's rate.
    const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });
    this.#context = context;
    this.#stream = stream;
    await context.audioWorklet.addModule(new URL('microphone-worklet.js', import.meta.url));
    const node = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }) => this.dispatchEvent(new CustomEvent('piece', { detail: data }));
    context.createMediaStreamSource(stream).connect(node);
    stream.getAudioTracks()[0].onended = () => {
      this.close();
      this.dispatchEvent(new CustomEvent('ended'));
    };
    await context.resume();
  }
}

function reasonOf({ name }) {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}
