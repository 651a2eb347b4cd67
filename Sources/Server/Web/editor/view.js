// Which part of a picture is seen on the screen, and how large.

/** How many pixels of the screen a pixel of the picture becomes at most. */
const LARGEST = 16;
/** What is left around a face that fills the screen, as a share of it; and when that is worth it. */
const AROUND = 0.35;
const WORTH = 1.5;

/** `screen = scale · picture + offset`, both in CSS pixels of the canvas. Never changed: each step gives another one. */
export class View {
  /** @param {{scale: number, x: number, y: number}} at */
  constructor({ scale, x, y }, picture, screen) {
    Object.assign(this, { scale, x, y, picture, screen });
  }

  /** All of the picture, in the middle. @param {{width: number, height: number}} picture @param {{width: number, height: number}} screen */
  static whole(picture, screen) {
    const scale = Math.min(screen.width / picture.width, screen.height / picture.height);
    const x = (screen.width - scale * picture.width) / 2;
    return new View({ scale, x, y: (screen.height - scale * picture.height) / 2 }, picture, screen);
  }

  /** A small face large, with some of what is around it. @param {{left: number, right: number, top: number, bottom: number}} face */
  static around({ left, right, top, bottom }, picture, screen) {
    const whole = View.whole(picture, screen);
    const larger = (1 - AROUND) * Math.min(screen.width / (right - left), screen.height / (bottom - top)) / whole.scale;
    if (larger < WORTH) return whole;
    const [x, y] = whole.toScreen([(left + right) / 2, (top + bottom) / 2]);
    const near = whole.zoomed(larger, [x, y]);
    return near.panned(screen.width / 2 - x, screen.height / 2 - y);
  }

  toScreen([x, y]) {
    return [this.scale * x + this.x, this.scale * y + this.y];
  }

  toPicture([x, y]) {
    return [(x - this.x) / this.scale, (y - this.y) / this.scale];
  }

  /** `factor` times as large; what is at `place` of the screen stays there. */
  zoomed(factor, [x, y] = [this.screen.width / 2, this.screen.height / 2]) {
    const smallest = View.whole(this.picture, this.screen).scale;
    const scale = Math.min(Math.max(LARGEST, smallest), Math.max(smallest, this.scale * factor));
    const by = scale / this.scale;
    return this.#held({ scale, x: x + (this.x - x) * by, y: y + (this.y - y) * by });
  }

  panned(dx, dy) {
    return this.#held({ scale: this.scale, x: this.x + dx, y: this.y + dy });
  }

  /** On a screen of another size: the same middle, as large as before. */
  resized(screen) {
    const [centerX, centerY] = this.toPicture([this.screen.width / 2, this.screen.height / 2]);
    const wasWhole = this.scale <= View.whole(this.picture, this.screen).scale;
    if (wasWhole) return View.whole(this.picture, screen);
    const { scale } = this;
    const x = screen.width / 2 - scale * centerX;
    return new View({ scale, x, y: screen.height / 2 - scale * centerY }, this.picture, screen).zoomed(1);
  }

  /** Moved no farther than needed for a place of the picture to be seen, away from the edge. */
  revealing(place) {
    const [x, y] = this.toScreen(place);
    const margin = Math.min(60, this.screen.width / 4, this.screen.height / 4);
    const into = (value, length) => Math.min(Math.max(value, margin), length - margin) - value;
    const isSeen = x >= 0 && y >= 0 && x <= this.screen.width && y <= this.screen.height;
    return isSeen ? this : this.panned(into(x, this.screen.width), into(y, this.screen.height));
  }

  /** The picture fills the screen as far as it can: no gap that could be smaller. */
  #held({ scale, x, y }) {
    const along = (offset, length, screen) => (
      length <= screen ? (screen - length) / 2 : Math.min(0, Math.max(screen - length, offset)));
    const { picture, screen } = this;
    return new View({
      scale, x: along(x, scale * picture.width, screen.width), y: along(y, scale * picture.height, screen.height),
    }, picture, screen);
  }
}
