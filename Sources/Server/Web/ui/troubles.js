// What people read when the server, or who answers, cannot be reached or has no room.

import { Countdown } from '../countdown.js';

/** Errors that come while the service behind the responder is away. */
const AWAY = 'responder_unreachable';
/** An answer that failed: if that is so because who answers is away, one message is enough. */
const FAILED = 'response_failed';
const NO_ROOM = 'capacity_exceeded';
/** Where the server does not say when to try again. */
const PATIENCE_MS = 5000;

/** Tells of troubles while they last, and tries again what had no room. */
export class Troubles {
  #notices;
  #connection;
  #session;
  #countdown = new Countdown();

  /** @param {{notices: Notices, connection: Connection, session: Session}} parts */
  constructor({ notices, connection, session }) {
    this.#notices = notices;
    this.#connection = connection;
    this.#session = session;
    connection.addEventListener('opening', () => {
      this.#settle();
      notices.hide('responder');
    });
    connection.addEventListener('lost', ({ detail }) => this.#lost(detail));
    session.addEventListener('unreachable', () => {
      if (!this.#countdown.isRunning) this.#offline('There is no connection to the server. Trying again…');
    });
    session.addEventListener('ready', () => notices.hide('connection'));
    session.addEventListener('reachable', () => notices.hide('responder'));
    session.addEventListener('status', () => this.#follow(session));
    session.addEventListener('refused', ({ detail }) => this.#refused(detail));
  }

  #follow({ status, hearsUser }) {
    if (status === 'thinking' || hearsUser) this.#settle();
    if (status === 'speaking') this.#notices.hide('responder');
  }

  #lost({ retryInMs, error }) {
    if (error?.code === NO_ROOM) this.#noRoom('connection', retryInMs, () => this.#connection.retry());
    else if (error) this.#offline('There is nobody to talk to. Trying again…', error.message);
    else this.#offline('The connection to the server was lost. Trying again…');
  }

  #refused(error) {
    // Why there is no session, is told when the connection is lost.
    if (this.#session.status === 'offline') return;
    if (error.code === NO_ROOM) {
      this.#noRoom('capacity', error.retry_after_ms ?? PATIENCE_MS, () => this.#session.answer());
    } else if (error.code === AWAY) {
      this.#notices.hide('server');
      const isTriedAgain = typeof error.retry_after_ms === 'number';
      this.#notices.show(
        'responder',
        isTriedAgain ? 'Who answers cannot be reached. Trying again…' : 'Who answers cannot be reached.',
        { symbol: 'offline', detail: error.message });
    } else if (error.code !== FAILED || !this.#notices.has('responder')) {
      this.#notices.show('server', 'That did not work.', { detail: error.message, isHint: true });
    }
  }

  #noRoom(kind, milliseconds, run) {
    const text = 'Many people are talking here right now. Trying again in {seconds} s.';
    this.#notices.show(kind, text, {
      symbol: 'wait', values: { seconds: Math.ceil(milliseconds / 1000) },
      action: { label: 'Try now', run: () => this.#countdown.finish() },
      // Whoever does not want to wait for an answer is not kept waiting; for the connection everybody waits.
      onDismiss: kind === 'capacity' ? () => this.#countdown.cancel() : undefined,
    });
    this.#countdown.start(milliseconds, {
      tell: (seconds) => this.#notices.update(kind, { seconds }),
      run,
    });
  }

  #offline(text, detail = '') {
    this.#notices.show('connection', text, {
      symbol: 'offline', detail, action: { label: 'Try now', run: () => this.#connection.retry() },
    });
  }

  /** What was to be tried again is being tried, or is not wanted any more. */
  #settle() {
    this.#countdown.cancel();
    this.#notices.hide('capacity');
  }
}
