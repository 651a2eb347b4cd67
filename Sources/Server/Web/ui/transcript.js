// What has been said, as bubbles.

import { language, t } from '../language.js';
import { icon } from './icon.js';

const BARS = 24;
const NOTES = { interrupted: 'Interrupted', unclear: 'The words were not understood' };
/** Nearer to the end than this, the list follows new items. */
const FOLLOW_PX = 80;

/** The list of items. */
export class TranscriptView {
  #list;
  #empty;
  #bubbles = new Map();

  /** @param {Conversation} conversation @param {{list: HTMLElement, empty: HTMLElement}} places */
  constructor(conversation, { list, empty }) {
    this.#list = list;
    this.#empty = empty;
    conversation.addEventListener('item', ({ detail }) => this.#show(detail));
    language.addEventListener('change', () => conversation.items.forEach((item) => this.#show(item)));
  }

  #show(item) {
    const follows = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < FOLLOW_PX;
    let bubble = this.#bubbles.get(item.id);
    if (!bubble) {
      bubble = document.createElement('li');
      this.#bubbles.set(item.id, bubble);
      this.#list.append(bubble);
      this.#empty.hidden = true;
    }
    bubble.className = `item is-${item.role} is-${item.state}`;
    bubble.replaceChildren(...contentOf(item));
    if (follows) this.#list.scrollTop = this.#list.scrollHeight;
  }
}

function contentOf(item) {
  const speaker = span('visually-hidden', `${t(item.role === 'user' ? 'You' : 'Answer')}: `);
  const note = NOTES[item.state] ? [span('note', t(NOTES[item.state]))] : [];
  if (item.text) return [speaker, span('words', item.text), ...note];
  if (item.state === 'arriving' && item.role === 'assistant') return [speaker, dots()];
  return [speaker, voiceMessage(item), ...note];
}

function voiceMessage({ role, durationMs, levels }) {
  const message = span('voice-message', '');
  const symbol = icon(role === 'user' ? 'mic' : 'sound');
  symbol.classList.add('voice-icon');
  const duration = span('duration', t('{seconds} s', { seconds: (durationMs / 1000).toFixed(1) }));
  message.append(symbol, span('visually-hidden', `${t('voice message')} `), waveform(levels), duration);
  return message;
}

function waveform(levels) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const loudest = Math.max(0.02, ...levels);
  const bars = Array.from({ length: BARS }, (_, bar) => {
    const part = levels.slice(Math.floor((bar * levels.length) / BARS), Math.ceil(((bar + 1) * levels.length) / BARS));
    const half = 0.5 + 9.5 * (Math.max(0, ...part) / loudest);
    return `M${2 + bar * 4} ${(12 - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
  });
  path.setAttribute('d', bars.join(''));
  svg.setAttribute('viewBox', '0 0 96 24');
  svg.setAttribute('class', 'waveform');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}

function dots() {
  const element = span('dots', '');
  element.append(...Array.from({ length: 3 }, () => document.createElement('i')));
  return element;
}

function span(className, text) {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}
