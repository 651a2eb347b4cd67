// Puts the editor of avatars together. Each part is in a module of its own; this one only says who knows whom.

import { language, t } from '../language.js';
import { offerLanguages } from '../ui/language-choice.js';
import { Board } from './board.js';
import { Creation } from './creation.js';
import { Current } from './current.js';
import { Face } from './face.js';
import { save } from './files.js';
import { LandmarksError, parse } from './landmarks.js';
import { Photo, TYPES } from './photo.js';
import { PointList } from './point-list.js';
import { POINTS } from './points.js';
import { Preview } from './preview.js';
import { Refusal, detect } from './server.js';
import { templateFor } from './template.js';

const NO_FACE = 422;

const element = (id) => document.getElementById(id);

language.translate(document);
offerLanguages(element('language'));

const face = new Face();
const board = new Board(element('photo'), face);
const creation = new Creation({
  form: element('creation'), name: element('name'), create: element('create'), outcome: element('outcome'),
}, face);
new Current({
  label: element('current-label'), hint: element('current-hint'), place: element('current-place'), flaws: element('flaws'),
}, face, board);
new PointList(element('points'), face, {
  choose: () => placePoints(), nudge: (event) => board.nudge(event),
});
let preview = null;
try {
  preview = new Preview({ canvas: element('preview'), sounds: element('sounds'), play: element('play') }, face);
} catch (error) {
  element('preview-place').hidden = true;
  console.warn('preview:', error.message);
}

/** What is said above the photo, in English, with its values. */
let message = ['', {}];

function say(english, values = {}) {
  message = [english, values];
  element('message').textContent = t(english, values);
}

// The photo

let photo = null;

async function open(file) {
  if (!face.isSaved && !confirm(t('The points of this photo are not saved. Open another one all the same?'))) return;
  let opened;
  try {
    opened = await Photo.read(file);
  } catch {
    return say('“{name}” cannot be read as a picture. Choose a JPEG, PNG or WebP file.', { name: file.name });
  }
  photo = opened;
  document.body.dataset.state = 'editing';
  element('editor').inert = true;
  face.clear();
  board.open(photo);
  preview?.open(photo);
  creation.open(photo);
  say('Looking for the face…');
  const found = await detected(photo.file);
  // Meanwhile another one may have been chosen.
  if (photo !== opened) return;
  element('editor').inert = false;
  board.isWhole = !found;
  face.start(found ?? templateFor(photo.size.width, photo.size.height), photo.size);
  if (found) board.showFace();
  element('photo').focus({ preventScroll: true });
}

/** Where the server sees the face; null, and a word about it, if it does not. */
async function detected(file) {
  try {
    const landmarks = await detect(file);
    say('The points are where the server sees them. Look at each, and move those that are beside it.');
    return landmarks;
  } catch (error) {
    const isAnswer = error instanceof Refusal || error instanceof LandmarksError;
    say(error.status === NO_FACE ? 'No face was found in the photo: move this one over yours, then place the points.'
      : isAnswer ? 'This server does not look for faces: move this one over yours, then place the points.'
        : 'The server does not answer: move this face over yours, then place the points.');
    return null;
  }
}

for (const id of ['choose', 'choose-other']) {
  element(id).accept = TYPES.join();
  element(id).addEventListener('change', ({ target }) => {
    if (target.files.length > 0) open(target.files[0]);
    // The same file again is a choice too.
    target.value = '';
  });
}
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('is-dropping');
});
document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) document.body.classList.remove('is-dropping');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('is-dropping');
  if (event.dataTransfer.files.length > 0) open(event.dataTransfer.files[0]);
});
document.addEventListener('paste', (event) => {
  if (event.clipboardData.files.length > 0) open(event.clipboardData.files[0]);
});

// The points

function placePoints() {
  if (!board.isWhole) return;
  board.isWhole = false;
  board.showFace();
}

element('mode-points').addEventListener('click', placePoints);
element('mode-whole').addEventListener('click', () => (board.isWhole = true));
board.addEventListener('mode', () => {
  element('mode-points').setAttribute('aria-pressed', String(!board.isWhole));
  element('mode-whole').setAttribute('aria-pressed', String(board.isWhole));
});
for (const [id, by] of [['previous', -1], ['next', 1]]) {
  element(id).addEventListener('click', () => {
    // From the whole face to its first point.
    if (board.isWhole) placePoints();
    else face.step(by);
  });
}
element('zoom-in').addEventListener('click', () => board.zoom(1));
element('zoom-out').addEventListener('click', () => board.zoom(-1));
element('zoom-whole').addEventListener('click', () => board.showWhole());
element('undo').addEventListener('click', () => face.undo());
document.addEventListener('keydown', (event) => {
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.target === element('name')) return;
  event.preventDefault();
  face.undo();
});
face.addEventListener('change', () => {
  element('undo').disabled = !face.canUndo;
  element('preview-place').classList.toggle('is-stale', face.flaws.length > 0);
});

// Files

element('save').addEventListener('click', () => {
  save(face.landmarks, creation.name || photo.name);
  face.isSaved = true;
});
element('open').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  const text = await file.text();
  target.value = '';
  try {
    face.replace(parse(JSON.parse(text)));
    placePoints();
    say('The points are those of “{name}”.', { name: file.name });
  } catch (error) {
    const point = POINTS.find(({ name }) => name === error.point)?.label ?? error.point;
    if (error instanceof LandmarksError) say('“{name}” has no place for “{point}”.', { name: file.name, point: t(point) });
    else say('“{name}” is no file of points.', { name: file.name });
  }
});
window.addEventListener('beforeunload', (event) => {
  if (!face.isSaved) event.preventDefault();
});
language.addEventListener('change', () => say(...message));
