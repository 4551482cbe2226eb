"""Writes ../resources/real/smollm2-TRANSFORMERS.json: what Hugging Face transformers makes of SmolLM2-135M-Instruct.

    OMP_NUM_THREADS=1 python smollm2_goldens.py FOLDER      FOLDER is SmolLM2-135M-Instruct as models.sh fetches it

Run once with transformers 4.57 and once with 5; each writes a file of its own. The numbers are float32's, with the weights of
the folder widened; log-probabilities are normalised and summed in float64. Greedy texts and those of four beams; all next tokens of
some prompts: the ten most probable, and how probable certain words are, those that a classification asks for.
"""

import json
import sys
from pathlib import Path

import tokenizers
import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

RESOURCES = Path(__file__).resolve().parent.parent / "resources/real"
MAJOR = transformers.__version__.split(".")[0]

PROMPTS = [
    "The capital of France is",
    "Once upon a time there was a",
    "Water boils at 100 degrees Celsius, and it freezes at",
    "def fibonacci(n):\n    ",
    "Translate to French: I like coffee.\n",
    "Une grenouille vit dans un",
    "天空是",
    "Emoji 🙂 are",
    "name: the red lion. food: greek. area: river.",
]
CHATS = [
    "<|im_start|>user\nWhat is the capital of Italy?<|im_end|>\n<|im_start|>assistant\n",
    "<|im_start|>system\nYou are terse.<|im_end|>\n<|im_start|>user\nName three colours.<|im_end|>\n<|im_start|>assistant\n",
]
REVIEWS = [
    "A warm, funny film with a lovely cast.",
    "The plot makes no sense and the jokes fall flat.",
    "I would see it again tomorrow.",
    "Two hours that I will never get back.",
    "Brilliantly acted, beautifully shot, and far too short.",
    "It broke after a day, and nobody answers the phone.",
]
WORDS = ["great", "good", "terrible", "bad"]
TOKENS, BEAMS = 40, 4


class Goldens:
    """The model of a folder, in float32 on the CPU."""

    def __init__(self, folder: str):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        self.end = self.model.generation_config.eos_token_id

    def logs(self, ids: list[int]) -> torch.Tensor:
        """(T, V) in float64: what comes after each token."""
        return torch.log_softmax(self.model(torch.tensor([ids])).logits[0].double(), -1)

    def text(self, ids: list[int], beams: int) -> dict:
        output = self.model.generate(torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long),
                                     do_sample=False, num_beams=beams, max_new_tokens=TOKENS, pad_token_id=self.end)
        new = output[0, len(ids):].tolist()
        if self.end in new:
            new = new[:new.index(self.end) + 1]
        logs = self.logs(ids + new)
        total = sum(logs[len(ids) - 1 + i, token].item() for i, token in enumerate(new))
        written = [token for token in new if token != self.end]
        return {"text": self.tokenizer.decode(written, skip_special_tokens=True, clean_up_tokenization_spaces=False),
                "ids": written, "ended": new[-1] == self.end, "logProbability": total}

    def prompt(self, prompt: str) -> dict:
        ids = self.tokenizer(prompt)["input_ids"]
        last = self.logs(ids)[-1]
        top = last.topk(10)
        return {"prompt": prompt, "promptIds": ids, "greedy": self.text(ids, 1), "beams": self.text(ids, BEAMS),
                "next": {"ids": top.indices.tolist(), "logProbabilities": [round(v, 7) for v in top.values.tolist()]}}

    def review(self, review: str) -> dict:
        """Logits of the words' tokens after the finished template; a task of the same template must agree."""
        ids = self.tokenizer(review + " It was")["input_ids"]
        words = [self.tokenizer(" " + word)["input_ids"] for word in WORDS]
        assert all(len(tokens) == 1 for tokens in words)
        logits = self.model(torch.tensor([ids])).logits[0, -1].double()[[tokens[0] for tokens in words]]
        shares = torch.softmax(logits, -1)
        labels = torch.softmax(logits.view(2, 2).mean(-1), -1)
        return {"review": review, "words": [round(v, 7) for v in shares.tolist()],
                "labels": [round(v, 7) for v in labels.tolist()]}


@torch.inference_mode()
def main(folder: str) -> None:
    goldens = Goldens(folder)
    found = {
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__,
                     "tokenizers": tokenizers.__version__},
        "tokens": TOKENS, "numBeams": BEAMS, "words": WORDS,
        "prompts": [goldens.prompt(prompt) for prompt in PROMPTS + CHATS],
        "reviews": [goldens.review(review) for review in REVIEWS],
    }
    RESOURCES.mkdir(exist_ok=True)
    target = RESOURCES / f"smollm2-transformers-{MAJOR}.json"
    target.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for prompt in found["prompts"]:
        print(json.dumps([prompt["prompt"], prompt["greedy"]["text"], prompt["beams"]["text"]], ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
