"""PET's loops as a careful user of transformers writes them: the formulas of pet.py on rows padded to their micro-batch's longest."""

import copy

import torch
from transformers import AutoModelForSequenceClassification

from peer_model import PeerModel, label_scores, word_averages
from pet import Loop, distillation

FORMS = {"fused": {"fused": True}, "foreach": {"foreach": True}, "single": {"foreach": False}}


def turn(items: list, number: int, count: int) -> list:
    """The items of a step, round and round in the order given."""
    return [items[i % len(items)] for i in range(number * count, (number + 1) * count)]


def parts(items: list, count: int) -> list[list]:
    size = len(items) // count
    return [items[i * size:(i + 1) * size] for i in range(count)]


class PatternTraining:
    """A copy of the model is trained on labelled texts in a pattern and, where `auxiliary` is above 0, to guess tokens of three
    unlabelled texts beside each. Dropout is on."""

    def __init__(self, model: PeerModel, total_steps: int, ids, labels, words, batch: int, accumulation: int = 1,
                 unlabeled=None, auxiliary: float = 0.0, lr: float = 1e-5, optimizer: str = "fused", seed: int = 0):
        torch.manual_seed(seed)
        self.model, self.examples, self.batch = model, list(zip(ids, labels)), batch
        self.accumulation, self.unlabeled, self.auxiliary = accumulation, unlabeled, auxiliary
        self.averages, self.special = word_averages(words), torch.tensor(model.tokenizer.all_special_ids)
        self.network = copy.deepcopy(model.network).train()
        self.loop = Loop(self.network, lr, total_steps, **FORMS[optimizer])

    def step(self, number: int) -> float:
        labeled = parts(turn(self.examples, number, self.batch), self.accumulation)
        unlabeled = parts(turn(self.unlabeled, number, 3 * self.batch), self.accumulation) if self.auxiliary else labeled
        return self.loop.step([lambda one=one, texts=texts: self.loss(one, texts)
                               for one, texts in zip(labeled, unlabeled)])

    def loss(self, examples: list, texts: list) -> torch.Tensor:
        """(1 - a) L_CE + a L_MLM of one micro-batch."""
        encoded = self.model.pad([ids for ids, _ in examples])
        scores = label_scores(self.network, encoded, self.model.mask_id, self.averages, "full")
        labeled = torch.nn.functional.cross_entropy(scores, torch.tensor([label for _, label in examples]))
        return (1 - self.auxiliary) * labeled + self.auxiliary * self.guessing(texts) if self.auxiliary else labeled

    def guessing(self, texts: list) -> torch.Tensor:
        """15 of 100 tokens that are not special; of these 80 of 100 masked, half of the rest any token."""
        encoded = self.model.pad(texts)
        ids = encoded["input_ids"]
        chosen = torch.rand(ids.shape).lt(0.15) & ~torch.isin(ids, self.special)
        masked = chosen & torch.rand(ids.shape).lt(0.8)
        other = chosen & ~masked & torch.rand(ids.shape).lt(0.5)
        encoded["input_ids"] = torch.where(masked, self.model.mask_id, torch.where(
            other, torch.randint(len(self.model.tokenizer), ids.shape), ids))
        labels = torch.where(chosen, ids, -100)
        return torch.nn.functional.cross_entropy(self.network(**encoded).logits.flatten(0, 1), labels.flatten())


class Distillation:
    """A sequence classifier learns soft labels. Dropout is on."""

    def __init__(self, model: PeerModel, total_steps: int, ids, soft, batch: int, temperature: float = 2.0, lr: float = 1e-5,
                 optimizer: str = "fused", seed: int = 0):
        torch.manual_seed(seed)
        self.model, self.examples, self.batch, self.temperature = model, list(zip(ids, soft)), batch, temperature
        self.network = AutoModelForSequenceClassification.from_pretrained(
            model.network.config.name_or_path, num_labels=len(soft[0]), attn_implementation="sdpa", dtype=torch.float32).train()
        self.loop = Loop(self.network, lr, total_steps, **FORMS[optimizer])

    def step(self, number: int) -> float:
        chosen = turn(self.examples, number, self.batch)

        def loss() -> torch.Tensor:
            said = self.network(**self.model.pad([ids for ids, _ in chosen])).logits
            return distillation(said, torch.tensor([soft for _, soft in chosen]), self.temperature)

        return self.loop.step([loss])
