# Adafactor as transformers' computes it where nothing is factored (Shazeer and Stern 2018, arXiv 1804.04235, algorithm 2 with the
# whole second moment), at a given rate, without a first moment, and without scaling by the parameters, in place.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The L2 norm of all gradients as one vector: a 0-d tensor.
  def norm(self: __torch__.Kernel,
      gradients: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients, 2)), 2)

  # One step with gradients times the factor. control: [learning rate, decay, epsilon, threshold, weight decay, factor].
  def forward(self: __torch__.Kernel,
      control: Tensor,
      parameters: List[Tensor],
      gradients: List[Tensor],
      squares: List[Tensor],
      steps: List[Tensor]) -> Tensor:
    rate = float(torch.item(torch.select(control, 0, 0)))
    decay = float(torch.item(torch.select(control, 0, 1)))
    epsilon = float(torch.item(torch.select(control, 0, 2)))
    threshold = float(torch.item(torch.select(control, 0, 3)))
    shrink = 1.0 - float(torch.item(torch.select(control, 0, 4))) * rate
    factor = float(torch.item(torch.select(control, 0, 5)))
    torch._foreach_add_(steps, 1)
    for i in range(torch.len(parameters)):
      g = torch.mul(gradients[i], factor)
      rest = torch.pow(steps[i], -decay)
      _0 = torch.mul_(squares[i], torch.rsub(rest, 1))
      _1 = torch.add_(squares[i], torch.mul(torch.add(torch.mul(g, g), epsilon), rest))
      update = torch.mul(torch.rsqrt(squares[i]), g)
      size = torch.sqrt(torch.mean(torch.mul(update, update)))
      moved = torch.div(update, torch.clamp(torch.div(size, threshold), 1))
      _2 = torch.mul_(parameters[i], shrink)
      _3 = torch.sub_(parameters[i], torch.mul(moved, rate))
    return control

  def zero(self: __torch__.Kernel,
      gradients: List[Tensor]) -> Tensor:
    torch._foreach_zero_(gradients)
    return gradients[0]
