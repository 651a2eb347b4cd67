// Something that is tried again later, while people see how long that takes.

/** One thing at a time that will be done, unless something else makes it needless. */
export class Countdown {
  #timer = 0;
  #run = null;

  /**
   * Does `run` after some time, in place of what was to be done before.
   * @param {number} milliseconds
   * @param {{tell: (seconds: number) => void, run: () => void}} what `tell` hears at once and then each second how
   *   many seconds are left, rounded up.
   */
  start(milliseconds, { tell, run }) {
    this.cancel();
    this.#run = run;
    const due = performance.now() + milliseconds;
    const step = () => {
      const left = due - performance.now();
      if (left <= 0) return this.finish();
      tell(Math.ceil(left / 1000));
      this.#timer = setTimeout(step, left % 1000 || 1000);
      return undefined;
    };
    step();
  }

  /** Does it now. */
  finish() {
    const run = this.#run;
    this.cancel();
    run?.();
  }

  /** Lets it be. */
  cancel() {
    clearTimeout(this.#timer);
    this.#run = null;
  }

  get isRunning() {
    return this.#run !== null;
  }
}
