# Which token comes next in a text that stands behind many prompts at once.
#
# P prompts, R lines of the text, V vocabulary, K tokens. control is float64 on the CPU: [prompts, 1 for logits or 0 for
# log-probabilities, K].
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${likelihood.py}

  def number(self: __torch__.Kernel,
      control: Tensor,
      at: int) -> int:
    return int(torch.item(torch.select(control, 0, at)))

  # What the prompts say of each line in sum: of logits (P R, V), those of a prompt together, added to what other prompts said,
  # (R, V) or nothing: (R, V).
  def sums(self: __torch__.Kernel,
      logits: Tensor,
      before: Tensor,
      control: Tensor) -> Tensor:
    said = logits
    if (self).number(control, 1, ) == 0:
      said = (self).logProbabilities(logits, torch.empty([0], dtype=4, device=ops.prim.device(logits)), )
    sums = torch.sum(torch.view(said, [(self).number(control, 0, ), -1, torch.size(logits, 1)]), [0])
    if torch.numel(before) > 0:
      sums = torch.add_(sums, before)
    return sums

  # The best K tokens of each line by these sums (R, V), the best first: the sum of log-probabilities, or the log-probability by
  # the mean of the logits, and the token: (2, R, K).
  def best(self: __torch__.Kernel,
      sums: Tensor,
      control: Tensor) -> Tensor:
    found, tokens = torch.topk(sums, (self).number(control, 2, ), 1)
    said = torch.to(found, 7)
    if (self).number(control, 1, ) == 1:
      prompts = (self).number(control, 0, )
      mean = sums / prompts
      greatest, logarithms = (self).normaliser(mean, )
      said = (self).normalised(torch.gather(mean, 1, tokens), greatest, logarithms, )
    return torch.stack([said, torch.to(tokens, 7)])
