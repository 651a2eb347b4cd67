import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curves } from '../../../Sources/Server/Web/editor/curves.js';
import { command, fileName, fileText } from '../../../Sources/Server/Web/editor/files.js';
import { flaws } from '../../../Sources/Server/Web/editor/flaws.js';
import { mapped, moved, parse, roll, turning, upright, written } from '../../../Sources/Server/Web/editor/landmarks.js';
import { templateFor } from '../../../Sources/Server/Web/editor/template.js';
import { MIRA, SIZE } from './face-of-mira.js';

const face = () => parse(MIRA);
const near = (actual, expected, within = 1e-6) => (
  assert.ok(Math.abs(actual - expected) <= within, `${actual} instead of ${expected}`));

test('what is read is written again, with a tenth of a pixel', () => {
  const file = { ...MIRA, chin: [262.04, 331.46], lip_curve: [[245.5, 282], [280.25, 282]] };
  assert.deepEqual(written(parse(file)), { ...file, chin: [262, 331.5], lip_curve: [[245.5, 282], [280.3, 282]] });
  assert.deepEqual(JSON.parse(fileText(face())), MIRA);
  assert.ok(!('lip_curve' in written(face())));
});

test('a point that is missing, or is no place, is named', () => {
  const { chin, ...others } = MIRA;
  assert.throws(() => parse(others), { point: 'chin' });
  for (const wrong of ['1, 2', [1], [1, 2, 3], [1, null], { x: 1, y: 2 }]) {
    assert.throws(() => parse({ ...MIRA, nose: wrong }), { point: 'nose' });
    assert.throws(() => parse({ ...MIRA, lip_curve: [wrong] }), { point: 'lip_curve' });
  }
  for (const nothing of [null, undefined, 7, [], 'landmarks']) assert.throws(() => parse(nothing), { point: 'left_eye_outer' });
});

test('a good face has no flaw, however it leans', () => {
  for (const angle of [-0.6, 0, 0.3, 0.6]) {
    const leaning = mapped(face(), turning(MIRA.lip_line, angle));
    near(roll(leaning), roll(face()) + angle);
    near(roll(upright(leaning).landmarks), 0);
    assert.deepEqual(flaws(leaning, 1000, 1000), [], `at ${angle}`);
  }
});

test('the way back from the upright face is the way there, backwards', () => {
  const leaning = mapped(face(), turning(MIRA.chin, 0.4));
  const { landmarks, back } = upright(leaning);
  near(back(landmarks.places.head_top)[0], leaning.places.head_top[0]);
  near(back(landmarks.places.head_top)[1], leaning.places.head_top[1]);
});

test('what is impossible is said of each point that is part of it', () => {
  const wrong = (places) => flaws(parse({ ...MIRA, ...places }), ...SIZE);
  assert.deepEqual(wrong({ head_top: [240, -1] }), [{ kind: 'outside', points: ['head_top'] }]);
  assert.deepEqual(wrong({ chin: [262, 513] }), [{ kind: 'outside', points: ['chin'] }]);
  assert.deepEqual(wrong({ lower_lip: [262, 280] }), [{ kind: 'vertical', points: ['lip_line', 'lower_lip'] }]);
  assert.deepEqual(wrong({ jaw_left: [240, 281] }), [{ kind: 'horizontal', points: ['jaw_left', 'mouth_left'] }]);
  assert.deepEqual(wrong({ mouth_left: MIRA.mouth_right, mouth_right: MIRA.mouth_left }).map(({ kind }) => kind),
    ['horizontal', 'horizontal']);
  assert.equal(wrong({ upper_lip: [262, 283.5] }).length, 1, 'half a pixel apart is not apart');
});

test('the template fits into every picture, without a flaw', () => {
  for (const [width, height] of [[512, 512], [576, 768], [4000, 3000], [200, 900], [900, 200]]) {
    assert.deepEqual(flaws(templateFor(width, height), width, height), [], `${width}×${height}`);
  }
});

test('the line between the lips goes along with the points that it runs through', () => {
  const curve = [[237, 281], [262, 284], [278, 282]];
  const before = parse({ ...MIRA, lip_curve: curve });
  const lowered = moved(before, 'lip_line', [262, 288]).lipCurve;
  near(lowered[1][1], 288);
  near(lowered[2][1], 284);
  const left = moved(before, 'mouth_left', [219, 279]).lipCurve;
  assert.deepEqual(left.slice(1), curve.slice(1), 'only that side');
  assert.ok(left[0][0] < 237 && left[0][0] > 227);
  assert.deepEqual(moved(before, 'chin', [262, 340]).lipCurve, curve);
});

test('the curves run through the points', () => {
  const drawn = curves(mapped(face(), turning(MIRA.lip_line, 0.2)));
  const { places } = mapped(face(), turning(MIRA.lip_line, 0.2));
  const distance = (group, [x, y]) => Math.min(...drawn.filter((one) => one.group === group)
    .flatMap(({ line }) => line.map((place) => Math.hypot(place[0] - x, place[1] - y))));
  const through = {
    mouth: ['mouth_left', 'mouth_right', 'lip_line'], eyes: ['left_eye_outer', 'right_eye_outer', 'left_eye_inner'],
    head: ['jaw_left', 'jaw_right', 'chin', 'head_top'], brows: ['left_brow', 'right_brow'], nose: ['nose'],
  };
  for (const [group, names] of Object.entries(through)) {
    for (const name of names) assert.ok(distance(group, places[name]) < 2, `${name}: ${distance(group, places[name])}`);
  }
});

test('names of files and words of commands can be used as they are', () => {
  assert.equal(fileName('Anna'), 'Anna.landmarks.json');
  assert.equal(fileName(' Anna/Maria: 2 '), 'Anna-Maria-2.landmarks.json');
  assert.equal(fileName(''), 'face.landmarks.json');
  assert.equal(command('a.png', 'Anna'),
    'visavis avatar create --engine viseme --photo a.png --landmarks Anna.landmarks.json --name Anna');
  assert.match(command('a.png', '小美'), /--landmarks 小美\.landmarks\.json --name 小美$/);
  assert.match(command('my photo.png', 'Anna’s $HOME'), /--photo 'my photo\.png' .* --name 'Anna’s \$HOME'$/);
  assert.match(command('a.png', "O'Hara"), /--name 'O'\\''Hara'$/);
});
