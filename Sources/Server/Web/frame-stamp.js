// Numbers that tell frames apart all the way to the display.

let last = 0;

/**
 * A timestamp that no other frame of this page has, in microseconds.
 *
 * It travels from the `EncodedVideoChunk` through decoder and track, and comes back as `mediaTime` of the presented
 * frame. It says nothing about time: Chromium (156) ignores a timestamp that is given to a decoded frame later on,
 * so it has to be chosen before anybody knows when the frame will be shown.
 */
export function nextStamp() {
  last += 1;
  return last;
}
