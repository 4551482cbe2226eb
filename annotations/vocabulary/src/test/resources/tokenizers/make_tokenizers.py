"""Trains the small tokenizers of the tests on text.txt, which was written for this project.

Made with Python 3.11, tokenizers 0.22.2, transformers 4.57.1, sentencepiece 0.2.3:
    python make_tokenizers.py
Each folder holds a tokenizer as Hugging Face models bring it; expected.json beside it holds what the library makes
of some texts. Trainers break ties as they like, so another run may write other, equally good vocabularies.
"""

import base64
import gzip
import json
import pathlib
import shutil
import tempfile

import sentencepiece
import tokenizers
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).parent
TEXT = HERE / "text.txt"
LINES = TEXT.read_text(encoding="utf-8").splitlines()

TEXTS = LINES + [
    "", " ", "great", " great", "  great", "great ", "Great!", "It was great.", "don't we'll I've 'tis",
    "naïve café", "nai\u0308ve cafe\u0301", "ÀÉÎÕÜ", "İstanbul ıi", "ΟΔΥΣΣΕΥΣ", "straße STRASSE",
    "你好，世界", "こんにちは世界", "안녕하세요", "مرحبا بالعالم", "שלום עולם", "नमस्ते दुनिया", "สวัสดี",
    "😀", "👍🏽👨‍👩‍👧‍👦🇫🇷", "a😀b", "zero\u200bwidth\u200djoiner\ufeff", "soft\u00adhyphen", "\u202eright to left\u202c",
    "tab\tnew\nline\r\nend", "nul\u0000 bell\u0007 escape\u001b delete\u007f", "non\u00a0breaking\u3000wide\u2009thin",
    "ﬁ ﬂ № ™ ① ½ ²", "ｆｕｌｌｗｉｄｔｈ ＡＢＣ", "100,000.00 ١٢٣ Ⅷ", "a_b-c/d\\e|f~g`h^i", "x" * 150, "''``\"\"", "e\u0301\u0327x",
]


def ids_of(tokenizer, texts=TEXTS):
    return [{"text": text, "ids": tokenizer(text, add_special_tokens=False)["input_ids"]} for text in texts]


def write(path, value):
    rows = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value]
    path.write_text("[" + ",\n".join(rows) + "]\n", encoding="utf-8")


def folder(name):
    path = HERE / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    return path


def bert(name, lowercase):
    """vocab.txt with and without a tokenizer_config.json."""
    path = folder(name)
    trained = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    trained.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    trained.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trained.train([str(TEXT)], trainers.WordPieceTrainer(vocab_size=1200, special_tokens=specials))
    vocab = sorted(trained.get_vocab().items(), key=lambda item: item[1])
    (path / "vocab.txt").write_text("".join(token + "\n" for token, _ in vocab), encoding="utf-8")
    config = {"do_lower_case": lowercase, "tokenizer_class": "BertTokenizer"}
    (path / "tokenizer_config.json").write_text(json.dumps(config) + "\n")
    fast = transformers.BertTokenizerFast(vocab_file=str(path / "vocab.txt"), do_lower_case=lowercase)
    write(path / "expected.json", ids_of(fast))


def roberta_and_gpt2():
    """vocab.json and merges.txt, read as RoBERTa's and as GPT-2's."""
    path = folder("roberta")
    trained = tokenizers.ByteLevelBPETokenizer()
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "<|endoftext|>"]
    trained.train([str(TEXT)], vocab_size=1500, special_tokens=specials)
    trained.save_model(str(path))
    files = {"vocab_file": str(path / "vocab.json"), "merges_file": str(path / "merges.txt")}
    mask = {"content": "<mask>", "lstrip": True, "normalized": False, "rstrip": False, "single_word": False}
    (path / "special_tokens_map.json").write_text(json.dumps({
        "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>", "pad_token": "<pad>",
        "cls_token": "<s>", "mask_token": mask}) + "\n")
    write(path / "expected.json", ids_of(transformers.RobertaTokenizerFast(**files)))
    gpt2 = folder("gpt2")
    for file in files.values():
        shutil.copy(file, gpt2)
    write(gpt2 / "expected.json", ids_of(transformers.GPT2TokenizerFast(**files)))
    prefixed = folder("roberta-add-prefix-space")
    fast = transformers.RobertaTokenizerFast(**files, add_prefix_space=True)
    fast._tokenizer.save(str(prefixed / "tokenizer.json"), pretty=False)
    continued(prefixed, fast)


def spm(charsmap, vocab_size=1100, **options):
    """A SentencePiece unigram model in a temporary file."""
    prefix = pathlib.Path(tempfile.mkdtemp()) / "spiece"
    sentencepiece.SentencePieceTrainer.train(
        input=str(TEXT), model_prefix=str(prefix), vocab_size=vocab_size, model_type="unigram",
        normalization_rule_name=charsmap, num_threads=1, hard_vocab_limit=False, minloglevel=2, **options)
    return f"{prefix}.model"


def save_packed(fast, path):
    """SentencePiece's table alone is 300 kB, so it is packed."""
    fast._tokenizer.save(str(path / "tokenizer.json"), pretty=False)
    (path / "tokenizer.json.gz").write_bytes(gzip.compress((path / "tokenizer.json").read_bytes(), 9, mtime=0))
    (path / "tokenizer.json").unlink()


