"""Counts right answers without any example, by Hugging Face transformers: the numbers of ZeroShotAgreementTest.

Made with torch 2.15.0 and transformers 4.57.6; run it with these installed, and the folder of the public data sets:

    python zero_shot.py ../../../../../shared/data
"""

import json
import sys
from pathlib import Path

import torch
import transformers

ROOT = Path(__file__).resolve().parents[5]
DATA = Path(sys.argv[1])
BATCH = 16


class Asked:
    """One of our models, asked for the logits of words of one token at the mask."""

    def __init__(self, module: str, name: str):
        folder = ROOT / f"runtime/models/{module}/src/main/resources/dev/cloze/models/{name}"
        self.tokenizer = transformers.PreTrainedTokenizerFast(
            tokenizer_file=str(folder / "tokenizer.json"), mask_token="[MASK]", pad_token="[PAD]")
        self.model = transformers.BertForMaskedLM.from_pretrained(folder).float().eval()

    def scores(self, texts: list, words: list) -> torch.Tensor:
        """The mean log-probability of each label's words, a row a text."""
        ids = [self.tokenizer.convert_tokens_to_ids(label) for label in words]
        rows = []
        for start in range(0, len(texts), BATCH):
            inputs = self.tokenizer(texts[start:start + BATCH], return_tensors="pt", padding=True)
            at = inputs["input_ids"] == self.tokenizer.mask_token_id
            assert (at.sum(1) == 1).all()
            with torch.inference_mode():
                states = self.model.bert(inputs["input_ids"], inputs["attention_mask"])[0]
                logits = self.model.cls(states[at]).double().log_softmax(-1)
            rows.append(torch.stack([logits[:, label].mean(1) for label in ids], 1))
        return torch.cat(rows)

    def report(self, what: str, template: str, words: list, texts: list, labels: list) -> None:
        scores = self.scores([template.replace("{text}", text) for text in texts], words)
        # Spaces that an empty text leaves behind are no tokens of such a model.
        bias = self.scores([template.replace("{text}", "")], words)
        right = lambda s: int((s.argmax(1) == torch.tensor(labels)).sum())
        print(f"{what}: {right(scores)}, without the bias {right(scores - bias)}, of {len(texts)}")


def sst2() -> tuple:
    rows = [line.split("\t") for line in (DATA / "sst2/dev.tsv").read_text(encoding="utf8").split("\n")[1:] if line]
    return [text.strip() for text, _ in rows], [int(label) for _, label in rows]


def reviews() -> tuple:
    lines = (DATA / "fewclue/eprstmt/test_public.json").read_text(encoding="utf8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row["sentence"] for row in rows], [int(row["label"] == "Positive") for row in rows]


def main() -> None:
    torch.set_num_threads(1)
    print("torch", torch.__version__, "transformers", transformers.__version__)
    for module, name in (("tiny", "cloze-tiny-en"), ("small", "cloze-small-en")):
        Asked(module, name).report(f"{name}, SST-2", "{text} It was [MASK].", [["terrible"], ["great"]], *sst2())
    Asked("zh", "cloze-small-zh").report(
        "cloze-small-zh, EPRSTMT", "{text} 总之很[MASK]。", [["差", "坏", "烂"], ["好", "棒", "赞"]], *reviews())


if __name__ == "__main__":
    main()
