"""Ten full-batch steps of fine-tuning with a head of one number: losses, gradient norms, some final weights.

    python head_regression_goldens.py    writes ../resources/parity/bert-tied/regression.json (transformers 4.57 and 5 agree)

As head_training_goldens.py, with the first row of that head's last matrix and transformers' own loss of problem_type "regression".
"""

import torch
from safetensors.torch import load_file
from transformers import AutoModelForSequenceClassification, get_linear_schedule_with_warmup

from head_training_goldens import KEPT, RESOURCES
from parity_fixtures import VERSIONS, write_json
from training_goldens import CLIP, DECAY, LENGTHS, RATE, STEPS, groups, row

VALUES = [0.0, 5.0, 1.25, 3.2, 4.75, 2.5, 0.4, 3.0]


def train(rows: list[list[int]], dtype: torch.dtype) -> dict:
    model = AutoModelForSequenceClassification.from_pretrained(RESOURCES / "parity" / "bert-tied", num_labels=1,
                                                               problem_type="regression", attn_implementation="eager",
                                                               dtype=torch.float32)
    parameters = dict(model.named_parameters())
    for name, weight in load_file(RESOURCES / "heads" / "bert-tied.safetensors").items():
        if name.startswith("head."):
            parameters[name.removeprefix("head.")].data = weight[:1] if ".classifier." in name else weight
    model = model.to(dtype).eval()  # no dropout
    ids = torch.tensor([ids + [0] * (max(LENGTHS) - len(ids)) for ids in rows])
    optimizer = torch.optim.AdamW(groups(model), lr=RATE)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, STEPS)
    losses, norms = [], []
    for _ in range(STEPS):
        loss = model(input_ids=ids, attention_mask=(ids != 0).long(), labels=torch.tensor(VALUES, dtype=dtype)).loss
        optimizer.zero_grad()
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    final = dict(model.named_parameters())
    return {"losses": losses, "norms_before_clipping": norms,
            "final": {name: final[name].detach().flatten()[:64].tolist() for name in KEPT}}


if __name__ == "__main__":
    torch.set_num_threads(1)
    random = torch.Generator().manual_seed(5)
    rows = [row(length, random) for length in LENGTHS]
    golden = {"versions": VERSIONS, "steps": STEPS, "lr": RATE, "weight_decay": DECAY, "clip_norm": CLIP, "rows": rows,
              "values": VALUES, "float32": train(rows, torch.float32), "float64": train(rows, torch.float64)}
    write_json(RESOURCES / "parity" / "bert-tied" / "regression.json", golden)
