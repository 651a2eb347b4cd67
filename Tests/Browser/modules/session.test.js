import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kind } from '../../../Sources/Server/Web/binary-message.js';
import { Conversation } from '../../../Sources/Server/Web/conversation.js';
import { Session } from '../../../Sources/Server/Web/session.js';

/** A session between a server and a stage that only take notes. */
function sessionWith(settings = {}) {
  const sent = [];
  const connection = Object.assign(new EventTarget(), { send: (event) => sent.push(event), sendAudio: () => {} });
  const performed = [];
  const stage = Object.assign(new EventTarget(), {
    playing: [],
    begin: (id) => stage.playing.push(id),
    addAudio: () => {},
    addVideo: () => {},
    finishAudio: (id) => performed.push(`finished ${id}`),
    finishVideo: () => {},
    lowerVoice: () => performed.push('lowered'),
    raiseVoice: () => performed.push('raised'),
    interrupt(id) {
      const meant = stage.playing.filter((one) => id === undefined || one === id);
      stage.playing = stage.playing.filter((one) => !meant.includes(one));
      return meant.map((responseId) => ({ responseId, heardMs: 420 }));
    },
  });
  Object.defineProperty(stage, 'isActive', { get: () => stage.playing.length > 0 });
  const conversation = new Conversation();
  const session = new Session({
    connection, stage, conversation, recentLevels: () => [],
    settings: { voice: '', threshold: 0.5, silenceMs: 500, handsFree: false, ...settings },
  });
  const tell = (type, fields = {}) => {
    connection.dispatchEvent(new CustomEvent('event', { detail: { type, ...fields } }));
  };
  const announce = (type, detail) => stage.dispatchEvent(new CustomEvent(type, { detail }));
  const respond = (id, item) => {
    tell('response.created', { response: { id } });
    tell('response.output_item.added', { response_id: id, item: { id: item, type: 'message', role: 'assistant' } });
  };
  const speak = (id, index, samples) => connection.dispatchEvent(new CustomEvent('message', {
    detail: { kind: Kind.audio, responseId: id, index, payload: new Uint8Array(samples * 2) },
  }));
  return { session, connection, stage, conversation, sent, performed, tell, announce, respond, speak };
}

const types = (events) => events.map(({ type }) => type);

test('configures the session as soon as the server has created it', () => {
  const { sent, tell, session } = sessionWith({ handsFree: true, silenceMs: 700, voice: 'rms' });
  assert.equal(session.status, 'offline');
  tell('session.created', { session: { avatar: { id: 'mira' } } });
  assert.equal(session.status, 'listening');
  const [update] = sent;
  assert.equal(update.type, 'session.update');
  assert.equal(update.session.type, 'realtime');
  assert.deepEqual(update.session.video, { transport: 'binary' });
  assert.deepEqual(update.session.audio.output, { voice: 'rms' });
  assert.equal(update.session.audio.input.turn_detection.type, 'server_vad');
  assert.equal(update.session.audio.input.turn_detection.silence_duration_ms, 700);
});

test('without hands-free the server leaves turns to the button', () => {
  const { sent, tell } = sessionWith();
  tell('session.created', { session: { avatar: {} } });
  assert.equal(sent[0].session.audio.input.turn_detection, null);
  assert.equal('output' in sent[0].session.audio, false);
});

test('a typed turn: idle, thinking, speaking, idle', () => {
  const { session, sent, tell, announce, respond, speak, stage, conversation } = sessionWith();
  tell('session.created', { session: { avatar: {} } });
  session.say('Hello.');
  assert.deepEqual(types(sent.slice(1)), ['conversation.item.create', 'response.create']);
  assert.equal(session.status, 'thinking');
  // The server's own account of the item does not double it.
  tell('conversation.item.added', { item: sent[1].item });

  respond('r1', 'i1');
  tell('response.output_audio_transcript.delta', { item_id: 'i1', delta: 'Hello.' });
  speak('r1', 0, 24_000);
  tell('response.output_audio_transcript.delta', { item_id: 'i1', delta: ' Bye.' });
  announce('speaking', { responseId: 'r1' });
  assert.equal(session.status, 'speaking');

  tell('response.done', { response: { id: 'r1', status: 'completed' } });
  assert.equal(session.status, 'speaking', 'what has been sent is still being heard');
  stage.playing = [];
  announce('idle', { responseId: 'r1' });
  assert.equal(session.status, 'idle');
  const [user, answer] = conversation.items;
  assert.deepEqual([user.role, user.text], ['user', 'Hello.']);
  assert.deepEqual([answer.role, answer.text], ['assistant', 'Hello. Bye.']);
  assert.deepEqual([answer.durationMs, answer.state], [1000, 'done']);
  assert.deepEqual(answer.cues, [{ atMs: 0, text: 'Hello.' }, { atMs: 1000, text: 'Bye.' }]);
});

