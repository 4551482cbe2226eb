"""The Hugging Face side of the side-by-side benchmark: one process that does on request what Cloze does, and times itself.

The caller starts `python peer.py`, writes one JSON object a line to its standard input and reads one line back for each.
Only such lines appear on standard output; whatever libraries print goes to standard error. The first line, unasked:

    {"ok": true, "versions": {"python": ..., "torch": ..., "transformers": ...}}

An answer has "ok": true, or "ok": false and "error" (one sentence); after an error the process goes on. Times are seconds.

{"op": "load", "model": DIR, "threads": N}
    Reads a model folder (masked LM and tokenizer) and sets the number of torch's threads. N must not change afterwards
    within one process. -> {"seconds": S, "parameters": COUNT}

{"op": "classify", "words": [[ID, ...], ...], "batch": B, ...}
    Zero-shot classification: the score of a label is the mean of the logits of its words' ids at the mask, which stands once in
    every input. "words" has one list a label. The inputs are either
      "ids":   [[ID, ...], ...]   complete token ids, special tokens and mask in place; or
      "texts": ["... [MASK] ."]   finished texts with the mask token written out: tokenizing them is then part of the time.
    Options: "repeat" R (1), "warmup" W (1, passes that are not timed), "sort" (false: batches are made in the order given;
    true: of texts of like length, sorting included in the time), "head" ("full": the model's own forward pass, with logits
    at all positions, as AutoModelForMaskedLM gives them; "mask": its vocabulary projection applied at the masks only).
    -> {"seconds": [S per repeat], "scores": [[score per label] per input, of the last repeat]}

{"op": "train", "ids": [[...], ...], "labels": [INDEX, ...], "words": ..., "batch": B, "steps": S, ...}
    Prompt-based fine-tuning of all weights of a copy of the model (the loaded one stays as it is): cross-entropy over the
    label scores, AdamW (decay on all but biases and LayerNorm), global-norm clipping, linear schedule over warm-up and steps.
    Batches are made in the order given, round and round. Options: "warmup" W (2, steps that are not timed), "lr" (1e-5),
    "weight_decay" (0.01), "clip" (1.0), "dropout" (true; false makes the losses comparable), "head" (as above),
    "optimizer" ("fused" | "foreach" | "single"), "seed" (0).
    -> {"seconds": [S per timed step], "losses": [loss of every step, the untimed ones first]}

{"op": "load-text", "model": DIR, "threads": N}
    The same for a causal LM, without its tokenizer. -> {"seconds": S, "parameters": COUNT}

{"op": "generate", "ids": [[ID, ...], ...], "tokens": N, "beams": K}
    Greedy text (K = 1) or beam search: exactly N new tokens after each prompt, all prompts in one batch, with the key/value
    cache that transformers uses by itself. Options: "repeat" R (1), "warmup" W (1).
    -> {"seconds": [S per repeat], "texts": [[ID, ...] per prompt, of the last repeat]}

{"op": "train-text", "sources": [[ID, ...], ...], "targets": [[ID, ...], ...], "batch": B, "steps": S, ...}
    Training of all weights on pairs, options as for "train". -> {"seconds": ..., "losses": ...}

{"op": "train-pattern", "ids": ..., "labels": ..., "words": ..., "batch": B, "steps": S, ...}
    PET's training of a pattern's model, of batches in "accumulation" (1) parts; where "auxiliary" is above 0, with the masked-LM
    loss of three of the texts "unlabeled" (ids) for each labelled one. Other options and the answer as for "train".

{"op": "distil", "ids": ..., "soft": [[score per label] per input], "batch": B, "steps": S, ...}
    PET's training of a sequence classifier on soft labels, at the "temperature" (2.0). Likewise.

{"op": "train-demonstrated", "ids": ..., "shown": [[ID, ...], ...], "labels": ..., "words": ..., "drawn": ..., "steps": S, ...}
    LM-BFF's training: "drawn" has for every step, the untimed ones first, for every example of its batch the example and what
    is shown behind it, both by their numbers in "ids" and "shown". Options "dropout", "lr", "optimizer", "warmup" and the
    answer as for "train".

{"op": "classify-demonstrated", "texts": [TEXT, ...], "rest": " It was [MASK].", "limit": N, "sets": [[ID, ...], ...], "words": ..., "batch": B}
    Each text, cut to N tokens, with the rest of its template and in turn with each of the sets behind it; the mean of the scores.
    -> {"seconds": [S], "scores": [[score per label] per text]}

{"op": "train-pairs", "texts": [TEXT, ...], "labels": ..., "batch": PAIRS, "steps": S, ...}
    SetFit's training of the body on pairs of texts. Other options and the answer as for "train".

{"op": "train-soft", "method": NAME, "ids": ..., "labels": ..., "words": ..., "batch": B, "steps": S, ...}
    PEFT's training of 20 virtual tokens ("prompt-tuning", "p-tuning") or a prefix of 20 ("prefix-tuning", "prefix-network") of
    the loaded masked LM, which stays as it is. -> {"seconds": ..., "losses": ...}

{"op": "train-soft-text", "method": NAME, "sources": ..., "targets": ..., "batch": B, "steps": S, ...}
    The same of the loaded causal LM on pairs.

{"op": "generate-prefixed", "ids": ..., "tokens": N, "beams": K}
    As "generate", behind a fresh prefix of 20 of PEFT's.

{"op": "callers", "ids": ..., "words": ..., "callers": N}
    As "classify" with one text a call, asked by N threads that share them. -> {"seconds": [S in all, p50 and p99 of a call]}

{"op": "rss"}
    -> {"resident_kb": K, "peak_kb": K}

{"op": "exit"}
    Ends the process; so does the end of its input.
"""

