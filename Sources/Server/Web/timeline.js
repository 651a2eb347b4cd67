// Where the time of an answer went, from the user's last word to the first frame on the display.

/** The steps that people know, of those in `response.timeline`. */
export const STEPS = {
  user_stopped: 'You stopped',
  turn_committed: 'Pause',
  transcript: 'Your words',
  first_token: 'First token',
  first_audio: 'First audio',
  first_frame_sent: 'Frame sent',
  first_frame_shown: 'Frame shown',
};

/**
 * The time before each step.
 * @param {Object<string, number>} stepsMs when steps were reached, in milliseconds.
 * @returns {{step: string, fromMs: number, toMs: number}[]} in the order in which they were reached; each phase begins
 *   where the one before ended.
 */
export function phases(stepsMs) {
  const reached = Object.entries(stepsMs).filter(([step]) => step in STEPS).sort(([, one], [, other]) => one - other);
  return reached.slice(1).map(([step, toMs], index) => ({ step, fromMs: reached[index][1], toMs }));
}
