"""Sentence vectors of all-MiniLM-L6-v2, as sentence-transformers computes them: mean over the tokens, L2 norm 1, and what
SetFit's classifier, scikit-learn's logistic regression, makes of its own; those of bge-small-en-v1.5, which are its first token's.
The same of cloze-tiny-en, by the mean and by the first token.

    python sentence_goldens.py                   writes ../resources/sentences/cloze-tiny-en.json
    python sentence_goldens.py FOLDER BGE        the models' folders; writes ../resources/real/sentences.json
"""

import json
import sys
from pathlib import Path

import sentence_transformers
import sklearn
import torch
import transformers
from sentence_transformers import SentenceTransformer, models
from sklearn.linear_model import LogisticRegression
from transformers import AutoModel, AutoTokenizer

HERE = Path(__file__).resolve().parent
PUBLISHED = HERE.parent / "resources" / "real" / "sentences.json"
TARGET = HERE.parent / "resources" / "sentences" / "cloze-tiny-en.json"
TINY = HERE.parents[2] / "models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"
VERSIONS = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__,
            "sentence-transformers": sentence_transformers.__version__, "scikit-learn": sklearn.__version__}
TEXTS = ["A man is playing a guitar.", "Someone plays an instrument.", "Über 5,000 readers can't be wrong: naïve façades!",
         "", "The stock market fell. " * 60]  # the last is cut

LABELLED = [("I loved every minute of it.", 0), ("The acting was terrible.", 1), ("What a wonderful story.", 0),
            ("A waste of an evening.", 1), ("The music is fine, the plot is not.", 2), ("Neither good nor bad.", 2)]
ASKED = ["A lovely film.", "I fell asleep.", "It is all right.", ""]


def encoder(folder: str, pooling: str, unit: bool) -> SentenceTransformer:
    body = models.Transformer(folder, max_seq_length=256)
    modules = [body, models.Pooling(body.get_word_embedding_dimension(), pooling_mode=pooling)]
    return SentenceTransformer(modules=modules + ([models.Normalize()] if unit else []), device="cpu")


def setfit(folder: str, pooling: str) -> dict:
    return {"texts": [text for text, _ in LABELLED], "labels": [label for _, label in LABELLED], "asked": ASKED,
            "of": [{"labels": labels, "unit": unit, "probabilities": probabilities(encoder(folder, pooling, unit), labels)}
                   for labels in (2, 3) for unit in (True, False)]}


def probabilities(body: SentenceTransformer, labels: int) -> list[list[float]]:
    train = [(text, label) for text, label in LABELLED if label < labels]
    vectors = [body.encode(texts).astype("float64") for texts in ([text for text, _ in train], ASKED)]
    head = LogisticRegression(tol=1e-10, max_iter=10000).fit(vectors[0], [label for _, label in train])
    return head.predict_proba(vectors[1]).tolist()


def starts(folder: str, pooling: str) -> list[list[float]]:
    return encoder(folder, pooling, True).encode(TEXTS)[:, :32].tolist()


def published(folder: str, bge: str) -> None:
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    batch = tokenizer(TEXTS, padding=True, truncation=True, max_length=256, return_tensors="pt")
    with torch.no_grad():
        states = model(**batch).last_hidden_state
    kept = batch["attention_mask"].unsqueeze(-1)
    means = (states * kept).sum(1) / kept.sum(1)
    vectors = torch.nn.functional.normalize(means, dim=1)
    write(PUBLISHED, {"texts": TEXTS, "normalised means": [row[:32].tolist() for row in vectors],
                      "cosines": (vectors @ vectors.T).tolist(), "first tokens of bge": starts(bge, "cls"),
                      "setfit": setfit(folder, "mean")})


def tiny() -> None:
    write(TARGET, {"texts": TEXTS, **{pooling: {"vectors": starts(str(TINY), pooling), "setfit": setfit(str(TINY), pooling)}
                                      for pooling in ("mean", "cls")}})


def write(file: Path, value: dict) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"versions": VERSIONS, **value}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    published(*sys.argv[1:]) if sys.argv[1:] else tiny()
