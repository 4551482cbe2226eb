  # Part of kernels: products by matrices that may be packed, which they are without gradients alone.

  def isPacked(self: __torch__.Kernel,
      weight: Tensor) -> bool:
    return ${isPacked}

  # x in the numbers that layers multiply in.
  def lowered(self: __torch__.Kernel,
      x: Tensor) -> Tensor:
    if ${half}:
      y = torch.to(x, 15)
    else:
      y = x
    return y

  # x in float32 again.
  def raised(self: __torch__.Kernel,
      x: Tensor) -> Tensor:
    if ${half}:
      y = torch.to(x, 6)
    else:
      y = x
    return y

  # x by a matrix that isn't packed, in the numbers of x.
  def unpacked(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor]) -> Tensor:
    if ops.prim.dtype(weight) == ops.prim.dtype(x):
      y = torch.linear(x, weight, bias)
    else:
      y = torch.linear(x, torch.to(weight, ops.prim.dtype(x)))
      if torch.__isnot__(bias, None):
        shift = unchecked_cast(Tensor, bias)
        y = torch.add(y, torch.to(shift, ops.prim.dtype(x)))
    return y

  # By oneDNN, which reads packed matrices and others, without gradients.
  def few(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor]) -> Tensor:
    return ${few}

  # That many rows or a few more, at most one in eight: oneDNN makes code for every number of rows and keeps it for a thousand products.
  def round(self: __torch__.Kernel,
      rows: int) -> int:
    step = 1
    while torch.gt(rows, torch.mul(16, step)):
      step = torch.mul(2, step)
    return torch.floordiv(rows + step - 1, step) * step

  # The rows of x (.., K), behind them zeros up to that number: (N, K).
  def fill(self: __torch__.Kernel,
      x: Tensor,
      rows: int) -> Tensor:
    y = torch.reshape(x, [-1, torch.size(x, -1)])
    if torch.size(y, 0) < rows:
      y = torch.constant_pad_nd(y, [0, 0, 0, rows - torch.size(y, 0)])
    return y

  # Of products y (N, M) the rows of x (.., K): (.., M).
  def like(self: __torch__.Kernel,
      y: Tensor,
      x: Tensor) -> Tensor:
    shape = torch.slice(torch.size(x), 0, -1)
    own = torch.floordiv(torch.numel(x), torch.size(x, -1))
    return torch.view(torch.narrow(y, 0, 0, own), torch.add(shape, [torch.size(y, 1)]))

  # x by a matrix, and its bias.
  def linear(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor]) -> Tensor:
    if (self).isPacked(weight, ):
      rows = (self).round(torch.floordiv(torch.numel(x), torch.size(x, -1)), )
      y = (self).like((self).few((self).fill(x, rows, ), weight, bias, ), x, )
    else:
      y = (self).unpacked(x, weight, bias, )
    return y

  def fewActivated(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor]) -> Tensor:
    return ${fewActivated}

  # The same through the activation of feed-forward layers.
  def activated(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor]) -> Tensor:
    if (self).isPacked(weight, ):
      rows = (self).round(torch.floordiv(torch.numel(x), torch.size(x, -1)), )
      y = (self).like((self).fewActivated((self).fill(x, rows, ), weight, bias, ), x, )
    else:
      y = (self).activate((self).unpacked(x, weight, bias, ), "${activation}", )
    return y

  def fewAdded(self: __torch__.Kernel,
      before: Tensor,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor]) -> Tensor:
    if torch.__isnot__(bias, None):
      shift = unchecked_cast(Tensor, bias)
      if ${half}:
        shift = torch.to(shift, ops.prim.dtype(x))
      y = ${fewAdded}
    else:
      y = ${fewAddedAlone}
    return y

  # The product with dropout at that rate, added to what came before.
  def added(self: __torch__.Kernel,
      before: Tensor,
      x: Tensor,
      weight: Tensor,
      bias: Optional[Tensor],
      rate: float,
      seed: int) -> Tensor:
    if (self).isPacked(weight, ):
      rows = (self).round(torch.floordiv(torch.numel(x), torch.size(x, -1)), )
      y = (self).like((self).fewAdded((self).fill(before, rows, ), (self).fill(x, rows, ), weight, bias, ), x, )
    else:
      y = torch.add(before, (self).drop((self).unpacked(x, weight, bias, ), rate, seed, ))
    return y
