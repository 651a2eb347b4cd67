// What the page tells the server of what it shows.

/**
 * Passes on what the stage announces.
 * @param {Stage} stage
 * @param {(event: object) => void} send to the server.
 */
export function report(stage, send) {
  stage.addEventListener('position', ({ detail: { frame } }) => send({ type: 'video.position', frame }));
  stage.addEventListener('shown', ({ detail: { responseId, at } }) => send({
    type: 'video.shown', response_id: responseId, ago_ms: performance.now() - at,
  }));
  stage.addEventListener('skew', ({ detail: { skewMs } }) => send({ type: 'video.report', skew_ms: skewMs }));
}
