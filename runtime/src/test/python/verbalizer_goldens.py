"""Verbalizers that train something, restated: WARP's label vectors, KPT's word weights and refinement, ProtoVerb's prototypes.

    python verbalizer_goldens.py        writes ../resources/verbalizers/*.json (transformers 4.57 and 5 agree)

Twenty full-batch steps of cloze-tiny-en on the reviews of the tests, dropout off: losses, and the labels' scores afterwards. The
optimizer is torch's AdamW over two groups, the schedule transformers' linear one, all gradients clipped together to a norm of 1.
"""

import re
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForMaskedLM, get_linear_schedule_with_warmup

from parity_fixtures import VERSIONS, write_json

HERE = Path(__file__).resolve().parent
RUNTIME = HERE.parent.parent.parent
TINY = RUNTIME / "models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"
REVIEWS = (HERE.parent / "java/dev/cloze/runtime/Reviews.java").read_text()
GOOD, BAD = (re.findall(r'"([^"]+)"', re.search(rf"String\[\] {name} = \{{(.*?)\}};", REVIEWS, re.S).group(1))
             for name in ("GOOD", "BAD"))
TEXTS = [text for pair in zip(GOOD, BAD) for text in pair]
LABELS = torch.tensor([0, 1] * len(GOOD))
STEPS, RATE, CLIP = 20, 3e-4, 1.0
VECTOR_RATE, WEIGHT_RATE, PROTOTYPE_RATE = 3e-3, 0.05, 1e-3
WORDS = [["great", "good"], ["terrible", "bad"]]
MANY = [["great", "good", "fine", "lovely", "wonderful", "perfect", "table", "superb", "water"],
        ["terrible", "bad", "awful", "poor", "worst", "city", "dull", "nasty"]]
THREE = [*MANY, ["okay", "average", "usual", "common", "run"]]
SHARES = [0.5, 0.02]

tokenizer = Tokenizer.from_file(str(TINY / "tokenizer.json"))


def encoded(texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    rows = [tokenizer.encode(f"{text} It was [MASK].").ids for text in texts]
    longest = max(map(len, rows))
    mask = tokenizer.token_to_id("[MASK]")
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows]), torch.tensor([row.index(mask) for row in rows])


IDS, PLACES = encoded(TEXTS)


def tiny() -> torch.nn.Module:
    return AutoModelForMaskedLM.from_pretrained(TINY, dtype=torch.float64, attn_implementation="eager").eval()


def states(model) -> torch.Tensor:
    out = model.bert(input_ids=IDS, attention_mask=(IDS != 0).long()).last_hidden_state
    return out[torch.arange(len(IDS)), PLACES]


def tokens(words: list[list[str]]) -> list[list[int]]:
    return [[tokenizer.token_to_id(word) for word in of] for of in words]


def train(model, scores, own: list[torch.Tensor], rate: float) -> dict:
    """scores: label scores of the batch, (B, C); own: what the verbalizer trains."""
    parameters = list(model.parameters())
    groups = [{"params": parameters, "lr": RATE}] + ([{"params": own, "lr": rate}] if own else [])
    optimizer = torch.optim.AdamW(groups, weight_decay=0.0)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    losses, norms = [], []
    for _ in range(STEPS):
        loss = torch.nn.functional.cross_entropy(scores(), LABELS)
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_([*parameters, *own], CLIP).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    with torch.no_grad():
        return {"losses": losses, "norms": norms, "scores": scores().tolist()}


def soft(first_only: bool) -> dict:
    """WARP: the last matrix of the head has a row for each label, which starts as the mean of its words' rows."""
    model = tiny()
    rows = model.cls.predictions.decoder.weight.detach()
    start = [rows[of[:1] if first_only else of].mean(0) for of in tokens(WORDS)]
    vectors = torch.nn.Parameter(torch.stack(start).clone())
    return train(model, lambda: model.cls.predictions.transform(states(model)) @ vectors.T, [vectors], VECTOR_RATE)


def knowledgeable(kept: list[list[str]]) -> dict:
    """KPT: softmax of learnt weights over the words of a label, times log-probabilities over all label words."""
    model = tiny()
    weights = [torch.nn.Parameter(torch.zeros(len(of), dtype=torch.float64)) for of in kept]
    ids = tokens(kept)

    def scores():
        logits = model.cls(states(model))
        said = logits[:, [token for of in ids for token in of]].log_softmax(-1)
        parts = said.split([len(of) for of in ids], -1)
        return torch.stack([(part * weight.softmax(0)).sum(-1) for part, weight in zip(parts, weights)], -1)
    result = train(model, scores, weights, WEIGHT_RATE)
    return {**result, "weights": [weight.softmax(0).tolist() for weight in weights]}


def support() -> torch.Tensor:
    """Logits of the model as it is, (texts, V)."""
    model = tiny()
    with torch.no_grad():
        return model.cls(states(model))


def refined(words: list[list[str]], share: float, logits: torch.Tensor) -> dict:
    return {"paper": in_paper(words, share, logits.softmax(-1).numpy()), "code": in_code(words, share, logits.numpy())}


def frequent(words: list[list[str]], share: float, prior: np.ndarray) -> list[list[str]]:
    removed = set(np.argsort(prior, kind="stable")[:int((1 - share) * len(prior))].tolist())
    kept = [[word for word, token in zip(of, ids) if token not in removed] for of, ids in zip(words, tokens(words))]
    best = [max(of, key=lambda word: prior[tokenizer.token_to_id(word)]) for of in words]
    return [of or [one] for of, one in zip(kept, best)]


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def in_paper(words, share, said):
    """Frequency and relevance refinement by probabilities; names are the first words as they are written."""
    names = [said[:, of[0]] for of in tokens(words)]
    result = []
    for label, of in enumerate(frequent(words, share, said.mean(0))):
        kept = []
        for word in of:
            r = [cosine(said[:, tokenizer.token_to_id(word)], name) for name in names]
            if r[label] * (len(names) - 1) / (sum(r) - r[label]) >= 1:
                kept.append(word)
        result.append(kept or [words[label][0]])
    return result


