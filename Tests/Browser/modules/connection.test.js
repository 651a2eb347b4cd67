import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reconnectDelay } from '../../../Sources/Server/Web/connection.js';

test('waits longer each time, up to a quarter of a minute, and not all clients alike', () => {
  const delays = Array.from({ length: 12 }, (_, attempt) => reconnectDelay(attempt, 0.5));
  assert.deepEqual(delays.slice(0, 6), [500, 1000, 2000, 4000, 8000, 15_000]);
  assert.ok(delays.every((delay) => delay <= 15_000));
  assert.notEqual(reconnectDelay(3, 0), reconnectDelay(3, 1));
});
