  # Part of decoders: what the written-out gradient is made of, each operation and its way back. Nothing is recorded.
  #
  # R rows, of which those behind the texts' own have zeros for a gradient.

  # x (R, E) normalised, and two numbers of each row (R, 1): the mean, and one over the deviation or the root of the mean square.
  def normal(self: __torch__.Kernel,
      x: Tensor,
      scale: Tensor,
      shift: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    if "${norm}" == "layer":
      y, mean, over = torch.native_layer_norm(x, [torch.size(x, -1)], scale, shift, ${epsilon})
    else:
      mean = torch.slice(x, 0, 0, 0)
      length = torch.linalg_vector_norm(x, 2, [-1], True)
      over = torch.rsqrt(torch.add(torch.div(torch.mul(length, length), torch.size(x, -1)), ${epsilon}))
      y = torch.mul(torch.mul(x, over), scale)
    return (y, mean, over)

  # The gradient in x of the gradient g in what is normalised, and the gradient that goes past it.
  def normalBack(self: __torch__.Kernel,
      g: Tensor,
      past: Tensor,
      x: Tensor,
      mean: Tensor,
      over: Tensor,
      scale: Tensor,
      shift: Tensor) -> Tensor:
    if "${norm}" == "layer":
      y, _0, _1 = torch.native_layer_norm_backward(g, x, [torch.size(x, -1)], mean, over, scale, shift, [True, False, False])
      y = torch.add_(y, past)
    else:
      n = torch.mul(g, scale)
      along = torch.div(torch.sum(torch.mul(n, x), [-1], True), torch.size(x, -1))
      y = torch.addcmul_(torch.addcmul(past, n, over), x, torch.mul(torch.mul(along, over), torch.mul(over, over)), value=-1)
    return y

  # x (R, K) by the weight at index w and the bias behind it, added to what came before: (R, N).
  def by(self: __torch__.Kernel,
      before: Optional[Tensor],
      x: Tensor,
      weights: List[Tensor],
      w: int) -> Tensor:
    bias = annotate(Optional[Tensor], None)
    if torch.numel(weights[w + 1]) > 0:
      bias = weights[w + 1]
    if torch.__is__(before, None):
      y = (self).few(x, weights[w], bias, )
    else:
      y = (self).fewAdded(unchecked_cast(Tensor, before), x, weights[w], bias, )
    return y

  # What by gives back: g (R, N) by the matrix (N, K), (R, K). oneDNN reads it the other way round.
  def back(self: __torch__.Kernel,
      g: Tensor,
      weight: Tensor) -> Tensor:
    return (self).few(g, torch.t(weight), None, )

  # Into y the gradient in x of the gradient g in its activation.
  def activateBack(self: __torch__.Kernel,
      g: Tensor,
      x: Tensor,
      y: Tensor,
      name: str) -> Tensor:
    if name == "gelu":
      torch.gelu_backward(g, x, grad_input=y)
    else:
      if name == "gelu_tanh":
        torch.gelu_backward(g, x, approximate="tanh", grad_input=y)
      else:
        if name == "relu":
          torch.threshold_backward(g, x, 0, grad_input=y)
        else:
          torch.silu_backward(g, x, grad_input=y)
    return y

  # Heads x (B, T, H, D) into y, each pair turned by its angle where positions are angles.
  def turned(self: __torch__.Kernel,
      x: Tensor,
      cosine: Tensor,
      sine: Tensor,
      y: Tensor) -> Tensor:
    if torch.numel(cosine) > 0:
      torch.addcmul(torch.mul(x, cosine), (self).crossed(x, ), sine, out=y)
    else:
      torch.copy_(y, x)
    return y

  # As many places as oneDNN has code for: behind those asked the last one again.
  def more(self: __torch__.Kernel,
      asked: Tensor) -> Tensor:
    count = torch.size(asked, 0)
    again = torch.expand(torch.slice(asked, 0, count - 1), [(self).round(count, ) - count])
    return torch.cat([asked, again])
