"""A causal LM as a user of transformers runs it on a CPU: SDPA attention, inference mode, key/value cache, left padding."""

import copy
import time

import torch
from transformers import AutoModelForCausalLM, get_linear_schedule_with_warmup

from peer_training import decay_groups


class PeerText:
    """The model of one folder. B batch, T longest row."""

    def __init__(self, folder: str):
        self.network = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="sdpa",
                                                            dtype=torch.float32).eval()
        self.network.generation_config.pad_token_id = 0

    def parameter_count(self) -> int:
        return sum(weight.numel() for weight in self.network.parameters())

    @torch.inference_mode()
    def generate(self, ids, tokens: int, beams: int) -> list[list[int]]:
        """The new tokens of each prompt, all prompts in one batch."""
        width = max(len(row) for row in ids)
        rows = torch.tensor([[0] * (width - len(row)) + row for row in ids])
        mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in ids])
        texts = self.network.generate(rows, attention_mask=mask, do_sample=False, num_beams=beams,
                                      min_new_tokens=tokens, max_new_tokens=tokens)
        return texts[:, width:].tolist()


class TextTraining:
    """All weights of a copy of the model, on pairs: cross-entropy of the targets' tokens, the sources' labels being -100."""

    def __init__(self, model: PeerText, total_steps: int, sources, targets, batch: int, lr: float = 1e-5,
                 weight_decay: float = 0.01, clip: float = 1.0, dropout: bool = True, optimizer: str = "fused",
                 seed: int = 0):
        torch.manual_seed(seed)
        self.sources, self.targets, self.batch, self.clip = sources, targets, batch, clip
        self.network = copy.deepcopy(model.network).train(dropout)
        form = {"fused": {"fused": True}, "foreach": {"foreach": True}, "single": {"foreach": False}}[optimizer]
        self.optimizer = torch.optim.AdamW(decay_groups(self.network, weight_decay), lr=lr, **form)
        self.schedule = get_linear_schedule_with_warmup(self.optimizer, 0, total_steps)

    def step(self, number: int) -> float:
        """Forward, backward, clipping and update on one batch; the loss a token before the update."""
        chosen = [i % len(self.sources) for i in range(number * self.batch, (number + 1) * self.batch)]
        rows = [self.sources[i] + self.targets[i] for i in chosen]
        width = max(len(row) for row in rows)
        ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        labels = torch.tensor([[-100] * len(self.sources[i]) + self.targets[i] + [-100] * (width - len(row))
                               for i, row in zip(chosen, rows)])
        loss = self.network(input_ids=ids, attention_mask=mask, labels=labels, use_cache=False).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.clip)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item()


def timed_generation(model: PeerText, ids, tokens: int, beams: int = 1, repeat: int = 1, warmup: int = 1) -> dict:
    seconds, texts = [], []
    for _ in range(warmup + repeat):
        start = time.perf_counter()
        texts = model.generate(ids, tokens, beams)
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds[warmup:], "texts": texts}
