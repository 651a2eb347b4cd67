import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapped, parse, turning } from '../../../Sources/Server/Web/editor/landmarks.js';
import { Mesh } from '../../../Sources/Server/Web/editor/mesh.js';
import { REST } from '../../../Sources/Server/Web/editor/pulls.js';
import { SOUNDS, loopAt } from '../../../Sources/Server/Web/editor/sounds.js';
import { MIRA } from './face-of-mira.js';

const face = parse(MIRA);

/** How far each corner that lay within `reach` of a place goes, as [dx, dy]. */
function ways(mesh, [x, y], controls, reach = 6) {
  const posed = mesh.posed(controls);
  const all = [];
  for (let at = 0; at < posed.length; at += 2) {
    if (Math.hypot(mesh.places[at] - x, mesh.places[at + 1] - y) <= reach) {
      all.push([posed[at] - mesh.places[at], posed[at + 1] - mesh.places[at + 1]]);
    }
  }
  assert.ok(all.length > 0, 'there are corners');
  return all;
}

const down = (all) => Math.max(...all.map(([, dy]) => dy));
const up = (all) => Math.min(...all.map(([, dy]) => dy));

test('at rest every corner is where it is in the photo', () => {
  const mesh = new Mesh(face);
  assert.deepEqual(mesh.posed(REST), mesh.places);
});

test('an open mouth is open where the lips meet, and the chin comes down', () => {
  const mesh = new Mesh(face);
  const lips = ways(mesh, MIRA.lip_line, SOUNDS.aa, 2);
  assert.ok(down(lips) > 15, 'the lower lip leaves');
  assert.ok(up(lips) <= 0, 'the upper lip does not go along');
  assert.ok(down(ways(mesh, MIRA.chin, SOUNDS.aa)) > 8);
  for (const part of ['nose', 'left_eye_top', 'head_top']) {
    assert.ok(down(ways(mesh, MIRA[part], SOUNDS.aa, 8)) < 1, `${part} stays`);
  }
});

test('lips that are pressed, rounded and spread do just that', () => {
  const mesh = new Mesh(face);
  assert.ok(down(ways(mesh, MIRA.lip_line, SOUNDS.mm, 1)) < 0.1, 'pressed lips do not part');
  assert.ok(ways(mesh, MIRA.mouth_left, SOUNDS.oo, 1).every(([dx]) => dx > 5), 'rounded lips are narrow');
  assert.ok(ways(mesh, MIRA.mouth_left, SOUNDS.ee, 1).every(([dx]) => dx < -3), 'spread lips are wide');
});

test('a blink brings the upper lid to the lower one', () => {
  const mesh = new Mesh(face);
  const height = MIRA.left_eye_bottom[1] - MIRA.left_eye_top[1];
  assert.ok(down(ways(mesh, MIRA.left_eye_top, SOUNDS.blink)) > 0.85 * height);
});

test('nothing moves at the edges, and a head that leans moves along its own lines', () => {
  const mesh = new Mesh(face);
  const { region } = mesh.face;
  for (const controls of Object.values(SOUNDS)) {
    const posed = mesh.posed(controls);
    for (let at = 0; at < posed.length; at += 2) {
      const [x, y] = [mesh.places[at], mesh.places[at + 1]];
      const isFar = Math.abs(x - mesh.face.middle) > 1.85 * mesh.face.jawHalf || y > region.bottom - 8;
      if (isFar) assert.ok(Math.hypot(posed[at] - x, posed[at + 1] - y) < 0.6, `${x}, ${y}`);
    }
  }
  const turn = turning(MIRA.lip_line, Math.PI / 2);
  const [dx, dy] = ways(new Mesh(mapped(face, turn)), turn(MIRA.chin), SOUNDS.aa)[0];
  assert.ok(dx < -8 && Math.abs(dy) < 1, 'down is left for a head on its side');
});

test('the loop says each sound, and never jumps', () => {
  const said = new Set();
  let before = loopAt(0).controls;
  for (let time = 0; time < 6; time += 0.01) {
    const { name, controls } = loopAt(time);
    said.add(name);
    for (const control of Object.keys(REST)) {
      assert.ok(Math.abs(controls[control] - before[control]) < 0.25, `${control} at ${time.toFixed(2)}`);
    }
    before = controls;
  }
  assert.deepEqual([...said].sort(), Object.keys(SOUNDS).sort());
});
