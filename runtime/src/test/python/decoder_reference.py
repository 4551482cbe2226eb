"""Reference outputs of one decoder: logits, the loss of targets given their sources and its gradients, in float64."""

from pathlib import Path

import torch
from transformers import AutoModelForCausalLM

from parity_models import Fixture
from parity_reference import gradients

LABEL_WORD_GRADIENTS = ("gpt2-bf16", "llama-sharded-f16")  # of the others the loss alone: gradients are most of a fixture


def load(fixture: Fixture, folder: Path, dtype: torch.dtype = torch.float64) -> torch.nn.Module:
    """Reads the folder as a user of transformers would; 16-bit weights are widened to float32 first."""
    model, report = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True, dtype=torch.float32,
                                                         attn_implementation="sdpa")
    if report["missing_keys"]:
        raise ValueError(f"{fixture.name}: no weights for {report['missing_keys']}")
    return model.to(dtype).eval()


def batch_of(rows: list[list[int]], left: bool = False) -> dict[str, torch.Tensor]:
    """input_ids, attention_mask, position_ids, each (B, T); a row's positions start at 0 wherever it is padded."""
    width = max(map(len, rows))
    def pad(values):
        filler = [0] * (width - len(values))
        return filler + values if left else values + filler
    return {"input_ids": torch.tensor([pad(row) for row in rows]),
            "attention_mask": torch.tensor([pad([1] * len(row)) for row in rows]),
            "position_ids": torch.tensor([pad(list(range(len(row)))) for row in rows])}


def random_row(length: int, vocabulary: int, random: torch.Generator) -> list[int]:
    return torch.randint(3, vocabulary, (length,), generator=random).tolist()


def reference(fixture: Fixture, model: torch.nn.Module) -> tuple[dict, dict[str, torch.Tensor]]:
    """The json and the tensors of one fixture."""
    random = torch.Generator().manual_seed(fixture.seed + 7)
    vocabulary = model.config.vocab_size
    rows = [random_row(length, vocabulary, random) for length in (9, 14, 6)]
    batches = {"single": batch_of([random_row(12, vocabulary, random)]), "right": batch_of(rows),
               "left": batch_of(rows, left=True)}
    tensors = {}
    for name, batch in batches.items():
        with torch.no_grad():
            tensors[f"{name}.logits"] = (model(**batch).logits * batch["attention_mask"].unsqueeze(-1)).float()
    check(model, batches, tensors)
    losses = [loss_of_targets(model, batches["right"], rows, (4, 8, 5)), loss_of_words(model, batches["right"], rows)]
    for loss in losses:
        value = loss.pop("value")
        grads = gradients(model, value)
        tensors |= {f"{loss['name']}.{name}": grad.contiguous() for name, grad in grads.items()
                    if loss["name"] == "targets" or fixture.name in LABEL_WORD_GRADIENTS}
        loss["loss"] = value.item()
    del tensors["left.logits"]  # equal to right's, row by row: the check above saw to it
    return {"batches": {name: {key: value.tolist() for key, value in batch.items()}
                        for name, batch in batches.items()}, "losses": losses}, tensors


def loss_of_targets(model, batch, rows: list[list[int]], sources: tuple[int, ...]) -> dict:
    """-log p(target | source) summed over each row's target, mean over the rows."""
    places = [(row, position - 1) for row, source in enumerate(sources) for position in range(source, len(rows[row]))]
    targets = [rows[row][position + 1] for row, position in places]
    at = torch.tensor(places)
    log = model(**batch).logits[at[:, 0], at[:, 1]].log_softmax(-1)  # (N, V)
    each = -log[torch.arange(len(targets)), torch.tensor(targets)]
    by_row = [each[at[:, 0] == row].sum() for row in range(len(rows))]
    return {"name": "targets", "batch": "right", "sources": list(sources), "places": places, "targets": targets,
            "rows": [value.item() for value in by_row], "value": torch.stack(by_row).mean()}


def loss_of_words(model, batch, rows: list[list[int]]) -> dict:
    """The mean cross-entropy over three label words of the token after each row."""
    words, labels = [17, 5, 40], [2, 0, 1]
    places = [(row, len(ids) - 1) for row, ids in enumerate(rows)]
    at = torch.tensor(places)
    logits = model(**batch).logits[at[:, 0], at[:, 1]][:, words]  # (B, W)
    return {"name": "label_words", "batch": "right", "places": places, "words": words, "labels": labels,
            "value": torch.nn.functional.cross_entropy(logits, torch.tensor(labels))}


def check(model, batches, tensors) -> None:
    """Padding, its side and the other rows change nothing; transformers' own positions are the ones written down."""
    def real(name):
        return tensors[f"{name}.logits"][batches[name]["attention_mask"].bool()]
    torch.testing.assert_close(real("left"), real("right"), atol=3e-6, rtol=1e-6)
    if not 1 < real("right").std() < 20:
        raise ValueError(f"logits are badly spread: {real('right').std()}")
    with torch.no_grad():
        for row, kept in enumerate(batches["right"]["attention_mask"].bool()):
            alone = model(batches["right"]["input_ids"][row:row + 1, kept]).logits[0].float()
            torch.testing.assert_close(alone, tensors["right.logits"][row, kept], atol=3e-6, rtol=1e-6)
