// The choice of the language.

import { language, LANGUAGES } from '../language.js';

/** Lets people choose. @param {HTMLSelectElement} place */
export function offerLanguages(place) {
  place.replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) => {
    return Object.assign(new Option(name, code, false, code === language.code), { lang: code });
  }));
  place.addEventListener('change', () => language.choose(place.value));
}
