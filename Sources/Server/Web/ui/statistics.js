// Numbers over the picture, for those who want to know.

const REFRESH_MS = 500;

/** Shows the stage's statistics while its place is visible. @param {Stage} stage */
export function showStatistics(place, stage) {
  setInterval(() => {
    if (place.hidden) return;
    place.replaceChildren(...rows(stage.statistics).flatMap(([name, value]) => [cell('dt', name), cell('dd', value)]));
  }, REFRESH_MS);
}

function rows({ skew, firstFrameLatency, framesPerSecond, dropped, bufferedSeconds }) {
  return [
    ['A/V skew', skew ? `${signed(skew.mean)} ms` : '–'],
    ['95% within', skew ? `${skew.p95.toFixed(1)} ms` : '–'],
    ['First frame', firstFrameLatency === null ? '–' : `${Math.round(firstFrameLatency)} ms`],
    ['Frames', `${framesPerSecond} /s`],
    ['Dropped', `${dropped}`],
    ['Buffered', `${bufferedSeconds.toFixed(1)} s`],
  ];
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
