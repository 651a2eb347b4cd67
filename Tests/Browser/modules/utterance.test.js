import assert from 'node:assert/strict';
import { test } from 'node:test';
import { START_UP_MS } from '../../../Sources/Server/Web/playout.js';
import { Utterance } from '../../../Sources/Server/Web/utterance.js';

// Node has no VideoDecoder: these are utterances in a browser that cannot show them.

const avatar = { codec: 'avc1.42C01E', fps: 25 };

test('the voice does not wait for a picture that cannot be decoded', () => {
  const { playout } = new Utterance('r1', avatar, 0);
  const now = performance.now();
  playout.addAudio(0, new Int16Array(960), now);
  assert.ok(playout.startTime(now) <= now + START_UP_MS);
});

test('frames that the server dropped count as dropped', () => {
  const utterance = new Utterance('r1', avatar, 0);
  for (const index of [0, 1, 5]) {
    utterance.addVideo({ index, isKeyframe: index === 0, baseFrame: index, payload: new Uint8Array(1) });
  }
  const before = utterance.dropped;
  utterance.finishVideo(6);
  assert.equal(utterance.dropped - before, 3);
  utterance.close();
});
