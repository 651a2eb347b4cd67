import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExposition } from '../../../Sources/Server/Web/dashboard/exposition.js';

test('reads series, labels and values, and leaves out what it cannot read', () => {
  const series = parseExposition([
    '# HELP wait_seconds Waiting.', '# TYPE wait_seconds histogram', 'wait_seconds_bucket{le="0.5"} 2',
    'wait_seconds_bucket{le="+Inf"} 3', 'wait_seconds_sum 1.25e-1', '', 'sessions 4 1700000000000',
    String.raw`odd{what="a \"b\", {c} \\ \n=d",device="cuda:0"} -Inf`, '???', 'broken{', 'nan NaN', '',
  ].join('\n'));
  assert.deepEqual(series.get('wait_seconds_bucket'), [
    { labels: { le: '0.5' }, value: 2 }, { labels: { le: '+Inf' }, value: 3 },
  ]);
  assert.deepEqual(series.get('wait_seconds_sum'), [{ labels: {}, value: 0.125 }]);
  assert.deepEqual(series.get('sessions'), [{ labels: {}, value: 4 }]);
  assert.deepEqual(series.get('odd'), [{ labels: { what: 'a "b", {c} \\ \n=d', device: 'cuda:0' }, value: -Infinity }]);
  assert.ok(Number.isNaN(series.get('nan')[0].value));
  assert.equal(series.has('broken'), false);
  assert.equal(parseExposition('').size, 0);
});
