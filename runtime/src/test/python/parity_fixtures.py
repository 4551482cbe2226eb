"""Writes the parity fixtures: tiny random checkpoints and what transformers and torch compute with them.

    python parity_fixtures.py [NAME ...]        all of them, or only those named (models, `adamw`, `training`)

Layout and versions: ../resources/parity/README.md. Same versions, same machine: same files, but for bert-old-bin.
"""

import json
import re
import shutil
import sys
from pathlib import Path

import safetensors
import torch
import transformers
from safetensors.torch import save_file

import adamw_goldens
import training_goldens
from parity_models import FIXTURES, Fixture, fixtures_of, write_checkpoint
from parity_reference import load, reference

TARGET = Path(__file__).resolve().parent.parent / "resources" / "parity"
VERSIONS = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__,
            "safetensors": safetensors.__version__}


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


def write_json(file: Path, value: dict) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    indented = json.dumps(value, indent=1)
    numbers_in_a_line = re.sub(r"\[[-+.e\d,\s]*\]", lambda numbers: "".join(numbers[0].split()), indented)
    file.write_text(numbers_in_a_line.replace(",", ", ").replace(", \n", ",\n") + "\n")


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    for fixture in fixtures_of(FIXTURES, chosen):
        write_fixture(fixture)
        print(fixture.name)
    if not chosen or "adamw" in chosen:
        write_json(TARGET / "adamw.json", {"versions": VERSIONS, **adamw_goldens.goldens()})
    if not chosen or "training" in chosen:
        write_json(TARGET / "bert-tied" / "training.json",
                   {"versions": VERSIONS, **training_goldens.goldens(TARGET / "bert-tied")})


if __name__ == "__main__":
    main(sys.argv[1:])
