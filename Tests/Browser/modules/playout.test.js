import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PICTURE_PATIENCE_MS, Playout, START_UP_MS } from '../../../Sources/Server/Web/playout.js';
import { random } from './random.js';

const PIECE = 960;
const piece = () => new Int16Array(PIECE);

test('starts 80 ms after the first sound and the first frame', () => {
  const playout = new Playout(25);
  assert.equal(playout.startTime(0), null);
  playout.addAudio(0, piece(), 100);
  assert.equal(playout.startTime(101), null);
  playout.addFrame(130);
  playout.addFrame(190);
  assert.equal(playout.startTime(200), 130 + START_UP_MS);
});

test('speaks without a picture when none comes', () => {
  const playout = new Playout(25);
  playout.addAudio(0, piece(), 100);
  assert.equal(playout.startTime(99 + PICTURE_PATIENCE_MS), null);
  assert.equal(playout.startTime(100 + PICTURE_PATIENCE_MS), 100 + PICTURE_PATIENCE_MS);
});

test('places pieces without a gap, from the start that was asked for', () => {
  const playout = new Playout(25);
  for (let n = 0; n < 4; n += 1) playout.addAudio(n * PIECE, piece(), 0);
  const taken = playout.takeAudio(1000, 48_000, 5000);
  assert.deepEqual(taken.map(({ atSample }) => atSample), [5000, 5960, 6920, 7880]);
});

test('gives no more away than the horizon', () => {
  const playout = new Playout(25);
  for (let n = 0; n < 100; n += 1) playout.addAudio(n * PIECE, piece(), 0);
  const first = playout.takeAudio(0, 10 * PIECE, 0);
  assert.equal(first.length, 11);
  assert.equal(playout.takeAudio(PIECE, 10 * PIECE).length, 1);
});

test('PTS follows the device, before the start too', () => {
  const playout = new Playout(25);
  assert.equal(playout.ptsAt(123), -Infinity);
  playout.addAudio(0, piece(), 0);
  playout.takeAudio(0, 48_000, 24_000);
  assert.equal(playout.ptsAt(24_000 - 240), -10);
  assert.equal(playout.ptsAt(24_000 + 480), 20);
  assert.equal(playout.sampleOf(20), 24_480);
});

test('stands still while it has run dry, and goes on where it stopped', () => {
  const playout = new Playout(25);
  playout.addAudio(0, piece(), 0);
  playout.takeAudio(0, 48_000, 0);
  assert.equal(playout.ptsAt(5000), 40, 'the 40 ms that have arrived, and not more');

  playout.addAudio(PIECE, piece(), 0);
  assert.deepEqual(playout.takeAudio(5000, 48_000), [], 'one piece is not enough to go on');
  playout.addAudio(2 * PIECE, piece(), 0);
  assert.deepEqual(playout.takeAudio(6000, 48_000).map(({ atSample }) => atSample), [6000, 6960]);
  assert.equal(playout.ptsAt(5999), 40);
  assert.equal(playout.ptsAt(6000 + 240), 50);
  assert.equal(playout.sampleOf(50), 6240);
});

test('after the last sample it goes on until the last frame is over', () => {
  const playout = new Playout(25);
  playout.addAudio(0, new Int16Array(1000), 0);
  playout.takeAudio(0, 48_000, 0);
  assert.equal(playout.duration, null);
  playout.finishAudio();
  playout.finishVideo(2);
  assert.equal(playout.duration, 80);
  assert.equal(playout.ptsAt(1920), 80);
});

test('an utterance without sound is over at once', () => {
  const playout = new Playout(25);
  playout.finishAudio();
  assert.equal(playout.duration, 0);
});

test('whatever the network does, no sample is lost, doubled, late or out of order, and PTS never goes back', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = random(seed);
    const playout = new Playout(25);
    const pieces = Array.from({ length: 30 }, () => 1 + Math.floor(next() * 2000));
    const total = pieces.reduce((sum, length) => sum + length, 0);
    let sent = 0;
    let played = 0;
    let end = 0;
    let pts = -Infinity;
    for (let device = 0; played < total; device += 1 + Math.floor(next() * 1500)) {
      if (pieces.length > 0 && next() < 0.5) {
        const length = pieces.shift();
        playout.addAudio(sent, new Int16Array(length), 0);
        sent += length;
        if (pieces.length === 0) playout.finishAudio();
      }
      for (const { atSample, pcm } of playout.takeAudio(device, 4800)) {
        assert.ok(atSample >= device && atSample >= end, `seed ${seed}: a piece overlaps, or is late`);
        end = atSample + pcm.length;
        played += pcm.length;
      }
      const heard = playout.ptsAt(device);
      assert.ok(heard >= pts, `seed ${seed}: PTS went from ${pts} back to ${heard}`);
      if (pieces.length > 0) assert.ok(heard <= sent / 24, `seed ${seed}: heard what had not arrived`);
      pts = heard;
    }
    assert.equal(played, total);
  }
});
