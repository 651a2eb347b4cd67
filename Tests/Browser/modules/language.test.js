import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import chinese from '../../../Sources/Server/Web/language/zh-CN.js';
import { language, preferred, t } from '../../../Sources/Server/Web/language.js';

const WEB = new URL('../../../Sources/Server/Web/', import.meta.url);

test('the first of the browser’s languages that there is decides; without one it is English', () => {
  assert.equal(preferred(['zh-CN', 'en']), 'zh-CN');
  assert.equal(preferred(['de-AT', 'zh-Hant-TW', 'en']), 'zh-CN');
  assert.equal(preferred(['en-GB', 'zh']), 'en');
  assert.equal(preferred(['fr']), 'en');
  assert.equal(preferred([]), 'en');
});

test('values go into texts; what no dictionary has stays as it is', () => {
  language.choose('zh-CN');
  assert.equal(t('What should {name} say?', { name: 'Mira' }), '想让 Mira 说什么？');
  assert.equal(t('The server says so.'), 'The server says so.');
  language.choose('en');
  assert.equal(t('What should {name} say?', { name: 'Mira' }), 'What should Mira say?');
});

test('translations have the values of their originals', () => {
  const values = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [english, text] of Object.entries(chinese)) assert.deepEqual(values(text), values(english), english);
});

test('every entry of the dictionary is needed', () => {
  const sources = readdirSync(WEB, { recursive: true })
    .filter((name) => /\.(js|html)$/.test(name) && !name.startsWith('language/'))
    .map((name) => readFileSync(new URL(name, WEB), 'utf8').replaceAll(/\s+/g, ' ')).join('\n');
  // What the server calls its voices and responders.
  const told = /^(English, |Repeats |Reads |Talks|Answers by rules|Hears and speaks)/;
  const unused = Object.keys(chinese).filter((english) => !told.test(english) && !sources.includes(english));
  assert.deepEqual(unused, []);
});
