"""Writes the measures of a few sets of numbers, as scipy and numpy compute them.

    python correlation_goldens.py        writes ../resources/metric/correlation.json; needs scipy
"""

import json
from pathlib import Path

import numpy
import scipy
from scipy.stats import pearsonr, spearmanr

FILE = Path(__file__).resolve().parent.parent / "resources" / "metric" / "correlation.json"


def case(name: str, values, predicted) -> dict:
    values, predicted = numpy.asarray(values, dtype=float), numpy.asarray(predicted, dtype=float)
    return {"name": name, "values": values.tolist(), "predicted": predicted.tolist(),
            "meanSquaredError": float(numpy.mean((values - predicted) ** 2)),
            "pearson": float(pearsonr(values, predicted).statistic), "spearman": float(spearmanr(values, predicted).statistic)}


def main():
    random = numpy.random.RandomState(13)
    right = random.uniform(0, 5, 60)
    cases = [
        case("noisy", right, right + random.randn(60)),
        case("against each other", right, 5 - right + 0.5 * random.randn(60)),
        case("unrelated", right, random.uniform(0, 5, 60)),
        case("rising but not straight", right, numpy.exp(right)),
        case("ties on both sides", random.randint(0, 4, 40), random.randint(0, 4, 40)),
        case("ties that cross", [1, 1, 2, 2, 3], [3, 1, 1, 2, 2]),
        case("two examples", [1, 2], [5, 4]),
        case("far from zero", 1e6 + right, 1e6 + right + 0.1 * random.randn(60)),
        case("tiny", 1e-9 * right, 1e-9 * (right + random.randn(60))),
    ]
    FILE.write_text(json.dumps({"versions": {"scipy": scipy.__version__, "numpy": numpy.__version__}, "cases": cases},
                               indent=1) + "\n")
    print(FILE, [(one["name"], one["pearson"], one["spearman"]) for one in cases])


if __name__ == "__main__":
    main()
