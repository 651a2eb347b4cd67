import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bytes, bytesPerSecond, niceCeiling, percent, plain, seconds,
} from '../../../Sources/Server/Web/dashboard/units.js';

test('numbers have the digits that matter', () => {
  assert.deepEqual([0, 1.234, 12.34, 200, 1234.5].map(plain), ['0', '1.23', '12.3', '200', '1235']);
  assert.deepEqual([0, 0.0017, 0.42, 1.5].map(seconds), ['0 ms', '1.7 ms', '420 ms', '1.5 s']);
  assert.deepEqual([0, 0.995, 1].map(percent), ['0 %', '99.5 %', '100 %']);
  assert.equal(bytes(24 * 2 ** 30), '24 GB');
  assert.equal(bytesPerSecond(1_250_000), '1.25 MB/s');
});

test('scales end at round numbers that nothing exceeds', () => {
  assert.deepEqual([0, 3, 21, 26, 0.07].map((value) => niceCeiling(value)), [1, 5, 25, 50, 0.1]);
  assert.equal(niceCeiling(1, 25), 25);
  for (let value = 0.001; value < 1e4; value *= 1.07) assert.ok(niceCeiling(value) >= value);
});
