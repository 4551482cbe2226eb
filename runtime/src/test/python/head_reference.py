"""Reference outputs of one fixture under transformers' sequence classifier: hidden states, means, logits, losses, gradients.

All in float64 without dropout, from the weights of the stored folder; what a classifier has besides is drawn from a seed and
is part of the reference.
"""

import json
from pathlib import Path

import torch
from transformers import AutoModelForSequenceClassification

LABELS = 3
# By folder of the resources: the models whose classifiers are written down.
MODELS = ["parity/bert-tied", "parity/bert-gamma-beta", "parity/bert-bare", "parity/roberta", "parity/xlmr",
          "parity/camembert", "parity/albert", "parity/distilbert", "parity-decoder/gpt2", "parity-decoder/llama3",
          "parity-decoder/qwen2", "parity-decoder/qwen3-untied-bin", "parity-decoder/mistral", "parity-t5/t5",
          "parity-t5/t5-v1_1", "parity-t5/mt5-by-4", "parity-t5/umt5"]


def load(folder: Path) -> tuple[torch.nn.Module, list[str]]:
    """The classifier over the stored weights, and the names of the weights that are not among them."""
    model, report = AutoModelForSequenceClassification.from_pretrained(
        folder, num_labels=LABELS, output_loading_info=True, dtype=torch.float32, attn_implementation="eager")
    fresh = sorted(report["missing_keys"])
    parameters = dict(model.named_parameters())
    random = torch.Generator().manual_seed(31)
    for name in fresh:
        parameters[name].data = 0.3 * torch.randn(parameters[name].shape, generator=random)
    if model.config.pad_token_id is None:
        model.config.pad_token_id = 0
    return model.double().eval(), fresh


def rows_of(folder: Path, model: torch.nn.Module) -> dict:
    """The rows of the batch `right`, padded on the right; an encoder-decoder's end where it is looked for, and only there."""
    batch = json.loads((folder / "reference.json").read_text())["batches"]["right"]
    batch = {name: torch.tensor(values) for name, values in batch.items()
             if name in ("input_ids", "attention_mask", "token_type_ids")}
    if model.config.is_encoder_decoder:
        end, ids = model.config.eos_token_id, batch["input_ids"]
        ids[ids == end] = end - 1
        for row, length in enumerate(batch["attention_mask"].sum(1).tolist()):
            ids[row, length - 1] = end
    return batch


def states_of(model: torch.nn.Module, batch: dict) -> dict[str, torch.Tensor]:
    """The last hidden states, and an encoder-decoder's two kinds of them: (B, T, E), padding included."""
    if not model.config.is_encoder_decoder:
        return {"states": model.base_model(**batch).last_hidden_state}
    inputs = model._shift_right(batch["input_ids"])
    said = model.base_model(**batch, decoder_input_ids=inputs)
    return {"states": said.last_hidden_state, "encoded": said.encoder_last_hidden_state}


def reference(folder: Path) -> tuple[dict, dict[str, torch.Tensor]]:
    """The json and the tensors of one model."""
    model, fresh = load(folder)
    batch = rows_of(folder, model)
    kept = batch["attention_mask"].unsqueeze(-1).double()
    tensors = {f"head.{name}": weight.detach().float().clone() for name, weight in model.named_parameters()
               if name in fresh}
    states = states_of(model, batch)
    tensors |= {name: (values * kept).detach().float() for name, values in states.items()}
    pooled = states.get("encoded", states["states"])
    mean = (pooled * kept).sum(1) / kept.sum(1)
    tensors["means"] = mean.detach().float()
    labels = torch.tensor([2, 0, 1])
    out = 0.5 * torch.randn((LABELS, mean.shape[1]), generator=torch.Generator().manual_seed(32)).double()
    tensors["mean_out"] = out.float()
    mean_loss = torch.nn.functional.cross_entropy(mean @ out.T, labels)
    embedding = model.get_input_embeddings().weight
    tensors["mean_loss.embedding"] = torch.autograd.grad(mean_loss, embedding)[0].float()
    said = model(**batch).logits
    loss = torch.nn.functional.cross_entropy(said, labels)
    loss.backward()
    tensors["logits"] = said.detach().float()
    for name, weight in model.named_parameters():
        if weight.grad is not None:
            tensors[f"loss.{name}"] = weight.grad.float().contiguous()
    described = {name: values.tolist() for name, values in batch.items()}
    return {"batch": described, "fresh": fresh, "labels": labels.tolist(), "loss": loss.item(),
            "mean_loss": mean_loss.item()}, tensors
