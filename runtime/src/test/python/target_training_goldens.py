"""Ten full-batch steps of fine-tuning on targets given their sources: losses, gradient norms, some final weights.

Made with Python 3.11, torch 2.7.1 and transformers 4.57.1; the loss is transformers' own, the mean over targets' tokens:
    python target_training_goldens.py
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM, get_linear_schedule_with_warmup

RESOURCES = Path(__file__).parents[1] / "resources"
MODELS = {"parity-decoder/gpt2": AutoModelForCausalLM, "parity-decoder/llama3": AutoModelForCausalLM,
          "parity-t5/t5": AutoModelForSeq2SeqLM}
STEPS, RATE, DECAY, CLIP = 10, 1e-3, 0.01, 1.0
SOURCES = [5, 9, 3, 12, 7, 4, 10, 6]
TARGETS = [4, 2, 7, 3, 1, 6, 5, 8]


def goldens(folder: Path, kind: type) -> dict:
    random = torch.Generator().manual_seed(11)
    def tokens(count):
        return torch.randint(3, 60, (count,), generator=random).tolist()
    rows = [{"source": tokens(source), "target": tokens(target)} for source, target in zip(SOURCES, TARGETS)]
    return {"versions": {"torch": torch.__version__, "transformers": transformers.__version__}, "steps": STEPS, "lr": RATE,
            "weight_decay": DECAY, "clip_norm": CLIP, "rows": rows, "float64": train(folder, kind, rows)}


def train(folder: Path, kind: type, rows: list[dict]) -> dict:
    model = kind.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").double().eval()  # no dropout
    batch = seq2seq_batch(rows) if model.config.is_encoder_decoder else causal_batch(rows)
    optimizer = torch.optim.AdamW(groups(model), lr=RATE)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    losses, norms = [], []
    for _ in range(STEPS):
        loss = model(**batch).loss
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return {"losses": losses, "norms_before_clipping": norms,
            "final": {name: weight.detach().flatten()[:24].tolist() for name, weight in model.named_parameters()}}


def groups(model: torch.nn.Module) -> list[dict]:
    weights = list(model.parameters())
    return [{"params": [weight for weight in weights if weight.dim() > 1], "weight_decay": DECAY},
            {"params": [weight for weight in weights if weight.dim() == 1], "weight_decay": 0.0}]


def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [filler] * (width - len(row)) for row in rows])


def causal_batch(rows: list[dict]) -> dict:
    whole = [row["source"] + row["target"] for row in rows]
    labels = [[-100] * len(row["source"]) + row["target"] for row in rows]
    return {"input_ids": padded(whole, 0), "attention_mask": padded([[1] * len(row) for row in whole], 0),
            "labels": padded(labels, -100)}


def seq2seq_batch(rows: list[dict]) -> dict:
    sources = [row["source"] for row in rows]
    return {"input_ids": padded(sources, 0), "attention_mask": padded([[1] * len(row) for row in sources], 0),
            "labels": padded([row["target"] for row in rows], -100)}


for name, kind in MODELS.items():
    text = json.dumps(goldens(RESOURCES / name, kind))
    (RESOURCES / name / "training.json").write_text(text + "\n", encoding="utf-8")
