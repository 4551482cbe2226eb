"""Ten full-batch steps of fine-tuning with a classification head: losses, gradient norms, some final weights.

    python head_training_goldens.py        writes ../resources/parity/bert-tied/fine-tuning.json (transformers 4.57 and 5 agree)

The weights are those of parity/bert-tied and heads/bert-tied.safetensors, the optimizer torch's AdamW, the schedule transformers'.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoModelForSequenceClassification, get_linear_schedule_with_warmup

from parity_fixtures import VERSIONS, write_json
from training_goldens import CLIP, DECAY, LABELS, LENGTHS, RATE, STEPS, groups, row

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
KEPT = ["bert.embeddings.word_embeddings.weight", "bert.encoder.layer.1.output.LayerNorm.weight", "bert.pooler.dense.weight",
        "bert.pooler.dense.bias", "classifier.weight", "classifier.bias"]


def train(rows: list[list[int]], dtype: torch.dtype) -> dict:
    model = AutoModelForSequenceClassification.from_pretrained(RESOURCES / "parity" / "bert-tied", num_labels=3,
                                                               attn_implementation="eager", dtype=torch.float32)
    parameters = dict(model.named_parameters())
    for name, weight in load_file(RESOURCES / "heads" / "bert-tied.safetensors").items():
        if name.startswith("head."):
            parameters[name.removeprefix("head.")].data = weight
    model = model.to(dtype).eval()  # no dropout
    ids = torch.tensor([ids + [0] * (max(LENGTHS) - len(ids)) for ids in rows])
    optimizer = torch.optim.AdamW(groups(model), lr=RATE)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    losses, norms = [], []
    for _ in range(STEPS):
        loss = model(input_ids=ids, attention_mask=(ids != 0).long(), labels=torch.tensor(LABELS)).loss
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    final = dict(model.named_parameters())
    return {"losses": losses, "norms_before_clipping": norms,
            "final": {name: final[name].detach().flatten()[:64].tolist() for name in KEPT}}


def goldens() -> dict:
    """Both precisions of one training on eight rows."""
    random = torch.Generator().manual_seed(5)
    rows = [row(length, random) for length in LENGTHS]
    return {"steps": STEPS, "lr": RATE, "weight_decay": DECAY, "clip_norm": CLIP, "rows": rows, "labels": LABELS,
            "float32": train(rows, torch.float32), "float64": train(rows, torch.float64)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    write_json(RESOURCES / "parity" / "bert-tied" / "fine-tuning.json", {"versions": VERSIONS, **goldens()})
