"""Writes ../resources/parity-t5/long.json: what T5s say of a text of 600 tokens, more than the 512 that they are trained with.

    python t5_long_goldens.py            needs torch and transformers 4.57
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForSeq2SeqLM

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "parity-t5"
MODELS = ["t5", "t5-narrow-heads", "umt5"]
LENGTH = 600
TARGET = [17, 40, 1]


def logits(name: str, source: list[int]) -> list[list[float]]:
    """Where each token of the target is to be written, in float64."""
    model = AutoModelForSeq2SeqLM.from_pretrained(FOLDER / name, dtype=torch.float32, attn_implementation="eager")
    inputs = [model.config.decoder_start_token_id, *TARGET[:-1]]
    with torch.no_grad():
        said = model.double().eval()(input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([inputs])).logits[0]
    return [[round(value, 7) for value in row] for row in said.tolist()]


def main() -> None:
    random = torch.Generator().manual_seed(41)
    source = [*torch.randint(3, 60, (LENGTH - 1,), generator=random).tolist(), 1]
    result = {"versions": {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]},
              "source": source, "target": TARGET, "logits": {name: logits(name, source) for name in MODELS}}
    (FOLDER / "long.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
