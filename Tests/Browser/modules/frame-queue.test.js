import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameQueue } from '../../../Sources/Server/Web/frame-queue.js';

function queueOf(...times) {
  const closed = [];
  const queue = new FrameQueue();
  for (const pts of times) queue.add(pts, { close: () => closed.push(pts) });
  return { queue, closed };
}

test('gives the newest frame that is due, closes those before it and counts them', () => {
  const { queue, closed } = queueOf(0, 40, 80, 120);
  assert.equal(queue.takeDue(90).pts, 80);
  assert.deepEqual(closed, [0, 40]);
  assert.equal(queue.dropped, 2);
  assert.equal(queue.takeDue(90), null);
  assert.equal(queue.takeDue(120).pts, 120);
  assert.equal(queue.dropped, 2);
});

test('what is thrown away is closed, and was not late', () => {
  const { queue, closed } = queueOf(0, 40);
  queue.clear();
  assert.deepEqual(closed, [0, 40]);
  assert.equal(queue.dropped, 0);
  assert.equal(queue.length, 0);
});
