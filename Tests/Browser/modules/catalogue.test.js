import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Catalogue } from '../../../Sources/Server/Web/catalogue.js';

const voice = (name) => ({ name, language: 'en', description: name });
const catalogue = new Catalogue(
  { avatars: [{ id: 'anna' }, { id: 'mira' }], default: 'mira' },
  {
    responders: [
      { name: 'auto', voices: [voice('slt')], default_voice: 'slt' },
      { name: 'chat', voices: [voice('marin')], default_voice: 'marin' },
    ],
    default: 'chat',
  });

test('who chooses nothing gets what the server would choose', () => {
  assert.equal(catalogue.avatar('').id, 'mira');
  assert.equal(catalogue.responder('').name, 'chat');
  assert.equal(catalogue.reads(''), false);
  assert.equal(catalogue.reads('auto'), true);
});

test('a choice that the server does not have any more is forgotten', () => {
  assert.deepEqual(
    catalogue.possible({ avatar: 'noor', responder: 'local', voice: 'slt' }), { avatar: '', responder: '', voice: '' });
  assert.deepEqual(
    catalogue.possible({ avatar: 'anna', responder: 'auto', voice: 'slt' }),
    { avatar: 'anna', responder: 'auto', voice: 'slt' });
});
