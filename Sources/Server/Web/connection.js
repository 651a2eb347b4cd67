// The WebSocket to the server, opened again whenever it closes.

import { decodeMessage, encodeMicrophoneAudio } from './binary-message.js';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

/** How long to wait before the n-th attempt (0 is the first): doubling, and never the same for all clients. */
export function reconnectDelay(attempt, random = Math.random()) {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt) * (0.75 + 0.5 * random);
}

/**
 * Events: `opening` when an attempt begins, which ends an earlier connection; `open`; `event` (detail: a protocol
 * event); `message` (detail: a binary message taken apart); `lost` (detail: `{retryInMs, error}`, `error` if the server
 * said why it creates no session).
 */
export class Connection extends EventTarget {
  #socket = null;
  #url = '';
  #attempt = 0;
  #hasSession = false;
  /** Why the server creates no session, if it said so. */
  #refusal = null;
  #timer = 0;

  /**
   * Connects, and stays connected. Ends an earlier connection.
   * @param {{avatar: string, responder: string, voice: string}} choice empty for the server's own.
   */
  open({ avatar, responder, voice }) {
    const url = new URL('/v1/realtime', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('video', 'binary');
    if (avatar) url.searchParams.set('avatar', avatar);
    if (responder) url.searchParams.set('responder', responder);
    if (voice) url.searchParams.set('voice', voice);
    this.#url = url.href;
    this.retry();
  }

  /** Connects now instead of waiting for the next attempt. */
  retry() {
    clearTimeout(this.#timer);
    this.#socket?.close();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#hasSession = false;
    this.#refusal = null;
    this.#announce('opening', socket);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#announce('open', socket);
    socket.onmessage = ({ data }) => this.#receive(data, socket);
    socket.onclose = () => this.#reconnect(socket);
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Sends a client event; without a connection it is lost. */
  send(event) {
    if (this.isOpen) this.#socket.send(JSON.stringify(event));
  }

  /** Sends microphone audio, 24 kHz mono. */
  sendAudio(pcm) {
    if (this.isOpen) this.#socket.send(encodeMicrophoneAudio(pcm));
  }

  #receive(data, socket) {
    try {
      if (typeof data === 'string') this.#receiveEvent(JSON.parse(data), socket);
      else this.#announce('message', socket, decodeMessage(new Uint8Array(data)));
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
      console.warn('connection: unreadable message,', error.message);
    }
  }

  #receiveEvent(event, socket) {
    // A server that creates sessions works: the next loss starts with a short delay again.
    if (event.type === 'session.created') {
      this.#attempt = 0;
      this.#hasSession = true;
    }
    if (event.type === 'error' && !this.#hasSession) this.#refusal = event.error;
    this.#announce('event', socket, event);
  }

  #reconnect(socket) {
    if (socket !== this.#socket) return;
    const retryInMs = Math.max(reconnectDelay(this.#attempt), this.#refusal?.retry_after_ms ?? 0);
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.retry(), retryInMs);
    this.#announce('lost', socket, { retryInMs, error: this.#refusal });
  }

  #announce(type, socket, detail) {
    if (socket === this.#socket) this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
