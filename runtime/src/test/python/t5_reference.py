"""Reference outputs of one T5: encoder states, logits, the loss of targets given their sources and its gradients."""

from pathlib import Path

import torch
from transformers import AutoModelForSeq2SeqLM

from decoder_reference import random_row
from parity_models import Fixture
from parity_reference import gradients


def load(fixture: Fixture, folder: Path, dtype: torch.dtype = torch.float64) -> torch.nn.Module:
    """Reads the folder as a user of transformers would; 16-bit weights are widened to float32 first."""
    model, report = AutoModelForSeq2SeqLM.from_pretrained(folder, output_loading_info=True, dtype=torch.float32)
    if report["missing_keys"]:
        raise ValueError(f"{fixture.name}: no weights for {report['missing_keys']}")
    return model.to(dtype).eval()


def padded(rows: list[list[int]], left: bool = False) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask, (B, T) each."""
    width = max(map(len, rows))
    def pad(values):
        filler = [0] * (width - len(values))
        return filler + values if left else values + filler
    return torch.tensor([pad(row) for row in rows]), torch.tensor([pad([1] * len(row)) for row in rows])


def batch_of(sources: list[list[int]], targets: list[list[int]], start: int, left: bool = False) -> dict:
    """Teacher forcing: the decoder reads the start token and all of the target but its last."""
    ids, mask = padded(sources, left)
    decoder_ids, decoder_mask = padded([[start, *target[:-1]] for target in targets])
    return {"input_ids": ids, "attention_mask": mask, "decoder_input_ids": decoder_ids,
            "decoder_attention_mask": decoder_mask}


def reference(fixture: Fixture, model: torch.nn.Module) -> tuple[dict, dict[str, torch.Tensor]]:
    """The json and the tensors of one fixture."""
    random = torch.Generator().manual_seed(fixture.seed + 7)
    vocabulary, start = model.config.vocab_size, model.config.decoder_start_token_id
    def rows(*lengths):
        return [[*random_row(length - 1, vocabulary, random), 1] for length in lengths]
    one, one_target = rows(30), rows(24)
    sources, targets = rows(11, 26, 5), rows(6, 2, 9)
    batches = {"single": batch_of(one, one_target, start), "right": batch_of(sources, targets, start),
               "left": batch_of(sources, targets, start, left=True)}
    tensors = {}
    for name, batch in batches.items():
        with torch.no_grad():
            output = model(**batch)
            tensors[f"{name}.encoder"] = (output.encoder_last_hidden_state * batch["attention_mask"].unsqueeze(-1)).float()
            tensors[f"{name}.logits"] = (output.logits * batch["decoder_attention_mask"].unsqueeze(-1)).float()
    check(model, batches, tensors)
    loss = loss_of_targets(model, batches["right"], targets)
    value = loss.pop("value")
    tensors |= {f"targets.{name}": grad.contiguous() for name, grad in gradients(model, value).items()}
    del tensors["left.encoder"], tensors["left.logits"]  # equal to right's: the check above saw to it
    return {"batches": {name: {key: value.tolist() for key, value in batch.items()}
                        for name, batch in batches.items()}, "losses": [loss | {"loss": value.item()}]}, tensors


def loss_of_targets(model, batch, target_rows: list[list[int]]) -> dict:
    """-log p(target | source) summed over each row's target, mean over the rows."""
    places = [(row, position) for row, target in enumerate(target_rows) for position in range(len(target))]
    targets = [token for target in target_rows for token in target]
    at = torch.tensor(places)
    log = model(**batch).logits[at[:, 0], at[:, 1]].log_softmax(-1)  # (N, V)
    each = -log[torch.arange(len(targets)), torch.tensor(targets)]
    by_row = [each[at[:, 0] == row].sum() for row in range(len(target_rows))]
    return {"name": "targets", "batch": "right", "target_rows": target_rows, "places": places, "targets": targets,
            "rows": [value.item() for value in by_row], "value": torch.stack(by_row).mean()}


def check(model, batches, tensors) -> None:
    """Padding, its side and the other rows change nothing."""
    def states(name):
        return tensors[f"{name}.encoder"][batches[name]["attention_mask"].bool()]
    close = dict(atol=5e-6, rtol=1e-6)
    torch.testing.assert_close(states("left"), states("right"), **close)
    torch.testing.assert_close(tensors["left.logits"], tensors["right.logits"], **close)
    batch = batches["right"]
    if not 0.4 < tensors["right.logits"][batch["decoder_attention_mask"].bool()].std() < 20:
        raise ValueError("logits are badly spread")
    with torch.no_grad():
        for row, (kept, read) in enumerate(zip(batch["attention_mask"].bool(), batch["decoder_attention_mask"].bool())):
            alone = model(input_ids=batch["input_ids"][row:row + 1, kept],
                          decoder_input_ids=batch["decoder_input_ids"][row:row + 1, read]).logits[0].float()
            torch.testing.assert_close(alone, tensors["right.logits"][row, read], **close)
