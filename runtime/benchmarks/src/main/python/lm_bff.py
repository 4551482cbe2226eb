"""Writes transformers-MAJOR.json beside runtime/src/test/resources/lm-bff/drawn.json: LM-BFF restated over transformers.

    python lm_bff.py       needs torch and transformers; run once with transformers 4.57 and once with 5

The training of Gao et al. 2021 (arXiv 2012.15723, section 6) as the authors' code has it, line by line: T(x) [SEP] T~(x_1)
[SEP] T~(x_2) [SEP] with a demonstration of every label in the order of the labels, each part tokenised for itself, sentences cut to
110 and 50 tokens, cross-entropy over the label words' logits at the mask, torch's AdamW without decay, a rate that falls
linearly to zero, gradients clipped to a norm of 1; at inference the logits of several sets of demonstrations are averaged. Which
demonstrations are drawn is read from drawn.json, as no two libraries draw alike; there is no dropout.
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForMaskedLM, AutoTokenizer, get_linear_schedule_with_warmup

ROOT = Path(__file__).resolve().parents[5]
MODEL = ROOT / "runtime/models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"
FOLDER = ROOT / "runtime/src/test/resources/lm-bff"
WORDS = [["great", "good"], ["terrible", "bad"]]
FIRST, OTHER = 110, 50


class Restated:
    """The template "{text} It was {mask}." with demonstrations, and the model that is trained."""

    def __init__(self, drawn: dict):
        self.drawn = drawn
        self.tokenizer = AutoTokenizer.from_pretrained(MODEL)
        self.model = AutoModelForMaskedLM.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager").eval()
        self.words = [[self.token(word) for word in words] for words in WORDS]

    def token(self, word: str) -> int:
        ids = self.encode(word)
        assert len(ids) == 1, word
        return ids[0]

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False)

    def sentence(self, text: str, limit: int, word: int) -> list[int]:
        return [*self.encode(text)[:limit], *self.encode("It was"), word, *self.encode("."), self.tokenizer.sep_token_id]

    def row(self, text: str, shown: list[int]) -> list[int]:
        row = [self.tokenizer.cls_token_id, *self.sentence(text, FIRST, self.tokenizer.mask_token_id)]
        for position in shown:
            example = self.drawn["examples"][position]
            row += self.sentence(example["text"], OTHER, self.words[example["label"]][0])
        return row

    def scores(self, rows: list[list[int]]) -> torch.Tensor:
        """(B, labels): the mean of the words' logits at the mask."""
        longest = max(map(len, rows))
        ids = torch.tensor([row + [self.tokenizer.pad_token_id] * (longest - len(row)) for row in rows])
        seen = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        places = torch.tensor([row.index(self.tokenizer.mask_token_id) for row in rows])
        logits = self.model(input_ids=ids, attention_mask=seen, token_type_ids=torch.zeros_like(ids)).logits
        at_mask = logits[torch.arange(len(rows)), places]
        return torch.stack([at_mask[:, words].mean(-1) for words in self.words], -1)

    def train(self) -> list[float]:
        steps = self.drawn["steps"]
        optimizer = torch.optim.AdamW(self.model.parameters(), lr=self.drawn["rate"], eps=1e-8, weight_decay=0.0)
        schedule = get_linear_schedule_with_warmup(optimizer, 0, len(steps))
        losses = []
        for step in steps:
            examples = [self.drawn["examples"][example] for example, *_ in step]
            rows = [self.row(example["text"], shown) for example, (_, *shown) in zip(examples, step)]
            labels = torch.tensor([example["label"] for example in examples])
            loss = torch.nn.functional.cross_entropy(self.scores(rows), labels)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        return losses

    def positive(self, text: str) -> float:
        """The probability of the first label by the mean of the logits over the sets."""
        with torch.no_grad():
            mean = self.scores([self.row(text, shown) for shown in self.drawn["sets"]]).mean(0)
        return torch.softmax(mean.double(), -1)[0].item()


def main():
    torch.manual_seed(0)
    restated = Restated(json.loads((FOLDER / "drawn.json").read_text()))
    losses = restated.train()
    positive = [restated.positive(text) for text in restated.drawn["asked"]]
    result = {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0], "losses": losses,
              "positive": positive}
    file = FOLDER / f"transformers-{transformers.__version__.split('.')[0]}.json"
    file.write_text(json.dumps(result, indent=1) + "\n")
    print(file, losses[0], losses[-1], positive)


if __name__ == "__main__":
    main()
