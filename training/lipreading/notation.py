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

# Festival's Czech voices: czech.scm of festival-czech. Of "ř" the trill comes first, and the hushing after it.
CZECH = {
    "a": "a", "e": "ɛ", "i": "i", "o": "o", "u": "u", "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "g": "ɡ",
    "t~": "k", "d~": "ɡ", "c": "ts", "dz": "dz", "c~": "tʃ", "dz~": "dʒ", "f": "f", "v": "v", "s": "s", "z": "z",
    "s~": "ʃ", "z~": "ʒ", "ch": "x", "h": "h", "m": "m", "n": "n", "n~": "ɲ", "n*": "ŋ", "l": "l", "r": "r",
    "r~": "rʒ", "r~*": "rʃ", "j": "j",
}  # fmt: skip

# Festival's Finnish voices: finnish_phones.scm of festvox-suopuhe-common. Its "v" is an approximant.
FINNISH = {
    "a": "ɑ", "e": "e", "i": "i", "o": "o", "u": "u", "y": "y", "@": "æ", "7": "ø", "&": "ə", "p": "p", "t": "t",
    "k": "k", "b": "b", "d": "d", "g": "ɡ", "f": "f", "T": "θ", "D": "ð", "s": "s", "z": "z", "S": "ʃ", "Z": "ʒ",
    "h": "h", "v": "ʋ", "m": "m", "n": "n", "N": "ŋ", "l": "l", "L": "l", "r": "r", "j": "j", "w": "w",
}  # fmt: skip

# Festival's Hindi voice: hindi_phones.scm and hindi_lex.scm of festival-hi. "th" is the dental "t", "T" the retroflex.
HINDI = {
    "a": "ə", "aa": "ɑ", "ih": "ɪ", "iy": "i", "uh": "ʊ", "uw": "u", "eh": "e", "oh": "o", "p": "p", "b": "b",
    "bh": "b", "th": "t", "tth": "t", "dh": "d", "ddh": "d", "T": "t", "D": "d", "k": "k", "kh": "k", "g": "ɡ",
    "gh": "ɡ", "ch": "tʃ", "j": "dʒ", "f": "f", "v": "ʋ", "s": "s", "sh": "ʃ", "h": "h", "m": "m", "n": "n", "N": "n",
    "l": "l", "L": "l", "r": "ɾ", "y": "j",
}  # fmt: skip

# Festival's Catalan voice: upc_catalan_phones-central.scm of festival-ca.
CATALAN = {
    "a": "a", "ax": "ə", "e": "e", "E": "ɛ", "i": "i", "o": "o", "O": "ɔ", "u": "u", "p": "p", "b": "b", "t": "t",
    "d": "d", "k": "k", "g": "ɡ", "f": "f", "s": "s", "z": "z", "S": "ʃ", "Z": "ʒ", "m": "m", "n": "n", "J": "ɲ",
    "l": "l", "L": "ʎ", "r": "ɾ", "rr": "r", "j": "j", "w": "w",
}  # fmt: skip

# Festival's Russian voice: msu_ru_nsh_phoneset.scm of festvox-ru. Soft consonants are written twice, stressed vowels, too.
RUSSIAN = {
    "ii": "i", "yy": "ɨ", "uu": "u", "ee": "ɛ", "oo": "o", "aa": "a", "a": "ɐ", "e": "ɪ", "i": "ɪ", "y": "ɨ", "u": "u",
    "ae": "ə", "ay": "ə", "ur": "ʊ", "c": "ts", "ch": "tɕ", "sh": "ʂ", "sch": "ɕ", "zh": "ʐ", "h": "x", "hh": "ç",
    "j": "j", "g": "ɡ", "gg": "ɡ",
    **{letter * times: letter for letter in "pbtdkfvszmnlr" for times in (1, 2)},
}  # fmt: skip

PAUSES = {"pau", "h#", "##", "brth", "#", "_", "sil", "ssil"}


def from_names(name: str, table: dict[str, str]) -> list[str]:
    """The sounds that a phone of Flite or Festival stands for; none for a pause."""
    if name in PAUSES:
        return []
    plain = name if name in table else name.rstrip("1:")  # stressed, or long
    return list(table[plain])
