"""Words ranked at a gap as transformers ranks them: fill-mask of an encoder, the next token of a decoder, what a T5 writes behind
its sentinel, tiny and pretrained; and candidates of several tokens by their log-probability. Writes ../resources/cloze/ranked.json and, for a tiny T5
of the parity fixtures, ../resources/cloze/t5/tokenizer.json.

    python cloze_goldens.py            with transformers 4.57, whose numbers are stored
    python cloze_goldens.py compare    holds the stored ones against this version's
"""

import json
import sys
import unicodedata
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import AutoModelForCausalLM, AutoModelForMaskedLM, PreTrainedTokenizerFast, T5ForConditionalGeneration

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / "src/test/resources/cloze"
ENCODER = ROOT / "models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"
DECODER = ROOT / "models/lm-tiny/src/main/resources/dev/cloze/models/cloze-lm-tiny-en"
T5 = ROOT / "src/test/resources/parity-t5/t5"
PRETRAINED_T5 = ROOT / "models/t5/src/main/resources/dev/cloze/models/cloze-t5-small-en"
TEXTS = ["A warm, funny film with a lovely cast.", "The room was dirty and the staff were rude.", "Cold food and a miserable evening."]
CANDIDATES = ["great", "terrible", "really good", "not so good", "quite bad"]
T5_TEXTS = ["a good film", "the bad food was here", "warm"]
T5_CANDIDATES = ["good", "bad", "very good", "not very good"]
KEPT = 40


def t5_tokenizer() -> Tokenizer:
    """64 pieces, as many as the model has: special ones, words, and pieces that go on with a word."""
    words = "it was a the good bad film food warm cold here very not great poor room staff and 1990 s ed ing".split()
    pieces = ["<pad>", "</s>", "<unk>", "\u2581", *["\u2581" + word for word in words[:19]], *words[19:], ".", ",",
              *"abcdefghijklmnopqrtuvwxyz", "0", *["\u2581" + word for word in "on in of at is he she we you they".split()]]
    pieces = list(dict.fromkeys(pieces))[:63] + ["<extra_id_0>"]
    assert len(pieces) == 64, len(pieces)
    tokenizer = Tokenizer(models.Unigram([(piece, -float(place) / 10) for place, piece in enumerate(pieces)], unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(["<pad>", "</s>", "<unk>", "<extra_id_0>"])
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return tokenizer


def is_part(character: str) -> bool:
    """A letter or a digit, as Java has them: no fraction and no circled number."""
    return unicodedata.category(character)[0] == "L" or unicodedata.category(character) == "Nd"


class Asked:
    """A model and how it is asked."""

    def __init__(self, kind: str):
        self.kind = kind
        self.is_t5 = kind.endswith("t5")
        if kind == "t5":
            self.tokenizer = t5_tokenizer()
            self.model = T5ForConditionalGeneration.from_pretrained(T5, dtype=torch.float32).eval()
        elif kind == "pretrained-t5":
            self.tokenizer = Tokenizer.from_file(str(PRETRAINED_T5 / "tokenizer.json"))
            self.model = T5ForConditionalGeneration.from_pretrained(PRETRAINED_T5, dtype=torch.float32).eval()
        else:
            folder = ENCODER if kind == "encoder" else DECODER
            self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))._tokenizer
            of = AutoModelForMaskedLM if kind == "encoder" else AutoModelForCausalLM
            self.model = of.from_pretrained(folder, dtype=torch.float32).eval()

    def ids(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def id(self, token: str) -> int:
        return self.tokenizer.token_to_id(token)

    def logs(self, text: str, masks: int, filled: dict[int, int]) -> torch.Tensor:
        """(masks, vocabulary): log-probabilities at each gap, where some are filled."""
        before = self.ids(text + " It was")
        if self.kind == "encoder":
            gaps = [filled.get(place, self.id("[MASK]")) for place in range(masks)]
            row = [self.id("[CLS]"), *before, *gaps, *self.ids("."), self.id("[SEP]")]
            logits = self.model(input_ids=torch.tensor([row])).logits[0, 1 + len(before):1 + len(before) + masks]
        else:
            written = [filled[place] for place in range(len(filled))]
            if self.kind == "decoder":
                row = [self.id("[CLS]"), *before, *written]
                logits = self.model(input_ids=torch.tensor([row])).logits[0, len(before):]
            else:
                config = self.model.config
                sentinel = self.id("<extra_id_0>")
                source = [*self.ids(text + (" it was" if self.kind == "t5" else " It was")), sentinel, *self.ids("."), self.id("</s>")]
                answer = [config.decoder_start_token_id, sentinel, *written]
                logits = self.model(input_ids=torch.tensor([source]),
                                    decoder_input_ids=torch.tensor([answer])).logits[0, 1:]
        return torch.log_softmax(logits.double(), -1)

    def words(self) -> dict[int, str]:
        """Whole words by id."""
        words = {}
        for token, number in self.tokenizer.get_vocab().items():
            word = token.removeprefix("\u2581") if self.is_t5 else token
            behind_space = not self.is_t5 or token.startswith("\u2581")
            if behind_space and word and all(map(is_part, word)) and self.ids(word) == [number]:
                words[number] = word
        return words

    def ranked(self, text: str) -> list:
        logs = self.logs(text, 1, {})[0]
        words = self.words()
        order = sorted(words, key=lambda number: -logs[number].item())
        return [[words[number], logs[number].item()] for number in order[:KEPT]]

    def score(self, text: str, word: str) -> float:
        """The most probable token of an encoder's gaps first, the tokens in turn of models that write."""
        left, filled, total = dict(enumerate(self.ids(word))), {}, 0.0
        masks = len(left)
        while left:
            logs = self.logs(text, masks, filled)
            at = lambda place: place if self.kind == "encoder" else len(filled)
            said = {place: logs[at(place), number].item() for place, number in left.items()}
            taken = max(said, key=said.get) if self.kind == "encoder" else min(left)
            total += logs[at(taken), left[taken]].item()
            filled[taken] = left.pop(taken)
        return total


def golden(kind: str) -> dict:
    asked = Asked(kind)
    texts, candidates = (T5_TEXTS, T5_CANDIDATES) if kind == "t5" else (TEXTS, CANDIDATES)
    return {"words": len(asked.words()), "candidates": candidates,
            "texts": [{"text": text, "ranked": asked.ranked(text),
                       "scores": [asked.score(text, word) for word in candidates]} for text in texts]}


def assert_close(stored, found, path: str) -> None:
    if isinstance(stored, float):
        assert abs(stored - found) < 1e-4, (path, stored, found)
    elif isinstance(stored, dict):
        for key in stored:
            assert_close(stored[key], found[key], path + "/" + key)
    elif isinstance(stored, list):
        assert len(stored) == len(found), path
        for place, one in enumerate(stored):
            assert_close(one, found[place], f"{path}/{place}")
    else:
        assert stored == found, (path, stored, found)


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        found = {kind: golden(kind) for kind in ("encoder", "decoder", "t5", "pretrained-t5")}
    if sys.argv[1:] == ["compare"]:
        stored = json.loads((TARGET / "ranked.json").read_text())
        assert_close({kind: stored[kind] for kind in found}, found, "")
        print("equal with transformers", transformers.__version__)
    else:
        (TARGET / "t5").mkdir(parents=True, exist_ok=True)
        t5_tokenizer().save(str(TARGET / "t5/tokenizer.json"), pretty=False)
        (TARGET / "ranked.json").write_text(json.dumps({"transformers": transformers.__version__, **found}) + "\n")
