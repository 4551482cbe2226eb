"""LM-BFF's loop as a careful user of transformers writes it: the formulas of lm_bff.py on rows padded to their batch's longest, the
vocabulary at the masks alone, as the authors' code has it; texts are tokenized once, and rows put together when they are drawn."""

import copy

import torch

from peer_model import PeerModel, label_scores, word_averages
from pet import Loop
from peer_pet import FORMS


class DemonstratedTraining:
    """A copy of the model is trained on texts with one answered example of every label behind each."""

    def __init__(self, model: PeerModel, total_steps: int, ids, shown, labels, words, drawn, lr: float = 1e-5,
                 dropout: bool = True, optimizer: str = "fused", seed: int = 0):
        torch.manual_seed(seed)
        self.model, self.ids, self.shown, self.labels, self.drawn = model, ids, shown, labels, drawn
        self.averages = word_averages(words)
        self.network = copy.deepcopy(model.network).train(dropout)
        self.loop = Loop(self.network, lr, total_steps, decay=0.0, **FORMS[optimizer])

    def step(self, number: int) -> float:
        batch = self.drawn[number]

        def loss() -> torch.Tensor:
            rows = [sum((self.shown[other] for other in behind), self.ids[example]) for example, *behind in batch]
            scores = label_scores(self.network, self.model.pad(rows), self.model.mask_id, self.averages, "mask")
            return torch.nn.functional.cross_entropy(scores, torch.tensor([self.labels[example] for example, *_ in batch]))

        return self.loop.step([loss])


@torch.inference_mode()
def classify_demonstrated(model: PeerModel, texts, rest: str, limit: int, sets, words, batch: int) -> list:
    """The mean of the label scores over the sets, of each text; batches are made of rows of like length."""
    def encode(text):
        return model.tokenizer(text, add_special_tokens=False)["input_ids"]

    tail, tokenizer, averages = encode(rest), model.tokenizer, word_averages(words)
    rows = [[tokenizer.cls_token_id, *ids[:limit], *tail, tokenizer.sep_token_id, *shown]
            for ids in encode(texts) for shown in sets]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    scores = torch.empty(len(rows), len(words))
    for start in range(0, len(rows), batch):
        chosen = order[start:start + batch]
        scores[chosen] = label_scores(model.network, model.pad([rows[i] for i in chosen]), model.mask_id, averages, "mask")
    return scores.view(len(texts), len(sets), -1).mean(1).tolist()
