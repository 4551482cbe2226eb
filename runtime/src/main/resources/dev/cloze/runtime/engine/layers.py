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

  # 0 where a mask (B, N) is true and minus infinity elsewhere, to be added to the scores of keys: (B, 1, 1, N).
  def shown(self: __torch__.Kernel,
      mask: Tensor,
      x: Tensor) -> Tensor:
    b = torch.masked_fill(torch.zeros_like(mask, dtype=ops.prim.dtype(x)), torch.logical_not(mask), -inf)
    return torch.unsqueeze(torch.unsqueeze(b, 1), 1)

  # The mean over each row's tokens of x (B, T, E); mask (B, T), true where a token is, or empty where no row is padded: (B, E).
  def mean(self: __torch__.Kernel,
      x: Tensor,
      mask: Tensor) -> Tensor:
    if torch.numel(mask) > 0:
      kept = torch.unsqueeze(torch.to(mask, ops.prim.dtype(x)), -1)
      y = torch.div(torch.sum(torch.mul(x, kept), [1]), torch.sum(kept, [1]))
    else:
      y = torch.mean(x, [1])
    return y

  # Word embeddings of ids (B, T), rows of table[0] (V, e), of which an id below 0 stands for a virtual token: -1 - n for row n of
  # vectors (N, e). (B, T, e).
  def virtual(self: __torch__.Kernel,
      ids: Tensor,
      vectors: Tensor,
      table: List[Tensor]) -> Tensor:
    words = torch.embedding(table[0], torch.clamp(ids, 0))
    soft = torch.embedding(vectors, torch.clamp(torch.sub(torch.neg(ids), 1), 0))
    return torch.where(torch.unsqueeze(torch.lt(ids, 0), 2), soft, words)
