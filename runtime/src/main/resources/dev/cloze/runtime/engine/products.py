  # Part of kernels that write text: products without gradients, quick ones of few rows.

  # How matrices that aren't packed are quickest for that many rows without gradients: 0 as libtorch does it, 1 by "few" those
  # that are large, 2 by "few".
  def quick(self: __torch__.Kernel,
      x: Tensor,
      rows: int) -> int:
    quick = 0
    if ops.prim.dtype(x) == 6 and rows <= 15:
      quick = 2
      if rows == 1:
        quick = 1
    return quick

  # x by a matrix, and its bias.
  def product(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor],
      quick: int) -> Tensor:
    if (self).isPacked(weight, ):
      fast = False
    else:
      fast = quick == 2 or (quick == 1 and torch.numel(weight) > 500000)
    if fast:
      y = (self).few(x, weight, bias, )
    else:
      y = (self).linear(x, weight, bias, )
    return y

  # x (.., E) by the vocabulary (V, E), of which there is a packed one or an empty tensor: (.., V).
  def words(self: __torch__.Kernel,
      x: Tensor,
      vocabulary: Tensor,
      packed: List[Tensor]) -> Tensor:
    if torch.numel(packed[0]) > 0:
      y = (self).linear(x, packed[0], None, )
    else:
      if ops.prim.dtype(x) == 6 and torch.numel(vocabulary) > 500000:
        y = (self).few(x, vocabulary, None, )
      else:
        y = torch.linear(x, vocabulary)
    return y
