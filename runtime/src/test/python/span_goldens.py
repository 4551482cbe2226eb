"""What seqeval reads of tags, and how it scores them.

    python span_goldens.py        writes ../resources/metric/spans.json (seqeval 1.2.2)

Sequences are random, with tags that no reading of spans would write, such as I behind O; sentences are right and found tags of equal
length. Tags are numbered as Cloze numbers them: 0 is O, 1 + 2 l is B of label l, 2 + 2 l is I.
"""

import json
import random
import warnings
from pathlib import Path

from seqeval.metrics import classification_report, f1_score, precision_score, recall_score
from seqeval.metrics.sequence_labeling import get_entities

LABELS = ["AREA", "FOOD", "NAME"]
NAMES = ["O"] + [f"{kind}-{label}" for label in LABELS for kind in "BI"]


def drawn(source: random.Random, length: int) -> list[int]:
    return [source.choice([0, 0, 0, *range(len(NAMES))]) for _ in range(length)]


def named(tags: list[int]) -> list[str]:
    return [NAMES[tag] for tag in tags]


def chunks(tags: list[int]) -> list[list[int]]:
    return [[start, end + 1, LABELS.index(label)] for label, start, end in get_entities(named(tags))]


def noisy(source: random.Random, tags: list[int], rate: float) -> list[int]:
    return [source.randrange(len(NAMES)) if source.random() < rate else tag for tag in tags]


def scored(right: list[list[int]], found: list[list[int]]) -> dict:
    a, b = [named(tags) for tags in right], [named(tags) for tags in found]
    report = classification_report(a, b, output_dict=True, zero_division=0)
    labels = {label: {key: float(value) for key, value in report[label].items()} for label in LABELS if label in report}
    return {"right": [chunks(tags) for tags in right], "found": [chunks(tags) for tags in found],
            "precision": float(precision_score(a, b, zero_division=0)), "recall": float(recall_score(a, b, zero_division=0)),
            "f1": float(f1_score(a, b, zero_division=0)),
            "macro_f1": float(f1_score(a, b, average="macro", zero_division=0)), "labels": labels}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    source = random.Random(3)
    sequences = [drawn(source, length % 12) for length in range(60)]
    cases = []
    for rate in (0.0, 0.1, 0.4, 1.0):
        right = [drawn(source, 4 + i) for i in range(8)]
        cases.append(scored(right, [noisy(source, tags, rate) for tags in right]))
    few = [[0, 5, 6, 0], [0, 0]]
    cases += [scored(few, [[0, 0, 0, 0], [0, 0]]), scored([[0, 0, 0, 0], [0, 0]], few), scored(few, [[0, 5, 0, 0], [1, 0]])]
    golden = {"labels": LABELS, "sequences": [{"tags": tags, "chunks": chunks(tags)} for tags in sequences], "scores": cases}
    path = Path(__file__).resolve().parent.parent / "resources" / "metric" / "spans.json"
    path.write_text(json.dumps(golden) + "\n")
