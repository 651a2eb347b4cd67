// Writes down who says what: the protocol's events about items in, a conversation out.

import { SAMPLE_RATE } from './playout.js';

/** Knows which item belongs to which response, and puts words and sound where they belong. */
export class Chronicle {
  #conversation;
  #recentLevels;
  /** Item ids by response id. */
  #items = new Map();

  /** How long the turn is that will be added next, in milliseconds. */
  turnMs = 0;

  /**
   * @param {Conversation} conversation
   * @param {(milliseconds: number) => number[]} recentLevels of the microphone, to draw a voice message.
   */
  constructor(conversation, recentLevels) {
    this.#conversation = conversation;
    this.#recentLevels = recentLevels;
  }

  /** The item of a response. @returns {Item | undefined} */
  itemOf(responseId) {
    return this.#conversation.get(this.#items.get(responseId));
  }

  /** The response that an item belongs to. @returns {string | undefined} */
  responseOf(itemId) {
    for (const [response, item] of this.#items) if (item === itemId) return response;
    return undefined;
  }

  /** Forgets the responses of a session that is over; what was said in them stays. */
  forgetResponses() {
    this.#items.clear();
  }

  /** The user has typed something. */
  typed(id, text) {
    this.#conversation.put({ id, role: 'user', text });
  }

  /** Takes an event of the server; most do not concern it. */
  receive(event) {
    switch (event.type) {
      case 'conversation.item.added': return this.#added(event.item);
      case 'conversation.item.input_audio_transcription.delta': return this.#heard(event, 'arriving');
      case 'conversation.item.input_audio_transcription.completed': return this.#heard(event, 'done');
      case 'conversation.item.input_audio_transcription.failed': return this.#heard(event, 'unclear');
      case 'response.output_item.added': return this.#outputAdded(event);
      case 'response.output_audio_transcript.delta': return this.#spoke(event);
      default: return undefined;
    }
  }

  /** Takes a piece of a response's sound. @param {number} index of its first sample. */
  addSound(responseId, index, pcm) {
    const item = this.itemOf(responseId);
    if (!item || item.state === 'interrupted') return;
    item.levels.push(rms(pcm));
    item.durationMs = ((index + pcm.length) * 1000) / SAMPLE_RATE;
  }

  /**
   * Of a response no more will be heard.
   * @param {object} [properties] what else is known of it.
   * @returns {string | undefined} the id of its item.
   */
  interrupted(responseId, properties = {}) {
    const id = this.#items.get(responseId);
    if (id) this.#conversation.put({ id, state: 'interrupted', ...properties });
    return id;
  }

  /** A response was heard to its end. */
  spoken(responseId) {
    const item = this.itemOf(responseId);
    if (item?.state === 'arriving') this.#conversation.put({ id: item.id, state: 'done' });
  }

  #added({ id, type, role, content }) {
    if (type !== 'message') return;
    const known = this.#conversation.get(id);
    const parts = content ?? [];
    const text = parts.map((part) => part.text ?? part.transcript ?? '').join(' ').trim();
    if (role === 'assistant') {
      if (!known) this.#conversation.put({ id, role, text, state: 'arriving' });
    } else if (parts.some((part) => part.type === 'input_audio')) {
      // Its words may have come before it.
      const sound = { durationMs: this.turnMs, levels: this.#recentLevels(this.turnMs) };
      this.#conversation.put({ id, role, ...(known ? {} : { text }), ...sound });
    } else if (!known) {
      this.#conversation.put({ id, role, text });
    }
  }

  #heard({ item_id: id, delta = '', transcript }, state) {
    const text = transcript?.trim() ?? (this.#conversation.get(id)?.text ?? '') + delta;
    this.#conversation.put({ id, role: 'user', text, state });
  }

  #outputAdded({ response_id: responseId, item }) {
    if (item.type !== 'message') return;
    this.#items.set(responseId, item.id);
    this.#added(item);
  }

  #spoke({ item_id: id, delta }) {
    const item = this.#conversation.get(id);
    if (!item || item.state === 'interrupted') return;
    // Words come before the sound in which they are heard, and after all sound before it.
    item.cues.push({ atMs: item.durationMs, text: delta.trim() });
    this.#conversation.put({ id, text: item.text + delta });
  }
}

function rms(pcm) {
  let sum = 0;
  for (const sample of pcm) sum += (sample / 32768) ** 2;
  return Math.sqrt(sum / pcm.length);
}
