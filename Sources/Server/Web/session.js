// The protocol, seen from the page: events in, a conversation, a status and a performance on the stage out.

import { Kind, samplesOf } from './binary-message.js';
import { SAMPLE_RATE } from './playout.js';

/** Errors that only say that something was over already: nobody needs to read them. */
const HARMLESS = new Set(['response_cancel_not_active', 'input_audio_buffer_commit_empty']);

/**
 * Events: `status` when `status` or `hearsUser` has changed, `ready` when the server has created the session
 * (detail: its avatar), `refused` (detail: the server's error), `unreachable` when something was to be said and there
 * is nobody to hear it.
 */
export class Session extends EventTarget {
  #connection;
  #stage;
  #conversation;
  #settings;
  #recentLevels;
  /** Item ids by response id. */
  #responses = new Map();
  #activeResponse = null;
  #requestedAt = 0;
  #speechStartedMs = 0;
  #recordedMs = 0;
  #isReady = false;
  #isThinking = false;
  #isSpeaking = false;
  #hearsUser = false;

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
    this.#conversation = conversation;
    this.#settings = settings;
    this.#recentLevels = recentLevels;
    connection.addEventListener('event', ({ detail }) => this.#receive(detail));
    connection.addEventListener('message', ({ detail }) => this.#receiveMedia(detail));
    connection.addEventListener('opening', () => this.#lost());
    connection.addEventListener('lost', () => this.#lost());
    stage.addEventListener('speaking', () => this.#now({ speaking: true, thinking: false }));
    stage.addEventListener('idle', ({ detail }) => this.#spoken(detail.responseId));
    stage.addEventListener('position', ({ detail }) => this.#report('video.position', { frame: detail.frame }));
    stage.addEventListener('shown', ({ detail: { responseId, at } }) => this.#report('video.shown', {
      response_id: responseId, ago_ms: performance.now() - at,
    }));
    stage.addEventListener('skew', ({ detail }) => this.#report('video.report', { skew_ms: detail.skewMs }));
  }

  /** `offline`, `idle`, `listening`, `thinking` or `speaking`. */
  get status() {
    if (!this.#isReady) return 'offline';
    if (this.#isSpeaking) return 'speaking';
    if (this.#isThinking) return 'thinking';
    return this.#hearsUser || this.#settings.handsFree ? 'listening' : 'idle';
  }

  /** True while the user speaks. */
  get hearsUser() {
    return this.#hearsUser;
  }

  /** The words that are being heard; empty if nobody speaks, or nobody knows them. */
  get caption() {
    const heard = this.#stage.heard;
    const item = heard && this.#conversation.get(this.#responses.get(heard.responseId));
    return item?.cues.findLast(({ atMs }) => atMs <= heard.pts)?.text ?? '';
  }

  /** Sends the settings to the server. */
  configure() {
    const { voice, threshold, silenceMs, handsFree } = this.#settings;
    const detection = {
      type: 'server_vad', threshold, prefix_padding_ms: 300, silence_duration_ms: silenceMs, create_response: true,
      interrupt_response: true,
    };
    const audio = { input: { turn_detection: handsFree ? detection : null } };
    if (voice) audio.output = { voice };
    this.#connection.send({
      type: 'session.update', session: { type: 'realtime', audio, video: { transport: 'binary' } },
    });
    this.#now(handsFree ? {} : { hearing: false });
  }

  /** Whether the server hears what is said now; if it does not, `unreachable` tells so. */
  checkReach() {
    if (!this.#isReady) this.dispatchEvent(new CustomEvent('unreachable'));
    return this.#isReady;
  }

  /** Has a typed turn answered; what is being said is interrupted. Without a server nothing happens. */
  say(text) {
    if (!this.checkReach()) return;
    this.interrupt();
    const id = newItemId();
    this.#conversation.put({ id, role: 'user', text });
    this.#connection.send({
      type: 'conversation.item.create',
      item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    });
    this.#respond();
  }

  /** Push to talk begins. */
  beginVoice() {
    this.interrupt();
    this.#connection.send({ type: 'input_audio_buffer.clear' });
    this.#now({ hearing: true });
  }

  /** Takes a piece of the microphone's sound. */
  hear(pcm) {
    this.#connection.sendAudio(pcm);
  }

  /** Push to talk ends: have the turn answered. */
  endVoice(recordedMs) {
    this.#recordedMs = recordedMs;
    this.#connection.send({ type: 'input_audio_buffer.commit' });
    this.#respond();
  }

  /** Push to talk ends without a turn. */
  abandonVoice() {
    this.#connection.send({ type: 'input_audio_buffer.clear' });
    this.#now({ hearing: false });
  }

  /** Ends what is being said, or prepared, and tells the server how much of it was heard. */
  interrupt() {
    // A response that was asked for but not announced yet has no id here; the server knows which one is meant.
    if (this.#activeResponse) this.#connection.send({ type: 'response.cancel', response_id: this.#activeResponse });
    else if (this.#isThinking) this.#connection.send({ type: 'response.cancel' });
    this.#silence();
  }

  #respond() {
    this.#requestedAt = performance.now();
    this.#connection.send({ type: 'response.create' });
    this.#now({ hearing: false, thinking: true });
  }

  /** @param {string} [response] only this one. */
  #silence(response) {
    for (const { responseId, heardMs } of this.#stage.interrupt(response)) {
      const id = this.#responses.get(responseId);
      if (!id) continue;
      this.#connection.send({
        type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: heardMs,
      });
      this.#conversation.put({ id, state: 'interrupted', durationMs: heardMs });
    }
    this.#now({ thinking: false });
  }

  #receive(event) {
    switch (event.type) {
      case 'session.created': return this.#created(event.session);
      case 'input_audio_buffer.speech_started': return this.#speechStarted(event.audio_start_ms);
      case 'input_audio_buffer.speech_stopped': return this.#speechStopped(event.audio_end_ms);
      case 'conversation.item.added': return this.#added(event.item);
      case 'response.created': return this.#responseCreated(event.response);
      case 'response.output_item.added': return this.#outputItemAdded(event);
      case 'response.output_audio_transcript.delta': return this.#transcribe(event);
      case 'response.output_audio.done': return this.#stage.finishAudio(event.response_id);
      case 'response.output_video.done': return this.#stage.finishVideo(event.response_id, event.frames);
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
    const item = this.#conversation.get(this.#responses.get(responseId));
    if (!item || item.state === 'interrupted') return;
    item.levels.push(rms(pcm));
    item.durationMs = ((index + pcm.length) * 1000) / SAMPLE_RATE;
  }

  #created({ avatar }) {
    // What the last session was asked for does not come any more.
    this.#lost();
    this.#responses.clear();
    this.#activeResponse = null;
    this.#isReady = true;
    this.configure();
    this.dispatchEvent(new CustomEvent('ready', { detail: avatar }));
  }

  #lost() {
    this.#isReady = false;
    for (const { responseId } of this.#stage.interrupt()) {
      const id = this.#responses.get(responseId);
      if (id) this.#conversation.put({ id, state: 'interrupted' });
    }
    this.#now({ hearing: false, thinking: false });
  }

  #speechStarted(startMs) {
    this.#silence();
    this.#speechStartedMs = startMs;
    this.#now({ hearing: true });
  }