test('the interrupt button cancels, and says how much was heard', () => {
  const { session, sent, tell, respond, conversation } = sessionWith();
  tell('session.created', { session: { avatar: {} } });
  session.say('Hello.');
  respond('r1', 'i1');
  sent.length = 0;
  session.interrupt();
  assert.deepEqual(sent, [
    { type: 'response.cancel', response_id: 'r1' },
    { type: 'conversation.item.truncate', item_id: 'i1', content_index: 0, audio_end_ms: 420 },
  ]);
  assert.equal(conversation.get('i1').state, 'interrupted');
  assert.equal(session.status, 'idle');
});

test('words and sound that arrive after the interruption change nothing', () => {
  const { session, tell, respond, speak, conversation } = sessionWith();
  tell('session.created', { session: { avatar: {} } });
  session.say('Hello.');
  respond('r1', 'i1');
  session.interrupt();
  tell('response.output_audio_transcript.delta', { item_id: 'i1', delta: 'late' });
  speak('r1', 0, 24_000);
  assert.deepEqual([conversation.get('i1').text, conversation.get('i1').durationMs], ['', 420]);
});

test('the end of a cancelled response leaves the next one alone', () => {
  const { session, tell, respond, stage, conversation } = sessionWith();
  tell('session.created', { session: { avatar: {} } });
  session.say('One.');
  respond('r1', 'i1');
  session.say('Two.');
  respond('r2', 'i2');
  tell('response.done', { response: { id: 'r1', status: 'cancelled' } });
  assert.deepEqual(stage.playing, ['r2']);
  assert.equal(conversation.get('i2').state, 'arriving');
});

test('barge-in: the server cancels by itself, the page only says what was heard', () => {
  const { session, sent, tell, respond } = sessionWith({ handsFree: true });
  tell('session.created', { session: { avatar: {} } });
  respond('r1', 'i1');
  sent.length = 0;
  tell('input_audio_buffer.speech_started', { audio_start_ms: 1000 });
  assert.deepEqual(types(sent), ['conversation.item.truncate']);
  assert.equal(session.hearsUser, true);
  tell('input_audio_buffer.speech_stopped', { audio_end_ms: 3500 });
  assert.equal(session.status, 'thinking');
  tell('conversation.item.added', {
    item: { id: 'u2', type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] },
  });
});

test('a spoken turn is a voice message of its length', () => {
  const { tell, conversation } = sessionWith({ handsFree: true });
  tell('session.created', { session: { avatar: {} } });
  tell('input_audio_buffer.speech_started', { audio_start_ms: 1000 });
  tell('input_audio_buffer.speech_stopped', { audio_end_ms: 4200 });
  tell('conversation.item.added', {
    item: { id: 'u1', type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] },
  });
  assert.deepEqual([conversation.get('u1').text, conversation.get('u1').durationMs], ['', 3200]);
});

const spokenItem = (id) => ({
  item: { id, type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] },
});
const TRANSCRIPTION = 'conversation.item.input_audio_transcription';

test('the words of a spoken turn take the place of its waveform as they come', () => {
  const { tell, conversation, sent } = sessionWith({ handsFree: true });
  tell('session.created', { session: { avatar: {} } });
  assert.deepEqual(sent[0].session.audio.input.transcription, {});
  tell('conversation.item.added', spokenItem('u1'));
  assert.deepEqual([conversation.get('u1').text, conversation.get('u1').state], ['', 'done']);
  tell(`${TRANSCRIPTION}.delta`, { item_id: 'u1', delta: 'Good ' });
  tell(`${TRANSCRIPTION}.delta`, { item_id: 'u1', delta: 'morrow' });
  assert.deepEqual([conversation.get('u1').text, conversation.get('u1').state], ['Good morrow', 'arriving']);
  tell(`${TRANSCRIPTION}.completed`, { item_id: 'u1', transcript: 'Good morning! ' });
  assert.deepEqual([conversation.get('u1').text, conversation.get('u1').state], ['Good morning!', 'done']);
});

test('words may come before the turn is over', () => {
  const { tell, conversation } = sessionWith({ handsFree: true });
  tell('session.created', { session: { avatar: {} } });
  tell('input_audio_buffer.speech_started', { audio_start_ms: 1000 });
  tell(`${TRANSCRIPTION}.delta`, { item_id: 'u1', delta: 'Good' });
  tell('input_audio_buffer.speech_stopped', { audio_end_ms: 2000 });
  tell('conversation.item.added', spokenItem('u1'));
  const { text, durationMs, role, state } = conversation.get('u1');
  assert.deepEqual({ text, durationMs, role, state }, { text: 'Good', durationMs: 1000, role: 'user', state: 'arriving' });
});

