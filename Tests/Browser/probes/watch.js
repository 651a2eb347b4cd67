// Watches every frame that reaches the display: `seen` is a list of `{time, pixels}`, where `time` is the frame's
// expectedDisplayTime and `pixels` a small grey picture of it in base64.
{
  const SIDE = 96;
  const seen = [];
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const watch = (video) => video.requestVideoFrameCallback((_, { expectedDisplayTime }) => {
    context.drawImage(video, 0, 0, SIDE, SIDE);
    const { data } = context.getImageData(0, 0, SIDE, SIDE);
    let grey = '';
    for (let i = 0; i < data.length; i += 4) {
      grey += String.fromCharCode((data[i] + 2 * data[i + 1] + data[i + 2]) >> 2);
    }
    seen.push({ time: expectedDisplayTime, pixels: btoa(grey) });
    watch(video);
  });
  window.seen = seen;
  window.SEEN_SIDE = SIDE;
  addEventListener('DOMContentLoaded', () => watch(document.querySelector('video')));
}
