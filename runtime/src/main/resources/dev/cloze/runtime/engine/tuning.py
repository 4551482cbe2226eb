# What tuning does with a backbone's scores.
#
# B batch, M asked positions, W asked words, C labels.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Label scores that are linear in the words' scores: (B, M, W) by (M W, C) is (B, C).
  def project(self: __torch__.Kernel,
      scores: Tensor,
      projection: Tensor) -> Tensor:
    return torch.matmul(torch.flatten(scores, 1), projection)

  # The products of what a head compares (B, 1, e) with the vectors of labels (C, e): label scores (B, C).
  def compare(self: __torch__.Kernel,
      states: Tensor,
      vectors: Tensor) -> Tensor:
    return torch.linear(torch.flatten(states, 1), vectors)

  # Label scores that are weighted means of words' scores. scores (B, 1, W) of tokens; words (W, N), each word's shares of tokens;
  # weights (N,), of which each label has the softmax over those of its words that are kept (N,), 1 or 0; labels (N, C), 1 where a
  # word is the label's: (B, C).
  def weigh(self: __torch__.Kernel,
      scores: Tensor,
      words: Tensor,
      weights: Tensor,
      kept: Tensor,
      labels: Tensor) -> Tensor:
    said = torch.matmul(torch.flatten(scores, 1), words)
    shares = torch.mul(torch.exp(weights), kept)
    return torch.div(torch.matmul(torch.mul(said, shares), labels), torch.matmul(shares, labels))

  # Rows over their length: (N, D).
  def directions(self: __torch__.Kernel,
      x: Tensor) -> Tensor:
    return torch.div(x, torch.clamp_min(torch.sqrt(torch.sum(torch.mul(x, x), [1], True)), 1e-12))

  # The contrast of hidden states (n, E), projected (D, E), with one another and with prototypes (C, D): 0-d. right (n, C) is 1 at
  # each state's label. control[0]: 1 to set a pair against the states of other labels alone.
  def contrast(self: __torch__.Kernel,
      states: Tensor,
      right: Tensor,
      projection: Tensor,
      prototypes: Tensor,
      control: Tensor) -> Tensor:
    count = torch.size(right, 0)
    v = (self).directions(torch.linear(states, projection), )
    c = (self).directions(prototypes, )
    p = torch.log_softmax(torch.linear(v, c), 1)
    toPrototypes = torch.div(torch.sum(torch.mul(right, p)), count * torch.size(right, 1))
    s = torch.linear(v, v)
    same = torch.linear(right, right)
    e = torch.exp(s)
    if float(torch.item(torch.select(control, 0, 0))) > 0.0:
      against = torch.add(e, torch.sum(torch.mul(e, torch.sub(torch.ones_like(same), same)), [1], True))
    else:
      against = torch.sum(e, [1], True)
    toOthers = torch.div(torch.sum(torch.mul(same, torch.sub(s, torch.log(against)))), count * count)
    return torch.neg(torch.add(toPrototypes, toOthers))

  # The mean cross-entropy of label scores (B, C) and right labels (B,), times control[0]: 0-d.
  def loss(self: __torch__.Kernel,
      scores: Tensor,
      labels: Tensor,
      control: Tensor) -> Tensor:
    return torch.cross_entropy_loss(scores, labels) * float(torch.item(torch.select(control, 0, 0)))

  # The mean over the rows of the sum over the wrong labels of max(0, 1 - score(right) + score(wrong)), for label scores (B, C)
  # and right labels (B,), times control[0]: 0-d. The right label's own term is 1 in the sum, and taken off.
  def hinge(self: __torch__.Kernel,
      scores: Tensor,
      labels: Tensor,
      control: Tensor) -> Tensor:
    right = torch.gather(scores, 1, torch.unsqueeze(labels, 1))
    terms = torch.relu(torch.add(torch.sub(scores, right), 1.))
    return torch.sub(torch.mean(torch.sum(terms, [1])), 1.) * float(torch.item(torch.select(control, 0, 0)))

  # The mean divergence KL(q || p) of label scores (B, C), p, from targets that are probabilities (B, C), q, times control[0]:
  # 0-d.
  def divergence(self: __torch__.Kernel,
      scores: Tensor,
      targets: Tensor,
      control: Tensor) -> Tensor:
    p = torch.log_softmax(scores, 1)
    rows = torch.sum(torch.sub(torch.xlogy(targets, targets), torch.mul(targets, p)), [1])
    return torch.mean(rows) * float(torch.item(torch.select(control, 0, 0)))

  # The same as LM-BFF's code has it, where the targets are taken for logarithms: the mean of exp(q) (q - log p) over rows and
  # labels.
  def exponentialDivergence(self: __torch__.Kernel,
      scores: Tensor,
      targets: Tensor,
      control: Tensor) -> Tensor:
    p = torch.log_softmax(scores, 1)
    parts = torch.mul(torch.exp(targets), torch.sub(targets, p))
    return torch.mean(parts) * float(torch.item(torch.select(control, 0, 0)))

  # The mean divergence KL(q || p) of label scores (B, C), p, from targets that are scores too (B, C), q, both softened by the
  # temperature control[1], times its square and control[0]: 0-d (Hinton et al. 2015, arXiv 1503.02531).
  def distillation(self: __torch__.Kernel,
      scores: Tensor,
      targets: Tensor,
      control: Tensor) -> Tensor:
    temperature = float(torch.item(torch.select(control, 0, 1)))
    p = torch.log_softmax(torch.div(scores, temperature), 1)
    q = torch.log_softmax(torch.div(targets, temperature), 1)
    rows = torch.sum(torch.mul(torch.exp(q), torch.sub(q, p)), [1])
    return torch.mean(rows) * (temperature * temperature * float(torch.item(torch.select(control, 0, 0))))

  # The mean square of scores less their targets (B, C), times control[0]: 0-d.
  def squares(self: __torch__.Kernel,
      scores: Tensor,
      targets: Tensor,
      control: Tensor) -> Tensor:
    return torch.mse_loss(scores, targets) * float(torch.item(torch.select(control, 0, 0)))

  # The mean square of the cosines of pairs less their targets (B,), times control[0]: 0-d. vectors (2B, E) in several parts and
  # in any order, places (2B,) where among them the first of each pair is, then the second of each.
  def similarity(self: __torch__.Kernel,
      vectors: List[Tensor],
      places: Tensor,
      targets: Tensor,
      control: Tensor) -> Tensor:
    pairs = torch.size(targets, 0)
    both = torch.index_select(torch.cat(vectors), 0, places)
    cosines = torch.cosine_similarity(torch.narrow(both, 0, 0, pairs), torch.narrow(both, 0, pairs, pairs), 1, 1e-08)
    return torch.mse_loss(cosines, targets) * float(torch.item(torch.select(control, 0, 0)))

  # The sum of losses (B,), times control[0]: 0-d.
  def total(self: __torch__.Kernel,
      losses: Tensor,
      control: Tensor) -> Tensor:
    return torch.sum(losses) * float(torch.item(torch.select(control, 0, 0)))

  # Copies each tensor into its counterpart.
  def copy(self: __torch__.Kernel,
      to: List[Tensor],
      source: List[Tensor]) -> Tensor:
    torch._foreach_copy_(to, source)
    return to[0]

  # The sum of products of values and their gradients, of equal shapes: its gradient in each value is that value's own. 0-d.
  def pull(self: __torch__.Kernel,
      control: Tensor,
      values: List[Tensor],
      gradients: List[Tensor]) -> Tensor:
    total = torch.sum(torch.mul(values[0], gradients[0]))
    for i in range(torch.len(values) - 1):
      total = torch.add(total, torch.sum(torch.mul(values[i + 1], gradients[i + 1])))
    return total

  # Virtual tokens that tasks share (P, e), number by number times the product of a task's columns (P, r) and rows (r, e): (P, e).
  def factored(self: __torch__.Kernel,
      shared: Tensor,
      columns: Tensor,
      rows: Tensor) -> Tensor:
    return torch.mul(shared, torch.matmul(columns, rows))
