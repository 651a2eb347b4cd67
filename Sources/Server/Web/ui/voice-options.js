// The voices to choose from, by language.

import { language, t } from '../language.js';

/** What a voice speaks that speaks many languages. */
const ANY_LANGUAGE = 'mul';

/**
 * A language with several voices is a group of its own; voices that are alone in theirs are a group together.
 * @param {Voice[]} voices @param {string} current its name.
 */
export function voiceOptions(voices, current) {
  const byLanguage = [...Map.groupBy(voices, (voice) => voice.language.split('-')[0])];
  const several = byLanguage.filter(([, members]) => members.length > 1);
  const alone = byLanguage.filter(([, members]) => members.length === 1).flatMap(([, members]) => members);
  const groups = several.map(([code, members]) => group(nameOf(code), members, current, describe));
  if (alone.length > 0) groups.push(group(t('More languages'), alone, current, (voice) => nameOf(voice.language)));
  // A single group needs no title.
  return groups.length === 1 ? [...groups[0].children] : groups;
}

function group(label, voices, current, text) {
  const element = document.createElement('optgroup');
  element.label = label;
  element.append(...voices.map((voice) => new Option(text(voice), voice.name, false, voice.name === current)));
  return element;
}

function describe({ name, language: code, description }) {
  return description && code !== ANY_LANGUAGE ? `${t(description)} (${name})` : name;
}

/** `pt-BR` becomes "Brazilian Portuguese", in the language of the page where the browser knows it. */
function nameOf(code) {
  try {
    return new Intl.DisplayNames(language.code, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
