"""Label words of several tokens as PET has them (Schick and Schütze 2021, arXiv 2009.07118, section 3.1), restated over
transformers: the three ways to fill masks, one text and one word at a time as the authors' code does it, and twenty full-batch
steps with the hinge loss. Writes several-masks.json into the folders of two parity fixtures.

    python several_masks_goldens.py            with transformers 4.57, whose numbers are stored
    python several_masks_goldens.py compare    holds the stored ones against this version's
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForMaskedLM, get_linear_schedule_with_warmup

TARGET = Path(__file__).resolve().parents[1] / "resources/parity"
FOLDERS = {"bert-tied": {"begin": 2, "end": 3, "pad": 0, "mask": 4}, "roberta": {"begin": 0, "end": 2, "pad": 1, "mask": 71}}
WORDS = [[17], [41, 58], [23, 41, 60], [58, 41]]  # one a label
BEFORE, BEHIND = [5, 9, 2, 7, 3, 8], [3, 1, 4, 2, 5, 2]
LABELS = [0, 1, 2, 3, 2, 1]
STEPS, RATE, DECAY, CLIP = 20, 1e-3, 0.01, 1.0


def text(special: dict, before: list[int], behind: list[int], masks: int) -> list[int]:
    return [special["begin"], *before, *[special["mask"]] * masks, *behind, special["end"]]


def filled(model, special: dict, row: list[int], word: list[int], strategy: str) -> float:
    """The log-probability of a word in a text that was trimmed to a mask for each of its tokens."""
    row, score, left = list(row), 0.0, None
    places = [place for place, token in enumerate(row) if token == special["mask"]]
    left = dict(zip(places, word))
    while left:
        probabilities = torch.softmax(model(input_ids=torch.tensor([row])).logits[0], -1)
        said = {place: probabilities[place, token].item() for place, token in left.items()}
        if strategy == "parallel":
            taken = list(left)
        elif strategy == "ltr":
            taken = [min(left)]
        else:
            taken = [max(said, key=said.get)]
        for place in taken:
            score += torch.tensor(said[place], dtype=torch.float64).log().item()
            row[place] = left.pop(place)
    return score


def hinge(losses: torch.Tensor, labels: list[int]) -> torch.Tensor:
    """losses (B, labels): the mean over the rows of the sum over the wrong of max(0, 1 + loss of the right - loss of the wrong)."""
    rows = []
    for row, right in zip(losses, labels):
        rows.append(sum(torch.clamp(1 + row[right] - row[wrong], min=0) for wrong in range(len(row)) if wrong != right))
    return torch.stack(rows).mean()


def word_losses(logits: torch.Tensor) -> torch.Tensor:
    """(masks, vocabulary) of one text: each word's sum of token cross-entropies at the first of the masks."""
    logs = torch.log_softmax(logits, -1)
    return torch.stack([-sum(logs[place, token] for place, token in enumerate(word)) for word in WORDS])


def train(folder: Path, special: dict, texts: list) -> dict:
    model = AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float64, attn_implementation="eager").eval()
    masks = max(map(len, WORDS))
    rows = [text(special, before, behind, masks) for before, behind in texts]
    longest = max(map(len, rows))
    ids = torch.tensor([row + [special["pad"]] * (longest - len(row)) for row in rows])
    seen = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    named = list(model.named_parameters())
    free = [weight for name, weight in named if "LayerNorm" in name or "layer_norm" in name or name.endswith("bias")]
    held = [weight for name, weight in named if all(weight is not other for other in free)]
    optimizer = torch.optim.AdamW([{"params": held, "weight_decay": DECAY}, {"params": free, "weight_decay": 0.0}], lr=RATE)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    losses, norms, gradients = [], [], {}
    for step in range(STEPS):
        logits = model(input_ids=ids, attention_mask=seen).logits
        at_masks = [logits[r, len(before) + 1:len(before) + 1 + masks] for r, (before, _) in enumerate(texts)]
        loss = hinge(torch.stack([word_losses(said) for said in at_masks]), LABELS)
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            gradients = {name: weight.grad.flatten()[:64].tolist() for name, weight in named
                         if name.endswith(("word_embeddings.weight", "layer.0.attention.self.query.weight", ".bias"))
                         and "layer.1" not in name}
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return {"masks": masks, "lr": RATE, "weight_decay": DECAY, "losses": losses, "norms_before_clipping": norms,
            "gradients": gradients}


def goldens(folder: Path, special: dict) -> dict:
    random = torch.Generator().manual_seed(11)

    def some(count: int) -> list[int]:
        return torch.randint(5, 71, (count,), generator=random).tolist()

    texts = [(some(before), some(behind)) for before, behind in zip(BEFORE, BEHIND)]
    model = AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float64, attn_implementation="eager").eval()
    with torch.no_grad():
        scores = {strategy: [[filled(model, special, text(special, before, behind, len(word)), word, strategy)
                              for word in WORDS] for before, behind in texts]
                  for strategy in ("default", "ltr", "parallel")}
    return {"versions": {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]},
            "special": special, "words": WORDS, "labels": LABELS,
            "texts": [{"before": before, "behind": behind} for before, behind in texts], "scores": scores,
            "training": train(folder, special, texts)}


def difference(one, other) -> float:
    if isinstance(one, dict):
        return max((difference(one[key], other[key]) for key in one if key != "versions"), default=0.0)
    if isinstance(one, list):
        return max((difference(a, b) for a, b in zip(one, other, strict=True)), default=0.0)
    return abs(one - other)


def main():
    for name, special in FOLDERS.items():
        file = TARGET / name / "several-masks.json"
        made = goldens(TARGET / name, special)
        if sys.argv[1:] == ["compare"]:
            print(name, "differs by", difference(json.loads(file.read_text()), made))
        else:
            file.write_text(json.dumps(made) + "\n")
            print(file, made["training"]["losses"][0], made["training"]["losses"][-1])


if __name__ == "__main__":
    main()
