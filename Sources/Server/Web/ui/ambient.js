// The soft light around the picture: the poster on a few points, stretched over the window.

/** Lights the page with `poster`. @param {HTMLImageElement} poster loaded. */
export function lightAmbient(canvas, poster) {
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  // Two steps, so that every point is a mean of its surroundings and not a single pixel of the poster.
  context.drawImage(poster, 0, 0, canvas.width, canvas.height);
  context.filter = 'blur(2px) saturate(1.8)';
  context.drawImage(canvas, 0, 0);
  canvas.classList.add('is-ready');
}
