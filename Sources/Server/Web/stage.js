// The person on the screen: idle, speaking, interrupted. The sound is the master, the picture follows it.

import { AudioClock } from './clock.js';
import { CLOSING_MS, CrossFade, POSE_MS } from './cross-fade.js';
import { IdleLoop } from './idle-loop.js';
import { Pacer } from './pacer.js';
import { SAMPLE_RATE } from './playout.js';
import { Screen } from './screen.js';
import { SkewMeter } from './skew.js';
import { Speaker } from './speaker.js';
import { Utterance } from './utterance.js';

const SAMPLES_PER_MS = SAMPLE_RATE / 1000;
/** Sound given to the device ahead of time: more than the second by which browsers slow a hidden page's timers. */
const SOUND_AHEAD = 2 * SAMPLE_RATE;
const HIDDEN_TICK_MS = 250;
/** To begin where the idle clip has the same pose, an utterance is moved by no more than this. */
const EARLIEST_SEAM_MS = -20;
const LATEST_SEAM_MS = 60;
/** A mood that passes sooner is not shown: most answers begin before she could look as if she had to think. */
const POSE_AFTER_MS = 200;
/** The idle clip is made ready this long before an utterance ends. */
const IDLE_LEAD_MS = 500;

/**
 * Performs utterances one after the other, and the idle clip between them.
 *
 * Events: `speaking` and `idle` (detail: `{responseId}`) when an utterance starts and ends, `position` (detail:
 * `{frame}`) when the idle clip starts or starts again, `shown` (detail: `{responseId, at}`, by `performance.now()`) when
 * the first frame of an utterance is on the display, `skew` (detail: `{skewMs}`, of frames that were shown) every few
 * seconds of speech and at its end, `blocked` when sound needs a touch of the page first.
 */
export class Stage extends EventTarget {
  #avatar = null;
  #clock = new AudioClock();
  #pacer = new Pacer();
  #skew = new SkewMeter();
  #speaker = new Speaker();
  #screen;
  #idle = null;
  /** Clips of the avatar in other poses, by their names. */
  #poses = {};
  #pose = 'idle';
  #poseSince = 0;
  /** The clip that is shown between utterances. */
  #shown = null;
  #fade = null;
  #lastFrame = null;
  #utterances = [];
  #idleIsDue = true;
  #announcePosition = true;
  #presentedAt = [];
  #droppedBefore = 0;
  #firstFrameLatency = null;

