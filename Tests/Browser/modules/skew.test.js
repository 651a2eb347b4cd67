import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SkewMeter } from '../../../Sources/Server/Web/skew.js';

test('each frame is reported once, as the protocol takes it', () => {
  const meter = new SkewMeter();
  assert.deepEqual(meter.takeReport(), []);
  for (const skew of [1.26, -3, 50_000]) meter.add({ skew });
  assert.equal(meter.reportIsDue, false);
  assert.deepEqual(meter.takeReport(), [1.3, -3, 10_000]);
  for (let frame = 0; frame < 75; frame++) meter.add({ skew: frame });
  assert.equal(meter.reportIsDue, true);
  assert.equal(meter.takeReport().length, 75);
  assert.equal(meter.reportIsDue, false);
  assert.equal(meter.samples.length, 78);
});
