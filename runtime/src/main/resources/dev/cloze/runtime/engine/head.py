# A classification head on hidden states, as the published sequence classifiers have it.
#
# B batch, E hidden, C labels. An empty tensor stands for "none".
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${layers.py}

  # Label scores of states (B, E): (B, C). control: [dropout, dropout seed]. weights: dense (E, E) and its bias, or two empty
  # ones, labels (C, E) and their bias, or an empty one.
  def forward(self: __torch__.Kernel,
      states: Tensor,
      control: Tensor,
      weights: List[Tensor]) -> Tensor:
    rate = float(torch.item(torch.select(control, 0, 0)))
    seed = int(float(torch.item(torch.select(control, 0, 1))))
    x = states
    if torch.numel(weights[0]) > 0:
      if ${dropsTwice}:
        x = (self).drop(x, rate, seed, )
      x = torch.linear(x, weights[0], weights[1])
      if "${activation}" == "tanh":
        x = torch.tanh(x)
      else:
        x = torch.relu(x)
    x = (self).drop(x, rate, seed + 1, )
    if torch.numel(weights[3]) > 0:
      scores = torch.linear(x, weights[2], weights[3])
    else:
      scores = torch.linear(x, weights[2])
    return scores
