"""Writes transformers-MAJOR.json beside runtime/src/test/resources/pet/drawn.json: PET restated over transformers.

    python pet.py            needs torch and transformers; run once with transformers 4.57 and once with 5
    python pet.py gradient   writes gradient.json beside it: that of both losses in one micro-batch, in float64

The trainings of Schick and Schütze 2021 (arXiv 2001.07676, section 3) as the authors' code has them: a model of a pattern, with
and without the auxiliary masked-LM loss, the soft labels of several models, and a classifier that learns from them. What no two
libraries draw alike is read from drawn.json: which examples make a batch, and which tokens of unlabelled texts are to be guessed.
A new head is drawn by java.util.Random, whose algorithm is part of Java's contract. There is no dropout.
"""

import json
import math
import sys
from pathlib import Path

import torch
import transformers
from torch.nn.functional import cross_entropy, log_softmax
from transformers import (AutoModelForMaskedLM, AutoModelForSequenceClassification, AutoTokenizer,
                          get_linear_schedule_with_warmup)

ROOT = Path(__file__).resolve().parents[5]
MODEL = ROOT / "runtime/models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"
FOLDER = ROOT / "runtime/src/test/resources/pet"


class Pattern:
    """P and v: a text with one mask (``before text between MASK behind``), and the words of each label, one token each."""

    def __init__(self, tokenizer, parts: list[str], words: list[list[str]]):
        self.tokenizer, self.parts = tokenizer, parts
        self.words = [[self.encode(word)[0] for word in label] for label in words]

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False)

    def row(self, text: str) -> list[int]:
        tokens = {"{text}": lambda: self.encode(text), "{mask}": lambda: [self.tokenizer.mask_token_id]}
        middle = [token for part in self.parts for token in tokens.get(part, lambda: self.encode(part))()]
        return [self.tokenizer.cls_token_id, *middle, self.tokenizer.sep_token_id]


def padded(rows: list[list[int]], pad: int) -> dict[str, torch.Tensor]:
    """Rows as one batch, padded to the longest."""
    longest = max(map(len, rows))
    ids = torch.tensor([row + [pad] * (longest - len(row)) for row in rows])
    seen = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return {"input_ids": ids, "attention_mask": seen, "token_type_ids": torch.zeros_like(ids)}


def label_scores(model, pattern: Pattern, rows: list[list[int]]) -> torch.Tensor:
    """(B, labels): s(l | x) = 1/|v(l)| sum over w in v(l) of M(P(x))_mask,w, of raw logits."""
    logits = model(**padded(rows, pattern.tokenizer.pad_token_id)).logits
    at_mask = logits[torch.arange(len(rows)), [row.index(pattern.tokenizer.mask_token_id) for row in rows]]
    return torch.stack([at_mask[:, words].mean(-1) for words in pattern.words], -1)


def guessing(model, pad: int, texts: list[dict]) -> torch.Tensor:
    """L_MLM: the mean cross-entropy of the tokens that were there, over those chosen in all texts of the micro-batch."""
    encoded = padded([text["ids"] for text in texts], pad)
    labels = torch.full_like(encoded["input_ids"], -100)
    for row, text in enumerate(texts):
        for place, token in text["guessed"]:
            labels[row, place] = token
    return cross_entropy(model(**encoded).logits.flatten(0, 1), labels.flatten())


def groups(model: torch.nn.Module, decay: float) -> list[dict]:
    """Weight decay on all but biases and the weights of LayerNorm."""
    free = ("bias", "LayerNorm.weight")
    named = list(model.named_parameters())
    return [{"params": [weight for name, weight in named if not name.endswith(free)], "weight_decay": decay},
            {"params": [weight for name, weight in named if name.endswith(free)], "weight_decay": 0.0}]


class Loop:
    """AdamW with eps 1e-8, a rate that falls linearly to zero over all steps, gradients clipped to a norm of 1."""

    def __init__(self, model: torch.nn.Module, rate: float, steps: int, decay: float = 0.01, **form):
        self.model = model
        self.optimizer = torch.optim.AdamW(groups(model, decay), lr=rate, eps=1e-8, **form)
        self.schedule = get_linear_schedule_with_warmup(self.optimizer, 0, steps)

    def step(self, losses) -> float:
        """One update from the micro-batches' losses, each computed when it is asked for; the loss is their mean."""
        count, total = len(losses), 0.0
        for loss in losses:
            share = loss() / count
            share.backward()
            total += share.item()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        return total


def both(model, pattern: Pattern, drawn: dict, micro: dict, weight: float) -> torch.Tensor:
    """L = (1 - a) L_CE + a L_MLM of a micro-batch; a = 0 is the plain loss."""
    examples = [drawn["examples"][number] for number in micro["examples"]]
    scores = label_scores(model, pattern, [pattern.row(example["text"]) for example in examples])
    labeled = cross_entropy(scores, torch.tensor([example["label"] for example in examples]))
    if weight == 0:
        return labeled
    return (1 - weight) * labeled + weight * guessing(model, pattern.tokenizer.pad_token_id, micro["texts"])


def train(model, pattern: Pattern, drawn: dict, training: dict) -> list[float]:
    loop = Loop(model, drawn["rate"], len(training["steps"]))
    return [loop.step([lambda micro=micro: both(model, pattern, drawn, micro, training["auxiliary"]) for micro in step])
            for step in training["steps"]]