def continued(path, fast):
    """What follows a mask in the middle of a text."""
    mask = fast.mask_token
    texts = ["great", " great", ".", " .", " and good", "x y", "  two", "\ttab", "ing", "'s", "中文", "😀", "", " "]
    found = []
    for text in texts:
        ids = fast("It was " + mask + text, add_special_tokens=False)["input_ids"]
        found.append({"text": text, "ids": ids[ids.index(fast.mask_token_id) + 1:]})
    write(path / "continued.json", found)


def xlm_roberta():
    path = folder("xlm-roberta")
    fast = transformers.XLMRobertaTokenizerFast(vocab_file=spm("nmt_nfkc"))
    save_packed(fast, path)
    continued(path, fast)


def albert():
    path = folder("albert")
    model = spm("nfkc", user_defined_symbols=["[CLS]", "[SEP]", "[MASK]"], pad_id=0, unk_id=1, bos_id=-1, eos_id=-1)
    fast = transformers.AlbertTokenizerFast(vocab_file=model)
    small_charsmap(fast)
    fast._tokenizer.save(str(path / "tokenizer.json"), pretty=False)
    continued(path, fast)


def small_charsmap(fast):
    """Puts a table of a few rules in the place of the large one."""
    rules = pathlib.Path(tempfile.mkdtemp()) / "rules.tsv"
    rules.write_text("FB01\t66 69\n65 301\tE9\n9\t20\nD A\t20\n1F600\t3A 29\nFF21\t41\n200B\t\n", encoding="utf-8")
    prefix = rules.parent / "small"
    sentencepiece.SentencePieceTrainer.train(
        input=str(TEXT), model_prefix=str(prefix), vocab_size=500, hard_vocab_limit=False, minloglevel=2,
        normalization_rule_tsv=str(rules))
    small = transformers.convert_slow_tokenizer.import_protobuf().ModelProto()
    small.ParseFromString(pathlib.Path(f"{prefix}.model").read_bytes())
    state = json.loads(fast._tokenizer.to_str())
    for part in state["normalizer"]["normalizers"]:
        if part["type"] == "Precompiled":
            part["precompiled_charsmap"] = base64.b64encode(small.normalizer_spec.precompiled_charsmap).decode()
    fast._tokenizer = Tokenizer.from_str(json.dumps(state))


def t5_first():
    """T5's with byte fallback and the newer rule that only the first word of a text is prefixed."""
    path = folder("t5-first")
    fast = transformers.T5TokenizerFast(vocab_file=spm("identity", byte_fallback=True), extra_ids=4)
    state = json.loads(fast._tokenizer.to_str())
    state["normalizer"] = {"type": "Sequence", "normalizers": [
        {"type": "Nmt"}, {"type": "NFKC"}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]}
    state["pre_tokenizer"] = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True}
    state["model"]["byte_fallback"] = True
    fast._tokenizer = Tokenizer.from_str(json.dumps(state))
    fast.add_special_tokens({"mask_token": "<mask>"})
    fast._tokenizer.save(str(path / "tokenizer.json"), pretty=False)
    continued(path, fast)


def llama():
    """BPE over SentencePiece's spelling: prefix by a normalizer, byte fallback, unknowns fused."""
    path = folder("llama")
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    trainer = trainers.BpeTrainer(
        vocab_size=900, special_tokens=["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)],
        limit_alphabet=120, show_progress=False)
    tokenizer.train([str(TEXT)], trainer)
    state = json.loads(tokenizer.to_str())
    state["added_tokens"] = [token for token in state["added_tokens"] if not token["content"].startswith("<0x")]
    tokenizer = Tokenizer.from_str(json.dumps(state))
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", 1)])
    tokenizer.save(str(path / "tokenizer.json"), pretty=False)


def split_rules():
    """Whatever no other fixture uses: regular-expression splits, digits, punctuation, whole tokens before merges."""
    path = folder("split-rules")
    tokenizer = Tokenizer(models.BPE(ignore_merges=True, unk_token="<unk>", continuing_subword_prefix="##"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Strip(), normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase(), normalizers.NFC(),
         normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(" ", "merged_with_next"),
        pre_tokenizers.Split(Regex(r"\p{Lu}?\p{Ll}+|\p{N}"), "contiguous", invert=True),
        pre_tokenizers.Punctuation("merged_with_previous"),
        pre_tokenizers.Digits(individual_digits=True),
    ])
    tokenizer.train([str(TEXT)], trainers.BpeTrainer(
        vocab_size=900, special_tokens=["<unk>"], continuing_subword_prefix="##", show_progress=False))
    tokenizer.save(str(path / "tokenizer.json"), pretty=False)


def whitespace_word_piece():
    path = folder("whitespace")
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=20))
    tokenizer.normalizer = normalizers.NFKD()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits()])
    tokenizer.train([str(TEXT)], trainers.WordPieceTrainer(vocab_size=900, special_tokens=["[UNK]", "[MASK]"]))
    tokenizer.post_processor = processors.BertProcessing(("[UNK]", 0), ("[MASK]", 1))
    tokenizer.save(str(path / "tokenizer.json"), pretty=False)


bert("bert-uncased", True)
bert("bert-cased", False)
roberta_and_gpt2()
xlm_roberta()
albert()
t5_first()
llama()
split_rules()
whitespace_word_piece()
