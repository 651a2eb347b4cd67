// The points as a file of the user's, and the command that makes an avatar of it.

import { written } from './landmarks.js';

/** What the points of `name` are called. Without what files cannot be called. */
export function fileName(name) {
  return `${name.trim().replace(/[\\/:*?"<>|\s]+/g, '-') || 'face'}.landmarks.json`;
}

/** One point a line. */
export function fileText(landmarks) {
  const lines = Object.entries(written(landmarks)).map(([name, place]) => `  "${name}": ${JSON.stringify(place)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Hands the points to the browser's downloads. */
export function save(landmarks, name) {
  const url = URL.createObjectURL(new Blob([fileText(landmarks)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: fileName(name) }).click();
  URL.revokeObjectURL(url);
}

/** What makes the avatar where the server may not. */
export function command(photo, name) {
  return ['visavis avatar create --engine viseme --photo', word(photo), '--landmarks', word(fileName(name)), '--name',
    word(name)].join(' ');
}

/** As a shell takes it for one word, whatever is in it. */
function word(text) {
  return /^[\p{L}\p{N}_.-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
