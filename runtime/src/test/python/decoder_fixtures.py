"""Writes the fixtures of parity-decoder: tiny random decoders and what transformers computes with them.

    python decoder_fixtures.py [NAME ...]        all of them, or only those named

Layout and versions: ../resources/parity-decoder/README.md. Same versions, same machine: same files.
"""

import shutil
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

from decoder_models import FIXTURES, write_checkpoint
from decoder_reference import load, reference
from parity_fixtures import VERSIONS, write_json
from parity_models import Fixture, fixtures_of

TARGET = Path(__file__).resolve().parent.parent / "resources" / "parity-decoder"


def write_fixture(fixture: Fixture) -> None:
    folder = TARGET / fixture.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_checkpoint(fixture, folder)
    model = load(fixture, folder)
    described, tensors = reference(fixture, model)
    names = {name: fixture.file_name(name) for name, _ in model.named_parameters()
             if fixture.file_name(name) != name}
    save_file(tensors, folder / "reference.safetensors")
    write_json(folder / "reference.json", {"versions": VERSIONS, **described, "names_in_file": names})


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    for fixture in fixtures_of(FIXTURES, chosen):
        write_fixture(fixture)
        print(fixture.name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
