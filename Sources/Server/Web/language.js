// The language of the page. English stands in the code and in the documents; other languages are dictionaries of it.

import chinese from './language/zh-CN.js';

const KEY = 'visavis.language';
const DICTIONARIES = { en: {}, 'zh-CN': chinese };
const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'content'];

/** What people can choose, each in its own words. */
export const LANGUAGES = { en: 'English', 'zh-CN': '中文' };

/** The language that is spoken here: the one chosen, or else the browser's. Event: `change`. */
class Language extends EventTarget {
  /** A key of LANGUAGES, and a tag for `lang` and `Intl`. */
  code = stored() ?? preferred(globalThis.navigator?.languages ?? []);

  /** Speaks another language from now on, here and at the next visit. */
  choose(code) {
    this.code = code;
    try {
      localStorage.setItem(KEY, code);
    } catch {
      // Private windows may refuse storage; the choice then lasts as long as the page.
    }
    this.#apply();
  }

  /** Keeps the texts that stand in `document` in this language; those that scripts set are theirs to change. */
  translate(document) {
    this.#written = textsOf(document);
    this.#apply();
  }

  #written = [];

  #apply() {
    if (globalThis.document) document.documentElement.lang = this.code;
    for (const { english, write } of this.#written) write(t(english));
    this.dispatchEvent(new CustomEvent('change'));
  }
}

export const language = new Language();

/** The text in the language of the page; `{name}` in it becomes a value. What no dictionary has stays as it is. */
export function t(english, values = {}) {
  const text = DICTIONARIES[language.code][english] ?? english;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The first of the browser's languages that there is a dictionary for. @param {readonly string[]} wanted */
export function preferred(wanted) {
  const known = wanted.map((one) => one.toLowerCase().split('-')[0]).find((one) => one === 'en' || one === 'zh');
  return known === 'zh' ? 'zh-CN' : 'en';
}

function stored() {
  try {
    const code = localStorage.getItem(KEY);
    return code in DICTIONARIES ? code : null;
  } catch {
    return null;
  }
}

/** Every text in `document`, and how to write another one in its place. */
function textsOf(document) {
  const texts = [];
  const add = (original, write) => {
    const english = original.trim().replace(/\s+/g, ' ');
    // Spaces around a text keep it apart from the element beside it.
    if (!(english in chinese)) return;
    texts.push({ english, write: (text) => write(original.replace(original.trim(), () => text)) });
  };
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) add(node.data, (text) => (node.data = text));
    else for (const name of ATTRIBUTES) {
      if (node.hasAttribute(name)) add(node.getAttribute(name), (text) => node.setAttribute(name, text));
    }
  }
  return texts;
}
