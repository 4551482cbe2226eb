# Networks that give prefixes, and what is done to a prefix in training.
#
# P places, h width of their embeddings, m middle width, L layers, H heads of keys and values, D head width, B rows.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${layers.py}

  # Keys and values (P, 2L H D) of embeddings (P, h), by weights (m, h) and (2L H D, m) and their biases (Li and Liang 2021,
  # arXiv 2101.00190, section 4.3).
  def encode(self: __torch__.Kernel,
      embeddings: Tensor,
      inner: Tensor,
      innerBias: Tensor,
      outer: Tensor,
      outerBias: Tensor) -> Tensor:
    return torch.linear(torch.tanh(torch.linear(embeddings, inner, innerBias)), outer, outerBias)

  # Numbers (2L, H, P, D) as each of B rows sees them, dropped for each row: (2L B, H, P, D). control: [B, rate, seed].
  def dropped(self: __torch__.Kernel,
      numbers: Tensor,
      control: Tensor) -> Tensor:
    rows = int(float(torch.item(torch.select(control, 0, 0))))
    rate = float(torch.item(torch.select(control, 0, 1)))
    seed = int(float(torch.item(torch.select(control, 0, 2))))
    each = torch.contiguous(torch.expand(torch.unsqueeze(numbers, 1), [-1, rows, -1, -1, -1]))
    return torch.flatten((self).drop(each, rate, seed, ), 0, 1)

  # The mean square of what numbers are off their targets: 0-d.
  def distance(self: __torch__.Kernel,
      numbers: Tensor,
      targets: Tensor) -> Tensor:
    return torch.mse_loss(numbers, targets)