def gradient(patterns: list[Pattern], drawn: dict) -> dict:
    """Of the first micro-batch of the first training with both losses: the largest numbers of each weight's gradient."""
    training = drawn["trainings"]["auxiliary 0"]
    model = fresh().double()
    loss = both(model, patterns[training["pattern"]], drawn, training["steps"][0][0], training["auxiliary"])
    loss.backward()
    return {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0], "loss": loss.item(),
            "gradients": {name: largest(weight.grad.flatten()) for name, weight in model.named_parameters()
                          if weight.grad is not None}}


def largest(numbers: torch.Tensor) -> dict:
    """Of a matrix of words most numbers are next to nothing, as are those of the first words."""
    places = numbers.abs().topk(min(64, len(numbers))).indices.sort().values
    return {"places": places.tolist(), "numbers": numbers[places].tolist()}


def soft_labels(scores: list[torch.Tensor], weights: list[float]) -> torch.Tensor:
    """s(l | x) = 1/Z sum over the models j of w_j s_j(l | x), Z the sum of the weights."""
    return sum(weight * one for weight, one in zip(weights, scores)) / sum(weights)


def accuracy(scores: torch.Tensor, labels: list[int]) -> float:
    """w_j where models are weighted: the accuracy on the training examples before any training."""
    return (scores.argmax(-1) == torch.tensor(labels)).double().mean().item()


class JavaRandom:
    """java.util.Random: a linear congruential generator of 48 bits, and the polar method for normal numbers."""

    def __init__(self, seed: int):
        self.state, self.spare = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1), None

    def bits(self, count: int) -> int:
        self.state = (self.state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return self.state >> (48 - count)

    def uniform(self) -> float:
        return ((self.bits(26) << 27) + self.bits(27)) * 2.0**-53

    def normal(self) -> float:
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        while True:
            one, other = 2 * self.uniform() - 1, 2 * self.uniform() - 1
            square = one * one + other * other
            if 0 < square < 1:
                factor = math.sqrt(-2 * math.log(square) / square)
                self.spare = other * factor
                return one * factor


def classifier(seeds: dict) -> torch.nn.Module:
    """C: a head on the same language model, with matrices as drawn and biases of zero."""
    model = AutoModelForSequenceClassification.from_pretrained(MODEL, num_labels=2, dtype=torch.float32,
                                                               attn_implementation="eager").eval()
    weights = dict(model.named_parameters())
    for name, seed in seeds.items():
        random, weight = JavaRandom(seed), weights[name]
        numbers = [0.02 * random.normal() for _ in range(weight.numel())]
        weight.data = torch.tensor(numbers, dtype=torch.float64).float().view_as(weight)
        weights[name.replace("weight", "bias")].data.zero_()
    return model


def distillation(said: torch.Tensor, soft: torch.Tensor, temperature: float) -> torch.Tensor:
    """L = T^2 KL(q || p) / B with q = softmax(s / T), p = softmax(C(x) / T)."""
    q, p = log_softmax(soft / temperature, -1), log_softmax(said / temperature, -1)
    return temperature**2 * (q.exp() * (q - p)).sum() / len(said)


def distil(tokenizer, soft: torch.Tensor, drawn: dict) -> list[float]:
    model = classifier(drawn["head"])
    rows = [[tokenizer.cls_token_id, *tokenizer.encode(text, add_special_tokens=False), tokenizer.sep_token_id]
            for text in drawn["unlabeled"]]
    loop = Loop(model, drawn["rate"], len(drawn["distilled"]))

    def loss(batch: list[int]) -> torch.Tensor:
        said = model(**padded([rows[number] for number in batch], tokenizer.pad_token_id)).logits
        return distillation(said, soft[batch], drawn["temperature"])

    return [loop.step([lambda: loss(batch)]) for batch in drawn["distilled"]]


def fresh() -> torch.nn.Module:
    return AutoModelForMaskedLM.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager").eval()


def main():
    drawn = json.loads((FOLDER / "drawn.json").read_text())
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    patterns = [Pattern(tokenizer, one["parts"], one["words"]) for one in drawn["patterns"]]
    if sys.argv[1:] == ["gradient"]:
        (FOLDER / "gradient.json").write_text(json.dumps(gradient(patterns, drawn)) + "\n")
        return
    losses = {name: train(fresh(), patterns[training["pattern"]], drawn, training)
              for name, training in drawn["trainings"].items()}
    model, labels = fresh(), [example["label"] for example in drawn["examples"]]
    with torch.no_grad():
        unlabeled = [label_scores(model, one, [one.row(text) for text in drawn["unlabeled"]]) for one in patterns]
        known = [label_scores(model, one, [one.row(example["text"]) for example in drawn["examples"]]) for one in patterns]
    weights = [accuracy(scores, labels) for scores in known]
    soft = {"uniform": soft_labels(unlabeled, [1.0] * len(patterns)), "weighted": soft_labels(unlabeled, weights)}
    result = {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0], "losses": losses,
              "weights": weights,
              "soft": {name: scores.tolist() for name, scores in soft.items()},
              "at temperature": torch.softmax(soft["weighted"] / drawn["temperature"], -1).tolist(),
              "distilled": distil(tokenizer, soft["weighted"], drawn)}
    file = FOLDER / f"transformers-{transformers.__version__.split('.')[0]}.json"
    file.write_text(json.dumps(result) + "\n")
    print(file, {name: (one[0], one[-1]) for name, one in losses.items()}, weights, result["distilled"][0],
          result["distilled"][-1])


if __name__ == "__main__":
    main()
