"""What settings of tokenizer_config.json make of the tokenizer.json beside them, by transformers' AutoTokenizer.

    python tokenizer_settings_goldens.py        with transformers 4.57, and once more with the newest 5

Writes ../resources/tokenizer-settings.json: small tokenizers, and cases of a change to one of them, a tokenizer_config.json
and a config.json, with the ids of a text by the major version that gave them; null where it opens no such folder. A case with
"tokens" has so many of them, as Mistral's newer tokenizers have more than 100,000. Cases named "files" have vocab.json and
merges.txt instead of a tokenizer.json; the class alone says how these two are read. HerBERT's tokenizer needs sacremoses too.
"""

import json
import tempfile
from pathlib import Path

import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import AutoTokenizer

TARGET = Path(__file__).resolve().parent.parent / "resources" / "tokenizer-settings.json"
MAJOR = transformers.__version__.split(".")[0]
TEXTS = {"byte-level": "ab", "word-piece": "Ab É 好好", "merged": "(ab12 AB'S e\u0301.\n ab", "words": "ab, ba É  好a x", "cased": "abC 12"}
SPECIALS = ["<|start|>", "<|end|>"]


def byte_level() -> Tokenizer:
    vocabulary = {character: number for number, character in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary | {token: 256 + i for i, token in enumerate(SPECIALS)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(SPECIALS)
    return tokenizer


def merged() -> Tokenizer:
    """With the tokens of several families, and merges over places where some of these split a text and others don't."""
    merges = [("a", "b"), ("(", "ab"), ("1", "2"), ("'", "S"), (".", "Ċ"), ("Ġ", "ab"), ("Ã", "©"), ("Ì", "ģ")]
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "<|endoftext|>"]
    tokens = specials + sorted(pre_tokenizers.ByteLevel.alphabet()) + ["".join(pair) for pair in merges]
    return Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges))


def cased() -> Tokenizer:
    """With merges that an expression which splits before capitals and digits forbids."""
    merges = [("b", "C"), ("1", "2")]
    tokens = sorted(pre_tokenizers.ByteLevel.alphabet()) + ["".join(pair) for pair in merges]
    return Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges))


def words() -> Tokenizer:
    """As HerBERT's: what ends a word is written with its end."""
    merges = [("b", "a</w>"), ("a", "b</w>")]
    tokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "a", "b", "É", "é", "E</w>", "É</w>", "好", "好</w>", "a</w>", "b</w>", ",</w>"]
    tokens += ["".join(pair) for pair in merges]
    return Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges, unk_token="<unk>",
                                end_of_word_suffix="</w>"))


