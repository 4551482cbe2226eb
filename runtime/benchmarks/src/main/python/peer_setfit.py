"""SetFit's first stage as sentence-transformers trains it: a bi-encoder of means, its cosines drawn to 1 for pairs that are alike."""

import copy
import random

import torch

from peer_model import PeerModel
from peer_pet import FORMS, turn
from pet import Loop


class PairTraining:
    """A copy of the model's body learns pairs of texts, half of them of one label. Dropout is on."""

    def __init__(self, model: PeerModel, total_steps: int, texts, labels, batch: int, lr: float = 1e-5, optimizer: str = "fused",
                 seed: int = 0):
        torch.manual_seed(seed)
        self.model, self.batch = model, batch
        self.rows = model.tokenizer(texts, truncation=True, max_length=model.max_length)["input_ids"]
        self.pairs = pairs(labels, total_steps * batch, random.Random(seed))
        self.network = copy.deepcopy(model.network.base_model).train()
        self.loop = Loop(self.network, lr, total_steps, **FORMS[optimizer])

    def step(self, number: int) -> float:
        chosen = turn(self.pairs, number, self.batch)

        def loss() -> torch.Tensor:
            first, second = (self.means([self.rows[pair[side]] for pair in chosen]) for side in (0, 1))
            alike = torch.tensor([pair[2] for pair in chosen])
            return torch.nn.functional.mse_loss(torch.cosine_similarity(first, second), alike)

        return self.loop.step([loss])

    def means(self, rows: list[list[int]]) -> torch.Tensor:
        """(B, E): each row's last hidden states, averaged."""
        encoded = self.model.pad(rows)
        seen = encoded["attention_mask"].unsqueeze(-1).float()  # (B, T, 1)
        return (self.network(**encoded).last_hidden_state * seen).sum(1) / seen.sum(1)


def pairs(labels: list[int], count: int, chance: random.Random) -> list[tuple[int, int, float]]:
    """Two different texts and 1 or 0, in turns of one label and of two."""
    made = []
    while len(made) < count:
        first, second = chance.sample(range(len(labels)), 2)
        alike = float(labels[first] == labels[second])
        if alike == len(made) % 2:
            made.append((first, second, alike))
    return made
