import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Countdown } from '../../../Sources/Server/Web/countdown.js';

function counting(context, milliseconds) {
  let now = 0;
  context.mock.timers.enable({ apis: ['setTimeout'] });
  context.mock.method(performance, 'now', () => now);
  const told = [];
  const countdown = new Countdown();
  countdown.start(milliseconds, { tell: (seconds) => told.push(seconds), run: () => told.push('run') });
  const pass = (time) => {
    for (let left = time; left > 0; left -= 100) {
      now += 100;
      context.mock.timers.tick(100);
    }
  };
  return { countdown, told, pass };
}

test('tells the seconds that are left, then runs once', (context) => {
  const { told, pass } = counting(context, 2400);
  pass(5000);
  assert.deepEqual(told, [3, 2, 1, 'run']);
});

test('what is cancelled does not run, what is finished runs at once', (context) => {
  const { countdown, told, pass } = counting(context, 2400);
  countdown.cancel();
  pass(5000);
  assert.deepEqual(told, [3]);
  countdown.start(60_000, { tell: () => {}, run: () => told.push('at once') });
  countdown.finish();
  pass(60_000);
  assert.deepEqual(told, [3, 'at once']);
});
