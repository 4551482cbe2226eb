"""Ten full-batch steps of SetFit's first part on a fixture: mean squared error of cosines of pairs of mean vectors,
and the same of pairs of the first tokens' vectors.

    python setfit_goldens.py        writes ../resources/parity/bert-tied/setfit.json (transformers 4.57 and 5 agree)

The loss is that of sentence-transformers' CosineSimilarityLoss, the optimizer torch's AdamW, the schedule transformers' linear one.
"""

from pathlib import Path

import torch
from transformers import AutoModel, get_linear_schedule_with_warmup

from parity_fixtures import VERSIONS, write_json
from training_goldens import CLIP, DECAY, LENGTHS, RATE, STEPS, groups, row

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "parity" / "bert-tied"
PAIRS = [(0, 3, 1), (0, 1, 0), (2, 4, 1), (5, 7, 0), (6, 6, 1), (1, 2, 0)]  # two rows, and whether they are alike


def means(states: torch.Tensor, kept: torch.Tensor) -> torch.Tensor:
    return (states * kept).sum(1) / kept.sum(1)


def first_tokens(states: torch.Tensor, kept: torch.Tensor) -> torch.Tensor:
    return states[:, 0]


def steps(rows: list[list[int]], pooled) -> dict:
    model = AutoModel.from_pretrained(FOLDER, attn_implementation="eager", dtype=torch.float64, add_pooling_layer=False).eval()
    ids = torch.tensor([ids + [0] * (max(LENGTHS) - len(ids)) for ids in rows])
    kept = (ids != 0).unsqueeze(-1)
    first, second, alike = (torch.tensor(values) for values in zip(*PAIRS))
    optimizer = torch.optim.AdamW(groups(model), lr=RATE)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    losses, norms = [], []
    for _ in range(STEPS):
        states = model(input_ids=ids, attention_mask=(ids != 0).long()).last_hidden_state
        vectors = pooled(states, kept)
        cosines = torch.cosine_similarity(vectors[first], vectors[second])
        loss = torch.nn.functional.mse_loss(cosines, alike.double())
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return {"losses": losses, "norms_before_clipping": norms}


def goldens() -> dict:
    random = torch.Generator().manual_seed(5)
    rows = [row(length, random) for length in LENGTHS]
    return {"steps": STEPS, "lr": RATE, "weight_decay": DECAY, "clip_norm": CLIP, "rows": rows,
            "pairs": [list(pair) for pair in PAIRS], **steps(rows, means), "first_tokens": steps(rows, first_tokens)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    write_json(FOLDER / "setfit.json", {"versions": VERSIONS, **goldens()})