test('words that cannot be had leave the voice message', () => {
  const { tell, conversation } = sessionWith({ handsFree: true });
  tell('session.created', { session: { avatar: {} } });
  tell('conversation.item.added', spokenItem('u1'));
  tell(`${TRANSCRIPTION}.failed`, { item_id: 'u1', error: { message: 'no idea' } });
  assert.deepEqual([conversation.get('u1').text, conversation.get('u1').state], ['', 'unclear']);
});

test('tells where the time of an answer went', () => {
  const { session, tell } = sessionWith();
  const told = [];
  session.addEventListener('timeline', ({ detail }) => told.push(detail.steps_ms));
  tell('response.timeline', { response_id: 'r1', steps_ms: { first_audio: 12 } });
  assert.deepEqual(told, [{ first_audio: 12 }]);
});

test('a failed response and an error are told, what was over already is not', () => {
  const { session, tell, respond } = sessionWith();
  const told = [];
  session.addEventListener('refused', ({ detail }) => told.push(detail.message));
  tell('session.created', { session: { avatar: {} } });
  session.say('Hello.');
  respond('r1', 'i1');
  tell('error', { error: { code: 'response_cancel_not_active', message: 'nothing to cancel' } });
  tell('error', { error: { code: 'invalid_value', message: 'no such voice' } });
  tell('response.done', {
    response: { id: 'r1', status: 'failed', status_details: { error: { message: 'out of words' } } },
  });
  assert.deepEqual(told, ['no such voice', 'out of words']);
});

test('a lost connection ends what was being said, and the transcript stays', () => {
  const { session, connection, tell, respond, conversation } = sessionWith();
  tell('session.created', { session: { avatar: {} } });
  session.say('Hello.');
  respond('r1', 'i1');
  connection.dispatchEvent(new CustomEvent('lost', { detail: { retryInMs: 500 } }));
  assert.equal(session.status, 'offline');
  assert.deepEqual(conversation.items.map(({ state }) => state), ['done', 'interrupted']);
});

test('without a server nothing is said, and that is told', () => {
  const { session, sent, conversation } = sessionWith();
  let told = 0;
  session.addEventListener('unreachable', () => (told += 1));
  session.say('Hello.');
  assert.equal(told, 1);
  assert.deepEqual([sent, conversation.items, session.status], [[], [], 'offline']);
});

test('another avatar, chosen before the answer begins, waits for no answer', () => {
  const { session, connection, tell } = sessionWith();
  tell('session.created', { session: { avatar: { id: 'mira' } } });
  session.say('Hello.');
  connection.dispatchEvent(new CustomEvent('opening'));
  assert.equal(session.status, 'offline');
  tell('session.created', { session: { avatar: { id: 'noor' } } });
  assert.equal(session.status, 'idle');
  assert.equal(session.hearsUser, false);
});

test('a new session forgets what the last one was asked for', () => {
  const { session, tell } = sessionWith();
  tell('session.created', { session: { avatar: {} } });
  session.beginVoice();
  session.endVoice(1000);
  assert.equal(session.status, 'thinking');
  tell('session.created', { session: { avatar: {} } });
  assert.equal(session.status, 'idle');
});

test('tells the server how well frames were timed, once there is a session', () => {
  const { sent, tell, announce } = sessionWith();
  announce('skew', { skewMs: [1] });
  assert.deepEqual(sent, []);
  tell('session.created', { session: { avatar: {} } });
  announce('skew', { skewMs: [-4.2, 3] });
  assert.deepEqual(sent.at(-1), { type: 'video.report', skew_ms: [-4.2, 3] });
});

test('lowers the voice while somebody may be interrupting', () => {
  const { tell, respond, performed, stage, sent } = sessionWith({ handsFree: true });
  tell('session.created', { session: { avatar: { id: 'mira' } } });
  respond('resp_1', 'item_1');
  tell('input_audio_buffer.interruption_suspected', { audio_start_ms: 100 });
  tell('input_audio_buffer.interruption_dismissed');
  assert.deepEqual(performed, ['lowered', 'raised']);
  assert.deepEqual(stage.playing, ['resp_1']);
  tell('input_audio_buffer.interruption_suspected', { audio_start_ms: 900 });
  tell('input_audio_buffer.speech_started', { audio_start_ms: 900, item_id: 'item_2' });
  assert.deepEqual(stage.playing, []);
  assert.equal(sent.at(-1).type, 'conversation.item.truncate');
});