  /** @param {HTMLVideoElement} video */
  constructor(video) {
    super();
    this.#screen = new Screen(video, (detail, metadata) => this.#presented(detail, metadata));
    const animate = (time) => {
      // The compositor takes what the track has at the beginning of a refresh, which is also when we are called. A
      // little later that race is over, and all frames take the same time to the display.
      setTimeout(() => this.#tick(time), this.#pacer.period / 8);
      requestAnimationFrame(animate);
    };
    requestAnimationFrame(animate);
    setInterval(() => {
      if (document.hidden) this.#tick(performance.now());
    }, HIDDEN_TICK_MS);
  }

  /** Puts another person on the stage, who can speak at once; the idle clip may follow. */
  setAvatar(avatar) {
    this.interrupt();
    for (const clip of [this.#idle, ...Object.values(this.#poses)]) clip?.close();
    this.#idle = null;
    this.#poses = {};
    this.#shown = null;
    this.#avatar = avatar;
  }

  /**
   * Gives the avatar an idle clip; what is being said goes on.
   * @param {{data: Uint8Array, isKeyframe: boolean}[]} units
   */
  setIdle(units) {
    this.#idle?.close();
    this.#idle = new IdleLoop(this.#avatar, units);
    this.#shown = this.#idle;
    if (this.#idleIsDue) this.#startIdle(0, performance.now());
  }

  /**
   * Gives the avatar a clip of another pose.
   * @param {'listening' | 'thinking'} pose
   * @param {{data: Uint8Array, isKeyframe: boolean}[]} units
   */
  setPose(pose, units) {
    this.#poses[pose]?.close();
    this.#poses[pose] = new IdleLoop(this.#avatar, units);
  }

  /** What the avatar does between utterances: `idle`, which every one can, or a pose that it may not have. */
  set pose(pose) {
    if (pose === this.#pose) return;
    this.#pose = pose;
    this.#poseSince = performance.now();
  }

  /** Makes the voice softer for a while: somebody may be interrupting. */
  lowerVoice() {
    this.#speaker.lower();
  }

  raiseVoice() {
    this.#speaker.raise();
  }

  /** Lets sound out; to be called from the user's touches and keys. */
  resume() {
    return this.#speaker.resume();
  }

  /** Expects an utterance. @param {number} requestedAt when the user asked for it, by `performance.now()`. */
  begin(responseId, requestedAt) {
    this.#utterances.push(new Utterance(responseId, this.#avatar, requestedAt));
  }

  /** Takes sound of an utterance; that of an unknown one (it was interrupted) is ignored. */
  addAudio(responseId, firstSample, pcm) {
    const utterance = this.#find(responseId);
    utterance?.playout.addAudio(firstSample, pcm, performance.now());
    if (utterance && !this.#speaker.isRunning) this.#askForTouch();
  }

  /** Takes a frame of an utterance. */
  addVideo(responseId, frame) {
    this.#find(responseId)?.addVideo(frame);
  }

  finishAudio(responseId) {
    this.#find(responseId)?.playout.finishAudio();
  }

  finishVideo(responseId, frames) {
    this.#find(responseId)?.finishVideo(frames);
  }

  /** Nothing more will come of this response. */
  finish(responseId) {
    this.finishAudio(responseId);
  }

  /** True while an utterance plays, or is about to. */
  get isActive() {
    return this.#utterances.length > 0;
  }

  /**
   * Stops sound and picture at once; the mouth closes in a short cross-fade to the idle clip.
   * @param {string} [responseId] only this utterance; all if it is left out.
   * @returns {{responseId: string, heardMs: number}[]} what was interrupted, and how much of it was heard.
   */
  interrupt(responseId) {
    const [current] = this.#utterances;
    const isMeant = (utterance) => responseId === undefined || utterance.responseId === responseId;
    const interrupted = this.#utterances.filter(isMeant);
    this.#utterances = this.#utterances.filter((utterance) => !isMeant(utterance));
    const silentFrom = interrupted.includes(current) ? this.#speaker.stop() : 0;
    this.#speaker.raise();
    if (interrupted.includes(current) && current.shownBaseFrame !== null) {
      this.#fade?.close();
      this.#fade = new CrossFade(this.#lastFrame.clone(), CLOSING_MS);
      this.#startIdle(current.shownBaseFrame + 1, this.#pacer.displayTime(performance.now()));
    }
    return interrupted.map((utterance) => {
      const { playout } = utterance;
      this.#retire(utterance);
      this.#announce('idle', { responseId: utterance.responseId });
      const heardMs = Math.max(0, Math.min(playout.ptsAt(silentFrom), playout.receivedMs));
      return { responseId: utterance.responseId, heardMs: Math.floor(heardMs) };
    });
  }

  /** How loud the voice is now, 0...1. */
  get level() {
    return this.isActive ? this.#speaker.level : 0;
  }

  /** What is being heard now: the utterance, and its PTS; null if nothing is. */
  get heard() {
    const [current] = this.#utterances;
    if (!current?.playout.isStarted) return null;
    const pts = current.playout.ptsAt(this.#deviceSampleAt(performance.now()));
    return { responseId: current.responseId, pts: Math.max(0, pts) };
  }

  /** Numbers for the overlay and for tests; milliseconds unless said. */
  get statistics() {
    const now = performance.now();
    const [current] = this.#utterances;
    return {
      skew: this.#skew.recent,
      firstFrameLatency: this.#firstFrameLatency,
      framesPerSecond: this.#presentedAt.filter((time) => time > now - 1000).length,
      dropped: this.#droppedBefore + this.#utterances.reduce((sum, { dropped }) => sum + dropped, 0),
      bufferedSeconds: current ? Math.max(0, current.playout.receivedMs - (this.heard?.pts ?? 0)) / 1000 : 0,
      displayDelay: this.#pacer.delay,
    };
  }

  /** See SkewMeter. */
  get skewSamples() {
    return this.#skew.samples;
  }

  #tick(time) {
    this.#pacer.refreshed(time);
    if (this.#speaker.isRunning) this.#clock.observe(this.#speaker.reading);
    else this.#clock.reset();
    const [current] = this.#utterances;
    if (current) this.#perform(current, time);
    if (this.#idleIsDue) this.#showIdle(time);
  }

  #perform(utterance, time) {
    const { playout, frames } = utterance;
    utterance.decodeAhead();
    if (this.#speaker.isRunning) this.#giveSound(utterance, time);
    if (playout.duration === 0) return this.#end(utterance);
    if (!playout.isStarted || !this.#speaker.isRunning || !this.#clock.isRunning) return;

    const pts = playout.ptsAt(this.#deviceSampleAt(this.#pacer.horizon(time)));
    if (!utterance.isHeard && pts >= 0) {
      utterance.isHeard = true;
      this.#announce('speaking', { responseId: utterance.responseId });
    }
    const due = frames.takeDue(pts);
    if (due) {
      if (utterance.shownBaseFrame === null) {
        this.#idleIsDue = false;
        this.#fade?.close();
        // It is painted on the idle clip: from there nothing jumps, from another pose she has to come back.
        const isElsewhere = this.#shown !== this.#idle && this.#lastFrame;
        this.#fade = isElsewhere ? new CrossFade(this.#lastFrame.clone(), POSE_MS) : null;
        this.#shown = this.#idle;
      }
      utterance.shownBaseFrame = due.detail.baseFrame;
      this.#show(this.#faded(due.frame, time), time, { utterance, pts: due.pts });
    }
    const { duration } = playout;
    if (duration === null || pts < duration - IDLE_LEAD_MS) return;
    if (pts >= duration) this.#end(utterance);
    else if (!this.#idleIsDue) this.#idle?.start(utterance.lastBaseFrame + 1, this.#whenHeard(playout, duration));
  }

  #giveSound(utterance, time) {
    const { playout } = utterance;
    const start = playout.isStarted ? 0 : this.#startSample(utterance, time);
    if (start === null) return;
    for (const { atSample, pcm } of playout.takeAudio(this.#speaker.earliestSample, SOUND_AHEAD, start)) {
      this.#speaker.play(pcm, atSample);
    }
  }

  /** Where the utterance is to begin; null while that is not known. */
  #startSample(utterance, time) {
    const startTime = utterance.playout.startTime(time);
    if (startTime === null || !this.#clock.isRunning) return null;
    // A start that falls on a refresh of the display centres the skew of all frames that follow.
    const refresh = this.#pacer.nearestRefresh(this.#seamNear(startTime, utterance));
    return Math.round(this.#deviceSampleAt(refresh));
  }

  /** When the idle clip gets to the frame on which the utterance begins, if that is near enough to `startTime`. */
  #seamNear(startTime, { firstBaseFrame }) {
    if (firstBaseFrame === null || !this.#idle || !this.#idleIsDue) return startTime;
    const seam = this.#idle.timeOf(firstBaseFrame, startTime);
    const shift = seam - startTime;
    return shift >= EARLIEST_SEAM_MS && shift <= LATEST_SEAM_MS ? seam : startTime;
  }

  #end(utterance) {
    if (utterance.shownBaseFrame !== null) {
      const { playout, lastBaseFrame } = utterance;
      this.#startIdle(lastBaseFrame + 1, this.#whenHeard(playout, playout.duration));
    }
    this.#utterances.shift();
    this.#retire(utterance);
    this.#announce('idle', { responseId: utterance.responseId });
  }

  #retire(utterance) {
    this.#droppedBefore += utterance.dropped;
    utterance.close();
    this.#reportSkew();
  }

  #reportSkew() {
    const skewMs = this.#skew.takeReport();
    if (skewMs.length > 0) this.#announce('skew', { skewMs });
  }

  #startIdle(frame, time) {
    this.#idle?.start(frame, time);
    this.#shown = this.#idle;
    this.#idleIsDue = true;
    this.#announcePosition = true;
  }

  #showIdle(time) {
    const horizon = this.#pacer.horizon(time);
    if (!this.#fade) this.#changePose(horizon);
    const due = this.#shown?.takeDue(horizon);
    if (due && this.#announcePosition && this.#shown === this.#idle) {
      this.#announcePosition = false;
      this.#announce('position', { frame: due.clipFrame });
    }
    const picture = this.#faded(due?.frame ?? null, time);
    if (picture) this.#show(picture, time, {});
  }

  /** Goes over to the clip of the pose. The idle clip's time goes on meanwhile, as the server expects. */
  #changePose(time) {
    const wanted = this.#poses[this.#pose] ?? this.#idle;
    if (!wanted || wanted === this.#shown || !this.#lastFrame || this.#announcePosition) return;
    if (performance.now() < this.#poseSince + POSE_AFTER_MS) return;
    if (wanted !== this.#idle) wanted.start(0, time);
    this.#fade = new CrossFade(this.#lastFrame.clone(), POSE_MS);
    this.#shown = wanted;
  }

  /** @returns {VideoFrame | null} `frame`, or while a fade lasts a mixture of it and what was shown before. */
  #faded(frame, time) {
    if (!this.#fade) return frame;
    const mixed = this.#fade.next(frame, time);
    if (this.#fade.isOver) this.#fade = null;
    return mixed;
  }

  #show(frame, time, detail) {
    this.#lastFrame?.close();
    this.#lastFrame = frame.clone();
    this.#screen.write(frame, { ...detail, writtenAt: time });
  }

  #presented({ utterance, pts, writtenAt }, { expectedDisplayTime }) {
    this.#presentedAt.push(expectedDisplayTime);
    if (this.#presentedAt.length > 100) this.#presentedAt.shift();
    if (this.#screen.identifiesFrames) this.#pacer.presented(writtenAt, expectedDisplayTime);
    if (!utterance) return;
    if (utterance.firstShownAt === null) {
      utterance.firstShownAt = expectedDisplayTime;
      this.#announce('shown', { responseId: utterance.responseId, at: expectedDisplayTime });
      this.#firstFrameLatency = expectedDisplayTime - utterance.requestedAt;
    }
    const heard = utterance.playout.ptsAt(this.#deviceSampleAt(expectedDisplayTime));
    this.#skew.add({
      displayTime: expectedDisplayTime, pts, skew: heard - pts, responseId: utterance.responseId,
    });
    if (this.#skew.reportIsDue) this.#reportSkew();
  }

  #deviceSampleAt(performanceTime) {
    return this.#clock.audioTimeAt(performanceTime) * SAMPLES_PER_MS;
  }

  #whenHeard(playout, pts) {
    const sample = playout.sampleOf(pts);
    return sample === null ? performance.now() : this.#clock.performanceTimeOf(sample / SAMPLES_PER_MS);
  }

  #find(responseId) {
    return this.#utterances.find((utterance) => utterance.responseId === responseId);
  }

  async #askForTouch() {
    await Promise.race([this.#speaker.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
    if (!this.#speaker.isRunning) this.#announce('blocked', {});
  }

  #announce(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
