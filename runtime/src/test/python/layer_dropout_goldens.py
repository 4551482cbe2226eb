"""Writes ../resources/layer-dropout.json: what the first layer of transformers' encoders does while they train, in the order in
which it is done: matrices, and dropout with its rate, that of attention weights being 0.5 and that of all else 0.25.

    python layer_dropout_goldens.py            needs torch and transformers 4.57
"""

import json
import re
from pathlib import Path

import torch
import transformers
from transformers import AutoConfig, AutoModel

from head_reference import rows_of

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
MODELS = ["bert-tied", "roberta", "albert", "distilbert"]
RATES = {"hidden_dropout_prob": 0.25, "attention_probs_dropout_prob": 0.5, "dropout": 0.25, "attention_dropout": 0.5}


def done(folder: Path) -> list:
    config = AutoConfig.from_pretrained(folder, num_hidden_layers=1)
    for name, rate in RATES.items():
        if name in config.to_dict():
            setattr(config, name, rate)
    model = AutoModel.from_config(config, attn_implementation="eager")
    called = []

    def hook(module, *_):
        called.append(module.p if isinstance(module, torch.nn.Dropout) else "matrix")

    for name, module in model.named_modules():
        if isinstance(module, (torch.nn.Linear, torch.nn.Dropout)) and re.search(r"(layer|albert_layers)\.0\.", name):
            module.register_forward_hook(hook)
    model.train()
    with torch.no_grad():
        model(**rows_of(folder, model))
    return called


def main():
    result = {"versions": {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]},
              "models": {model: done(RESOURCES / "parity" / model) for model in MODELS}}
    (RESOURCES / "layer-dropout.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
