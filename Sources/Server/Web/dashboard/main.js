// The dashboard: asks /metrics each second, and draws what it says.

import { Chart } from './chart.js';
import { parseExposition } from './exposition.js';
import { History } from './history.js';
import { PANELS, TILES, alarms } from './panels.js';

const INTERVAL_MS = 1000;
const SHOWN_SECONDS = 240;

const history = new History();
const charts = PANELS.map((panel) => new Chart(panel, SHOWN_SECONDS));
const place = (id) => document.getElementById(id);
place('panels').append(...charts.map(({ element }) => element));

let now = performance.now() / 1000;
/** The time that somebody points at, for all charts together. */
let pointed = null;

function draw() {
  for (const chart of charts) chart.draw(now, pointed);
}

for (const chart of charts) {
  chart.element.addEventListener('pointermove', (event) => {
    pointed = chart.timeAt(event, now);
    draw();
  });
  chart.element.addEventListener('pointerleave', () => {
    pointed = null;
    draw();
  });
}
new ResizeObserver(draw).observe(place('panels'));

function showTiles() {
  place('tiles').replaceChildren(...TILES.map(({ title, read }) => {
    const [value, smallPrint, tone] = read(history) ?? ['–', '', ''];
    const tile = document.createElement('div');
    tile.className = 'tile';
    tile.dataset.tone = tone;
    tile.append(
      Object.assign(document.createElement('dt'), { textContent: title }),
      Object.assign(document.createElement('dd'), { textContent: value }),
      Object.assign(document.createElement('dd'), { className: 'small-print', textContent: smallPrint || '\u00a0' }));
    return tile;
  }));
}

function showAlarms() {
  const texts = alarms(history);
  const shown = [...place('alarms').children].map((element) => element.textContent);
  if (texts.join() === shown.join()) return;  // A screen reader reads what changes.
  place('alarms').replaceChildren(
    ...texts.map((text) => Object.assign(document.createElement('p'), { textContent: text })));
}

async function scrape() {
  const state = place('state');
  try {
    const response = await fetch('/metrics', { signal: AbortSignal.timeout(5 * INTERVAL_MS) });
    if (!response.ok) throw new Error(`${response.status}`);
    const series = parseExposition(await response.text());
    now = performance.now() / 1000;
    history.add(now, series);
    for (const chart of charts) chart.add(now, history);
    state.dataset.state = 'live';
    state.textContent = 'Live';
    showTiles();
    showAlarms();
    draw();
  } catch {
    state.dataset.state = 'offline';
    state.textContent = 'The server does not answer';
  }
}

/** One after the other, and never faster than the interval: a slow server is not asked twice at a time. */
async function poll() {
  const start = performance.now();
  await scrape();
  setTimeout(poll, Math.max(0, INTERVAL_MS - (performance.now() - start)));
}

showTiles();
draw();
poll();
