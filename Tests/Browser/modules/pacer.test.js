import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pacer } from '../../../Sources/Server/Web/pacer.js';

/** Shows 25 frames a second on a display, and says how far each is from its moment. */
function skews({ refresh, delay, phase }) {
  const pacer = new Pacer();
  for (let n = 0; n < 100; n += 1) {
    pacer.refreshed(n * refresh);
    pacer.presented(n * refresh, n * refresh + delay);
  }
  const start = pacer.nearestRefresh(106 * refresh + phase);
  const result = [];
  let frame = 0;
  for (let n = 100; frame < 250; n += 1) {
    pacer.refreshed(n * refresh);
    if (start + frame * 40 > pacer.horizon(n * refresh)) continue;
    result.push(n * refresh + delay - (start + frame * 40));
    frame += 1;
  }
  return result;
}

for (const hertz of [50, 59.94, 60, 75, 120, 144]) {
  for (const refreshes of [1, 2, 3]) {
    test(`at ${hertz} Hz, ${refreshes} refreshes from track to display: every frame on the nearest refresh`, () => {
      const refresh = 1000 / hertz;
      for (const phase of [0, 3, 11]) {
        const all = skews({ refresh, delay: refreshes * refresh, phase });
        const mean = all.reduce((sum, skew) => sum + skew, 0) / all.length;
        assert.ok(Math.max(...all.map(Math.abs)) <= refresh / 2 + 0.01);
        assert.ok(Math.abs(mean) < 1, `mean ${mean}`);
      }
    });
  }
}

test('a hidden page teaches it nothing', () => {
  const pacer = new Pacer();
  for (let n = 0; n < 50; n += 1) pacer.refreshed(n * 10);
  for (let n = 1; n < 50; n += 1) pacer.refreshed(490 + n * 1000);
  assert.equal(pacer.period, 10);
});
