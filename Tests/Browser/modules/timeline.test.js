import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phases } from '../../../Sources/Server/Web/timeline.js';

test('each phase begins where the one before ended, and unknown steps are left out', () => {
  assert.deepEqual(
    phases({ user_stopped: 0, turn_committed: 504, response_created: 505, first_audio: 560, first_frame_sent: 575 }),
    [
      { step: 'turn_committed', fromMs: 0, toMs: 504 },
      { step: 'first_audio', fromMs: 504, toMs: 560 },
      { step: 'first_frame_sent', fromMs: 560, toMs: 575 },
    ]);
});

test('a transcript that comes late stands where it came', () => {
  const steps = phases({ turn_committed: 0, first_audio: 40, transcript: 90 }).map(({ step }) => step);
  assert.deepEqual(steps, ['first_audio', 'transcript']);
});

test('one step alone is no time', () => {
  assert.deepEqual(phases({ user_stopped: 0 }), []);
});
