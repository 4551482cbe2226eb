"""Writes the character classes of the Hugging Face tokenizers library, by asking it about each character.

Made with Python 3.11, tokenizers 0.22.2, from this folder:
    python make_character_classes.py
The library's tables are older than Java's and do not change with the Java version that compiles a project.
"""

import pathlib

from tokenizers import normalizers, pre_tokenizers

TARGET = pathlib.Path("../../main/resources/dev/cloze/vocabulary/character-classes.txt")

clean = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
accents = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
marks = normalizers.StripAccents()
punctuation = pre_tokenizers.Punctuation()
digits = pre_tokenizers.Digits(individual_digits=True)


def split(pre_tokenizer, char):
    return len(pre_tokenizer.pre_tokenize_str(f"a{char}{char}b")) > 2


CLASSES = {
    "control": lambda char: clean.normalize_str(char) == "" and char not in "\0\ufffd",
    "punctuation": lambda char: split(punctuation, char),
    "numeric": lambda char: split(digits, char),
    "mark": lambda char: marks.normalize_str(char) == "",
    "non-spacing": lambda char: accents.normalize_str(char) == "",
}


def ranges(belongs):
    start = None
    for code in range(0x110001):
        inside = code < 0x110000 and not 0xD800 <= code < 0xE000 and belongs(chr(code))
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            yield f"{start:X}" if start == code - 1 else f"{start:X}-{code - 1:X}"
            start = None


with TARGET.open("w", encoding="ascii", newline="\n") as file:
    file.write("# Written by make_character_classes.py\n")
    for name, belongs in CLASSES.items():
        file.write(f"{name} {' '.join(ranges(belongs))}\n")
