// The dashboard: asks /metrics each second, and draws what it says.

import { language, t } from '../language.js';
import { offerLanguages } from '../ui/language-choice.js';
import { parseExposition } from './exposition.js';
import { History } from './history.js';
import { Panel, make } from './panel.js';
import { PANELS, TILES, alarms } from './panels.js';
import { Waterfall } from './waterfall.js';

const INTERVAL_MS = 1000;
const SHOWN_SECONDS = 240;

language.translate(document);
const history = new History();
const panels = PANELS.map((panel) => (panel.steps ? new Waterfall(panel) : new Panel(panel, SHOWN_SECONDS)));
const place = (id) => document.getElementById(id);
place('panels').append(...panels.map(({ element }) => element));

let now = performance.now() / 1000;
/** The time that somebody points at, for all panels together. */
let pointed = null;

function point(time) {
  pointed = time;
  draw();
}

function draw() {
  for (const panel of panels) panel.draw(now, pointed);
}

for (const panel of panels) {
  panel.element.addEventListener('pointermove', (event) => point(panel.timeAt(event, now)));
  panel.element.addEventListener('pointerleave', () => point(null));
}
new ResizeObserver(draw).observe(place('panels'));

function showTiles() {
  place('tiles').replaceChildren(...TILES.map(({ title, read }) => {
    const [value, smallPrint, tone] = read(history) ?? ['–', '', ''];
    const tile = make('div', { className: 'tile' });
    tile.dataset.tone = tone;
    tile.append(
      make('dt', { textContent: t(title) }), make('dd', { textContent: value }),
      make('dd', { className: 'small-print', textContent: smallPrint || '\u00a0' }));
    return tile;
  }));
}

function showAlarms() {
  const texts = alarms(history);
  const shown = [...place('alarms').children].map(({ textContent }) => textContent);
  if (texts.join() === shown.join()) return;  // A screen reader reads what changes.
  place('alarms').replaceChildren(...texts.map((textContent) => make('p', { textContent })));
}

/** @param {string} english what is to be read. */
function showState(state, english) {
  const shown = place('state');
  const text = t(english);
  shown.dataset.state = state;
  if (shown.textContent !== text) shown.textContent = text;
}

async function scrape() {
  try {
    const response = await fetch('/metrics', { signal: AbortSignal.timeout(5 * INTERVAL_MS) });
    if (!response.ok) throw new Error(`/metrics: ${response.status} ${response.statusText}`);
    const series = parseExposition(await response.text());
    now = performance.now() / 1000;
    history.add(now, series);
    showState('live', 'Live');
  } catch {
    return showState('offline', 'The server does not answer');
  }
  for (const panel of panels) panel.add(now, history);
  showTiles();
  showAlarms();
  draw();
}

/** One after the other, and never faster than the interval: a slow server is not asked twice at a time. */
async function poll() {
  const start = performance.now();
  await scrape();
  setTimeout(poll, Math.max(0, INTERVAL_MS - (performance.now() - start)));
}

/** Texts that change by themselves follow with the next scrape. */
language.addEventListener('change', () => {
  for (const panel of panels) panel.label();
  showTiles();
  draw();
});

offerLanguages(place('language'));
showTiles();
draw();
poll();