def in_code(words, share, said):
    """The same by centred logits, as thunlp/KnowledgeablePromptTuning does it, its power mean written without underflow."""
    words = frequent(words, share, said.mean(0))
    power = 10 / (len(words) - 2 + 1e-2) + 1
    centred = [[said[:, token] - said[:, token].mean() for token in of] for of in tokens(words)]
    ranked = []
    for label, of in enumerate(words):
        scored = []
        for word, column in zip(of, centred[label]):
            similar = [cosine(column, centred[other][0]) for other in range(len(words))]
            others = np.abs(similar[:label] + similar[label + 1:])
            mean = others.max() * (((others / others.max()) ** power).mean() ** (1 / power))
            scored.append((word, similar[label] / mean if similar[label] >= 0 else -100))
        ranked.append(sorted(scored, key=lambda pair: -pair[1]))
    longest = max(map(len, ranked))
    cuts = []
    for cut in range(longest):
        rate = cut / longest
        at = [of[min(int(rate * len(of)), len(of) - 1)][1] for of in ranked]
        cuts.append((rate, sum((value - 1) ** 2 for value in at)))
    rate = sorted(cuts, key=lambda pair: pair[1])[0][0]
    best = [[word for word, _ in of[:max(1, int(len(of) * rate))]] for of in ranked]
    return [[word for word in of if word in kept] for of, kept in zip(words, best)]


def prototypes(in_code: bool) -> dict:
    """ProtoVerb on given states and first numbers: losses of Adam's steps, and the cosines afterwards."""
    random = torch.Generator().manual_seed(11)
    states_ = torch.randn(10, 12, generator=random, dtype=torch.float64)
    labels = torch.tensor([0, 1, 2, 0, 1, 2, 0, 1, 0, 2])
    w = (torch.rand(6, 12, generator=random, dtype=torch.float64) - .5).requires_grad_()
    c = (torch.rand(3, 6, generator=random, dtype=torch.float64) - .5).requires_grad_()
    golden = {"states": states_.tolist(), "labels": labels.tolist(), "projection": w.tolist(), "prototypes": c.tolist()}
    optimizer = torch.optim.Adam([w, c], lr=PROTOTYPE_RATE)
    losses = []
    for _ in range(STEPS):
        loss = contrast(states_ @ w.T, c, labels, in_code)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {**golden, "losses": losses, "cosines": similar(states_ @ w.T, c).tolist()}


def similar(x, y):
    return torch.nn.functional.normalize(x, dim=-1) @ torch.nn.functional.normalize(y, dim=-1).T


def contrast(v, c, labels, in_code):
    n, count = len(labels), len(c)
    to_prototypes = -sum(torch.log(torch.exp(row)[label] / torch.exp(row).sum()) for row, label in zip(similar(v, c), labels))
    s = torch.exp(similar(v, v))
    to_others = 0
    for i in range(n):
        for j in range(n):
            if labels[i] == labels[j]:
                against = s[i, j] + s[i][labels != labels[i]].sum() if in_code else s[i].sum()
                to_others = to_others - torch.log(s[i, j] / against)
    return to_prototypes / (n * count) + to_others / n ** 2


def contrast_of_openprompt(v_ins, c):
    """OpenPrompt's loops over equally many states of each label, (C, K, D), as they stand there: a check of the above."""
    def sim(x, y):
        return torch.matmul(torch.nn.functional.normalize(x, dim=-1), torch.nn.functional.normalize(y, dim=-1).transpose(1, 0))
    classes, num = v_ins.shape[:2]
    sims = torch.exp(sim(v_ins, c))
    loss = 0.
    for i in range(num):
        right = torch.diag(sims[:, i, :])
        loss += -torch.log(right / sims[:, i, :].sum(1)).sum()
    loss = loss / (num * classes * classes)
    among = 0.
    for i in range(classes):
        instance = torch.exp(sim(v_ins, v_ins[i]))
        others = (instance.sum(0) - instance[i]).sum(0)
        among += -torch.log(instance[i] / (instance[i] + others)).sum()
    return loss + among / (num * classes * num * classes)


def check_contrast() -> None:
    random = torch.Generator().manual_seed(3)
    v, c = torch.randn(3, 4, 6, generator=random), torch.randn(3, 6, generator=random)
    ours = contrast(v.flatten(0, 1), c, torch.arange(3).repeat_interleave(4), True)
    assert torch.allclose(ours, contrast_of_openprompt(v, c), atol=1e-6), (ours, contrast_of_openprompt(v, c))


def main() -> None:
    check_contrast()
    logits = support()
    refinement = [{"words": words, "share": share, **refined(words, share, logits)} for words in (MANY, THREE) for share in SHARES]
    folder = HERE.parent / "resources" / "verbalizers"
    folder.mkdir(exist_ok=True)
    write_json(folder / "training.json", {"versions": VERSIONS, "rate": RATE, "soft": soft(False), "soft_first": soft(True),
               "knowledgeable": {**knowledgeable(refinement[0]["paper"]), "words": MANY}})
    write_json(folder / "refinement.json", {"versions": VERSIONS, "cases": refinement})
    write_json(folder / "prototypes.json", {"versions": VERSIONS, "rate": PROTOTYPE_RATE, "paper": prototypes(False),
               "code": prototypes(True)})


if __name__ == "__main__":
    main()
