"""Writes what scikit-learn makes of texts and vectors.

Made with Python 3.11.7, scikit-learn 1.9.1:
    python tfidf_goldens.py ../resources/tfidf
"""

import json
import random
import sys
from pathlib import Path

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB

TRAIN = [
    ("A warm, funny film with a lovely cast.", 0),
    ("Don't miss it: the best film of 2019!", 0),
    ("Caf\u00e9 scenes, na\u00efve but lovely; a film to see twice, twice.", 0),
    ("The room was dirty and the staff were rude.", 1),
    ("It broke at once and never charged; never again.", 1),
    ("The worst room_service I have had in 20 years.", 1),
    ("Parliament votes on the budget today.", 2),
    ("\u00c4rzte streiken: the minister votes against the budget, the budget!", 2),
    ("Minister resigns", 2),
    ("x", 2),
]
TEST = [
    "A lovely, lovely film.",
    "The STAFF never charged the minister.",
    "Nothing of this is known",
    "",
    "\u00c4RZTE! votes? na\u00efve... twice x\u00b2 room_service",
    "the the the the budget of the film",
]


def probabilities(texts, labels, test, classifier):
    vectorizer = TfidfVectorizer()
    classifier.fit(vectorizer.fit_transform(texts), labels)
    return classifier.predict_proba(vectorizer.transform(test)).tolist()


def logistic():
    return LogisticRegression(C=1, tol=1e-12, max_iter=100_000)


def texts(labels):
    chosen = [(text, label) for text, label in TRAIN if label < labels]
    train, gold = [text for text, _ in chosen], [label for _, label in chosen]
    vectorizer = TfidfVectorizer()
    vectorizer.fit(train)
    return {
        "texts": train,
        "labels": gold,
        "test": TEST,
        "terms": vectorizer.get_feature_names_out().tolist(),
        "idf": vectorizer.idf_.tolist(),
        "features": vectorizer.transform(TEST).toarray().tolist(),
        "naive_bayes": probabilities(train, gold, TEST, MultinomialNB(alpha=1)),
        "logistic_regression": probabilities(train, gold, TEST, logistic()),
    }


def vectors(labels, c):
    draw = random.Random(labels)
    rows = [[round(draw.gauss(0.3 * (i % labels), 1), 3) for _ in range(5)] for i in range(30)]
    gold = [i % labels for i in range(30)]
    classifier = LogisticRegression(C=c, tol=1e-12, max_iter=100_000).fit(rows, gold)
    return {"rows": rows, "labels": gold, "c": c, "probabilities": classifier.predict_proba(rows).tolist()}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    golden = {
        "made_with": f"scikit-learn {sklearn.__version__}",
        "texts": [texts(2), texts(3)],
        "vectors": [vectors(2, 1.0), vectors(4, 1.0), vectors(3, 100.0)],
    }
    (folder / "sklearn.json").write_text(json.dumps(golden, indent=1) + "\n")


main()
