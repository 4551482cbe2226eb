"""Ten full-batch steps of prompt-based fine-tuning of a fixture: losses, gradient norms, some final weights."""

from pathlib import Path

import torch
from transformers import AutoModelForMaskedLM, get_linear_schedule_with_warmup

STEPS, RATE, DECAY, CLIP = 10, 1e-3, 0.01, 1.0
WORDS = [17, 41, 58]
LENGTHS = [9, 13, 6, 11, 7, 12, 8, 10]
LABELS = [0, 1, 2, 0, 2, 1, 1, 0]
KEPT = ["bert.embeddings.word_embeddings.weight", "bert.encoder.layer.0.attention.self.query.weight",
        "bert.encoder.layer.1.output.dense.weight", "bert.encoder.layer.1.output.LayerNorm.weight",
        "cls.predictions.transform.dense.bias", "cls.predictions.bias"]


def goldens(folder: Path) -> dict:
    """Both precisions of one training on eight rows."""
    random = torch.Generator().manual_seed(5)
    rows = [row(length, random) for length in LENGTHS]
    return {"words": WORDS, "steps": STEPS, "lr": RATE, "warmup_steps": 0, "weight_decay": DECAY,
            "no_decay": ["bias", "LayerNorm.weight"], "clip_norm": CLIP,
            "rows": [{"ids": ids, "mask_position": ids.index(4), "label": label}
                     for ids, label in zip(rows, LABELS)],
            "float32": train(folder, rows, torch.float32), "float64": train(folder, rows, torch.float64)}


def row(length: int, random: torch.Generator) -> list[int]:
    inner = torch.randint(5, 72, (length - 2,), generator=random).tolist()
    inner[int(torch.randint(0, length - 2, (1,), generator=random))] = 4
    return [2, *inner, 3]


def train(folder: Path, rows: list[list[int]], dtype: torch.dtype) -> dict:
    model = AutoModelForMaskedLM.from_pretrained(folder, dtype=dtype, attn_implementation="eager").eval()  # no dropout
    ids = torch.tensor([row + [0] * (max(LENGTHS) - len(row)) for row in rows])
    places = torch.tensor([row.index(4) for row in rows])
    optimizer = torch.optim.AdamW(groups(model), lr=RATE)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    losses, norms = [], []
    for _ in range(STEPS):
        logits = model(input_ids=ids, attention_mask=(ids != 0).long()).logits[torch.arange(len(rows)), places]
        loss = torch.nn.functional.cross_entropy(logits[:, WORDS], torch.tensor(LABELS))
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    final = dict(model.named_parameters())
    return {"losses": losses, "norms_before_clipping": norms,
            "final": {name: final[name].detach().flatten()[:64].tolist() for name in KEPT}}


def groups(model: torch.nn.Module) -> list[dict]:
    def free(name):
        return "LayerNorm" in name or name.endswith("bias")
    named = list(model.named_parameters())
    return [{"params": [weight for name, weight in named if not free(name)], "weight_decay": DECAY},
            {"params": [weight for name, weight in named if free(name)], "weight_decay": 0.0}]
