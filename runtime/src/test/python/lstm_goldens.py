"""Writes a bidirectional LSTM classifier's scores, gradients and first losses, as PyTorch computes them in float64.

Made with Python 3.11.7, torch 2.15.0 (CPU):
    python lstm_goldens.py ../resources/lstm
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

WORDS, EMBEDDING, HIDDEN, LABELS = 9, 3, 4, 3
ROWS = [[2, 3, 4], [5], [6, 7, 8, 2, 0, 3], [1, 2], [8, 8, 4, 4], [3, 1, 5], [7], [0, 6, 2, 5, 1]]
GOLD = [0, 1, 2, 0, 1, 2, 0, 1]
POOLINGS = ["MAX", "MEAN", "LAST"]
LEARNING_RATE, WEIGHT_DECAY, STEPS = 0.05, 0.01, 10


class Classifier(nn.Module):
    def __init__(self, pooling):
        super().__init__()
        self.pooling = pooling
        self.embedding = nn.Embedding(WORDS, EMBEDDING)
        self.lstm = nn.LSTM(EMBEDDING, HIDDEN, batch_first=True, bidirectional=True)
        self.linear = nn.Linear(2 * HIDDEN, LABELS)

    def forward(self, rows):
        """Each row by itself, so that nothing is padded."""
        return torch.stack([self.linear(self.state(torch.tensor([row]))) for row in rows])

    def state(self, ids):
        states, (last, _) = self.lstm(self.embedding(ids))
        if self.pooling == "LAST":
            return torch.cat([last[0, 0], last[1, 0]])
        return states[0].max(0).values if self.pooling == "MAX" else states[0].mean(0)


def packed(model, rows):
    """The same as one batch, to see that packing changes nothing."""
    lengths = torch.tensor([len(row) for row in rows])
    ids = nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
    states, (last, _) = model.lstm(
        pack_padded_sequence(model.embedding(ids), lengths, batch_first=True, enforce_sorted=False)
    )
    states, _ = pad_packed_sequence(states, batch_first=True, padding_value=-2 if model.pooling == "MAX" else 0)
    if model.pooling == "LAST":
        pooled = torch.cat([last[0], last[1]], 1)
    else:
        pooled = states.amax(1) if model.pooling == "MAX" else states.sum(1) / lengths[:, None]
    return model.linear(pooled)


def decayed(model):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    return [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0.0}]


def numbers(tensors):
    return {name: {"shape": list(t.shape), "data": t.flatten().tolist()} for name, t in tensors}


def golden(pooling):
    torch.manual_seed(7)
    model = Classifier(pooling).double()
    with torch.no_grad():  # float32 values, so that both start from the same
        for parameter in model.parameters():
            parameter.copy_(parameter.float().double())
    weights = numbers((n, p.detach().clone()) for n, p in model.named_parameters())
    scores = model(ROWS)
    assert torch.allclose(scores, packed(model, ROWS), atol=1e-12)
    loss = nn.functional.cross_entropy(scores, torch.tensor(GOLD))
    loss.backward()
    gradients = numbers((n, p.grad.clone()) for n, p in model.named_parameters())
    model.zero_grad()
    optimizer = torch.optim.AdamW(decayed(model), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0, (STEPS - step) / STEPS))
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        step_loss = nn.functional.cross_entropy(model(ROWS), torch.tensor(GOLD))
        step_loss.backward()
        norms.append(nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        optimizer.step()
        schedule.step()
        losses.append(step_loss.item())
    return {
        "pooling": pooling,
        "weights": weights,
        "scores": scores.tolist(),
        "loss": loss.item(),
        "gradients": gradients,
        "losses": losses,
        "norms": norms,
        "final": numbers((n, p.detach()) for n, p in model.named_parameters()),
    }


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    text = {
        "torch": torch.__version__,
        "rows": ROWS,
        "labels": GOLD,
        "learning_rate": LEARNING_RATE,
        "weight_decay": WEIGHT_DECAY,
        "networks": [golden(pooling) for pooling in POOLINGS],
    }
    (folder / "torch.json").write_text(json.dumps(text) + "\n")


main()
