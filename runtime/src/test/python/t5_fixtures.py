"""Writes the fixtures of parity-t5: tiny random T5 models and what transformers computes with them.

    python t5_fixtures.py [NAME ...]        all of them, or only those named

Layout and versions: ../resources/parity-t5/README.md. Same versions, same machine: same files.
"""

import shutil
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

from parity_fixtures import VERSIONS, write_json
from parity_models import Fixture, fixtures_of
from t5_models import FIXTURES, write_checkpoint
from t5_reference import load, reference

TARGET = Path(__file__).resolve().parent.parent / "resources" / "parity-t5"


def write_fixture(fixture: Fixture) -> None:
    folder = TARGET / fixture.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_checkpoint(fixture, folder)
    described, tensors = reference(fixture, load(fixture, folder))
    save_file(tensors, folder / "reference.safetensors")
    write_json(folder / "reference.json", {"versions": VERSIONS, **described})


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    for fixture in fixtures_of(FIXTURES, chosen):
        write_fixture(fixture)
        print(fixture.name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
