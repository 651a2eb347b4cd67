import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AudioClock } from '../../../Sources/Server/Web/clock.js';
import { random } from './random.js';

test('is exact although one reading in five is late by up to 10 ms', () => {
  const next = random(7);
  const clock = new AudioClock();
  for (let time = 1000; time < 3000; time += 10) {
    const late = next() < 0.2 ? next() * 10 : 0;
    clock.observe({ audioTime: time - 400 - late, performanceTime: time });
  }
  assert.ok(Math.abs(clock.audioTimeAt(5000) - 4600) < 0.001);
  assert.ok(Math.abs(clock.performanceTimeOf(4600) - 5000) < 0.001);
});

test('follows a step of the device within half a second', () => {
  const clock = new AudioClock();
  for (let time = 1000; time < 3000; time += 16) clock.observe({ audioTime: time, performanceTime: time });
  for (let time = 3000; time < 3500; time += 16) clock.observe({ audioTime: time - 50, performanceTime: time });
  assert.equal(clock.audioTimeAt(4000), 3950);
});

test('follows drift: 100 ppm for ten minutes leave less than a tenth of a millisecond', () => {
  const clock = new AudioClock();
  const audioTime = (time) => time * 1.0001;
  for (let time = 1; time < 600_000; time += 16.7) {
    clock.observe({ audioTime: audioTime(time), performanceTime: time });
  }
  assert.ok(Math.abs(clock.audioTimeAt(600_000) - audioTime(600_000)) < 0.1);
});

test('ignores a device that has not begun', () => {
  const clock = new AudioClock();
  clock.observe({ audioTime: 0, performanceTime: 0 });
  clock.observe({ audioTime: 0, performanceTime: 20 });
  assert.equal(clock.isRunning, false);
});
