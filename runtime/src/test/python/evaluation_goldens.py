"""Writes the measures of a few sets of predictions, as scikit-learn and numpy compute them.

Made with Python 3.11.7, numpy 2.4.6, scikit-learn 1.9.1:
    python evaluation_goldens.py ../resources/metric/evaluation.json
"""

import json
import sys
import warnings

import numpy
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, matthews_corrcoef


def calibration_error(gold, probabilities, bins=15):
    """Guo et al. 2017, equation 3, with bins (m-1)/M < p <= m/M."""
    confidence = probabilities.max(axis=1).astype(numpy.float64)
    right = probabilities.argmax(axis=1) == gold
    edges = numpy.linspace(0, 1, bins + 1)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


def case(name, gold, probabilities):
    probabilities = numpy.asarray(probabilities, dtype=numpy.float32)
    gold = numpy.asarray(gold)
    top = probabilities.argmax(axis=1)
    return {
        "name": name,
        "gold": gold.tolist(),
        "probabilities": [[float(p) for p in row] for row in probabilities],
        "accuracy": accuracy_score(gold, top),
        "macroF1": f1_score(gold, top, average="macro", zero_division=0),
        "matthews": matthews_corrcoef(gold, top),
        "calibrationError": calibration_error(gold, probabilities),
        "confusion": confusion_matrix(gold, top, labels=range(probabilities.shape[1])).tolist(),
    }


def random_case(name, labels, n, sharpness, seed, skew=0.0):
    random = numpy.random.RandomState(seed)
    logits = random.randn(n, labels) * sharpness
    weights = numpy.exp(-skew * numpy.arange(labels))
    gold = random.choice(labels, size=n, p=weights / weights.sum())
    logits[numpy.arange(n), gold] += 1.0
    probabilities = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    return case(name, gold, probabilities / probabilities.sum(axis=1, keepdims=True))


def main(path):
    warnings.simplefilter("ignore")
    cases = [
        random_case("two labels", 2, 200, 1.0, 1),
        random_case("two labels, unbalanced", 2, 150, 2.0, 2, skew=2.0),
        random_case("four labels", 4, 120, 1.5, 3),
        random_case("six labels, sure of itself", 6, 90, 6.0, 4, skew=0.5),
        case("one label given", [0, 0, 0, 0], [[0.9, 0.1], [0.6, 0.4], [0.3, 0.7], [0.8, 0.2]]),
        case("one label predicted", [0, 1, 1, 0], [[0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.8, 0.2]]),
        case("one label given and predicted", [1, 1], [[0.1, 0.9], [0.2, 0.8]]),
        case("a label never seen", [0, 1, 2, 1], [[0.7, 0.1, 0.1, 0.1]] * 2 + [[0.1, 0.6, 0.2, 0.1]] * 2),
        case("all right", [0, 1, 2], numpy.eye(3)),
        case("all wrong", [1, 2, 0], numpy.eye(3)),
        case("all equal", [0, 1, 0], [[0.5, 0.5]] * 3),
        case("one example", [1], [[0.4, 0.6]]),
    ]
    with open(path, "w") as file:
        json.dump(cases, file, indent=1)
        file.write("\n")


main(sys.argv[1])
