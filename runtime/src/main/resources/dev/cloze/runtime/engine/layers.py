  # Part of kernels: what layers of all of them do.

  def drop(self: __torch__.Kernel,
      x: Tensor,
      rate: float,
      seed: int) -> Tensor:
    if rate > 0.0:
      generator = torch.Generator(device=ops.prim.device(x), seed=seed)
      kept = torch.bernoulli_(torch.empty_like(x), 1.0 - rate, generator=generator)
      y = torch.mul(x, torch.mul_(kept, 1.0 / (1.0 - rate)))
    else:
      y = x
    return y

  def activate(self: __torch__.Kernel,
      x: Tensor,
      name: str) -> Tensor:
    if name == "gelu":
      y = torch.gelu(x)
    else:
      if name == "gelu_tanh":
        y = torch.gelu(x, approximate="tanh")
      else:
        if name == "relu":
          y = torch.relu(x)
        else:
          y = torch.silu(x)
    return y
