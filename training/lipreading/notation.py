"""What the synthesisers call the sounds of phones.tsv."""

_LOOKALIKES = {"g": "ɡ", "ɫ": "l", "χ": "x", "ʀ": "ʁ", "ɻ": "ɹ", "ɽ": "ɾ", "ɰ": "ɣ", "ɳ": "n", "ɭ": "l", "ʈ": "t",
               "ɖ": "d", "c": "k", "ɟ": "ɡ", "ħ": "h", "ɦ": "h", "ʕ": "ʔ", "ɵ": "ø", "ʉ": "u", "ɶ": "a", "ɝ": "ɚ",
               "ʏ": "y", "ɘ": "ə", "ɞ": "œ", "ʍ": "w", "ɬ": "l", "ᵻ": "ɨ", "ä": "a", "ɴ": "ŋ",
               "ʝ": "j", "?": "ʔ", "ĩ": "i", "ẽ": "e", "ã": "a", "õ": "o"}  # fmt: skip

# eSpeak NG's own letters, where it has no IPA for a sound: a dot is retroflex, "i." and "i[" the buzzing vowels of
# Mandarin's "shi" and "si".
_ESPEAK = {
    "s.": ["ʂ"], "ts.": ["t", "ʂ"], "ts.h": ["t", "ʂ"], "i.": ["ɨ"], "i[": ["ɨ"], "i̪": ["ɨ"], "o-": ["ɤ"], "ər": ["ɚ"],
    "əl": ["ə", "l"], "ɛɹ": ["ɛ", "ɹ"], "ʊɹ": ["ʊ", "ɹ"], "ɪɹ": ["ɪ", "ɹ"], "ɔːɹ": ["ɔ", "ɹ"], "ɑːɹ": ["ɑ", "ɹ"],
    "ũ": ["ŋ"],  # Japanese "n" before a pause
}  # fmt: skip

_MODIFIERS = set(":ːˑˈˌ.-~'ʰʲʷˠˤˡ˞̩̯̪̝̞̟̠̥̬̃̈ᵝ\"^*;|̺̻͜͡1234567890")


def from_ipa(name: str, known) -> list[str]:
    """The sounds that an IPA string of eSpeak NG stands for, in their order; none for a pause."""
    if name in _ESPEAK:
        return _ESPEAK[name]
    if name.startswith("("):  # what follows is in another language
        return []
    sounds = []
    for letter in name:
        if letter in _MODIFIERS:
            continue
        letter = _LOOKALIKES.get(letter, letter)
        if letter in known:
            sounds.append(letter)
        else:
            raise KeyError(f"eSpeak NG's sound {name!r}: {letter!r} (U+{ord(letter):04X}) is not in phones.tsv")
    if len(sounds) > 1 and sounds[-1] == "h":  # aspiration, written as a letter: "tɕh"
        sounds.pop()
    return sounds


# Flite's and Festival's American English.
RADIO = {
    "aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "axr": "ɚ", "ay": "aɪ", "b": "b", "ch": "tʃ",
    "d": "d", "dh": "ð", "dx": "ɾ", "eh": "ɛ", "el": "l", "em": "m", "en": "n", "er": "ɚ", "ey": "eɪ", "f": "f",
    "g": "ɡ", "hh": "h", "hv": "h", "ih": "ɪ", "iy": "i", "jh": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n",
    "nx": "n", "ng": "ŋ", "ow": "oʊ", "oy": "ɔɪ", "p": "p", "r": "ɹ", "s": "s", "sh": "ʃ", "t": "t", "th": "θ",
    "uh": "ʊ", "uw": "u", "v": "v", "w": "w", "y": "j", "z": "z", "zh": "ʒ",
}  # fmt: skip

# Festival's Italian voices.
ITALIAN = {
    "a": "a", "e": "e", "E": "ɛ", "i": "i", "o": "o", "O": "ɔ", "u": "u", "p": "p", "t": "t", "k": "k", "b": "b",
    "d": "d", "g": "ɡ", "f": "f", "v": "v", "s": "s", "z": "z", "S": "ʃ", "Z": "ʒ", "ts": "ts", "dz": "dz", "tS": "tʃ",
    "dZ": "dʒ", "m": "m", "n": "n", "J": "ɲ", "nf": "ɱ", "ng": "ŋ", "l": "l", "L": "ʎ", "r": "r", "j": "j", "w": "w",
}  # fmt: skip

PAUSES = {"pau", "h#", "brth", "#", "_", "sil", "ssil"}


def from_names(name: str, table: dict[str, str]) -> list[str]:
    """The sounds that a phone of Flite or Festival stands for; none for a pause."""
    if name in PAUSES:
        return []
    plain = name if name in table else name.rstrip("1")  # stressed vowels of the Italian voices
    return list(table[plain])
