"""What is read aloud: the sentences in text/, and made-up ones, words drawn from Debian's word lists or put together
from syllables.

The made-up ones make no sense, on purpose: each sound meets each other one, in every language.
"""

import functools
import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "text"

REAL_SHARE = 0.25
"""Of what is read in training."""

WORD_LISTS = {"en": "american-english", "de": "ngerman", "es": "spanish", "fr": "french", "it": "italian", "ca": "catalan"}
_AVOIDED = {"ca": set("bv")}
"""Letters of words that are not read. Between vowels Catalan does not close the lips for them, and Festival does not say so."""

_KANA_ROWS = ["あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも", "らりるれろ",
              "がぎぐげご", "ざじずぜぞ", "だでど", "ばびぶべぼ", "ぱぴぷぺぽ", "やゆよ", "わ"]  # fmt: skip
_KANA_PALATAL = ["きゃ", "しゃ", "しゅ", "しょ", "ちゃ", "ちゅ", "ちょ", "にゃ", "ひょ", "みゃ", "りょ", "ぎゅ", "じゃ", "じゅ", "びゃ", "ぴょ"]

# Syllables of Mandarin: what may follow each initial in Pinyin.
_PINYIN = {
    "b": "a ai ao an ang ei en eng o u i iao ie in ing ian", "p": "a ai ao an ang ei en eng o ou u i iao ie in ing ian",
    "m": "a ai ao an ang ei en eng o ou u i iao ie in ing ian", "f": "a an ang ei en eng o ou u",
    "d": "a ai ao an ang e ou ong u ui uo i iao ie ian ing", "t": "a ai ao an ang e ou ong u ui uo i iao ie ian ing",
    "n": "a ai ao an ang ei eng ong u uo i iao ie in ing ian v ve", "l": "a ai ao an ang e ei eng ou ong u uo i iao ie in ing ian iu v ve",
    "g": "a ai ao an ang e ei en eng ou ong u ua uai ui uan uo", "k": "a ai ao an ang e en ou ong u ua uai ui uan uo",
    "h": "a ai ao an ang e ei en eng ou ong u ua uai ui uan uo", "j": "i ia iao ie in ing ian iang iu u ue uan un",
    "q": "i ia iao ie in ing ian iang iu u ue uan un", "x": "i ia iao ie in ing ian iang iu u ue uan un",
    "zh": "a ai ao an ang e en eng i ou ong u ua ui uan uo", "ch": "a ai ao an ang e en eng i ou ong u uai ui uan uo",
    "sh": "a ai ao an ang e en eng i ou u ua uai ui uan uo", "r": "an ang e en eng i ou ong u ui uan uo",
    "z": "a ai ao an ang e en i ou ong u ui uan uo", "c": "a ai ao an ang e en i ou ong u ui uan uo",
    "s": "a ai ao an ang e en i ou ong u ui uan uo", "y": "a ao an ang i in ing ou ong u ue uan un",
    "w": "a ai an ang ei en o u", "": "a ai an ao e en er ou",
}  # fmt: skip

# Where Debian has no word list: what a syllable begins with, its vowel, and what ends some of them.
_SYLLABLES = {
    "cs": ("p b m t d n ť ď ň k g f v s z š ž ch h l r ř j c č p b m v n t pr br pl bl st vl mn sm zv",
           "a e i o u á é í ú ou a e i o", "m n p t k s š v l r j"),
    "fi": ("p m t n k v s h l r j d p m t n k v s h l r j b f g", "a e i o u y ä ö aa ee ii oo uu yy ää öö ai ei au uo ie yö",
           "n t s l r m p k"),
    "hi": ("प ब भ म त थ द ध न ट ड क ख ग घ च ज फ व स श ह ल र य प ब म न त व", "ा ि ी ु ू े ो ा े", "म न प त ल र स क ब व"),
}  # fmt: skip
_ENDS_A_SYLLABLE = 0.25


@functools.cache
def sentences(language: str) -> list[str]:
    """The sentences of text/; none in languages that are only read in made-up words."""
    path = FOLDER / f"{language}.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


@functools.cache
def _words(language: str) -> list[str]:
    path = pathlib.Path("/usr/share/dict") / WORD_LISTS[language]
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; `scripts/setup train` installs it")
    words = path.read_text().splitlines()
    avoided = _AVOIDED.get(language, set())
    return [word for word in words if word.isalpha() and word.islower() and 3 <= len(word) <= 11 and not avoided & set(word)]


def _word(language: str, rng: np.random.Generator) -> str:
    if language == "ja":
        word = ""
        for _ in range(rng.integers(2, 5)):
            word += rng.choice(_KANA_PALATAL) if rng.random() < 0.15 else rng.choice(list(rng.choice(_KANA_ROWS)))
            word += rng.choice(["", "", "", "", "ん", "っ"]) if word[-1] not in "んっ" else ""
        return word.rstrip("っ")
    if language == "zh":
        initials = list(_PINYIN)
        syllables = []
        for _ in range(rng.integers(1, 4)):
            initial = initials[rng.integers(len(initials))]
            syllables.append(f"{initial}{rng.choice(_PINYIN[initial].split())}{rng.integers(1, 5)}")
        return " ".join(syllables)
    if language in _SYLLABLES:
        starts, vowels, ends = (letters.split() for letters in _SYLLABLES[language])
        word = ""
        for _ in range(rng.integers(1, 5)):
            word += rng.choice(starts) + rng.choice(vowels)
            word += rng.choice(ends) if rng.random() < _ENDS_A_SYLLABLE else ""
        return word
    words = _words(language)
    word = words[rng.integers(len(words))]
    return word


def made_up(language: str, rng: np.random.Generator) -> str:
    """A sentence of words that have nothing to do with each other."""
    words = [_word(language, rng) for _ in range(rng.integers(5, 10))]
    if rng.random() < 0.5:
        words[len(words) // 2] += "、" if language == "ja" else ","
    return " ".join(words) + ("。" if language == "ja" else rng.choice([".", ".", "?"]))


def reading(language: str, rng: np.random.Generator, real: float = REAL_SHARE) -> str:
    """What somebody reads next: a real sentence now and then, else a made-up one."""
    lines = sentences(language)
    return lines[rng.integers(len(lines))] if rng.random() < real and lines else made_up(language, rng)
