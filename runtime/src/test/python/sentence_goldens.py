"""Sentence vectors of all-MiniLM-L6-v2, as sentence-transformers computes them: mean over the tokens, L2 norm 1.

    python sentence_goldens.py FOLDER        the model's folder; writes ../resources/real/sentences.json
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from transformers import AutoModel, AutoTokenizer

TARGET = Path(__file__).resolve().parent.parent / "resources" / "real" / "sentences.json"
TEXTS = ["A man is playing a guitar.", "Someone plays an instrument.", "Über 5,000 readers can't be wrong: naïve façades!",
         "", "The stock market fell. " * 60]  # the last is cut


def main(folder: str) -> None:
    torch.set_num_threads(2)
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    batch = tokenizer(TEXTS, padding=True, truncation=True, max_length=256, return_tensors="pt")
    with torch.no_grad():
        states = model(**batch).last_hidden_state
    kept = batch["attention_mask"].unsqueeze(-1)
    means = (states * kept).sum(1) / kept.sum(1)
    first = states[:, 0]
    vectors = torch.nn.functional.normalize(means, dim=1)
    value = {"versions": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__},
             "texts": TEXTS, "normalised means": [row[:32].tolist() for row in vectors],
             "means": [row[:32].tolist() for row in means], "first": [row[:32].tolist() for row in first],
             "cosines": (vectors @ vectors.T).tolist()}
    TARGET.write_text(json.dumps(value, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
