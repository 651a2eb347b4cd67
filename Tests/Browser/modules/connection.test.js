import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection, reconnectDelay } from '../../../Sources/Server/Web/connection.js';

test('waits longer each time, up to a quarter of a minute, and not all clients alike', () => {
  const delays = Array.from({ length: 12 }, (_, attempt) => reconnectDelay(attempt, 0.5));
  assert.deepEqual(delays.slice(0, 6), [500, 1000, 2000, 4000, 8000, 15_000]);
  assert.ok(delays.every((delay) => delay <= 15_000));
  assert.notEqual(reconnectDelay(3, 0), reconnectDelay(3, 1));
});

/** A connection whose sockets do nothing by themselves. */
function connectionWith(context) {
  const sockets = [];
  const before = { WebSocket: globalThis.WebSocket, location: globalThis.location };
  context.mock.timers.enable({ apis: ['setTimeout'] });
  globalThis.location = new URL('https://example.com/');
  globalThis.WebSocket = class {
    constructor(url) {
      Object.assign(this, { url, close: () => {} });
      sockets.push(this);
    }
  };
  context.after(() => Object.assign(globalThis, before));
  return { connection: new Connection(), sockets };
}

test('chooses avatar, responder and voice by the address', (context) => {
  const { connection, sockets } = connectionWith(context);
  connection.open({ avatar: 'mira', responder: 'chat', voice: '' });
  const { origin, pathname, searchParams } = new URL(sockets[0].url);
  assert.equal(origin + pathname, 'wss://example.com/v1/realtime');
  assert.deepEqual(['avatar', 'responder', 'voice'].map((name) => searchParams.get(name)), ['mira', 'chat', null]);
});

test('where there is no room, it comes back when the server says so', (context) => {
  const { connection, sockets } = connectionWith(context);
  const lost = [];
  connection.addEventListener('lost', ({ detail }) => lost.push(detail));
  connection.open({ avatar: '', responder: '', voice: '' });
  const error = { code: 'capacity_exceeded', message: 'full', retry_after_ms: 20_000 };
  sockets[0].onmessage({ data: JSON.stringify({ type: 'error', error }) });
  sockets[0].onclose();
  assert.deepEqual(lost, [{ retryInMs: 20_000, error }]);
  context.mock.timers.tick(19_999);
  assert.equal(sockets.length, 1);
  context.mock.timers.tick(1);
  assert.equal(sockets.length, 2);
});

test('errors of a session that there was are not why it was lost', (context) => {
  const { connection, sockets } = connectionWith(context);
  const lost = [];
  connection.addEventListener('lost', ({ detail }) => lost.push(detail.error));
  connection.open({ avatar: '', responder: '', voice: '' });
  sockets[0].onmessage({ data: JSON.stringify({ type: 'session.created', session: {} }) });
  sockets[0].onmessage({ data: JSON.stringify({ type: 'error', error: { code: 'invalid_value' } }) });
  sockets[0].onclose();
  assert.deepEqual(lost, [null]);
});
