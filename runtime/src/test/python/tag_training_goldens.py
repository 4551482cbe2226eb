"""Ten full-batch steps of token classification: losses, gradient norms, gradients and weights, with all weights and with prefixes.

    python tag_training_goldens.py        writes ../resources/tags/trainings.json

Of each word the first token has a tag and the others -100, as transformers' examples have it; what is masked counts for nothing.
"tuning" is transformers' BertForTokenClassification (4.57.6 and 5.24.0 agree to 1e-9), "prefixes" the same below PEFT's prefixes,
which are keys and values themselves as in P-tuning v2 (peft with transformers 4.57.6). All in 64 bits, nothing dropped out.
"""

import json
from pathlib import Path

import torch
import transformers
from torch import nn

RESOURCES = Path(__file__).parents[1] / "resources"
TAGS, LENGTH, STEPS, RATE, CLIP = 5, 4, 10, 1e-3, 1.0
LENGTHS = [9, 13, 6, 11, 7, 12, 8, 10]
GRADIENTS = ["classifier.weight", "classifier.bias", "bert.encoder.layer.1.output.dense.bias",
             "bert.encoder.layer.0.attention.self.query.bias"]


def numbers(tensor: torch.Tensor) -> list[float]:
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def texts() -> dict:
    """Rows with special tokens around them, the places of words' first tokens, and their tags."""
    random = torch.Generator().manual_seed(11)
    rows, places, tags = [], [], []
    for length in LENGTHS:
        rows.append([2, *torch.randint(5, 72, (length - 2,), generator=random).tolist(), 3])
        firsts = [1] + [place for place in range(2, length - 1) if torch.rand(1, generator=random).item() < 0.7]
        places.append(firsts)
        tags.append(torch.randint(0, TAGS, (len(firsts),), generator=random).tolist())
    return {"rows": rows, "places": places, "tags": tags}


def batch(data: dict) -> dict:
    width = max(LENGTHS)
    ids = torch.zeros(len(LENGTHS), width, dtype=torch.long)
    labels = torch.full((len(LENGTHS), width), -100)
    for i, (row, places, tags) in enumerate(zip(data["rows"], data["places"], data["tags"])):
        ids[i, :len(row)] = torch.tensor(row)
        labels[i, places] = torch.tensor(tags)
    return {"input_ids": ids, "attention_mask": (ids != 0).long(), "labels": labels}


def model() -> nn.Module:
    base = transformers.AutoModelForTokenClassification.from_pretrained(
        RESOURCES / "parity" / "bert-tied", num_labels=TAGS, attn_implementation="eager", dtype=torch.float64)
    head = torch.Generator().manual_seed(4)
    for value in base.classifier.parameters():
        value.data = torch.randn(value.shape, dtype=torch.float64, generator=head) * 0.3
    return base.eval()


def train(of: nn.Module, trained: dict[str, nn.Parameter], kept: list[str]) -> dict:
    start = {name: numbers(value) for name, value in trained.items() if name in kept}
    optimizer = torch.optim.AdamW(trained.values(), lr=RATE, weight_decay=0.0)
    losses, norms, gradients = [], [], {}
    for step in range(STEPS):
        loss = of(**batch(texts())).loss
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            gradients = {name: numbers(trained[name].grad) for name in GRADIENTS if name in trained}
        losses.append(loss.item())
        norms.append(nn.utils.clip_grad_norm_(trained.values(), CLIP).item())
        optimizer.step()
    return {"start": start, "gradients": gradients, "losses": losses, "norms_before_clipping": norms,
            "final": {name: numbers(trained[name]) for name in kept if name in trained}}


def tuning() -> dict:
    base = model()
    return train(base, dict(base.named_parameters()), ["classifier.weight", "classifier.bias"])


def prefixes() -> dict:
    import peft

    base = model()
    config = peft.PrefixTuningConfig(task_type="TOKEN_CLS", num_virtual_tokens=LENGTH, prefix_projection=False)
    of = peft.get_peft_model(base, config).double().eval()
    trained = dict(of.prompt_encoder["default"].named_parameters())
    random = torch.Generator().manual_seed(1)
    for value in trained.values():
        value.data = torch.randn(value.shape, dtype=torch.float64, generator=random) * 0.4
    for key, value in of.named_parameters():
        if "classifier" in key and "original_module" not in key:
            value.requires_grad_(True)
            trained["classifier." + key.rsplit(".", 1)[1]] = value
    return train(of, trained, list(trained))


if __name__ == "__main__":
    import peft

    torch.set_num_threads(1)
    made = {"versions": {"torch": torch.__version__, "transformers": transformers.__version__, "peft": peft.__version__},
            "tag_count": TAGS, "length": LENGTH, "rate": RATE, "clip": CLIP, "texts": texts(), "tuning": tuning(),
            "prefixes": prefixes()}
    folder = RESOURCES / "tags"
    folder.mkdir(exist_ok=True)
    (folder / "trainings.json").write_text(json.dumps(made) + "\n")
