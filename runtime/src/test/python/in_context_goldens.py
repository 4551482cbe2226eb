"""Writes ../resources/real/in-context-transformers-MAJOR.json: label words behind demonstrations, by transformers.

    python in_context_goldens.py FOLDER      FOLDER is SmolLM2-135M-Instruct as models.sh fetches it

Run once with transformers 4.57 and once with 5. The prompts, whole texts, are those of in-context-prompts.json, which the test
writes; each word's natural log-probability is that of its token behind the prompt, in float32, normalised in float64.
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

RESOURCES = Path(__file__).resolve().parent.parent / "resources/real"
MAJOR = transformers.__version__.split(".")[0]
WORDS = ["great", "good", "terrible", "bad"]


def main(folder: str):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokens = [tokenizer.encode(" " + word, add_special_tokens=False) for word in WORDS]
    assert all(len(token) == 1 for token in tokens), tokens
    found = []
    for prompt in json.loads((RESOURCES / "in-context-prompts.json").read_text())["prompts"]:
        ids = tokenizer.encode(prompt, add_special_tokens=False)
        with torch.no_grad():
            logs = torch.log_softmax(model(torch.tensor([ids])).logits[0, -1].double(), -1)
        found.append({word: logs[token[0]].item() for word, token in zip(WORDS, tokens)})
    file = RESOURCES / f"in-context-transformers-{MAJOR}.json"
    file.write_text(json.dumps({"transformers": transformers.__version__, "words": found}, indent=1) + "\n")
    print(file, found[0])


if __name__ == "__main__":
    main(sys.argv[1])
