// The photo on which points are placed, by mouse, finger and keyboard.

import { drawBoard, drawLoupe } from './drawing.js';
import { grabbed, pinching, similarity } from './gestures.js';
import { bounds, mapped } from './landmarks.js';
import { View } from './view.js';

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 10;
const ZOOM_STEP = 1.5;
const GROWTH = 1.02;
/** How long the loupe stays after a key, in milliseconds. */
const LOUPE_MS = 1500;

/** Event: `mode` when it changes whether the face is moved as a whole. */
export class Board extends EventTarget {
  face;
  /** @type {View} */
  view = null;
  #canvas;
  #photo = null;
  #isWhole = false;
  #pointers = new Map();
  #drag = null;
  #loupeUntil = 0;
  #isDrawn = true;

  /** @param {HTMLCanvasElement} canvas @param {import('./face.js').Face} face */
  constructor(canvas, face) {
    super();
    this.#canvas = canvas;
    this.face = face;
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) {
      canvas.addEventListener(type, (event) => this.#point(event));
    }
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('keydown', (event) => this.#tab(event));
    canvas.addEventListener('keydown', (event) => this.nudge(event));
    new ResizeObserver(() => this.#resize()).observe(canvas);
    face.addEventListener('change', () => this.#draw());
    face.addEventListener('select', () => {
      if (this.#photo && !this.#drag) this.view = this.view.revealing(face.landmarks.places[face.selected]);
      this.#draw();
    });
  }

  /** @param {import('./photo.js').Photo} photo */
  open(photo) {
    this.#photo = photo;
    this.view = null;
    this.#resize();
  }

  /** Whether the face is moved as a whole. */
  get isWhole() {
    return this.#isWhole;
  }

  set isWhole(isWhole) {
    this.#isWhole = isWhole;
    this.#draw();
    this.dispatchEvent(new Event('mode'));
  }

  show(view) {
    this.view = view;
    this.#draw();
  }

  zoom(steps) {
    this.show(this.view.zoomed(ZOOM_STEP ** steps));
  }

  /** As large as the face may be, to place its points. */
  showFace() {
    this.show(View.around(bounds(this.face.landmarks), this.#photo.size, this.view.screen));
  }

  showWhole() {
    this.show(View.whole(this.#photo.size, this.view.screen));
  }

  /** What a key does to the selected point, or to the whole face, or to the view. */
  nudge(event) {
    if (!this.face.landmarks || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key in ARROWS) this.#nudge(ARROWS[key].map((one) => one * (event.shiftKey ? FAR : 1)));
    else if (key === '+' || key === '=') this.#enlarge(1);
    else if (key === '-') this.#enlarge(-1);
    else if (key === '0') this.showWhole();
    else return;
    event.preventDefault();
  }

  #nudge([dx, dy]) {
    const { face } = this;
    const shifted = ([x, y]) => [x + dx, y + dy];
    if (this.isWhole) return face.replace(mapped(face.landmarks, shifted));
    face.move(face.selected, shifted(face.landmarks.places[face.selected]));
    this.view = this.view.revealing(face.landmarks.places[face.selected]);
    this.#loupeUntil = performance.now() + LOUPE_MS;
    setTimeout(() => this.#draw(), LOUPE_MS + 20);
  }

  #enlarge(by) {
    if (!this.isWhole) return this.zoom(by);
    const { left, right, top, bottom } = bounds(this.face.landmarks);
    const grown = similarity([(left + right) / 2, (top + bottom) / 2], GROWTH ** by);
    this.face.replace(mapped(this.face.landmarks, grown));
  }

  /** From point to point, and out of the photo at the first and the last: nobody is caught in it. */
  #tab(event) {
    if (event.key !== 'Tab' || !this.face.landmarks || this.isWhole) return;
    if (this.face.step(event.shiftKey ? -1 : 1)) event.preventDefault();
  }

  #point(event) {
    if (!this.view) return;
    const at = [event.offsetX, event.offsetY];
    if (event.type === 'pointermove') {
      if (!this.#pointers.has(event.pointerId)) return;
      this.#pointers.set(event.pointerId, at);
      if (this.#drag.moveBoth) this.#drag.moveBoth([...this.#pointers.values()]);
      else this.#drag.move(at);
    } else if (event.type === 'pointerdown') {
      if (event.button !== 0 || this.#pointers.size === 2) return;
      this.#canvas.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, at);
      this.#drag = this.#pointers.size === 2
        ? pinching(this, [...this.#pointers.values()]) : grabbed(this, at, event.pointerType);
    } else {
      this.#pointers.delete(event.pointerId);
      // The finger that stays after a pinch holds nothing.
      this.#drag = this.#pointers.size > 0 ? { isPlacing: false, move: () => {} } : null;
    }
    this.#draw();
  }

  #wheel(event) {
    if (!this.view) return;
    event.preventDefault();
    // Wheels count lines or pixels; a pinch on a touchpad comes as a wheel with Ctrl, in small steps.
    const pixels = event.deltaY * (event.deltaMode === 0 ? 1 : 30);
    const factor = Math.exp(-pixels * (event.ctrlKey ? 0.012 : 0.002));
    this.show(this.view.zoomed(factor, [event.offsetX, event.offsetY]));
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!this.#photo || width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio;
    Object.assign(this.#canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    this.view = this.view?.resized({ width, height }) ?? View.whole(this.#photo.size, { width, height });
    this.#draw();
  }

  /** With the next refresh of the screen, once however often it is asked. */
  #draw() {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    requestAnimationFrame(() => {
      this.#isDrawn = true;
      if (!this.#photo || !this.view) return;
      const context = this.#canvas.getContext('2d');
      const ratio = window.devicePixelRatio;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
      drawBoard(context, this.#photo, this.view, this.face, this.isWhole);
      const isPlacing = this.#drag?.isPlacing || performance.now() < this.#loupeUntil;
      if (isPlacing && !this.isWhole) drawLoupe(context, this.#photo, this.view, this.face);
    });
  }
}