import os
import platform
import time
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

import torch  # noqa: E402
import transformers  # noqa: E402

from peer_lines import serve  # noqa: E402
from peer_lm_bff import DemonstratedTraining, classify_demonstrated  # noqa: E402
from peer_model import PeerModel  # noqa: E402
from peer_pet import Distillation, PatternTraining  # noqa: E402
from peer_setfit import PairTraining  # noqa: E402
from peer_soft import SoftMaskTraining, SoftTextTraining, prefixed  # noqa: E402
from peer_text import PeerText, TextTraining, timed_generation  # noqa: E402
from peer_training import Training  # noqa: E402


class Peer:
    """The operations by name; holds the model between requests."""

    def __init__(self):
        self.model: PeerModel | None = None
        self.text: PeerText | None = None

    def answer(self, request: dict) -> dict:
        operations = {"load": self.load, "classify": self.classify, "callers": self.callers,
                      "train": self.train, "rss": self.rss,
                      "load-text": self.load_text, "generate": self.generate, "train-text": self.train_text,
                      "train-pattern": self.train_pattern, "distil": self.distil,
                      "train-demonstrated": self.train_demonstrated, "classify-demonstrated": self.classify_demonstrated,
                      "train-pairs": self.train_pairs, "train-soft": self.train_soft, "train-soft-text": self.train_soft_text,
                      "generate-prefixed": self.generate_prefixed}
        options = dict(request)
        name = options.pop("op")
        if name not in operations:
            raise ValueError(f"there is no operation {name!r}; there are {', '.join(operations)} and exit")
        if self.model is None and name in ("classify", "callers", "train", "train-pattern", "distil", "train-demonstrated",
                                           "classify-demonstrated", "train-pairs", "train-soft"):
            raise ValueError(f"{name} needs a model; load one first")
        if self.text is None and name in ("generate", "train-text", "train-soft-text", "generate-prefixed"):
            raise ValueError(f"{name} needs a causal LM; load-text one first")
        return operations[name](**options)

    def load(self, model: str, threads: int) -> dict:
        torch.set_num_threads(threads)
        start = time.perf_counter()
        self.model = PeerModel(model)
        return {"seconds": time.perf_counter() - start, "parameters": self.model.parameter_count()}

    def classify(self, words, batch: int, repeat: int = 1, warmup: int = 1, **options) -> dict:
        seconds, scores = [], []
        for _ in range(warmup + repeat):
            start = time.perf_counter()
            scores = self.model.classify(words, batch, **options)
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds[warmup:], "scores": scores}

    def callers(self, ids, words, batch: int, callers: int) -> dict:
        def one(row):
            start = time.perf_counter()
            self.model.classify(words, batch, ids=[row])
            return time.perf_counter() - start

        start = time.perf_counter()
        with ThreadPoolExecutor(callers) as pool:
            each = sorted(pool.map(one, ids))
        return {"seconds": [time.perf_counter() - start, each[len(each) // 2], each[min(len(each) - 1, len(each) * 99 // 100)]]}

    def load_text(self, model: str, threads: int) -> dict:
        torch.set_num_threads(threads)
        start = time.perf_counter()
        self.text = PeerText(model)
        return {"seconds": time.perf_counter() - start, "parameters": self.text.parameter_count()}

    def generate(self, **options) -> dict:
        return timed_generation(self.text, **options)

    def train_text(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(TextTraining(self.text, total_steps=warmup + steps, **options), steps, warmup)

    def train(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(Training(self.model, total_steps=warmup + steps, **options), steps, warmup)

    def train_pattern(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(PatternTraining(self.model, total_steps=warmup + steps, **options), steps, warmup)

    def distil(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(Distillation(self.model, total_steps=warmup + steps, **options), steps, warmup)

    def train_demonstrated(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(DemonstratedTraining(self.model, total_steps=warmup + steps, **options), steps, warmup)

    def classify_demonstrated(self, **options) -> dict:
        start = time.perf_counter()
        scores = classify_demonstrated(self.model, **options)
        return {"seconds": [time.perf_counter() - start], "scores": scores}

    def train_pairs(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(PairTraining(self.model, total_steps=warmup + steps, **options), steps, warmup)

    def train_soft(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(SoftMaskTraining(self.model, total_steps=warmup + steps, **options), steps, warmup)

    def train_soft_text(self, steps: int, warmup: int = 2, **options) -> dict:
        return self.steps(SoftTextTraining(self.text, total_steps=warmup + steps, **options), steps, warmup)

    def generate_prefixed(self, **options) -> dict:
        return timed_generation(prefixed(self.text), **options)

    @staticmethod
    def steps(training, steps: int, warmup: int) -> dict:
        seconds, losses = [], []
        for step in range(warmup + steps):
            start = time.perf_counter()
            losses.append(training.step(step))
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds[warmup:], "losses": losses}

    def rss(self) -> dict:
        with open("/proc/self/status", encoding="ascii") as status:
            lines = dict(line.split(":", 1) for line in status)
        return {"resident_kb": int(lines["VmRSS"].split()[0]), "peak_kb": int(lines["VmHWM"].split()[0])}


if __name__ == "__main__":
    serve(Peer, {"python": platform.python_version(), "torch": torch.__version__,
                 "transformers": transformers.__version__})
