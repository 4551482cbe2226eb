  # Part of kernels that tell log-probabilities. Over 152,000 words log_softmax in float32 is off by 1e-5, as it adds up in few
  # lanes; where gradients are asked for it is used all the same, for it needs the least memory.

  # Of logits x (N, V) the greatest of each row, and the logarithm of the sum of exp(x - greatest) in float64: (N, 1) each. Few
  # rows at a time, so that they stay in the processor's cache; words are added up by 256 in float32, and these sums in float64.
  def normaliser(self: __torch__.Kernel,
      x: Tensor) -> Tuple[Tensor, Tensor]:
    count = torch.size(x, 0)
    width = torch.size(x, 1)
    if ops.prim.is_cuda(x):
      rows = count
    else:
      rows = torch.floordiv(262144, width)
    if rows < 1:
      rows = 1
    parts = torch.floordiv(count + rows - 1, rows)
    if parts < 1:
      parts = 1
    blocks = torch.floordiv(width, 256)
    greatest = annotate(List[Tensor], [])
    logarithms = annotate(List[Tensor], [])
    for i in range(parts):
      some = torch.slice(x, 0, i * rows, (i + 1) * rows)
      most = torch.amax(some, [1], True)
      shares = torch.exp_(some - most)
      whole = torch.reshape(torch.slice(shares, 1, 0, 256 * blocks), [torch.size(some, 0), blocks, 256])
      rest = torch.slice(shares, 1, 256 * blocks)
      sums = torch.sum(torch.sum(whole, [2]), [1], True, dtype=7) + torch.sum(rest, [1], True, dtype=7)
      _0 = torch.append(greatest, most)
      _1 = torch.append(logarithms, torch.log(sums))
    return (torch.cat(greatest), torch.cat(logarithms))

  # (x - greatest) - logarithm for some of a row's logits, in float64: (N, K).
  def normalised(self: __torch__.Kernel,
      x: Tensor,
      greatest: Tensor,
      logarithms: Tensor) -> Tensor:
    return torch.to(x, 7) - torch.to(greatest, 7) - logarithms

  # Log-probabilities by logits x (N, V) of the words (W,), or of all where there are none: (N, W).
  def logProbabilities(self: __torch__.Kernel,
      x: Tensor,
      words: Tensor) -> Tensor:
    some = torch.numel(words) > 0
    if ops.prim.requires_grad(x):
      y = torch.log_softmax(x, -1)
      if some:
        y = torch.index_select(y, 1, words)
    else:
      greatest, logarithms = (self).normaliser(x, )
      if some:
        y = torch.to((self).normalised(torch.index_select(x, 1, words), greatest, logarithms, ), ops.prim.dtype(x))
      else:
        y = torch.sub_(x - greatest, torch.to(logarithms, ops.prim.dtype(x)))
    return y

  # The negative log-probability by logits x (N, V) of each row's label (N,): (N,).
  def losses(self: __torch__.Kernel,
      x: Tensor,
      labels: Tensor) -> Tensor:
    if ops.prim.requires_grad(x):
      y = torch.cross_entropy_loss(x, labels, None, 0)
    else:
      greatest, logarithms = (self).normaliser(x, )
      said = torch.gather(x, 1, torch.unsqueeze(labels, 1))
      y = torch.to(torch.neg(torch.squeeze((self).normalised(said, greatest, logarithms, ), 1)), ops.prim.dtype(x))
    return y
