// Numbers over the picture, for those who want to know.

import { language, t } from '../language.js';
import { phases, STEPS } from '../timeline.js';

const REFRESH_MS = 500;

/** The stage's statistics, and where the time of the latest answer went. */
export class StatisticsView {
  #places;
  #stage;
  #timeline = null;

  /**
   * @param {{numbers: HTMLElement, timeline: HTMLElement}} places
   * @param {Stage} stage @param {Session} session
   */
  constructor(places, stage, session) {
    this.#places = places;
    this.#stage = stage;
    session.addEventListener('timeline', ({ detail }) => {
      this.#timeline = detail;
      this.#showTimeline();
    });
    language.addEventListener('change', () => this.#showTimeline());
    setInterval(() => {
      if (!places.numbers.hidden) this.#showNumbers();
    }, REFRESH_MS);
  }

  #showNumbers() {
    const cells = rows(this.#stage.statistics).flatMap(([name, value]) => [cell('dt', t(name)), cell('dd', value)]);
    this.#places.numbers.replaceChildren(...cells);
  }

  #showTimeline() {
    if (!this.#timeline) return;
    const { steps_ms: stepsMs, own_ms: ownMs } = this.#timeline;
    const all = phases(stepsMs);
    const total = Math.max(1, ...all.map(({ toMs }) => toMs));
    const own = ownMs ?? null;
    this.#places.timeline.replaceChildren(
      ...all.map((phase) => row(phase, total)),
      ...(own === null ? [] : [entry('own', [cell('span', t('Own share')), cell('span', milliseconds(own))])]));
  }
}

function row({ step, fromMs, toMs }, total) {
  const bar = document.createElement('i');
  bar.style.marginLeft = `${(100 * fromMs) / total}%`;
  bar.style.width = `${(100 * (toMs - fromMs)) / total}%`;
  const track = cell('span', '');
  track.className = 'track';
  track.append(bar);
  return entry(step, [cell('span', t(STEPS[step])), track, cell('span', milliseconds(toMs - fromMs))]);
}

function entry(step, cells) {
  const element = document.createElement('li');
  element.dataset.step = step;
  element.append(...cells);
  return element;
}

function rows({ skew, firstFrameLatency, framesPerSecond, dropped, bufferedSeconds }) {
  return [
    ['A/V skew', skew ? `${signed(skew.mean)} ms` : '–'],
    ['95% within', skew ? `${skew.p95.toFixed(1)} ms` : '–'],
    ['First frame', firstFrameLatency === null ? '–' : milliseconds(firstFrameLatency)],
    ['Frames', `${framesPerSecond} /s`],
    ['Dropped', `${dropped}`],
    ['Buffered', `${bufferedSeconds.toFixed(1)} s`],
  ];
}

function milliseconds(value) {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function signed(value) {
  const magnitude = Math.abs(value).toFixed(1);
  if (magnitude === '0.0') return magnitude;
  return `${value < 0 ? '−' : '+'}${magnitude}`;
}

function cell(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
