"""What PEFT and transformers compute of trained prefixes: a network with its gradients, trainings in tiny models.

    python prefix_training_goldens.py FILE

Made with peft 0.21.2, transformers 4.57.6 and torch 2.15.0. All in 64 bits, nothing dropped out.
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from peft.tuners.prefix_tuning import PrefixEncoder
from torch import nn

RESOURCES = Path(__file__).parents[1] / "resources"
LENGTH, MIDDLE, STEPS, RATE, CLIP = 4, 6, 20, 0.02, 1.0
SOURCES, TARGETS = [5, 9, 3, 12, 7, 4], [2, 4, 1, 3, 5, 2]


def numbers(tensor: torch.Tensor) -> list[float]:
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def texts() -> dict:
    random = torch.Generator().manual_seed(3)
    draw = lambda lengths: [torch.randint(10, 60, (length,), generator=random).tolist() for length in lengths]
    return {"sources": draw(SOURCES), "targets": draw(TARGETS), "labels": [i % 3 for i in range(len(SOURCES))]}


def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [filler] * (width - len(row)) for row in rows])


def network() -> dict:
    config = peft.PrefixTuningConfig(
        task_type="CAUSAL_LM", num_virtual_tokens=3, token_dim=8, num_layers=2, num_attention_heads=2,
        num_transformer_submodules=1, prefix_projection=True, encoder_hidden_size=5)
    torch.manual_seed(2)
    encoder = PrefixEncoder(config).double()
    out = encoder(torch.arange(3).unsqueeze(0))
    (out.tanh() * torch.linspace(-1, 1, out.numel(), dtype=torch.float64).reshape(out.shape)).sum().backward()
    weights = dict(encoder.named_parameters())
    return {"weights": {name: numbers(value) for name, value in weights.items()}, "out": numbers(out),
            "gradients": {name: numbers(value.grad) for name, value in weights.items()}}


def train(trained: dict[str, nn.Parameter], loss) -> dict:
    start = {name: numbers(value) for name, value in trained.items()}
    optimizer = torch.optim.AdamW(trained.values(), lr=RATE, weight_decay=0.0)
    losses, norms = [], []
    for _ in range(STEPS):
        step = loss()
        optimizer.zero_grad()
        step.backward()
        losses.append(step.item())
        norms.append(nn.utils.clip_grad_norm_(trained.values(), CLIP).item())
        optimizer.step()
    return {"start": start, "losses": losses, "norms_before_clipping": norms}


def with_prefix(base: nn.Module, kind: str, projection: bool) -> tuple[nn.Module, dict[str, nn.Parameter]]:
    config = peft.PrefixTuningConfig(
        task_type=kind, num_virtual_tokens=LENGTH, prefix_projection=projection, encoder_hidden_size=MIDDLE)
    torch.manual_seed(1)
    model = peft.get_peft_model(base.double(), config).double().eval()
    trained = dict(model.prompt_encoder["default"].named_parameters())
    for value in trained.values():
        value.data = torch.randn(value.shape, dtype=torch.float64) * 0.4
    return model, trained


def writing(name: str, projection: bool) -> dict:
    """The sum over each target's tokens, and the mean of these sums: the objective of Li and Liang 2021 and their code."""
    base = transformers.AutoModelForCausalLM.from_pretrained(
        RESOURCES / name, attn_implementation="eager", dtype=torch.float64)
    model, trained = with_prefix(base, "CAUSAL_LM", projection)
    data = texts()
    whole = [source + target for source, target in zip(data["sources"], data["targets"])]
    labels = padded([[-100] * len(source) + target for source, target in zip(data["sources"], data["targets"])], -100)
    mask = padded([[1] * len(row) for row in whole], 0)

    def loss() -> torch.Tensor:
        logits = model(input_ids=padded(whole, 0), attention_mask=mask).logits[:, :-1]
        tokens = nn.functional.cross_entropy(logits.transpose(1, 2), labels[:, 1:], ignore_index=-100, reduction="none")
        return tokens.sum(1).mean()

    return {"model": name, "projection": projection} | train(trained, loss)


def classifying(name: str) -> dict:
    """P-tuning v2: keys and values themselves, and all of the head."""
    base = transformers.AutoModelForSequenceClassification.from_pretrained(
        RESOURCES / name, attn_implementation="eager", dtype=torch.float64, num_labels=3)
    model, trained = with_prefix(base, "SEQ_CLS", False)
    head = {}
    for key, value in base.named_parameters():
        if ("classifier" in key and "original_module" not in key) or "pooler" in key:
            value.requires_grad_(True)
            value.data = torch.randn(value.shape, dtype=torch.float64) * 0.3
            head[key.replace("modules_to_save.default.", "")] = value
    data = texts()
    mask = padded([[1] * len(row) for row in data["sources"]], 0)

    def loss() -> torch.Tensor:
        logits = model(input_ids=padded(data["sources"], 0), attention_mask=mask).logits
        return nn.functional.cross_entropy(logits, torch.tensor(data["labels"]))

    return {"model": name} | train(trained | head, loss)


if __name__ == "__main__":
    made = {"network": network(), "texts": texts(), "length": LENGTH, "middle": MIDDLE, "rate": RATE, "clip": CLIP,
            "writing": [writing("parity-decoder/gpt2", True), writing("parity-decoder/llama3", False)],
            "classifying": [classifying("parity/bert-tied")]}
    Path(sys.argv[1]).write_text(json.dumps(made) + "\n")
