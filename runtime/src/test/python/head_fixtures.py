"""Writes the fixtures of heads: what transformers' sequence classifiers compute over the models of the parity fixtures.

    python head_fixtures.py [NAME ...]        all of them, or only those named

Layout and versions: ../resources/heads/README.md. Same versions, same machine: same files.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

from head_reference import MODELS, reference
from parity_fixtures import VERSIONS, write_json

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    for model in MODELS:
        name = Path(model).name
        if chosen and name not in chosen:
            continue
        described, tensors = reference(RESOURCES / model)
        write_json(RESOURCES / "heads" / f"{name}.json", {"versions": VERSIONS, "model": model, **described})
        save_file(tensors, RESOURCES / "heads" / f"{name}.safetensors")
        print(name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
