"""From the start of Python to the first prediction: the shortest ordinary script, run as `peer_start.py DIR TEXT ID ...`.

TEXT holds the mask token once; the IDs are the label words. Prints one line, {"scores": [...], "seconds": S,
"processor_seconds": P}: S counts from the start of the process, as the system recorded it, to the prediction, and P is the processor time until
then. A caller may as well time the line's arrival.
"""

import os
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # as fast as it gets: no question to the hub

import torch  # noqa: E402
from transformers import AutoModelForMaskedLM, AutoTokenizer  # noqa: E402


def main(folder: str, text: str, words: list[int]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForMaskedLM.from_pretrained(folder, attn_implementation="sdpa").eval()
    encoded = tokenizer(text, return_tensors="pt")
    with torch.inference_mode():
        logits = model(**encoded).logits[encoded["input_ids"] == tokenizer.mask_token_id][0]
    scores = logits[words].tolist()
    seconds, processor_seconds = seconds_since_start(), time.process_time()
    print(f'{{"scores": {scores}, "seconds": {seconds:.3f}, "processor_seconds": {processor_seconds:.3f}}}', flush=True)


def seconds_since_start() -> float:
    with open("/proc/self/stat", encoding="ascii") as stat, open("/proc/uptime", encoding="ascii") as uptime:
        ticks = int(stat.read().rsplit(")", 1)[1].split()[19])
        return float(uptime.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(word) for word in sys.argv[3:]])
