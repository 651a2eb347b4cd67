// Puts the page together. Each part is in a module of its own; this one only says who knows whom.

import { Connection } from './connection.js';
import { Conversation } from './conversation.js';
import { parseIdleClip } from './idle-loop.js';
import { Microphone } from './microphone.js';
import { Session } from './session.js';
import { Settings } from './settings.js';
import { Stage } from './stage.js';
import { Talk } from './talk.js';
import { canDecode } from './video-decoder.js';
import { lightAmbient } from './ui/ambient.js';
import { Dock } from './ui/dock.js';
import { Notices } from './ui/notices.js';
import { SettingsPanel } from './ui/settings-panel.js';
import { bindShortcuts } from './ui/shortcuts.js';
import { showStatistics } from './ui/statistics.js';
import { StatusView } from './ui/status.js';
import { showSuggestions } from './ui/suggestions.js';
import { TranscriptView } from './ui/transcript.js';

const element = (id) => document.getElementById(id);

const settings = new Settings();
const connection = new Connection();
const conversation = new Conversation();
const stage = new Stage(element('person'));
const session = new Session({
  connection, stage, conversation, settings, recentLevels: (milliseconds) => talk.recentLevels(milliseconds),
});
const talk = new Talk(new Microphone(), session);

const notices = new Notices(element('notices'));
const statusView = new StatusView(element('stage'));
const panel = new SettingsPanel(element('settings'), settings, talk);
const dock = new Dock({
  mic: element('mic'), level: element('level'), handsFree: element('hands-free'), compose: element('compose'),
  text: element('text'), send: element('send'), interrupt: element('interrupt'),
}, talk, session);
new TranscriptView(conversation, { list: element('items'), empty: element('nothing-said') });
showStatistics(element('statistics'), stage);
bindShortcuts(talk, session);

let microphoneLevel = 0;
let shownAvatar = null;
/** Whose idle clip is there, or on its way. */
let idleAvatar = null;

// Sound is allowed after the first touch of the page.
for (const type of ['pointerdown', 'keydown']) {
  window.addEventListener(type, () => stage.resume().then(() => notices.hide('sound')), { capture: true });
}
stage.addEventListener('blocked', () => notices.show('sound', 'Click anywhere to hear the answer.', {
  symbol: 'sound', action: { label: 'Play sound', run: () => stage.resume() },
}));

// The server

function showOffline(text) {
  notices.show('connection', text, { symbol: 'offline', action: { label: 'Try now', run: () => connection.retry() } });
}
connection.addEventListener('opening', () => talk.abandon());
connection.addEventListener('lost', () => {
  talk.abandon();
  showOffline('The connection to the server was lost. Trying again…');
});
session.addEventListener('unreachable', () => showOffline('There is no connection to the server. Trying again…'));
session.addEventListener('ready', ({ detail }) => {
  notices.hide('connection');
  if (shownAvatar !== detail.id) showAvatar(detail);
  if (canDecode && idleAvatar !== detail.id) loadIdle(detail);
});
session.addEventListener('refused', ({ detail }) => notices.show('server', detail.message, { isHint: true }));
session.addEventListener('status', () => {
  statusView.show(session.status);
  element('stage').classList.toggle('hears-user', session.hearsUser);
});

// The microphone

talk.addEventListener('level', ({ detail }) => (microphoneLevel = detail));
talk.addEventListener('change', () => {
  if (talk.isListening) notices.hide('microphone');
  else microphoneLevel = 0;
  // Also when nothing changed: a switch that was turned in vain goes back.
  if (settings.handsFree !== talk.isHandsFree) settings.set({ handsFree: talk.isHandsFree });
  else panel.update();
});
talk.addEventListener('problem', ({ detail }) => {
  if (detail === 'short') {
    notices.show('short', 'Hold the button, or the space bar, while you speak.', { symbol: 'mic', isHint: true });
  } else {
    notices.microphone(detail.reason);
  }
});

// The settings

const configured = new Set(['voice', 'threshold', 'silenceMs', 'handsFree']);

