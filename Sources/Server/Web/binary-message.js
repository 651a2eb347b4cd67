// The binary messages of docs/protocol.md: sound and picture without base64.

/** What a binary message carries. */
export const Kind = Object.freeze({ audio: 1, video: 2, idleVideo: 3 });

const VERSION = 1;
const HEADER_BYTES = 20;
const KEYFRAME = 1;

/**
 * Takes a message apart. `payload` is a view into `bytes`, not a copy.
 * @param {Uint8Array} bytes
 * @returns {{kind: number, isKeyframe: boolean, responseId: string, index: number, baseFrame: number,
 *   ptsMicroseconds: number, payload: Uint8Array}} `index` is the frame's number or that of the first sample.
 * @throws {RangeError} if it is no message of version 1.
 */
export function decodeMessage(bytes) {
  if (bytes.length < HEADER_BYTES) {
    throw new RangeError(`binary message: ${bytes.length} bytes, expected at least ${HEADER_BYTES}`);
  }
  if (bytes[0] !== VERSION) throw new RangeError(`binary message: version ${bytes[0]}, expected ${VERSION}`);
  const bodyStart = HEADER_BYTES + bytes[3];
  if (bytes.length < bodyStart) {
    throw new RangeError(`binary message: ${bytes.length} bytes, expected at least ${bodyStart}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    kind: bytes[1],
    isKeyframe: (bytes[2] & KEYFRAME) !== 0,
    responseId: String.fromCharCode(...bytes.subarray(HEADER_BYTES, bodyStart)),
    index: view.getUint32(4, true),
    baseFrame: view.getUint32(8, true),
    ptsMicroseconds: Number(view.getBigUint64(12, true)),
    payload: bytes.subarray(bodyStart),
  };
}

/**
 * `input_audio_buffer.append` as a binary message.
 * @param {Int16Array} pcm 24 kHz mono.
 */
export function encodeMicrophoneAudio(pcm) {
  const bytes = new Uint8Array(HEADER_BYTES + pcm.byteLength);
  bytes[0] = VERSION;
  bytes[1] = Kind.audio;
  bytes.set(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength), HEADER_BYTES);
  return bytes;
}

/**
 * The samples of an audio message. They are copied only where the header left them at an odd address.
 * @param {Uint8Array} payload PCM16 little-endian.
 */
export function samplesOf(payload) {
  const aligned = payload.byteOffset % 2 === 0 ? payload : payload.slice();
  return new Int16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 1);
}
