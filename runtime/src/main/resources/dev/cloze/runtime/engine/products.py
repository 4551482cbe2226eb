  # Part of kernels that write text: products of few rows without gradients.

  # x by a matrix.
  def few(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor]) -> Tensor:
    return ${few}

  # A matrix in the order in which "few" reads it fastest, of which only "few" can be asked; other tensors as they are.
  def ordered(self: __torch__.Kernel,
      weight: Tensor) -> Tensor:
    if torch.dim(weight) == 2 and ops.prim.dtype(weight) == 6:
      y = ${pack}
    else:
      y = weight
    return y

  # How "few" serves that many rows: 0 not at all, 1 for matrices that are large, 2 for all, 3 for all that are packed.
  def quick(self: __torch__.Kernel,
      x: Tensor,
      rows: int,
      packed: List[Tensor]) -> int:
    quick = 0
    if ops.prim.dtype(x) == 6:
      if torch.len(packed) > 1 and rows <= 64:
        quick = 3
      else:
        if rows <= 15:
          quick = 2
          if rows == 1:
            quick = 1
    return quick

  # By the weight at index w, of which there is one packed where quick is 3.
  def product(self: __torch__.Kernel,
      x: Tensor,
      weights: List[Tensor],
      w: int,
      bias: Optional[Tensor],
      quick: int,
      packed: List[Tensor]) -> Tensor:
    if quick == 3:
      weight = packed[w]
    else:
      weight = weights[w]
    if quick == 1:
      fast = torch.numel(weight) > 500000
    else:
      fast = quick > 1
    if fast:
      y = (self).few(x, weight, bias, )
    else:
      y = torch.linear(x, weight, bias)
    return y

  # By the vocabulary (V, E), which is the last of those packed: (.., V).
  def words(self: __torch__.Kernel,
      x: Tensor,
      vocabulary: Tensor,
      packed: List[Tensor]) -> Tensor:
    if (self).quick(x, torch.size(x, 0), packed, ) == 3:
      y = (self).few(x, packed[torch.len(packed) - 1], None, )
    else:
      if ops.prim.dtype(x) == 6 and torch.numel(vocabulary) > 500000:
        y = (self).few(x, vocabulary, None, )
      else:
        y = torch.linear(x, vocabulary)
    return y
