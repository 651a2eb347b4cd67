import assert from 'node:assert/strict';
import { test } from 'node:test';
import { View } from '../../../Sources/Server/Web/editor/view.js';

const PICTURE = { width: 400, height: 800 };
const SCREEN = { width: 600, height: 600 };
const rounded = (place) => place.map((one) => Math.round(one * 1e6) / 1e6);

test('all of the picture is in the middle of the screen', () => {
  const view = View.whole(PICTURE, SCREEN);
  assert.equal(view.scale, 0.75);
  assert.deepEqual(view.toScreen([0, 0]), [150, 0]);
  assert.deepEqual(view.toPicture([450, 600]), [400, 800]);
});

test('a small face becomes large, and one that is large already leaves the picture whole', () => {
  const small = { left: 180, right: 260, top: 100, bottom: 200 };
  const view = View.around(small, PICTURE, SCREEN);
  assert.deepEqual(rounded(view.toPicture([300, 300])), [220, 150]);
  assert.ok(view.scale * 100 > 300 && view.scale * 100 < 600);
  const large = { left: 50, right: 350, top: 100, bottom: 700 };
  assert.deepEqual(View.around(large, PICTURE, SCREEN), View.whole(PICTURE, SCREEN));
});

test('what is under the pointer stays there while it grows', () => {
  const view = View.whole(PICTURE, SCREEN).zoomed(8, [250, 100]);
  assert.deepEqual(rounded(view.toPicture([250, 100])), rounded(View.whole(PICTURE, SCREEN).toPicture([250, 100])));
  assert.equal(view.scale, 6);
});

test('it is never smaller than whole, and never so large that nothing is recognised', () => {
  const whole = View.whole(PICTURE, SCREEN);
  assert.deepEqual(rounded(whole.zoomed(4).zoomed(0.01).toScreen([0, 0])), [150, 0]);
  assert.equal(whole.zoomed(1000).scale, 16);
});

test('the picture cannot be lost', () => {
  const view = View.whole(PICTURE, SCREEN).zoomed(4).panned(1e6, -1e6);
  assert.equal(view.toScreen([0, 0])[0], 0);
  assert.equal(view.toScreen([400, 800])[1], 600);
});

test('a point that is not seen comes into sight, and one that is moves nothing', () => {
  const view = View.whole(PICTURE, SCREEN).zoomed(8);
  assert.equal(view.revealing([200, 400]), view);
  const [x, y] = view.revealing([390, 20]).toScreen([390, 20]);
  assert.ok(x > 0 && x < 600 && y > 0 && y < 600);
});

test('on another screen the same is in the middle', () => {
  const larger = { width: 900, height: 700 };
  assert.deepEqual(View.whole(PICTURE, SCREEN).resized(larger), View.whole(PICTURE, larger));
  const near = View.whole(PICTURE, SCREEN).zoomed(6);
  assert.deepEqual(rounded(near.resized(larger).toPicture([450, 350])), rounded(near.toPicture([300, 300])));
});
