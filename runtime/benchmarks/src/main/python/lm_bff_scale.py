"""Writes scale-transformers-MAJOR.json beside runtime/src/test/resources/lm-bff/scale-drawn.json: two-pole regression restated.

    python lm_bff_scale.py       needs torch and transformers; run once with transformers 4.57 and once with 5

As lm_bff.py, with a number from 0 to 5 in the place of a label: the word of the lower half is shown, or that of the upper one, and
what is made small is KL((1 - t, t) || p), t being the number as a share of the scale and p the softmax over both words. The
authors' code has torch.nn.KLDivLoss(log_target=True) instead, which is "reference" here. Both are trained with demonstrations and
without any.
"""

import json

import torch
import transformers
from torch.nn.functional import kl_div, log_softmax
from transformers import get_linear_schedule_with_warmup

from lm_bff import FOLDER, Restated

WORDS = [["terrible"], ["great"]]
LOWER, UPPER = 0, 5


class Rating(Restated):
    """A scale of two words, and the model that is trained."""

    def __init__(self, drawn: dict):
        super().__init__(drawn)
        self.words = [[self.token(word) for word in words] for words in WORDS]

    def loss(self, scores: torch.Tensor, values: torch.Tensor, compat: str) -> torch.Tensor:
        shares = (values - LOWER) / (UPPER - LOWER)
        targets = torch.stack([1 - shares, shares], -1)
        said = log_softmax(scores, -1)
        if compat == "REFERENCE":
            return torch.nn.KLDivLoss(log_target=True)(said, targets)
        return kl_div(said, targets, reduction="batchmean")

    def train(self, compat: str) -> list[float]:
        steps = self.drawn["steps"]
        optimizer = torch.optim.AdamW(self.model.parameters(), lr=self.drawn["rate"], eps=1e-8, weight_decay=0.0)
        schedule = get_linear_schedule_with_warmup(optimizer, 0, len(steps))
        losses = []
        for step in steps:
            examples = [self.drawn["examples"][example] for example, *_ in step]
            rows = [self.row(example["text"], shown) for example, (_, *shown) in zip(examples, step)]
            loss = self.loss(self.scores(rows), torch.tensor([example["value"] for example in examples]), compat)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        return losses

    def value(self, text: str) -> float:
        """By the mean of the logits over the sets."""
        with torch.no_grad():
            mean = self.scores([self.row(text, shown) for shown in self.drawn["sets"]]).mean(0)
        return LOWER + torch.softmax(mean.double(), -1)[1].item() * (UPPER - LOWER)


def main():
    torch.manual_seed(0)
    result = {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]}
    for method, drawn in json.loads((FOLDER / "scale-drawn.json").read_text()).items():
        for compat in ["PAPER", "REFERENCE"]:
            rating = Rating(drawn)
            losses = rating.train(compat)
            result[f"{method} {compat}"] = {"losses": losses, "values": [rating.value(text) for text in drawn["asked"]]}
            print(method, compat, losses[0], losses[-1], result[f"{method} {compat}"]["values"])
    file = FOLDER / f"scale-transformers-{transformers.__version__.split('.')[0]}.json"
    file.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
