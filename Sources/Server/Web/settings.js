// What the user has chosen, kept by the browser.

const KEY = 'visavis.settings';
const DEFAULTS = {
  avatar: '', responder: '', voice: '', threshold: 0.5, silenceMs: 500, showStatistics: false, showTranscript: true,
};

/** The settings; hands-free is never remembered, so that no microphone opens unasked. Event: `change`. */
export class Settings extends EventTarget {
  /** Avatar id; empty for the server's default. */
  avatar;
  /** Name of who answers; empty for the server's default. */
  responder;
  /** Voice name; empty for the responder's default. */
  voice;
  /** How sure turn detection must be that somebody speaks, 0...1. */
  threshold;
  /** How long a pause ends a turn, in milliseconds. */
  silenceMs;
  showStatistics;
  showTranscript;
  handsFree = false;

  constructor() {
    super();
    Object.assign(this, DEFAULTS, stored(), asked());
  }

  /** Changes some of them. */
  set(properties) {
    Object.assign(this, properties);
    const kept = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, this[name]]));
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Private windows may refuse storage; the choice then lasts as long as the page.
    }
    this.dispatchEvent(new CustomEvent('change', { detail: properties }));
  }
}

/** What the page's address asks for, such as `/?avatar=anna&responder=script`: a kiosk opens with it. */
function asked() {
  const address = new URLSearchParams(location.search);
  return Object.fromEntries(
    ['avatar', 'responder', 'voice'].filter((name) => address.has(name)).map((name) => [name, address.get(name)]));
}

function stored() {
  try {
    const values = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    // Only what is known, and of the right type: the entry may come from another version.
    return Object.fromEntries(
      Object.entries(DEFAULTS).filter(([name, value]) => typeof values[name] === typeof value)
        .map(([name]) => [name, values[name]]));
  } catch {
    return {};
  }
}
