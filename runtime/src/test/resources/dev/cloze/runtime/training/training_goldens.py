"""Writes learning_rates.json and logistic_regression.json beside this file, with PyTorch 2.7.1 and transformers 4.57.1.

learning_rates.json: the learning rate of each update under Hugging Face's schedules.
logistic_regression.json: a whole training in doubles (AdamW with decay groups, warm-up and linear decay, global-norm
clipping, full batches) with the loss and gradient norm of each step and the weights after the last.
"""

import json
import pathlib

import torch
import transformers
from transformers import (
    get_constant_schedule_with_warmup,
    get_cosine_schedule_with_warmup,
    get_linear_schedule_with_warmup,
)

HERE = pathlib.Path(__file__).parent
VERSIONS = {"torch": torch.__version__, "transformers": transformers.__version__}


def learning_rates(schedule, peak, warmup, total):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=peak)
    if schedule == "CONSTANT":
        scheduler = get_constant_schedule_with_warmup(optimizer, warmup)
    elif schedule == "LINEAR":
        scheduler = get_linear_schedule_with_warmup(optimizer, warmup, total)
    else:
        scheduler = get_cosine_schedule_with_warmup(optimizer, warmup, total)
    rates = []
    for _ in range(total + 1):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def write_learning_rates():
    cases = []
    for schedule in ("LINEAR", "CONSTANT", "COSINE"):
        for peak, warmup, total in ((1e-5, 0, 20), (2e-5, 7, 31), (0.3, 1, 1), (5e-3, 10, 10)):
            rates = learning_rates(schedule, peak, warmup, total)
            cases.append({"schedule": schedule, "peak": peak, "warmup": warmup, "total": total, "rates": rates})
    (HERE / "learning_rates.json").write_text(json.dumps({"versions": VERSIONS, "cases": cases}, indent=1) + "\n")


def write_logistic_regression():
    generator = torch.Generator().manual_seed(3)
    inputs = torch.rand(20, 6, dtype=torch.double, generator=generator) * 2 - 1
    labels = (inputs[:, 0] - 2 * inputs[:, 1] > 0).double()
    weight = torch.zeros(6, dtype=torch.double, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.double, requires_grad=True)
    groups = [{"params": [weight], "weight_decay": 0.1}, {"params": [bias], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=0.2, betas=(0.8, 0.95), eps=1e-6)
    scheduler = get_linear_schedule_with_warmup(optimizer, 5, 30)
    losses, norms = [], []
    for _ in range(30):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(inputs @ weight + bias, labels)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_([weight, bias], 0.2).item())
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    golden = {
        "versions": VERSIONS,
        "inputs": inputs.tolist(),
        "labels": [int(label) for label in labels],
        "losses": losses,
        "norms": norms,
        "weights": weight.tolist() + bias.tolist(),
    }
    (HERE / "logistic_regression.json").write_text(json.dumps(golden, indent=1) + "\n")


write_learning_rates()
write_logistic_regression()
