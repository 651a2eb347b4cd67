import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIdleClip } from '../../../Sources/Server/Web/idle-loop.js';

function clip(...flags) {
  const bytes = new Uint8Array(flags.length * 25);
  const view = new DataView(bytes.buffer);
  flags.forEach((flag, frame) => {
    view.setUint32(frame * 25, 21, true);
    bytes.set([1, 3, flag], frame * 25 + 4);
    bytes[frame * 25 + 24] = frame;
  });
  return bytes.buffer;
}

test('takes the clip apart', () => {
  const units = parseIdleClip(clip(1, 0, 1));
  assert.deepEqual(units.map(({ isKeyframe, data }) => [isKeyframe, ...data]), [[true, 0], [false, 1], [true, 2]]);
});

test('refuses a clip that is cut short anywhere, and one that does not begin with a keyframe', () => {
  const whole = clip(1, 0);
  for (let length = 0; length < whole.byteLength; length += 1) {
    if (length !== 25) assert.throws(() => parseIdleClip(whole.slice(0, length)), RangeError, `${length} bytes`);
  }
  assert.throws(() => parseIdleClip(clip(0)), /no keyframe/);
});
