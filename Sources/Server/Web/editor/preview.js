// The face as it will move: it says "aa, mm, oo, ee" and blinks, again and again, or holds one of these.

import { Mesh } from './mesh.js';
import { COVERED, drawInside } from './mouth-inside.js';
import { SOUNDS, loopAt } from './sounds.js';
import { Warp } from './warp.js';

export class Preview {
  #elements;
  #face;
  #warp = null;
  #mesh = null;
  /** Name of the sound that is held; null while all are said in turn. */
  #held = null;
  #shown = null;

  /**
   * @param {{canvas: HTMLCanvasElement, sounds: HTMLElement, play: HTMLButtonElement}} elements
   * @param {import('./face.js').Face} face
   * @throws if this browser cannot draw it
   */
  constructor(elements, face) {
    this.#elements = elements;
    this.#face = face;
    this.#warp = new Warp(elements.canvas);
    for (const button of elements.sounds.querySelectorAll('[data-sound]')) {
      button.addEventListener('click', () => this.#hold(button.dataset.sound));
    }
    elements.play.addEventListener('click', () => this.#hold(null));
    face.addEventListener('change', () => this.#take());
    // Who asks for stillness sees one sound, and may ask for the others.
    this.#hold(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'aa' : null);
    requestAnimationFrame((time) => this.#draw(time));
  }

  /** @param {import('./photo.js').Photo} photo */
  open(photo) {
    this.#mesh = null;
    this.#warp.open(photo, drawInside());
  }

  /** An impossible face has no mesh: the last possible one stays. */
  #take() {
    if (!this.#face.landmarks || this.#face.flaws.length > 0) return;
    this.#mesh = new Mesh(this.#face.landmarks);
    this.#warp.take(this.#mesh);
  }

  #hold(name) {
    this.#held = name;
    this.#elements.play.setAttribute('aria-pressed', String(name === null));
    this.#mark(name);
  }

  #mark(name) {
    this.#shown = name;
    for (const button of this.#elements.sounds.querySelectorAll('[data-sound]')) {
      button.setAttribute('aria-pressed', String(this.#held === button.dataset.sound));
      button.classList.toggle('is-shown', name === button.dataset.sound);
    }
  }

  #draw(time) {
    requestAnimationFrame((next) => this.#draw(next));
    const { canvas } = this.#elements;
    if (!this.#mesh || canvas.clientWidth === 0) return;
    const side = Math.round(canvas.clientWidth * window.devicePixelRatio);
    if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
    const { name, controls } = this.#held ? { name: this.#held, controls: SOUNDS[this.#held] } : loopAt(time / 1000);
    if (name !== this.#shown) this.#mark(name);
    this.#warp.draw(this.#mesh.posed(controls), insideOf(this.#mesh), cropOf(this.#mesh, this.#face.size));
  }
}

/** Where the corners of the drawing of the mouth's inside are. */
function insideOf({ face: { mouth, mouthHalf }, back }) {
  const { left, right, top, bottom } = COVERED;
  return [[left, top], [right, top], [left, bottom], [right, bottom]].flatMap(([x, y]) => (
    back([mouth.center[0] + mouthHalf * x, mouth.center[1] + mouthHalf * y])));
}

/** A square around the face, within the picture as far as that goes. */
function cropOf({ face: { headTop, chin, middle }, back }, { width, height }) {
  const side = Math.min(1.25 * (chin - headTop), Math.max(width, height));
  const [x, y] = back([middle, (headTop + chin) / 2]);
  const into = (value, length) => (
    side > length ? (length - side) / 2 : Math.min(length - side, Math.max(0, value - side / 2)));
  return { x: into(x, width), y: into(y, height), side };
}
