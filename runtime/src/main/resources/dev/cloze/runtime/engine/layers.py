  # Part of kernels: what layers of all of them do.

  # TorchScript can't seed a GPU's generator; there a hash of place and seed draws in its stead.
  def drop(self: __torch__.Kernel,
      x: Tensor,
      rate: float,
      seed: int) -> Tensor:
    if rate > 0.0:
      if ops.prim.is_cuda(x):
        kept = (self).hashed(x, 1.0 - rate, seed, )
      else:
        kept = (self).drawn(x, 1.0 - rate, seed, )
      y = torch.mul(x, torch.mul_(kept, 1.0 / (1.0 - rate)))
    else:
      y = x
    return y

  # 1 with this chance, else 0, of x's shape and type. One draw of a Mersenne Twister each, of 31 bits, where libtorch's own takes two
  # and a product of doubles.
  def drawn(self: __torch__.Kernel,
      x: Tensor,
      chance: float,
      seed: int) -> Tensor:
    generator = torch.Generator(device=ops.prim.device(x), seed=seed)
    draws = torch.random_(torch.empty_like(x, dtype=3), generator=generator)
    return torch.lt(draws, int(torch.mul(chance, 2147483648.0)), out=torch.empty_like(x))

  # 1 with this chance, else 0, of x's shape and type, the same for the same seed on every device.
  def hashed(self: __torch__.Kernel,
      x: Tensor,
      chance: float,
      seed: int) -> Tensor:
    places = torch.arange(torch.numel(x), dtype=None, layout=None, device=ops.prim.device(x))
    seeded = torch.bitwise_xor((self).mixed(places, ), torch.__and__(seed, 4294967295))
    kept = torch.lt((self).mixed(seeded, ), int(torch.mul(chance, 4294967296.0)))
    return torch.to(torch.reshape(kept, torch.size(x)), ops.prim.dtype(x))

  # MurmurHash3's finalizer of 32 bits, of each number.
  def mixed(self: __torch__.Kernel,
      h: Tensor) -> Tensor:
    a = torch.bitwise_xor(h, torch.bitwise_right_shift(h, 16))
    b = torch.bitwise_and(torch.mul(a, 2246822507), 4294967295)
    c = torch.bitwise_xor(b, torch.bitwise_right_shift(b, 13))
    d = torch.bitwise_and(torch.mul(c, 3266489909), 4294967295)
    return torch.bitwise_xor(d, torch.bitwise_right_shift(d, 16))

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

  # Rows of a table (V, e) for ids: (.., e). A gradient that the table has already is added to in these rows alone, where libtorch
  # would make another as large as the table; not on a GPU, where the order of sums would change from run to run.
  def rows(self: __torch__.Kernel,
      table: Tensor,
      ids: Tensor) -> Tensor:
    sparse = torch.__isnot__(ops.prim.grad(table), None) and torch.__not__(ops.prim.is_cuda(table))
    return torch.embedding(table, ids, -1, False, sparse)

  # Word embeddings of ids (B, T), rows of table[0] (V, e), of which an id below 0 stands for a virtual token: -1 - n for row n of
  # vectors (N, e). (B, T, e).
  def virtual(self: __torch__.Kernel,
      ids: Tensor,
      vectors: Tensor,
      table: List[Tensor]) -> Tensor:
    words = torch.embedding(table[0], torch.clamp(ids, 0))
    soft = torch.embedding(vectors, torch.clamp(torch.sub(torch.neg(ids), 1), 0))
    return torch.where(torch.unsqueeze(torch.lt(ids, 0), 2), soft, words)
