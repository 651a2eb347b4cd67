// What the preview says, and how its mouth goes from one sound to the next.

import { REST } from './pulls.js';

/** In the order in which they are shown. @type {Object<string, import('./pulls.js').Controls>} */
export const SOUNDS = {
  aa: { ...REST, part: 0.76, drop: 0.8, lift: 0.04, pucker: 0.2 },
  mm: { ...REST, press: 1 },
  oo: { ...REST, part: 0.28, drop: 0.22, pucker: 1 },
  ee: { ...REST, part: 0.26, drop: 0.2, lift: 0.1, spread: 1 },
  blink: { ...REST, lids: 1 },
};

const NAMES = Object.keys(SOUNDS);
/** Going there, staying, and resting afterwards: in seconds. */
const GOING = 0.18;
const STAYING = 0.42;
const BLINK = 0.08;

/** How far the face is into each sound at a time of the loop. @returns {{name: string, controls: import('./pulls.js').Controls}} */
export function loopAt(seconds) {
  const turn = GOING + STAYING;
  const index = Math.floor(seconds / turn) % NAMES.length;
  const name = NAMES[index];
  const since = seconds % turn;
  const before = SOUNDS[NAMES[(index + NAMES.length - 1) % NAMES.length]];
  if (name !== 'blink') return { name, controls: mixed(withoutLids(before), SOUNDS[name], since / GOING) };
  // Lids fall and rise at once, while the mouth comes to rest.
  const shut = 1 - Math.abs(since - GOING - BLINK) / BLINK;
  return { name, controls: { ...mixed(before, REST, since / GOING), lids: Math.min(1, Math.max(0, 1.4 * shut)) } };
}

function withoutLids(controls) {
  return { ...controls, lids: 0 };
}

function mixed(from, to, share) {
  const held = Math.min(1, Math.max(0, share));
  const eased = held * held * (3 - 2 * held);
  return Object.fromEntries(Object.keys(REST).map((name) => [name, from[name] + (to[name] - from[name]) * eased]));
}
