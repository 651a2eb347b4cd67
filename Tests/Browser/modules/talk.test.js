import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Talk } from '../../../Sources/Server/Web/talk.js';

/** Push to talk between a microphone that opens when it is told to and a session that only takes notes. */
function talkWith() {
  const noted = [];
  let allow;
  const microphone = Object.assign(new EventTarget(), {
    open: () => new Promise((resolve) => (allow = resolve)),
    close: () => noted.push('closed'),
  });
  const session = {
    isReady: true,
    checkReach: () => session.isReady,
    beginVoice: () => noted.push('begin'),
    abandonVoice: () => noted.push('abandon'),
    endVoice: () => noted.push('end'),
    hear: () => {},
  };
  return { talk: new Talk(microphone, session), session, noted, allow: () => allow?.() };
}

test('a press without a server records nothing', async () => {
  const { talk, session, noted, allow } = talkWith();
  session.isReady = false;
  const pressed = talk.press();
  allow();
  await pressed;
  talk.release();
  assert.equal(talk.isRecording, false);
  assert.deepEqual(noted, []);
});

test('a server that goes away while the browser asks for permission hears nothing', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { talk, session, noted, allow } = talkWith();
  const pressed = talk.press();
  session.isReady = false;
  allow();
  await pressed;
  talk.release();
  assert.equal(talk.isRecording, false);
  context.mock.timers.runAll();
  assert.deepEqual(noted, ['closed'], 'and the microphone is given back');
});

test('with a server a press records', async () => {
  const { talk, noted, allow } = talkWith();
  const pressed = talk.press();
  allow();
  await pressed;
  assert.equal(talk.isRecording, true);
  assert.deepEqual(noted, ['begin']);
  talk.abandon();
  assert.deepEqual(noted, ['begin', 'abandon']);
});
