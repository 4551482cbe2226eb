"""Writes a model folder of BERT-base's shape with random weights: `make_shape.py TARGET DEFAULT_MODEL`.

Speed does not depend on what the weights are. The tokenizer is the default model's (12,000 tokens); the vocabulary has BERT-base's
30,522 rows all the same, the last of which no text reaches. 440 MB; the same seed writes the same file.
"""

import shutil
import sys
from pathlib import Path

import torch
from transformers import BertConfig, BertForMaskedLM


def main(target: Path, default_model: Path) -> None:
    torch.manual_seed(0)
    BertForMaskedLM(BertConfig()).save_pretrained(target)  # the defaults are bert-base-uncased's
    shutil.copy(default_model / "tokenizer.json", target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
