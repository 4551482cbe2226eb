"""Writes ../resources/fill-mask.json: what Hugging Face transformers expects at the mask, with our own models.

Made with torch 2.15.0 and transformers 4.57.6; run it as `python fill_mask_goldens.py` with these installed.
"""

import json
from pathlib import Path

import torch
import transformers

HERE = Path(__file__).resolve().parent
MODELS = [HERE.parents[3] / f"models/{module}/src/main/resources/dev/cloze/models/{name}"
          for module, name in (("tiny", "cloze-tiny-en"), ("small", "cloze-small-en"))]
TEXTS = [
    "Paris is the capital of {mask}.",
    "An unforgettable film, and two hours well spent. It was {mask}.",
    "{mask} scored twice in the second half, and the match ended in a 2-2 draw.",
]
TOP = 25


def golden(name: str, text: str, tokenizer, model) -> dict:
    inputs = tokenizer(text.replace("{mask}", tokenizer.mask_token), return_tensors="pt")
    position = inputs["input_ids"][0].tolist().index(tokenizer.mask_token_id)
    with torch.inference_mode():
        probabilities = model(**inputs).logits[0, position].double().softmax(-1)
    best = probabilities.topk(TOP)
    return {"model": name, "text": text, "tokens": [
        {"token": tokenizer.convert_ids_to_tokens(i), "id": i, "probability": p}
        for p, i in zip(best.values.tolist(), best.indices.tolist())]}


def main() -> None:
    texts = []
    for folder in MODELS:
        # Our folders have a tokenizer.json alone, which does not name the special tokens' roles.
        tokenizer = transformers.PreTrainedTokenizerFast(
            tokenizer_file=str(folder / "tokenizer.json"), mask_token="[MASK]", pad_token="[PAD]")
        model = transformers.AutoModelForMaskedLM.from_pretrained(folder).float().eval()
        texts += [golden(folder.name, text, tokenizer, model) for text in TEXTS]
    goldens = {"versions": {"torch": torch.__version__, "transformers": transformers.__version__}, "texts": texts}
    (HERE.parent / "resources/fill-mask.json").write_text(json.dumps(goldens, indent=1) + "\n")


if __name__ == "__main__":
    main()
