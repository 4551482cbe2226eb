"""A masked LM as a user of transformers runs it on a CPU: SDPA attention, inference mode, batches padded to their longest row."""

import torch
from transformers import AutoModelForMaskedLM, AutoTokenizer


class PeerModel:
    """Model and tokenizer of one folder. B batch, T longest row, E hidden width, V vocabulary."""

    def __init__(self, folder: str):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.network = AutoModelForMaskedLM.from_pretrained(folder, attn_implementation="sdpa",
                                                            dtype=torch.float32).eval()
        self.mask_id = self.tokenizer.mask_token_id
        self.pad_id = self.network.config.pad_token_id
        self.max_length = self.network.config.max_position_embeddings

    def parameter_count(self) -> int:
        return sum(weight.numel() for weight in self.network.parameters())

    @torch.inference_mode()
    def classify(self, words, batch: int, ids=None, texts=None, sort: bool = False, head: str = "full") -> list:
        """The scores of all inputs, in their order: a list of label scores for each."""
        inputs = texts if ids is None else ids
        order = sorted(range(len(inputs)), key=lambda i: len(inputs[i])) if sort else range(len(inputs))
        averages = word_averages(words)
        scores = [None] * len(inputs)
        for start in range(0, len(inputs), batch):
            chosen = order[start:start + batch]
            rows = [inputs[i] for i in chosen]
            encoded = self.tokenize(rows) if ids is None else self.pad(rows)
            for i, row in zip(chosen, label_scores(self.network, encoded, self.mask_id, averages, head).tolist()):
                scores[i] = row
        return scores

    def tokenize(self, texts: list[str]) -> dict[str, torch.Tensor]:
        return dict(self.tokenizer(texts, padding=True, truncation=True, max_length=self.max_length,
                                   return_tensors="pt"))

    def pad(self, rows: list[list[int]]) -> dict[str, torch.Tensor]:
        width = max(map(len, rows))
        ids = torch.tensor([row + [self.pad_id] * (width - len(row)) for row in rows])
        return {"input_ids": ids, "attention_mask": (ids != self.pad_id).long()}


def word_averages(words: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """The ids of all words, and the matrix (words, labels) that takes their logits to the labels' means."""
    matrix = torch.zeros(sum(map(len, words)), len(words))
    row = 0
    for label, ids in enumerate(words):
        matrix[row:row + len(ids), label] = 1 / len(ids)
        row += len(ids)
    return torch.tensor([word for ids in words for word in ids]), matrix


def label_scores(network, encoded: dict[str, torch.Tensor], mask_id: int, averages, head: str) -> torch.Tensor:
    """(B, labels): mean of the raw logits of a label's words at the one mask of each row."""
    ids, matrix = averages
    at_mask = encoded["input_ids"] == mask_id  # (B, T)
    if head == "full":
        logits = network(**encoded).logits[at_mask]  # (B, V)
    else:
        hidden = network.base_model(**encoded).last_hidden_state[at_mask]  # (B, E)
        logits = network.cls(hidden)
    return logits[:, ids] @ matrix
