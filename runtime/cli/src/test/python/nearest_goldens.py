"""Writes ../resources/nearest.json: the tokens of the vocabulary nearest to virtual tokens, by the cosine of their embeddings.

    python nearest_goldens.py

Made with torch 2.15.0, transformers 4.57.6 and safetensors 0.8.0, of adapters that PEFT saved, see peft_pipelines.py of the runtime.
"""

import json
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file

HERE = Path(__file__).resolve().parent
ADAPTERS = HERE.parents[3] / "src/test/resources/peft/pipelines"
TINY = HERE.parents[3] / "models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"
MODELS = {"cloze-tiny-en-prompt": (TINY, transformers.AutoModelForMaskedLM),
          "gpt2-prompt": (HERE.parent / "resources/writers/gpt2", transformers.AutoModelForCausalLM),
          "llama-ptuning": (HERE.parent / "resources/writers/llama", transformers.AutoModelForCausalLM),
          "t5-prompt": (HERE.parent / "resources/writers/t5", transformers.AutoModelForSeq2SeqLM)}
TOP = 3


def golden(name: str) -> list:
    folder, loader = MODELS[name]
    words = loader.from_pretrained(folder).get_input_embeddings().weight.detach().double()
    words = words[:len(transformers.AutoTokenizer.from_pretrained(folder))]
    prompt = load_file(ADAPTERS / name / "adapter_model.safetensors")["prompt_embeddings"].double()
    cosines = torch.nn.functional.cosine_similarity(prompt.unsqueeze(1), words.unsqueeze(0), dim=-1)
    best = cosines.topk(TOP)
    return [[{"id": i, "cosine": round(c, 6)} for i, c in zip(ids, values)]
            for ids, values in zip(best.indices.tolist(), best.values.tolist())]


if __name__ == "__main__":
    goldens = {name: golden(name) for name in MODELS}
    (HERE.parent / "resources/nearest.json").write_text(json.dumps(goldens, indent=1) + "\n")
