// Puts the page together. Each part is in a module of its own; this one only says who knows whom.

import { Catalogue } from './catalogue.js';
import { Connection } from './connection.js';
import { Conversation } from './conversation.js';
import { parseIdleClip } from './idle-loop.js';
import { language, t } from './language.js';
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
import { StatisticsView } from './ui/statistics.js';
import { StatusView } from './ui/status.js';
import { Suggestions } from './ui/suggestions.js';
import { TranscriptView } from './ui/transcript.js';
import { Troubles } from './ui/troubles.js';

const element = (id) => document.getElementById(id);

language.translate(document);

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
const suggestions = new Suggestions(element('suggestions'), (text) => session.say(text));
const dock = new Dock({
  mic: element('mic'), level: element('level'), handsFree: element('hands-free'), compose: element('compose'),
  text: element('text'), send: element('send'), interrupt: element('interrupt'),
}, talk, session);
new TranscriptView(conversation, { list: element('items'), empty: element('nothing-said') });
new StatisticsView({ numbers: element('statistics'), timeline: element('timeline') }, stage, session);
bindShortcuts(talk, session);

let microphoneLevel = 0;
/** What the server offers; null until it has said so. */
let catalogue = null;
/** The avatar on the stage. */
let shown = null;
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

new Troubles({ notices, connection, session });
connection.addEventListener('opening', () => talk.abandon());
connection.addEventListener('lost', () => talk.abandon());
session.addEventListener('ready', ({ detail }) => {
  if (shown?.id !== detail.id) showAvatar(detail);
  if (canDecode && idleAvatar !== detail.id) loadIdle(detail);
});
session.addEventListener('status', () => {
  statusView.show(session.status);
  element('stage').classList.toggle('hears-user', session.hearsUser);
  stage.pose = session.pose;
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
  if ('avatar' in detail || 'responder' in detail) connection.open(settings);
  else if (Object.keys(detail).some((name) => configured.has(name))) session.configure();
  if ('responder' in detail) addressPerson();
  showView();
});
language.addEventListener('change', () => addressPerson());
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

conversation.addEventListener('item', () => suggestions.hide());

// The person

function showAvatar(avatar) {
  shown = avatar;
  // Before the clip is here: somebody may have said something already.
  stage.setAvatar(avatar);
  element('person-name').textContent = avatar.name;
  for (const name of document.querySelectorAll('.their-name')) name.textContent = avatar.name;
  addressPerson();
  showPoster(avatar.poster_url);
}

/** What one can say to the person: something to be read aloud, or to be answered. */
function addressPerson() {
  if (!shown) return;
  const { name } = shown;
  const reads = catalogue?.reads(settings.responder) ?? true;
  element('text').placeholder = t(reads ? 'What should {name} say?' : 'Say something to {name}', { name });
  if (conversation.items.length === 0) suggestions.show({ name, reads });
}

async function loadIdle(avatar) {
  idleAvatar = avatar.id;
  notices.hide('person');
  try {
    const units = parseIdleClip(await download(avatar.idle_url));
    // Meanwhile somebody else may have come.
    if (shown.id !== avatar.id) return;
    stage.setIdle(units);
    loadPoses(avatar);
  } catch (error) {
    if (shown.id !== avatar.id) return;
    idleAvatar = null;
    notices.show('person', 'The picture could not be loaded.', {
      action: { label: 'Try again', run: () => loadIdle(avatar) },
    });
    console.warn('idle clip:', error.message);
  }
}

/** Who does not have them, or whose do not come, stays as she is. */
async function loadPoses(avatar) {
  const urls = { listening: avatar.listening_url, thinking: avatar.thinking_url };
  for (const [pose, url] of Object.entries(urls)) {
    if (!url) continue;
    try {
      const units = parseIdleClip(await download(url));
      if (shown.id === avatar.id) stage.setPose(pose, units);
    } catch (error) {
      console.warn(`${pose}:`, error.message);
    }
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
  catalogue = await Catalogue.load();
  Object.assign(settings, catalogue.possible(settings));
  panel.offer(catalogue);
  if (!shown) showPoster(catalogue.avatar(settings.avatar).poster_url);
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
  notices.show('browser',
    'This browser cannot show the moving picture. Use Chrome, Edge or Safari, over HTTPS or on localhost.');
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
