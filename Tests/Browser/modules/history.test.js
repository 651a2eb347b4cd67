import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExposition } from '../../../Sources/Server/Web/dashboard/exposition.js';
import { History } from '../../../Sources/Server/Web/dashboard/history.js';
import { PANELS, TILES, alarms } from '../../../Sources/Server/Web/dashboard/panels.js';

function historyOf(scrapes) {
  const history = new History();
  for (const [time, ...lines] of scrapes) history.add(time, parseExposition(lines.join('\n')));
  return history;
}

test('what is missing is null, and a page without metrics has empty panels', () => {
  for (const history of [historyOf([]), historyOf([[0, '']]), historyOf([[0, ''], [1, '']])]) {
    assert.equal(history.value('a'), null);
    assert.equal(history.rate('a'), null);
    assert.equal(history.mean('a'), null);
    assert.equal(history.quantile('a', 0.5), null);
    assert.deepEqual(history.values('device', 'a'), []);
    for (const { read, steps } of PANELS) {
      const values = steps ? steps(history).map(({ median }) => median) : Object.values(read(history));
      for (const value of values) assert.equal(value, null);
    }
    for (const { read } of TILES) assert.equal(read(history), null);
    assert.deepEqual(alarms(history), []);
  }
});

test('rates look back as far as they are told, over all series that match', () => {
  const history = historyOf([
    [0, 'frames{device="a"} 0'], [5, 'frames{device="a"} 100', 'frames{device="b"} 50'],
    [10, 'frames{device="a"} 225', 'frames{device="b"} 300'],
  ]);
  assert.equal(history.rate('frames', 5), (125 + 250) / 5);
  assert.equal(history.rate('frames', 5, { device: 'a' }), 25);
  assert.equal(history.rate('frames', 10), 52.5);
  assert.equal(history.rate('frames', 500), 52.5);
  assert.equal(history.growth('frames', 10, { device: 'b' }), 300);
  assert.equal(history.rate('frames', 5, { device: 'c' }), null);
  assert.deepEqual(history.values('device', 'frames'), ['a', 'b']);
});

test('a server that was started again is no negative rate', () => {
  assert.equal(historyOf([[0, 'frames 900'], [1, 'frames 10']]).rate('frames'), null);
});

test('quantiles lie between the bounds of their bucket', () => {
  const bounds = ['1', '2', '4', '+Inf'];
  const buckets = (...counts) => counts.map((count, index) => `wait_bucket{le="${bounds[index]}"} ${count}`);
  const history = historyOf([[0, ...buckets(5, 5, 5, 5)], [1, ...buckets(5, 15, 25, 25)]]);
  assert.equal(history.quantile('wait', 0.25), 1.5);
  assert.equal(history.quantile('wait', 0.5), 2);
  assert.equal(history.quantile('wait', 0.75), 3);
  assert.equal(historyOf([[0, ...buckets(0, 0, 0, 0)], [1, ...buckets(0, 0, 0, 3)]]).quantile('wait', 0.5), 4);
  // Nothing was recorded in between.
  assert.equal(historyOf([[0, ...buckets(1, 2, 3, 4)], [1, ...buckets(1, 2, 3, 4)]]).quantile('wait', 0.5), null);
});

test('forgets after a minute', () => {
  const history = new History();
  for (let time = 0; time <= 1000; time++) history.add(time, parseExposition(`frames ${time * time}`));
  assert.equal(history.rate('frames', 1e9), (1000 * 1000 - 940 * 940) / 60);
});

test('devices that fail or run full are told of', () => {
  const history = historyOf([[0,
    'visavis_device_up{device="cuda:0"} 0', 'visavis_device_up{device="cuda:1"} 1',
    'visavis_memory_alarm{device="cuda:0"} 0', 'visavis_memory_alarm{device="cuda:1"} 1',
    'visavis_device_memory_share{device="cuda:0"} 0.4', 'visavis_device_memory_share{device="cuda:1"} 0.93']]);
  assert.deepEqual(alarms(history).map((text) => text.match(/cuda:\d/)[0]), ['cuda:0', 'cuda:1']);
  assert.deepEqual(TILES.find(({ title }) => title === 'Memory').read(history), ['93 %', 'of cuda:1', 'danger']);
});
