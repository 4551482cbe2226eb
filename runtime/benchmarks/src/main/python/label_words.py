"""Writes runtime/src/test/resources/label-words/expected.json: the searches for label words restated over transformers.

    python label_words.py       needs torch and transformers; both 4.57 and 5 give the same

PETAL (Schick, Schmid and Schuetze 2020, arXiv 2010.13641) as timoschick/pet has it: among the words that are most frequent in the
texts, the 1,000 with the highest sum of log p over a label's examples, ranked by the balanced likelihood ratio; of two templates
the sums are over both. LM-BFF (Gao et al. 2021, arXiv 2012.15723, section 5.1) as princeton-nlp/LM-BFF has it: the words with the highest sum of log p (the paper) or mean logit
(the code) over a label's examples, in every combination, ranked by the accuracy on the training set; equals by the sum of their
words' ranks. Nearest: of the 300 likeliest those whose rows of the decoder have the highest cosine with the row of one of the label's own
words, as the code searches TREC. Scale: the i-th example has the value 0.3 i, those above the median are the upper
end's, and pairs of words are ranked by the correlation (Pearson) of the upper one's probability beside the lower one's. A few more words than asked for are written with their scores, so that ties can be told.
"""

import json
import re
from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForMaskedLM, AutoTokenizer

ROOT = Path(__file__).resolve().parents[5]
MODEL = ROOT / "runtime/models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"
FOLDER = ROOT / "runtime/src/test/resources"
LABELS = ["POSITIVE", "NEGATIVE"]
VOCABULARY, CANDIDATES, WORDS, MORE = 10_000, 1000, 10, 5
LIKELY, KEPT = 40, 25
OWN, AMONG, NEAREST = [["great", "good"], ["terrible", "bad"]], 300, 20


def main():
    examples = json.loads((FOLDER / "lm-bff/drawn.json").read_text())["examples"]
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    model = AutoModelForMaskedLM.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager").eval()
    encode = lambda text: tokenizer.encode(text, add_special_tokens=False)
    mask = tokenizer.mask_token_id
    logits = said(model, tokenizer, [[*encode(example["text"]), *encode("It was"), mask, *encode(".")] for example in examples])
    others = said(model, tokenizer, [[mask, *encode("!"), *encode(example["text"])] for example in examples])
    labels = np.array([example["label"] for example in examples])
    logs = log_softmax(logits)
    words = {token: id for token, id in sorted(tokenizer.get_vocab().items(), key=lambda one: one[1])
             if token.isalpha() and id not in tokenizer.all_special_ids and encode(token) == [id]}
    both = np.concatenate([logs, log_softmax(others)])
    result = {"ratios": ratios(examples, encode, words, logs, labels),
              "ratios of two templates": ratios(examples, encode, words, both, np.tile(labels, 2))}
    for compat, scores in (("PAPER", logs), ("REFERENCE", logits)):
        sums = {l: (scores[labels == l].sum(0) if compat == "PAPER" else scores[labels == l].mean(0)) for l in range(2)}
        likely = {l: sorted(words, key=lambda word: -sums[l][words[word]])[:LIKELY + MORE] for l in range(2)}
        result[compat] = {
            "likely": {LABELS[l]: [[word, sums[l][words[word]]] for word in likely[l]] for l in range(2)},
            "nearest": {LABELS[l]: nearest(words, sums[l], OWN[l], model.get_output_embeddings().weight) for l in range(2)},
            "combinations": combinations([likely[l][:LIKELY] for l in range(2)], words, logits, labels)}
    values = 0.3 * np.arange(len(examples))
    result["scale"] = {"PAPER": scale(logs, logits, values, words, False), "REFERENCE": scale(logits, logits, values, words, True)}
    file = FOLDER / "label-words/expected.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(result, indent=1) + "\n")
    print(file, {label: [word for word, _ in found] for label, found in result["ratios"].items()},
          result["PAPER"]["combinations"][:3])


def said(model, tokenizer, rows):
    logits = []
    for row in rows:
        ids = [tokenizer.cls_token_id, *row, tokenizer.sep_token_id]
        with torch.no_grad():
            logits.append(model(torch.tensor([ids])).logits[0, ids.index(tokenizer.mask_token_id)].double().numpy())
    return np.array(logits)


def log_softmax(logits):
    most = logits.max(1, keepdims=True)
    return logits - np.log(np.exp(logits - most).sum(1, keepdims=True)) - most


def scale(scores, logits, values, words, by_mean):
    high = values > np.median(values)
    sums = [(scores[end].mean(0) if by_mean else scores[end].sum(0)) for end in (~high, high)]
    likely = [sorted(words, key=lambda word: -of[words[word]])[:LIKELY] for of in sums]
    tried = []
    for places in product(range(LIKELY), repeat=2):
        low, high = (of[place] for of, place in zip(likely, places))
        if low != high:
            said = logits[:, [words[low], words[high]]]
            shares = np.exp(said[:, 1]) / np.exp(said).sum(1)
            tried.append([low, high, float(np.corrcoef(shares, values)[0, 1])])
    return sorted(tried, key=lambda pair: -pair[2])[:KEPT + MORE]


def nearest(words, sums, own, rows):
    likely = sorted(words, key=lambda word: -sums[words[word]])[:AMONG]
    some = rows[[words[word] for word in likely]].double()
    near = torch.stack([torch.cosine_similarity(some, rows[words[one]].double()[None], dim=1) for one in own]).amax(0)
    order = torch.sort(-near, stable=True).indices[:NEAREST + MORE]
    return [[likely[i], near[i].item()] for i in order.tolist()]


def ratios(examples, encode, words, logs, labels):
    counts = Counter()
    for example in examples:
        for word in re.findall(r"[^\W\d_]+", example["text"]):
            ids = encode(word)
            if len(ids) == 1:
                counts[ids[0]] += 1
    frequent = sorted((word for word in words if len(word) >= 2), key=lambda word: -counts[words[word]])[:VOCABULARY]
    found, taken = {}, set()
    for l, label in enumerate(LABELS):
        expected = (labels == l).astype(float)
        likely = sorted(frequent, key=lambda word: -(logs[:, words[word]] * expected).sum())[:CANDIDATES]
        scores = {word: ratio(np.exp(logs[:, words[word]]), expected) for word in likely if word not in taken}
        best = sorted(scores, key=lambda word: -scores[word])
        taken |= set(best[:WORDS])
        found[label] = [[word, scores[word]] for word in best[:WORDS + MORE]]
    return found


def ratio(predictions, expected):
    factor = (1 - expected).sum() / expected.sum()
    right = factor * ((np.log(predictions) * expected).sum() - (np.log(1 - predictions) * expected).sum())
    wrong = (np.log(1 - predictions) * (1 - expected)).sum() - (np.log(predictions) * (1 - expected)).sum()
    return right + wrong


def combinations(likely, words, logits, labels):
    tried = []
    for places in product(*(range(len(of)) for of in likely)):
        chosen = [of[place] for of, place in zip(likely, places)]
        if len(set(chosen)) == len(chosen):
            said = logits[:, [words[word] for word in chosen]]
            tried.append((-(said.argmax(1) == labels).sum(), sum(places), places, chosen))
    tried.sort()
    return [{"words": chosen, "accuracy": float(-right / len(labels))} for right, _, _, chosen in tried[:KEPT]]


if __name__ == "__main__":
    main()
