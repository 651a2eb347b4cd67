// The protocol, seen from the page: events in, a status and a performance on the stage out.

import { Activity } from './activity.js';
import { Kind, samplesOf } from './binary-message.js';
import { Chronicle } from './chronicle.js';
import { configuration } from './configuration.js';
import { t } from './language.js';
import { report } from './reports.js';

/** Errors that only say that something was over already: nobody needs to read them. */
const HARMLESS = new Set(['response_cancel_not_active', 'input_audio_buffer_commit_empty']);

/**
 * Events: `status` when `status` or `hearsUser` has changed, `ready` when the server has created the session
 * (detail: its avatar), `timeline` (detail: when an answer reached its steps, see docs/protocol.md), `refused` (detail:
 * the server's error), `reachable` when the service behind the responder is there again, `unreachable` when something
 * was to be said and there is no server to hear it.
 */
export class Session extends EventTarget {
  #connection;
  #stage;
  #chronicle;
  #settings;
  #activeResponse = null;
  #requestedAt = 0;
  #speechStartedMs = 0;
  #activity = new Activity();

  /**
   * @param {{connection: Connection, stage: Stage, conversation: Conversation,
   *   settings: {voice: string, threshold: number, silenceMs: number, handsFree: boolean},
   *   recentLevels: (milliseconds: number) => number[]}} parts `settings` are read whenever the session is
   *   configured; `recentLevels` of the microphone draw a voice message.
   */
  constructor({ connection, stage, conversation, settings, recentLevels }) {
    super();
    this.#connection = connection;
    this.#stage = stage;
    this.#chronicle = new Chronicle(conversation, recentLevels);
    this.#settings = settings;
    connection.addEventListener('event', ({ detail }) => this.#receive(detail));
    connection.addEventListener('message', ({ detail }) => this.#receiveMedia(detail));
    connection.addEventListener('opening', () => this.#lost());
    connection.addEventListener('lost', () => this.#lost());
    stage.addEventListener('speaking', () => this.#now({ isSpeaking: true, isThinking: false }));
    stage.addEventListener('idle', ({ detail }) => this.#spoken(detail.responseId));
    report(stage, (event) => {
      if (this.#activity.isReady) connection.send(event);
    });
  }

  /** `offline`, `idle`, `listening`, `thinking` or `speaking`. */
  get status() {
    return this.#activity.status(this.#settings.handsFree);
  }

  /** `idle`, `listening` or `thinking`: what the avatar does while it does not speak. */
  get pose() {
    return this.#activity.pose;
  }

  /** True while the user speaks. */
  get hearsUser() {
    return this.#activity.hearsUser;
  }

  /** The words that are being heard; empty if nobody speaks, or nobody knows them. */
  get caption() {
    const heard = this.#stage.heard;
    const item = heard && this.#chronicle.itemOf(heard.responseId);
    return item?.cues.findLast(({ atMs }) => atMs <= heard.pts)?.text ?? '';
  }

  /** Sends the settings to the server. */
  configure() {
    this.#connection.send(configuration(this.#settings));
    this.#now(this.#settings.handsFree ? {} : { hearsUser: false });
  }

  /** Whether the server hears what is said now; if it does not, `unreachable` tells so. */
  checkReach() {
    if (!this.#activity.isReady) this.dispatchEvent(new CustomEvent('unreachable'));
    return this.#activity.isReady;
  }

  /** Has a typed turn answered; what is being said is interrupted. Without a server nothing happens. */
  say(text) {
    if (!this.checkReach()) return;
    this.interrupt();
    const id = newItemId();
    this.#chronicle.typed(id, text);
    this.#connection.send({
      type: 'conversation.item.create',
      item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    });
    this.answer();
  }

  /** Push to talk begins. */
  beginVoice() {
    this.interrupt();
    this.#connection.send({ type: 'input_audio_buffer.clear' });
    this.#now({ hearsUser: true });
  }

  /** Takes a piece of the microphone's sound. */
  hear(pcm) {
    this.#connection.sendAudio(pcm);
  }

  /** Push to talk ends: have the turn answered. */
  endVoice(recordedMs) {
    this.#chronicle.turnMs = recordedMs;
    this.#connection.send({ type: 'input_audio_buffer.commit' });
    this.answer();
  }

  /** Push to talk ends without a turn. */
  abandonVoice() {
    this.#connection.send({ type: 'input_audio_buffer.clear' });
    this.#now({ hearsUser: false });
  }

  /** Ends what is being said, or prepared, and tells the server how much of it was heard. */
  interrupt() {
    // A response that was asked for but not announced yet has no id here; the server knows which one is meant.
    if (this.#activeResponse) this.#connection.send({ type: 'response.cancel', response_id: this.#activeResponse });
    else if (this.#activity.isThinking) this.#connection.send({ type: 'response.cancel' });
    this.#silence();
  }

  /** Asks for an answer to what has been said; again, where there was no room for one before. */
  answer() {
    this.#requestedAt = performance.now();
    this.#connection.send({ type: 'response.create' });
    this.#now({ hearsUser: false, isThinking: true });
  }

  /** @param {string} [response] only this one. */
  #silence(response) {
    for (const { responseId, heardMs } of this.#stage.interrupt(response)) {
      const id = this.#chronicle.interrupted(responseId, { durationMs: heardMs });
      if (!id) continue;
      this.#connection.send({
        type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: heardMs,
      });
    }
    this.#now({ isThinking: false });
  }

  #receive(event) {
    this.#chronicle.receive(event);
    switch (event.type) {
      case 'session.created': return this.#created(event.session);
      case 'input_audio_buffer.interruption_suspected': return this.#stage.lowerVoice();
      case 'input_audio_buffer.interruption_dismissed': return this.#stage.raiseVoice();
      case 'input_audio_buffer.speech_started': return this.#speechStarted(event.audio_start_ms);
      case 'input_audio_buffer.speech_stopped': return this.#speechStopped(event.audio_end_ms);
      case 'response.created': return this.#responseCreated(event.response);
      case 'response.output_audio.done': return this.#stage.finishAudio(event.response_id);
      case 'response.output_video.done': return this.#stage.finishVideo(event.response_id, event.frames);
      case 'response.timeline': return this.dispatchEvent(new CustomEvent('timeline', { detail: event }));
      case 'responder.reachable': return this.dispatchEvent(new CustomEvent('reachable'));
      case 'conversation.item.truncated': return this.#truncated(event.item_id);
      case 'response.done': return this.#responseDone(event.response);
      case 'error': return this.#failed(event.error);
      default: return undefined;
    }
  }

  #receiveMedia(message) {
    const { kind, responseId, index, payload } = message;
    if (kind === Kind.video) this.#stage.addVideo(responseId, message);
    if (kind !== Kind.audio) return;
    const pcm = samplesOf(payload);
    this.#stage.addAudio(responseId, index, pcm);
    this.#chronicle.addSound(responseId, index, pcm);
  }

  #created({ avatar }) {
    // What the last session was asked for does not come any more.
    this.#lost();
    this.#chronicle.forgetResponses();
    this.#activeResponse = null;
    this.#activity.isReady = true;
    this.configure();
    this.dispatchEvent(new CustomEvent('ready', { detail: avatar }));
  }

  #lost() {
    this.#activity.isReady = false;
    for (const { responseId } of this.#stage.interrupt()) this.#chronicle.interrupted(responseId);
    this.#now({ hearsUser: false, isThinking: false });
  }

  #speechStarted(startMs) {
    this.#silence();
    this.#speechStartedMs = startMs;
    this.#now({ hearsUser: true });
  }

  #speechStopped(endMs) {
    this.#requestedAt = performance.now();
    this.#chronicle.turnMs = endMs - this.#speechStartedMs;
    this.#now({ hearsUser: false, isThinking: true });
  }

