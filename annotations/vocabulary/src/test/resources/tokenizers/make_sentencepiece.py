"""Trains small SentencePiece models and writes down the ids that transformers gives with them and with T5's own.

Made with Python 3.11, sentencepiece 0.2.3, protobuf 7.36.2, transformers 4.57.1, tokenizers 0.22.2:
    python make_sentencepiece.py [FOLDER_WITH_T5S_SPIECE_MODEL]
Each folder holds what models without a tokenizer.json bring: the SentencePiece model and tokenizer_config.json. Beside
them, expected.json holds texts and their ids by the fast tokenizer that from_pretrained converts from these files;
sentinels.json the same of texts with T5's sentinels; settings.json the same under several settings, with the ids of two
texts framed. The folder t5-published has no model: its ids are those of T5's own, which has 800 kB.

Fast tokenizers are made by from_pretrained, as users make them. T5TokenizerFast(vocab_file=...) is something else: it
leaves the mark of a space before the first word out.
"""

import json
import pathlib
import random
import shutil
import sys
import tempfile
import unicodedata

import sentencepiece
import transformers

HERE = pathlib.Path(__file__).parent
LINES = (HERE / "text.txt").read_text(encoding="utf-8").splitlines()

OTHER_SCRIPTS = [
    "Où est le café près de la gare ? L'été dernier, nous étions à Genève, chez Zoë et François.",
    "Die Straße über die Brücke führt zum größten Schloß; Übermut tut selten gut, sagt Jürgen.",
    "El niño soñó con una piñata: ¿dónde está el corazón de la montaña?",
    "Москва слезам не верит, а Волга впадает в Каспийское море. Ёжик в тумане.",
    "东京是日本的首都，北京是中国的首都。这部电影很好看，音乐也很好。",
    "東京は日本の首都です。この映画はとても良かった、音楽も良かったです。カメラとテレビ。",
    "서울은 한국의 수도입니다. 이 영화는 정말 좋았습니다.",
    "مرحبا بالعالم، هذا فيلم جيد. שלום עולם. नमस्ते दुनिया। สวัสดีชาวโลก",
    "So good 😀 so bad 😢 👍🏽 1,234.56 € 50% №1",
]

TEXTS = LINES + OTHER_SCRIPTS + [
    "", " ", "   ", "great", " great", "  great", "great ", "great  ", "Great!", "It was great.", "a  b   c    d",
    "a b", "a\tb", "\ta b", "a\n b", "line\r\nend", "tab\t\ttab", "don't we'll I've 'tis", "``quoted'' \"quoted\"",
    "naïve café", "nai\u0308ve cafe\u0301", "ÀÉÎÕÜ àéîõü", "İstanbul ıi", "ΟΔΥΣΣΕΥΣ", "straße STRASSE", "e\u0301\u0327x",
    "你好，世界", "こんにちは世界", "안녕하세요", "ﾃﾚﾋﾞ ｶﾞｷﾞ テレビ", "مرحبا بالعالم", "שלום עולם", "नमस्ते दुनिया", "สวัสดี",
    "😀", "a😀b", "😀 😀", "👍🏽👨‍👩‍👧‍👦🇫🇷", "zero\u200bwidth\u200djoiner\ufeff", "soft\u00adhyphen",
    "non\u00a0breaking\u3000wide\u2009thin", "ｆｕｌｌｗｉｄｔｈ　ＡＢＣ　１２３！", "Ｉｔ　ｗａｓ　ｇｒｅａｔ．", "ﬁsh ﬂat № ™ ① ½ ² Ⅷ",
    "100,000.00 9, 19, ١٢٣ 12,34", "a_b-c/d\\e|f~g`h^i", "x" * 150, "▁", "▁great", "a▁b", "▁ ▁▁", "<0x41>", "{mask}",
    "nul\u0000 bell\u0007 escape\u001b delete\u007f", "\u202eright to left\u202c",
]

PARTS = ["great", "It was", "harbour", "café", "cafe\u0301", "Straße", "Москва", "东京", "映画", "좋았", "नमस्ते", "😀", "👍🏽", "ＡＢＣ",
         "１２", "ﬁ", "½", "9,", "12.5%", "don't", ".", ",", "!", "(", "”", "—", "e\u0301", "x", "ing", "▁"]
GAPS = ["", " ", " ", "  ", "   ", "\t", "\n", "\u00a0", "\u3000", " \t "]


def mixed(count):
    """Random words and gaps."""
    chosen = random.Random(29)
    return ["".join(chosen.choice(PARTS) + chosen.choice(GAPS) for _ in range(chosen.randint(1, 6))) for _ in range(count)]


def with_sentinels(count):
    """The same, with T5's sentinels in between."""
    chosen = random.Random(31)
    texts = []
    for text in mixed(count):
        cut = chosen.randint(0, len(text))
        texts.append(f"{text[:cut].rstrip()} <extra_id_{chosen.randint(0, 99)}> {text[cut:].lstrip()}".strip())
    return texts + ["<extra_id_0>", "<extra_id_0> <extra_id_1>", "It was <extra_id_0>.", "<extra_id_99> great <extra_id_10>"]