def word_piece() -> Tokenizer:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ab", "Ab", "e", "é", "E", "É", "好", "好好"]
    tokenizer = Tokenizer(models.WordPiece(vocab={word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.add_special_tokens(words[:5])
    return tokenizer


def template(start: bool, end: bool) -> dict:
    before, after = ["<|start|>"] * start, ["<|end|>"] * end
    single = " ".join([*before, "$A", *after])
    pair = " ".join([single, *[f"{token}:1" for token in before], "$B:1", *[f"{token}:1" for token in after]])
    tokenizer = byte_level()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=single, pair=pair, special_tokens=[(token, 256 + i) for i, token in enumerate(SPECIALS)])
    return json.loads(tokenizer.to_str())["post_processor"]


def cases() -> list[dict]:
    listed = []
    frames = {"none": None, "bytes": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True},
              "start": template(True, False), "end": template(False, True)}
    flags = [{"add_bos_token": True}, {"add_bos_token": False}, {"add_eos_token": True},
             {"add_bos_token": True, "add_eos_token": True}]
    classes = [("LlamaTokenizerFast", "qwen2"), ("LlamaTokenizer", "llama"), (None, "mistral"), ("GPTNeoXTokenizer", "llama"),
               ("PreTrainedTokenizerFast", "llama"), ("Qwen2Tokenizer", "qwen2"), ("GPT2Tokenizer", "gpt2")]
    for name, kind in classes:
        for frame in frames.values():
            listed += [case("byte-level", {"post_processor": frame}, roles() | flag, name, kind) for flag in flags]
    for name, kind in (("GPT2Tokenizer", "gpt2"), (None, "gpt2")):
        listed += [case("byte-level", "files", roles() | flag, name, kind) for flag in (flags[0], flags[1])]
    for name, kind in (("Qwen2Tokenizer", "qwen2"), (None, "qwen2"), ("GPT2Tokenizer", "gpt2"), (None, "gpt2"), ("GPT2Tokenizer", "llama"),
                       ("RobertaTokenizer", "roberta"), (None, "roberta"), ("BartTokenizer", "roberta"), ("LongformerTokenizer", "roberta")):
        listed.append(case("merged", "files", {}, name, kind))
    listed.append(case("words", "files", {}, "HerbertTokenizerFast", "bert"))
    for name, kind in (("RobertaTokenizer", "roberta"), ("GPT2Tokenizer", "gpt2"), (None, "gpt2")):
        for prefixed in (True, False):
            before = {"type": "ByteLevel", "add_prefix_space": prefixed, "trim_offsets": True, "use_regex": True}
            listed += [case("byte-level", {"pre_tokenizer": before, "post_processor": template(True, True)},
                            roles() | {"add_prefix_space": asked}, name, kind) for asked in (True, False)]
    for name, kind in (("BertTokenizer", "bert"), ("DistilBertTokenizerFast", "distilbert"), (None, "bert"),
                       ("PreTrainedTokenizerFast", "bert")):
        for normalizer in (dict(lowercase=True, strip_accents=True), dict(lowercase=False),
                           dict(lowercase=False, handle_chinese_chars=False)):
            change = {"normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                                     "strip_accents": None} | normalizer}
            for asked in ({"do_lower_case": True}, {"do_lower_case": False}, {"strip_accents": False},
                          {"do_lower_case": False, "strip_accents": True},
                          {"do_lower_case": False, "tokenize_chinese_chars": False}):
                listed.append(case("word-piece", change, asked, name, kind))
    return listed + mistral_cases()


def mistral_cases() -> list[dict]:
    """fix_mistral_regex beside the old expression, the new one and no sequence at all."""
    asked = {"fix_mistral_regex": True}
    plain = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    old, new = ({"pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, plain]}} for split in (splitting(OLD), splitting(NEW)))
    many = 100_300
    listed = [mistral(change, settings, many) for change in (old, new) for settings in (asked, {"fix_mistral_regex": False}, {})]
    listed += [mistral({"pre_tokenizer": part}, asked, many) for part in (plain, metaspace)]
    listed += [mistral(old, asked, tokens, version) for tokens, version in ((many, None), (many, "5.1.0"), (300, "4.57.6"))]
    return listed + [mistral(old, asked, many, "4.50.0") | {"model_type": "qwen2"}]


OLD = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
NEW = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
       r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
       r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def splitting(expression: str) -> dict:
    return {"type": "Split", "pattern": {"Regex": expression}, "behavior": "Isolated", "invert": False}


def mistral(change: dict, settings: dict, tokens: int, version: str | None = "4.57.6") -> dict:
    return case("cased", change, settings, "PreTrainedTokenizerFast", "mistral") | {"tokens": tokens} | (
        {"transformers_version": version} if version else {})


def roles() -> dict:
    return {"bos_token": "<|start|>", "eos_token": "<|end|>"}


def case(base: str, change, settings: dict, name: str | None, kind: str) -> dict:
    return {"base": base, "change": change, "model_type": kind,
            "tokenizer_config": settings | ({"tokenizer_class": name} if name else {})}


def with_tokens(tokenizer: dict, count: int) -> dict:
    """The tokenizer with so many tokens, by ones that no text has."""
    vocabulary = tokenizer["model"]["vocab"]
    more = {f"token-{i}": i for i in range(len(vocabulary), count)}
    return tokenizer | {"model": tokenizer["model"] | {"vocab": vocabulary | more}}


def ids(of: dict, bases: dict) -> list[int] | None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if of["change"] == "files":
            model = bases[of["base"]]["model"]
            (place / "vocab.json").write_text(json.dumps(model["vocab"]))
            (place / "merges.txt").write_text("\n".join(["#version: 0.2", *map(" ".join, model["merges"])]) + "\n")
        else:
            (place / "tokenizer.json").write_text(json.dumps(with_tokens(bases[of["base"]] | of["change"], of.get("tokens", 0))))
        (place / "tokenizer_config.json").write_text(json.dumps(of["tokenizer_config"]))
        (place / "config.json").write_text(json.dumps({key: of[key] for key in ("model_type", "transformers_version") if key in of}))
        try:
            return AutoTokenizer.from_pretrained(place)(TEXTS[of["base"]])["input_ids"]
        except Exception as problem:
            print(of["tokenizer_config"], type(problem).__name__, problem)
            return None


def asked(one: dict) -> str:
    """What a case is, without what came of it."""
    return json.dumps({key: value for key, value in one.items() if key not in ("4", "5")}, sort_keys=True)


def main() -> None:
    bases = {name: json.loads(make().to_str()) for name, make in (
        ("byte-level", byte_level), ("word-piece", word_piece), ("merged", merged), ("words", words),
        ("cased", cased))}
    before = json.loads(TARGET.read_text()) if TARGET.exists() else {"versions": {}, "cases": []}
    known = {asked(one): one for one in before["cases"]}
    listed = [known.get(asked(one), one) | {MAJOR: ids(one, bases)} for one in cases()]
    head = {"versions": before["versions"] | {MAJOR: transformers.__version__}, "texts": TEXTS, "bases": bases}
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in listed)
    TARGET.write_text(json.dumps(head, ensure_ascii=False)[:-1] + ',\n"cases": [\n' + lines + "\n]}\n")


if __name__ == "__main__":
    main()