  /** Somebody else than the user here interrupted what is played: over HTTP. */
  #truncated(itemId) {
    const response = this.#chronicle.responseOf(itemId);
    if (response) this.#silence(response);
  }

  #responseCreated({ id }) {
    this.#activeResponse = id;
    this.#stage.begin(id, this.#requestedAt);
    this.#now({ isThinking: true });
  }

  #responseDone({ id, status, status_details: details }) {
    if (id === this.#activeResponse) this.#activeResponse = null;
    this.#stage.finishAudio(id);
    if (status === 'cancelled') this.#silence(id);
    if (status === 'failed') this.#failed(details?.error ?? { message: t('The answer could not be made.') });
    if (!this.#stage.isActive) this.#now({ isThinking: false });
  }

  #failed(error) {
    if (HARMLESS.has(error.code)) return;
    this.#now({ isThinking: this.#stage.isActive && this.#activity.isThinking });
    this.dispatchEvent(new CustomEvent('refused', { detail: error }));
  }

  #spoken(responseId) {
    this.#chronicle.spoken(responseId);
    this.#now({ isSpeaking: false, isThinking: this.#activity.isThinking && this.#stage.isActive });
  }

  #now(changes) {
    Object.assign(this.#activity, changes);
    this.dispatchEvent(new CustomEvent('status'));
  }
}

/** Our own id lets the page show the item at once, and know it when the server sends it back. */
function newItemId() {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return `item_${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
