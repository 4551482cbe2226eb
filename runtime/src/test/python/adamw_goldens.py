"""What torch.optim.AdamW does to three small tensors in twenty steps, with clipping, decay groups and a linear schedule."""

import torch
from transformers import get_linear_schedule_with_warmup

STEPS = 20
SETTINGS = {"steps": STEPS, "lr": 1e-2, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "clip_norm": 1.0}
KEPT_AFTER = (1, 5, 20)
DECAYED = {"dense.weight": (4, 3)}
NOT_DECAYED = {"dense.bias": (4,), "LayerNorm.weight": (5,)}


def goldens() -> dict:
    """All the cases; every list of numbers is a tensor in row-major order."""
    random = torch.Generator().manual_seed(42)
    shapes = DECAYED | NOT_DECAYED
    start = {key: torch.randn(shape, generator=random) for key, shape in shapes.items()}
    scales = 10 ** (torch.rand(STEPS, generator=random) * 2 - 1.5)  # 0.03 to 3: some over the clipping norm
    gradients = [{key: scale * torch.randn(shape, generator=random) for key, shape in shapes.items()}
                 for scale in scales]
    return SETTINGS | {
        "weight_decay": {key: 0.01 if key in DECAYED else 0.0 for key in shapes},
        "shapes": {key: list(shape) for key, shape in shapes.items()},
        "start": values(start), "gradients": [values(step) for step in gradients],
        "runs": [{"dtype": name, "warmup_steps": warmup} | run(start, gradients, getattr(torch, name), warmup)
                 for name in ("float32", "float64") for warmup in (0, 4)],
        "first_step": first_step()}


def run(start: dict, gradients: list[dict], dtype: torch.dtype, warmup: int) -> dict:
    weights = {key: torch.nn.Parameter(value.to(dtype, copy=True)) for key, value in start.items()}
    optimizer = torch.optim.AdamW([
        {"params": [weights[key] for key in DECAYED], "weight_decay": 0.01},
        {"params": [weights[key] for key in NOT_DECAYED], "weight_decay": 0.0}],
        lr=SETTINGS["lr"], betas=(SETTINGS["beta1"], SETTINGS["beta2"]), eps=SETTINGS["eps"])
    schedule = get_linear_schedule_with_warmup(optimizer, warmup, STEPS)
    rates, norms, after = [], [], {}
    for step, gradient in enumerate(gradients, start=1):
        for key, weight in weights.items():
            weight.grad = gradient[key].to(dtype, copy=True)
        norms.append(torch.nn.utils.clip_grad_norm_(weights.values(), SETTINGS["clip_norm"]).item())
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
        if step in KEPT_AFTER:
            after[str(step)] = values(weights)
    return {"learning_rates": rates, "norms_before_clipping": norms, "after": after}


def first_step() -> dict:
    """A gradient as small as a few hundred epsilons tells torch's AdamW from the form with "epsilon hat"."""
    weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    weight.grad = torch.full((1,), 1e-6, dtype=torch.float64)
    torch.optim.AdamW([weight], lr=1e-3, eps=1e-8, weight_decay=0.0).step()
    return {"gradient": 1e-6, "lr": 1e-3, "eps": 1e-8, "start": 0.0, "after": weight.item()}


def values(weights: dict[str, torch.Tensor]) -> dict[str, list[float]]:
    return {key: weight.detach().flatten().tolist() for key, weight in weights.items()}