  #speechStopped(endMs) {
    this.#requestedAt = performance.now();
    this.#recordedMs = endMs - this.#speechStartedMs;
    this.#now({ hearing: false, thinking: true });
  }

  #added({ id, type, role, content }) {
    if (type !== 'message' || this.#conversation.get(id)) return;
    const text = (content ?? []).map((part) => part.text ?? part.transcript ?? '').join(' ').trim();
    if (role === 'assistant') {
      this.#conversation.put({ id, role, text, state: 'arriving' });
    } else {
      const durationMs = this.#recordedMs;
      this.#conversation.put({ id, role, text, durationMs, levels: this.#recentLevels(durationMs) });
    }
  }

  #responseCreated({ id }) {
    this.#activeResponse = id;
    this.#stage.begin(id, this.#requestedAt);
    this.#now({ thinking: true });
  }

  #outputItemAdded({ response_id: responseId, item }) {
    this.#responses.set(responseId, item.id);
    this.#added(item);
  }

  #transcribe({ item_id: id, delta }) {
    const item = this.#conversation.get(id);
    if (!item || item.state === 'interrupted') return;
    // Words come before the sound in which they are heard, and after all sound before it.
    item.cues.push({ atMs: item.durationMs, text: delta.trim() });
    this.#conversation.put({ id, text: item.text + delta });
  }

  #responseDone({ id, status, status_details: details }) {
    if (id === this.#activeResponse) this.#activeResponse = null;
    this.#stage.finishAudio(id);
    if (status === 'cancelled') this.#silence(id);
    if (status === 'failed') this.#failed(details?.error ?? { message: 'The answer could not be made.' });
    if (!this.#stage.isActive) this.#now({ thinking: false });
  }

  #failed(error) {
    if (HARMLESS.has(error.code)) return;
    this.#now({ thinking: this.#stage.isActive && this.#isThinking });
    this.dispatchEvent(new CustomEvent('refused', { detail: error }));
  }

  #spoken(responseId) {
    const id = this.#responses.get(responseId);
    if (id && this.#conversation.get(id)?.state === 'arriving') this.#conversation.put({ id, state: 'done' });
    this.#now({ speaking: false, thinking: this.#isThinking && this.#stage.isActive });
  }

  #report(type, fields) {
    if (this.#isReady) this.#connection.send({ type, ...fields });
  }

  #now({ hearing = this.#hearsUser, thinking = this.#isThinking, speaking = this.#isSpeaking }) {
    this.#hearsUser = hearing;
    this.#isThinking = thinking;
    this.#isSpeaking = speaking;
    this.dispatchEvent(new CustomEvent('status'));
  }
}

/** Our own id lets the page show the item at once, and know it when the server sends it back. */
function newItemId() {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return `item_${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function rms(pcm) {
  let sum = 0;
  for (const sample of pcm) sum += (sample / 32768) ** 2;
  return Math.sqrt(sum / pcm.length);
}