settings.addEventListener('change', ({ detail }) => {
  if ('avatar' in detail) connection.open(settings);
  else if (Object.keys(detail).some((name) => configured.has(name))) session.configure();
  showView();
});
element('open-settings').addEventListener('click', () => panel.open());
element('toggle-statistics').addEventListener('click', () => {
  settings.set({ showStatistics: !settings.showStatistics });
});
element('toggle-transcript').addEventListener('click', () => {
  settings.set({ showTranscript: element('transcript').hidden });
});

// In the hand, the transcript would cover the person: there it opens only when asked for.
const inHand = matchMedia('(max-width: 760px)');
if (inHand.matches) settings.showTranscript = false;

function showView() {
  const { showTranscript, showStatistics: showsStatistics } = settings;
  element('transcript').hidden = !showTranscript;
  element('transcript').parentElement.classList.toggle('is-alone', !showTranscript);
  element('statistics').hidden = !showsStatistics;
  element('toggle-transcript').setAttribute('aria-pressed', String(showTranscript));
  element('toggle-statistics').setAttribute('aria-pressed', String(showsStatistics));
}

conversation.addEventListener('item', () => element('suggestions').replaceChildren());

// The person

function showAvatar(avatar) {
  shownAvatar = avatar.id;
  // Before the clip is here: somebody may have said something already.
  stage.setAvatar(avatar);
  element('person-name').textContent = avatar.name;
  element('text').placeholder = `What should ${avatar.name} say?`;
  for (const name of document.querySelectorAll('.their-name')) name.textContent = avatar.name;
  if (conversation.items.length === 0) {
    showSuggestions(element('suggestions'), avatar.name, (text) => session.say(text));
  }
  showPoster(avatar.poster_url);
}

async function loadIdle(avatar) {
  idleAvatar = avatar.id;
  notices.hide('person');
  try {
    const units = parseIdleClip(await download(avatar.idle_url));
    // Meanwhile somebody else may have come.
    if (shownAvatar === avatar.id) stage.setIdle(units);
  } catch (error) {
    if (shownAvatar !== avatar.id) return;
    idleAvatar = null;
    notices.show('person', 'The picture could not be loaded.', {
      action: { label: 'Try again', run: () => loadIdle(avatar) },
    });
    console.warn('idle clip:', error.message);
  }
}

async function showPoster(url) {
  const poster = element('poster');
  poster.src = url;
  await poster.decode();
  poster.hidden = false;
  lightAmbient(element('ambient'), poster);
}

async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}

/** The person is to be seen at once, and the panel filled, while the connection is being made. */
async function loadCatalogue() {
  const [{ avatars }, { voices, default: defaultVoice }] = await Promise.all(
    ['/v1/avatars', '/v1/voices'].map(async (url) => (await fetch(url)).json()));
  const avatar = avatars.find(({ id }) => id === settings.avatar) ?? avatars[0];
  if (settings.avatar !== avatar.id) settings.avatar = '';
  if (!voices.some(({ name }) => name === settings.voice)) settings.voice = '';
  panel.showAvatars(avatars, avatar.id);
  panel.showVoices(voices, settings.voice || defaultVoice);
  if (shownAvatar === null) showPoster(avatar.poster_url);
}

/** Where the transcript is not to be seen, its words are on the picture while they are heard. */
function showCaption() {
  const words = settings.showTranscript ? '' : session.caption;
  const caption = element('caption');
  if (caption.textContent !== words) caption.textContent = words;
  caption.hidden = words === '';
}

// Bars and ring move with the sound; more often would cost more than it shows.
setInterval(() => {
  showCaption();
  statusView.move(session.status === 'speaking' ? stage.level : microphoneLevel);
  dock.showLevel(microphoneLevel);
}, 60);

if (!canDecode) {
  notices.show('browser', 'This browser cannot show the moving picture here. Use a current Chrome, Edge or Safari, '
    + 'and open the page over HTTPS or on localhost.');
}

showView();
await loadCatalogue().catch((error) => console.warn('catalogue:', error.message));
connection.open(settings);

/**
 * For measurements and tests; read only.
 * `status`: see Session. `statistics`: see Stage. `skewSamples`: one sample per frame shown, see SkewMeter.
 */
window.visavis = {
  get status() { return session.status; },
  get statistics() { return stage.statistics; },
  get skewSamples() { return stage.skewSamples; },
  get conversation() { return conversation.items; },
};
