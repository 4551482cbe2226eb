"""Writes down the ids that transformers gives texts with added tokens, in folders made of those beside this file.

Made with Python 3.11 and, one after the other, transformers 4.57.6 (tokenizers 0.22.2) and 5.24.0 (tokenizers 0.23.3):
    python make_added_tokens.py
Each file of the folder "added" says which folder it starts from, which files lie beside those there (null takes one
away), what is appended to the added_tokens of its tokenizer.json, and under "expected" the ids of each text by the
version of transformers. A second run adds its version to the others.
"""

import gzip
import json
import pathlib
import shutil
import tempfile

import transformers

HERE = pathlib.Path(__file__).parent

TEXTS = [
    "a COVID case", "a covid case", "preCOVIDian", "COVID", " COVID ", "COVIDCOVID", "<brand> x", "x<brand>", "<BRAND>!",
    "It was <brand> , really", "It was  <brand>  .", "in new york city", "New York, new yorker", "anew york", "new york",
    "<think>\nwhy?\n</think> great", "great<think>", "naïve café COVID", "Straße<brand>Straße", "  two  <brand>  two ",
    "😀COVID😀", "", " ", "It was great.",
]


def added(content, id, **flags):
    token = {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
             "special": False}
    return token | flags


def decoder(*tokens):
    return {str(token["id"]): {key: value for key, value in token.items() if key != "id"} for token in tokens}


def legacy(first):
    return {"COVID": first, "<brand>": first + 1, "new york": first + 2, "<think>": first + 3, "</think>": first + 4}


def flagged(first):
    return [added("COVID", first, single_word=True), added("<brand>", first + 1, lstrip=True, rstrip=True),
            added("new york", first + 2, normalized=True, single_word=True), added("<think>", first + 3, rstrip=True),
            added("</think>", first + 4, special=True)]


def size(folder):
    if (folder / "vocab.txt").exists():
        return len((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    if (folder / "vocab.json").exists():
        return len(json.loads((folder / "vocab.json").read_text(encoding="utf-8")))
    return len(transformers.AutoTokenizer.from_pretrained(str(folder)))


def settings(base, **more):
    path = HERE / base / "tokenizer_config.json"
    return (json.loads(path.read_text()) if path.exists() else {}) | more


CASES = {
    "bert": ("bert-uncased", {"added_tokens.json": legacy(1200), "config.json": {"model_type": "bert"}}, []),
    "bert-flags": ("bert-cased", {"tokenizer_config.json": settings(
        "bert-cased", added_tokens_decoder=decoder(*flagged(1200)), additional_special_tokens=["</think>"])}, []),
    "roberta": ("roberta", {"added_tokens.json": legacy(876), "config.json": {"model_type": "roberta"}}, []),
    "byte-level": ("roberta-add-prefix-space", {"tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast", "add_prefix_space": True}}, flagged(876)),
    "t5": ("t5-spiece", {"added_tokens.json": legacy(1000), "config.json": {"model_type": "t5"}}, []),
    "albert": ("albert-spiece", {"added_tokens.json": legacy(0), "config.json": {"model_type": "albert"}}, []),
    "xlm-roberta": ("xlm-roberta-spiece", {"added_tokens.json": legacy(0), "config.json": {"model_type": "xlm-roberta"}},
                    []),
    "llama": ("llama-spiece", {"added_tokens.json": legacy(0), "config.json": {"model_type": "llama"}}, []),
    "llama-legacy": ("llama-spiece", {"added_tokens.json": legacy(0), "tokenizer_config.json": settings(
        "llama-spiece", legacy=True), "config.json": {"model_type": "llama"}}, []),
    "prefix-first": ("t5-first", {"tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast"}}, flagged(0)),
    "prepend": ("llama", {"tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast"}}, flagged(0)),
    "camembert": ("xlm-roberta-spiece", {"tokenizer_config.json": {"tokenizer_class": "CamembertTokenizer"},
                                         "config.json": {"model_type": "camembert"}}, []),
}


def lay_out(base, files, appended, folder):
    for file in (HERE / base).iterdir():
        if file.suffix == ".gz":
            (folder / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
        elif file.name not in ("expected.json", "settings.json", "sentinels.json", "continued.json"):
            shutil.copy(file, folder)
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    if appended:
        path = folder / "tokenizer.json"
        tokenizer = json.loads(path.read_text(encoding="utf-8"))
        tokenizer["added_tokens"] += appended
        path.write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


def counted(base, files, appended):
    """Ids that go on where the base's end."""
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(base, {name: content for name, content in files.items() if name != "added_tokens.json"}, [],
                pathlib.Path(scratch))
        first = size(pathlib.Path(scratch))
    if "added_tokens.json" in files:
        files = files | {"added_tokens.json": legacy(first)}
    return files, flagged(first) if appended else []


def write(name, base, files, appended):
    path = HERE / "added" / f"{name}.json"
    known = json.loads(path.read_text(encoding="utf-8"))["expected"] if path.exists() else {}
    files, appended = counted(base, files, appended)
    with tempfile.TemporaryDirectory() as scratch:
        lay_out(base, files, appended, pathlib.Path(scratch))
        tokenizer = transformers.AutoTokenizer.from_pretrained(scratch, use_fast=True)
        special = [token.content for token in tokenizer.added_tokens_decoder.values() if token.special]
        texts = [text for text in TEXTS if not any(token in text for token in special)]
        ids = {text: tokenizer(text, add_special_tokens=False)["input_ids"] for text in texts}
    known[transformers.__version__] = ids
    case = {"base": base, "files": files, "added": appended, "expected": known}
    path.write_text(json.dumps(case, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    versions = sorted(known)
    if len(versions) > 1:
        print(name, [t for t in known[versions[0]] if known[versions[0]][t] != known[versions[1]].get(t)])


for name, case in CASES.items():
    try:
        write(name, *case)
    except Exception as e:
        print(name, type(e), str(e)[:200])
