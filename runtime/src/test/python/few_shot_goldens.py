"""Writes few-shot splits drawn with numpy as LM-BFF's generate_k_shot_data.py draws them.

Made with Python 3.11.7, numpy 2.4.6:
    python few_shot_goldens.py ../resources/data/few-shot.json
An example is its number; its label is the number modulo the count of labels.
"""

import json
import sys

import numpy


def split(n, labels, k, seed):
    examples = list(range(n))
    numpy.random.seed(seed)
    numpy.random.shuffle(examples)
    by_label = {}
    for example in examples:
        by_label.setdefault(example % labels, []).append(example)
    return {
        "n": n,
        "labels": labels,
        "k": k,
        "seed": seed,
        "train": [e for label in by_label for e in by_label[label][:k]],
        "dev": [e for label in by_label for e in by_label[label][k : 2 * k]],
    }


def main(path):
    cases = [split(n, 2, 16, seed) for seed in (13, 21, 42, 87, 100) for n in (64, 1000, 67349)]
    cases += [split(12, 6, 1, 0), split(700, 3, 8, 2**32 - 1), split(5000, 4, 16, 2**31)]
    with open(path, "w") as file:
        json.dump(cases, file)
        file.write("\n")


main(sys.argv[1])
