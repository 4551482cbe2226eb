"""From the start of Python to the first answer of a causal LM, run as `peer_start_text.py DIR TEXT TOKENS`.

With TOKENS, a line for each token as it is written, as a streamer prints it; without (0), one line with the probabilities of the
labels' words " great", " good", " terrible" and " bad" as the next token. The last line is what the process says of itself, as
SelfReport of the Java side: {"processor_seconds": at the first line, "peak_kb": P, "own_kb": O, "files_kb": F}.
"""

import json
import os
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

import torch  # noqa: E402
from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: E402
from transformers.generation.streamers import BaseStreamer  # noqa: E402

WORDS = [" great", " good", " terrible", " bad"]


class Lines(BaseStreamer):
    """Prints each token as it comes; the first call brings the prompt."""

    def __init__(self, tokenizer):
        self.tokenizer, self.prompt, self.processor_seconds = tokenizer, True, 0.0

    def put(self, value):
        if not self.prompt:
            say(self.tokenizer.decode(value))
            self.processor_seconds = self.processor_seconds or time.process_time()
        self.prompt = False

    def end(self):
        pass


def say(text: str) -> None:
    print(json.dumps(text), flush=True)


def report(processor_seconds: float) -> None:
    with open("/proc/self/status", encoding="ascii") as status:
        lines = dict(line.split(":", 1) for line in status)
    sizes = {key: int(lines[name].split()[0]) for key, name in
             (("peak_kb", "VmHWM"), ("own_kb", "RssAnon"), ("files_kb", "RssFile"))}
    print(json.dumps({"processor_seconds": processor_seconds} | sizes), flush=True)


@torch.inference_mode()
def main(folder: str, text: str, tokens: int) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="sdpa", dtype=torch.float32).eval()
    encoded = tokenizer(text, return_tensors="pt")
    if tokens:
        lines = Lines(tokenizer)
        model.generate(**encoded, do_sample=False, max_new_tokens=tokens, streamer=lines,
                       pad_token_id=model.generation_config.eos_token_id)
        report(lines.processor_seconds)
    else:
        words = [tokenizer(word)["input_ids"][0] for word in WORDS]
        say(str(model(**encoded, logits_to_keep=1).logits[0, -1, words].tolist()))
        report(time.process_time())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
