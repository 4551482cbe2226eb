"""Trainings of virtual tokens and prefixes as a user of PEFT writes them: the model frozen, a loop of torch around it.

Run as `peer_soft.py DIR METHOD STEPS` it trains a causal LM on pairs of 40 and 24 tokens, eight at once, and prints what the process
says of itself, as SelfReport of the Java side. Methods: prompt-tuning, p-tuning, prefix-tuning, prefix-network.
"""

import copy
import sys

import torch
from transformers import get_linear_schedule_with_warmup

from peer_model import PeerModel, word_averages
from peer_text import PeerText

FORMS = {"fused": {"fused": True}, "foreach": {"foreach": True}, "single": {"foreach": False}}


def adapted(network: torch.nn.Module, kind: str, method: str, tokens: int, middle: int):
    """The model with what PEFT puts into it, on weights that are shared with the one loaded."""
    import peft  # only this part needs it

    size = network.get_input_embeddings().weight.shape[1]
    configs = {
        "prompt-tuning": lambda: peft.PromptTuningConfig(task_type=kind, num_virtual_tokens=tokens),
        "p-tuning": lambda: peft.PromptEncoderConfig(task_type=kind, num_virtual_tokens=tokens, encoder_hidden_size=size // 2,
                                                     encoder_reparameterization_type="LSTM", encoder_num_layers=2),
        "prefix-tuning": lambda: peft.PrefixTuningConfig(task_type=kind, num_virtual_tokens=tokens),
        "prefix-network": lambda: peft.PrefixTuningConfig(task_type=kind, num_virtual_tokens=tokens, prefix_projection=True,
                                                          encoder_hidden_size=middle)}
    torch.manual_seed(0)
    return peft.get_peft_model(network, configs[method]())


class SoftLoop:
    """AdamW, gradients clipped to a norm of 1, a rate that falls linearly; what is trained is what PEFT leaves trainable."""

    def __init__(self, model, total_steps: int, lr: float, optimizer: str):
        self.trained = [weight for weight in model.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=lr, weight_decay=0.0, **FORMS[optimizer])
        self.schedule = get_linear_schedule_with_warmup(self.optimizer, 0, total_steps)

    def update(self, loss: torch.Tensor) -> float:
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item()


class SoftMaskTraining:
    """Label words at the mask of a masked LM."""

    def __init__(self, model: PeerModel, total_steps: int, method: str, ids, labels, words, batch: int, tokens: int = 20,
                 middle: int = 512, lr: float = 1e-3, optimizer: str = "fused"):
        self.model, self.ids, self.labels, self.batch = model, ids, labels, batch
        self.words, self.averages = word_averages(words)
        self.tokens, self.before = tokens, 0 if method.startswith("prefix") else tokens
        self.network = adapted(copy.copy(model.network), "FEATURE_EXTRACTION", method, tokens, middle)
        self.loop = SoftLoop(self.network, total_steps, lr, optimizer)

    def step(self, number: int) -> float:
        chosen = [i % len(self.ids) for i in range(number * self.batch, (number + 1) * self.batch)]
        encoded = self.model.pad([self.ids[i] for i in chosen])
        at_mask = (encoded["input_ids"] == self.model.mask_id).int().argmax(1) + self.before
        logits = self.logits(**encoded)[torch.arange(len(chosen)), at_mask]
        labels = torch.tensor([self.labels[i] for i in chosen])
        return self.loop.update(torch.nn.functional.cross_entropy(logits[:, self.words] @ self.averages, labels))


    def logits(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """A masked LM of transformers takes no keys and values: its body does, as PEFT gives them to it for sequence classifiers."""
        if self.before:
            return self.network(input_ids=input_ids, attention_mask=attention_mask).logits
        prefix = self.network.get_prompt(batch_size=len(input_ids))
        seen = torch.cat([torch.ones(len(input_ids), self.tokens, dtype=attention_mask.dtype), attention_mask], 1)
        body = self.network.base_model.base_model(input_ids=input_ids, attention_mask=seen, past_key_values=prefix)
        return self.network.base_model.cls(body.last_hidden_state)


class SoftTextTraining:
    """Targets after their sources, by a causal LM."""

    def __init__(self, model: PeerText, total_steps: int, method: str, sources, targets, batch: int, tokens: int = 20,
                 middle: int = 512, lr: float = 1e-3, optimizer: str = "fused"):
        self.sources, self.targets, self.batch = sources, targets, batch
        self.network = adapted(copy.copy(model.network), "CAUSAL_LM", method, tokens, middle)
        self.loop = SoftLoop(self.network, total_steps, lr, optimizer)

    def step(self, number: int) -> float:
        chosen = [i % len(self.sources) for i in range(number * self.batch, (number + 1) * self.batch)]
        rows = [self.sources[i] + self.targets[i] for i in chosen]
        width = max(map(len, rows))
        ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        labels = torch.tensor([[-100] * len(self.sources[i]) + self.targets[i] + [-100] * (width - len(row))
                               for i, row in zip(chosen, rows)])
        return self.loop.update(self.network(input_ids=ids, attention_mask=mask, labels=labels).loss)


def prefixed(model: PeerText, tokens: int = 20) -> PeerText:
    """The same that writes behind a fresh prefix; made once."""
    if not hasattr(model, "prefixed"):
        other = copy.copy(model)
        other.network = adapted(copy.copy(model.network), "CAUSAL_LM", "prefix-tuning", tokens, 0).eval()
        model.prefixed = other
    return model.prefixed


def main(folder: str, method: str, steps: int) -> None:
    from peer_start_text import report  # sets what transformers reads of the environment

    random = torch.Generator().manual_seed(4)
    draw = lambda length: torch.randint(5, 12_000, (8, length), generator=random).tolist()
    training = SoftTextTraining(PeerText(folder), steps, method, draw(40), draw(24), 8)
    for step in range(steps):
        training.step(step)
    print("trained", flush=True)
    report(0.0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
