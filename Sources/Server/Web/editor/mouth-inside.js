// What is seen between the lips: a dark hollow, the upper teeth and a tongue, drawn.

const SIDE = 256;

/** What the drawing covers about the middle of the lips, in halves of the mouth's width. */
export const COVERED = { left: -1.3, right: 1.3, top: -0.5, bottom: 1.6 };

export function drawInside() {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  const { left, right, top, bottom } = COVERED;
  context.scale(SIDE / (right - left), SIDE / (bottom - top));
  context.translate(-left, -top);
  fill(context, ['#2b0d11', '#4a161c'], () => context.rect(left, top, right - left, bottom - top));
  fill(context, ['#b0565c', '#8f3e46'], () => context.ellipse(0, 1.05, 0.62, 0.45, 0, 0, 2 * Math.PI));
  fill(context, ['#a89f97', '#dcd5cc'], () => context.ellipse(0, -0.3, 0.95, 0.5, 0, 0, 2 * Math.PI), -0.2, 0.15);
  return canvas;
}

function fill(context, [upper, lower], outline, from = COVERED.top, to = COVERED.bottom) {
  const shades = context.createLinearGradient(0, from, 0, to);
  shades.addColorStop(0, upper);
  shades.addColorStop(1, lower);
  context.fillStyle = shades;
  context.beginPath();
  outline();
  context.fill();
}
