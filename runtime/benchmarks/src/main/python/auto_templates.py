"""Writes transformers-MAJOR.json beside runtime/src/test/resources/template-search/t5: LM-BFF's search for templates restated.

    python auto_templates.py       needs torch and transformers; run once with transformers 4.57 and once with 5

The search of Gao et al. 2021 (arXiv 2012.15723, section 5.2), line by line: each training example with the word of its label
between two sentinels, `text <X> word <Y>`, `<X> word <Y> text` or `text <X> word <Y> text`; one beam over all of them. By the paper
(equation 5) a line's score is the sum over its tokens and the examples of log P; by princeton-nlp/LM-BFF's code a token counts
log softmax of the mean over the examples of their logits, 18 tokens are written rather than 20, a single text has a capital
letter and a full stop stands before spans that come first. In both, the best beam + 3 tokens of each line are tried; the pieces
with the numbers 3, 19794 and 22354 of T5's vocabulary and a second full stop in a row are not; a sentinel or the end of the text
ends a span, and what has both stays as it is. Of texts beyond 256 tokens what is nearest to the spans is kept, and the end token.
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForSeq2SeqLM, PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parents[5]
FOLDER = ROOT / "runtime/src/test/resources/template-search"
BEAM, LONGEST, MOST = 24, 256, {"PAPER": 20, "REFERENCE": 18}
FORBIDDEN = ["▁", "........", "................"]
WORDS = {"BEHIND": ["great", "terrible"], "BEFORE": ["great", "terrible"], "BETWEEN": ["Yes", "No"]}


class Restated:
    def __init__(self):
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(FOLDER / "t5/tokenizer.json"), eos_token="</s>")
        self.model = AutoModelForSeq2SeqLM.from_pretrained(FOLDER / "t5", dtype=torch.float32, attn_implementation="eager").eval()
        self.sentinels = [self.id(f"<extra_id_{i}>") for i in range(3)]
        self.forbidden = [self.id(piece) for piece in FORBIDDEN]
        self.stop, self.end = self.id("."), self.id("</s>")

    def id(self, piece: str) -> int:
        return self.tokenizer.convert_tokens_to_ids(piece)

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False)

    def prompt(self, compat: str, form: str, example: dict) -> list[int]:
        spans = [self.sentinels[0], *self.encode(" " + WORDS[form][example["label"]]), self.sentinels[1]]
        texts = [example["text"].lower(), example["other"].lower()]
        if compat == "REFERENCE" and form != "BETWEEN":
            texts[0] = texts[0][:1].upper() + texts[0][1:]
        start = [self.stop] if compat == "REFERENCE" and form == "BEFORE" else []
        before = [] if form == "BEFORE" else self.encode(texts[0])
        after = [] if form == "BEHIND" else self.encode(" " + texts[0 if form == "BEFORE" else 1])
        while len(start) + len(before) + len(spans) + len(after) + 1 > LONGEST:
            if len(before) > len(after):
                before = before[1:]
            else:
                after = after[:-1]
        return [*start, *before, *spans, *after, self.end]

    def search(self, compat: str, form: str, examples: list[dict]) -> list[dict]:
        prompts = [self.prompt(compat, form, example) for example in examples]
        longest = max(map(len, prompts))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in prompts])
        seen = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in prompts])
        lines = [dict(ids=[], sum=0.0, span=1)]
        for written in range(MOST[compat]):
            longer = []
            for line in lines:
                if line["span"] > 2:
                    longer.append(line)
                    continue
                decoder = torch.tensor([[self.model.config.decoder_start_token_id, *line["ids"]]] * len(prompts))
                with torch.no_grad():
                    logits = self.model(input_ids=ids, attention_mask=seen, decoder_input_ids=decoder).logits[:, -1].double()
                logs = logits.log_softmax(-1).sum(0) if compat == "PAPER" else logits.mean(0).log_softmax(-1)
                for token in logs.argsort(descending=True)[:BEAM + 3].tolist():
                    if token in self.forbidden or (token == self.stop and line["ids"][-1:] == [self.stop]):
                        continue
                    ends = token in (self.sentinels[line["span"]], self.end)
                    longer.append(dict(ids=[*line["ids"], token], sum=line["sum"] + logs[token].item(),
                                       span=line["span"] + ends))
            longer.sort(key=lambda line: -line["sum"])
            lines = longer[:BEAM]
        return [dict(line, text="".join(self.tokenizer.convert_ids_to_tokens(line["ids"]))) for line in lines]


def examples():
    found = json.loads((FOLDER.parent / "lm-bff/drawn.json").read_text())["examples"]
    texts = [example["text"] for example in found]
    long = dict(text=" ".join(texts * 2), label=0)
    return [dict(example, other=texts[(i + 1) % len(texts)]) for i, example in enumerate([*found, long])]


def main():
    restated = Restated()
    result = {compat: {form: restated.search(compat, form, examples()) for form in WORDS} for compat in MOST}
    file = FOLDER / f"transformers-{transformers.__version__.split('.')[0]}.json"
    rows = {compat: {form: [[line["sum"], line["span"], line["ids"], line["text"]] for line in lines]
                     for form, lines in forms.items()} for compat, forms in result.items()}
    file.write_text(json.dumps(rows, ensure_ascii=False).replace("]], ", "]],\n").replace("], [", "],\n[") + "\n")
    print(file, file.stat().st_size)
    for compat in rows:
        for form in rows[compat]:
            print(compat, form, [(round(row[0], 3), row[3]) for row in rows[compat][form][:4]])


if __name__ == "__main__":
    main()