def rules():
    """A small part of what nmt_nfkc does, whose table alone has 300 kB."""
    composed = [c for c in map(chr, range(0xC0, 0x180)) if len(unicodedata.normalize("NFD", c)) == 2]
    compatible = [*range(0xFF01, 0xFF5F), *range(0xFF65, 0xFFA0), *range(0xFB00, 0xFB07), *range(0x2160, 0x216C),
                  *range(0x2460, 0x2474), 0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE, 0x2116, 0x2122, 0xFFE5]
    voiced = [base + "\uff9e" for base in map(chr, range(0xFF76, 0xFF85))]
    table = {unicodedata.normalize("NFD", c): c for c in composed}
    table |= {s: unicodedata.normalize("NFKC", s) for s in [*map(chr, compatible), *voiced]}
    table |= dict.fromkeys("\t\n\r\u00a0\u3000\u2028\u2029" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    table |= dict.fromkeys("\u200b\ufeff\u0007\u001b\u007f", "")
    return "".join(f"{points(source)}\t{points(target)}\n" for source, target in table.items())


def points(text):
    return " ".join(f"{ord(c):X}" for c in text)


def train(name, file, settings, **options):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    scratch = pathlib.Path(tempfile.mkdtemp())
    (scratch / "text").write_text("\n".join(LINES + OTHER_SCRIPTS * 3) + "\n", encoding="utf-8")
    if "normalization_rule_name" not in options:
        (scratch / "rules").write_text(rules(), encoding="utf-8")
        options["normalization_rule_tsv"] = str(scratch / "rules")
    sentencepiece.SentencePieceTrainer.train(
        input=str(scratch / "text"), model_prefix=str(scratch / "spiece"), num_threads=1, hard_vocab_limit=False,
        minloglevel=2, character_coverage=1.0, **options)
    shutil.copy(scratch / "spiece.model", folder / file)
    (folder / "tokenizer_config.json").write_text(json.dumps(settings) + "\n")
    return folder


def fast(folder, model, **settings):
    return model.from_pretrained(folder, **settings)


def ids_of(tokenizer, texts):
    return [{"text": text, "ids": tokenizer(text, add_special_tokens=False)["input_ids"]} for text in texts]


def under(folder, model, several, texts):
    """What the tokenizer makes of some texts under each of several settings, and of two texts framed."""
    found = []
    for settings in several:
        tokenizer = fast(folder, model, **settings)
        found.append({"settings": settings, "pair": tokenizer("great", "good")["input_ids"],
                      "texts": ids_of(tokenizer, texts)})
    return found


def write(path, value):
    rows = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value]
    path.write_text("[" + ",\n".join(rows) + "]\n", encoding="utf-8")


SOME = ["great", " great", "It was Great.", "naïve CAFÉ, 9, 12,34", "a  b ", "\ta", "你好 😀", "Straße", "ﬁ ＡＢＣ", ""]


def t5(published):
    model = transformers.T5TokenizerFast
    folder = train(
        "t5-spiece", "spiece.model", {"extra_ids": 100, "tokenizer_class": "T5Tokenizer"},
        model_type="unigram", vocab_size=900, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    write(folder / "expected.json", ids_of(fast(folder, model), TEXTS + mixed(300)))
    write(folder / "sentinels.json", ids_of(fast(folder, model), with_sentinels(60)))
    write(folder / "settings.json", under(
        folder, model, [{}, {"legacy": False}, {"add_prefix_space": False}, {"extra_ids": 7}], SOME))
    if published:
        folder = HERE / "t5-published"
        folder.mkdir(exist_ok=True)
        write(folder / "expected.json", ids_of(fast(published, model), TEXTS + mixed(60)))
        write(folder / "sentinels.json", ids_of(fast(published, model), with_sentinels(20)))


def albert():
    model = transformers.AlbertTokenizerFast
    folder = train(
        "albert-spiece", "spiece.model", {"tokenizer_class": "AlbertTokenizer"}, model_type="unigram", vocab_size=700,
        pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, user_defined_symbols=["[CLS]", "[SEP]", "[MASK]"])
    write(folder / "expected.json", ids_of(fast(folder, model), TEXTS))
    write(folder / "settings.json", under(
        folder, model, [{}, {"do_lower_case": False}, {"keep_accents": True, "do_lower_case": False}], SOME))


def xlm_roberta():
    model = transformers.XLMRobertaTokenizerFast
    folder = train(
        "xlm-roberta-spiece", "sentencepiece.bpe.model", {"tokenizer_class": "XLMRobertaTokenizer"},
        model_type="unigram", vocab_size=700, user_defined_symbols=["@@"])
    write(folder / "expected.json", ids_of(fast(folder, model), TEXTS))
    write(folder / "settings.json", under(folder, model, [{}], SOME + ["a@@b", " @@ @"]))


def llama():
    model = transformers.LlamaTokenizerFast
    folder = train(
        "llama-spiece", "tokenizer.model", {"tokenizer_class": "LlamaTokenizer", "legacy": False},
        model_type="bpe", vocab_size=1000, byte_fallback=True, split_digits=True, remove_extra_whitespaces=False,
        allow_whitespace_only_pieces=True, normalization_rule_name="identity")
    write(folder / "expected.json", ids_of(fast(folder, model), TEXTS + mixed(60)))
    write(folder / "settings.json", under(
        folder, model,
        [{}, {"legacy": True}, {"add_prefix_space": False}, {"add_prefix_space": False, "legacy": True}, {"add_prefix_space": True},
         {"add_bos_token": False, "add_eos_token": True}], SOME))


t5(sys.argv[1] if len(sys.argv) > 1 else None)
albert()
xlm_roberta()
llama()
