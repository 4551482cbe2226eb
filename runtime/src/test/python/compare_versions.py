"""Holds the stored parity fixtures, and those of heads, against the transformers that runs this: what it computes must be what is stored.

    python compare_versions.py [NAME ...]        with transformers 4.57, and once more with the newest 5

Fixtures that only one of them can read as it was meant say so (`Fixture.reader`) and are left out by the other.
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file

import decoder_models
import decoder_reference
import head_reference
import parity_models
import parity_reference
import t5_models
import t5_reference

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
KINDS = [("parity", parity_models, parity_reference), ("parity-decoder", decoder_models, decoder_reference),
         ("parity-t5", t5_models, t5_reference)]
LIMIT = 3e-5  # in transformers 5 more of T5 stays in float32 than in 4


def difference(stored: dict[str, torch.Tensor], computed: dict[str, torch.Tensor]) -> float:
    if set(stored) != set(computed):
        raise ValueError(f"only in one of them: {sorted(set(stored) ^ set(computed))}")
    return max(float((stored[name] - computed[name]).abs().max()) for name in stored)


def held(what: str, compute, failed: list[str]) -> None:
    """Prints how far what is computed is from what is stored, and notes where that is too far."""
    try:
        apart = compute()
        verdict = f"{apart:.1e}"
    except Exception as problem:
        apart, verdict = float("inf"), f"{type(problem).__name__}: {problem}"
    print(f"{what}: {verdict}", flush=True)
    if not apart < LIMIT:
        failed.append(what)


def of_model(fixture: parity_models.Fixture, place: Path, references) -> float:
    described, tensors = references.reference(fixture, references.load(fixture, place))
    apart = difference(load_file(place / "reference.safetensors"), tensors)
    losses = json.loads((place / "reference.json").read_text())["losses"]
    return max(apart, max(abs(one["loss"] - other["loss"]) for one, other in zip(losses, described["losses"])))


def of_head(model: str) -> float:
    described, tensors = head_reference.reference(RESOURCES / model)
    stored = RESOURCES / "heads" / Path(model).name
    loss = json.loads(stored.with_suffix(".json").read_text())["loss"]
    return max(difference(load_file(stored.with_suffix(".safetensors")), tensors), abs(loss - described["loss"]))


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    failed = []
    for folder, models, references in KINDS:
        for fixture in models.FIXTURES:
            place = RESOURCES / folder / fixture.name
            if chosen and fixture.name not in chosen or fixture.reader not in (None, parity_models.MAJOR):
                continue
            held(f"{folder}/{fixture.name}", lambda: of_model(fixture, place, references), failed)
    for model in head_reference.MODELS:
        if not chosen or Path(model).name in chosen:
            held(f"heads/{Path(model).name}", lambda: of_head(model), failed)
    sys.exit(f"transformers {transformers.__version__} differs: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
