"""Writes ../resources/head-dropout.json: what transformers' sequence classifiers do behind the hidden states while they train, in
the order in which it is done: matrices, and dropout with its rate.

    python head_dropout_goldens.py            needs torch and transformers 4.57

Of each model twice: as its config.json has it, and with a rate of the classifier's own where the configuration knows one.
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import AutoConfig, AutoModelForSequenceClassification

from head_reference import MODELS, rows_of

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
OWN = ("classifier_dropout", "classifier_dropout_prob", "seq_classif_dropout")
RATE = 0.25


def done(folder: Path, changes: dict) -> list:
    """Called modules outside the body, the pooler of which is the head's."""
    model = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=3, attn_implementation="eager", **changes)
    if model.config.pad_token_id is None:
        model.config.pad_token_id = 0
    called = []

    def hook(module, *_):
        called.append(module.p if isinstance(module, torch.nn.Dropout) else "matrix")

    body = model.base_model_prefix + "."
    for name, module in model.named_modules():
        if isinstance(module, (torch.nn.Linear, torch.nn.Dropout)) and (not name.startswith(body) or "pooler" in name):
            module.register_forward_hook(hook)
    model.train()
    with torch.no_grad():
        model(**rows_of(folder, model))
    return called


def main():
    models = {}
    for model in MODELS:
        known = AutoConfig.from_pretrained(RESOURCES / model).to_dict()
        changes = {name: RATE for name in OWN if name in known}
        variants = [{}, changes] if changes else [{}]
        models[Path(model).name] = [{"config": one, "done": done(RESOURCES / model, one)} for one in variants]
    result = {"versions": {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]},
              "models": models}
    (RESOURCES / "head-dropout.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
