"""Prompt-based fine-tuning as a training loop written with torch and transformers does it."""

import copy

import torch
from transformers import get_linear_schedule_with_warmup

from peer_model import PeerModel, label_scores, word_averages


class Training:
    """A copy of the model, its optimizer and its schedule; `step` does one whole step."""

    def __init__(self, model: PeerModel, total_steps: int, ids, labels, words, batch: int, lr: float = 1e-5,
                 weight_decay: float = 0.01, clip: float = 1.0, dropout: bool = True, head: str = "full",
                 optimizer: str = "fused", seed: int = 0):
        torch.manual_seed(seed)
        self.model, self.ids, self.labels, self.batch = model, ids, labels, batch
        self.clip, self.head, self.averages = clip, head, word_averages(words)
        self.network = copy.deepcopy(model.network).train(dropout)
        form = {"fused": {"fused": True}, "foreach": {"foreach": True}, "single": {"foreach": False}}[optimizer]
        self.optimizer = torch.optim.AdamW(decay_groups(self.network, weight_decay), lr=lr, **form)
        self.schedule = get_linear_schedule_with_warmup(self.optimizer, 0, total_steps)

    def step(self, number: int) -> float:
        """Forward, backward, clipping and update on one batch; the loss before the update."""
        chosen = [i % len(self.ids) for i in range(number * self.batch, (number + 1) * self.batch)]
        encoded = self.model.pad([self.ids[i] for i in chosen])
        labels = torch.tensor([self.labels[i] for i in chosen])
        scores = label_scores(self.network, encoded, self.model.mask_id, self.averages, self.head)
        loss = torch.nn.functional.cross_entropy(scores, labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.clip)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item()


def decay_groups(network: torch.nn.Module, weight_decay: float) -> list[dict]:
    """Two groups: biases and norms are not decayed."""
    def free(name):
        return "LayerNorm" in name or name.endswith("bias") or "norm" in name or ".ln_" in name
    named = list(network.named_parameters())
    return [{"params": [weight for name, weight in named if not free(name)], "weight_decay": weight_decay},
            {"params": [weight for name, weight in named if free(name)], "weight_decay": 0.0}]
