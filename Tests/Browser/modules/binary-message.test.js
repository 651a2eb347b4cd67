import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeMessage, encodeMicrophoneAudio, Kind, samplesOf } from '../../../Sources/Server/Web/binary-message.js';

function message({ version = 1, kind = Kind.video, id = 'resp_1', rest = [] }) {
  const [flags, index, base, pts] = [1, 3, 45, 120_000n];
  const bytes = new Uint8Array(20 + id.length + rest.length);
  const view = new DataView(bytes.buffer);
  bytes.set([version, kind, flags, id.length]);
  view.setUint32(4, index, true);
  view.setUint32(8, base, true);
  view.setBigUint64(12, pts, true);
  bytes.set(new TextEncoder().encode(id), 20);
  bytes.set(rest, 20 + id.length);
  return bytes;
}

test('reads every field', () => {
  assert.deepEqual(decodeMessage(message({ rest: [0, 0, 0, 1] })), {
    kind: Kind.video, isKeyframe: true, responseId: 'resp_1', index: 3, baseFrame: 45, ptsMicroseconds: 120_000,
    payload: new Uint8Array([0, 0, 0, 1]),
  });
});

test('refuses what is cut short, and versions it does not know', () => {
  const whole = message({});
  for (let length = 0; length < whole.length; length += 1) {
    assert.throws(() => decodeMessage(whole.subarray(0, length)), RangeError);
  }
  assert.throws(() => decodeMessage(message({ version: 2 })), /version 2, expected 1/);
});

test('reads samples behind a header of odd length', () => {
  const { payload } = decodeMessage(message({ kind: Kind.audio, id: 'r', rest: [0x34, 0x12, 0xff, 0xff] }));
  assert.deepEqual([...samplesOf(payload)], [0x1234, -1]);
});

test('the microphone speaks the same language', () => {
  const { kind, responseId, payload } = decodeMessage(encodeMicrophoneAudio(new Int16Array([1, -2])));
  assert.deepEqual([kind, responseId, ...samplesOf(payload)], [Kind.audio, '', 1, -2]);
});
