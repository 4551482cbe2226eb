# Which tokens follow, out of the logits of a decoding.
#
# R rows, V vocabulary, P prompts, K candidates. control is float64 on the CPU, its first numbers how many tokens are
# blocked in all rows and how many in one row only; what is blocked stands at its end: tokens, then row * V + token.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${likelihood.py}

  def number(self: __torch__.Kernel,
      control: Tensor,
      at: int) -> float:
    return float(torch.item(torch.select(control, 0, at)))

  # Numbers of control on the device of x, as int64 (dtype 4), float32 (6) or float64 (7).
  def numbers(self: __torch__.Kernel,
      control: Tensor,
      at: int,
      count: int,
      dtype: int,
      x: Tensor) -> Tensor:
    return torch.to(torch.narrow(control, 0, at, count), ops.prim.device(x), dtype)

  # x (R, V) with minus infinity where a token is blocked; blocked: where in control it begins.
  def block(self: __torch__.Kernel,
      x: Tensor,
      control: Tensor,
      blocked: int) -> Tensor:
    everywhere = int((self).number(control, 0, ))
    places = int((self).number(control, 1, ))
    y = x
    if everywhere > 0:
      y = torch.index_fill(y, 1, (self).numbers(control, blocked, everywhere, 4, x, ), -inf)
    if places > 0:
      at = (self).numbers(control, blocked + everywhere, places, 4, x, )
      y = torch.view(torch.index_fill(torch.flatten(y), 0, at, -inf), [torch.size(x, 0), torch.size(x, 1)])
    return y

  # Of each row the token (R, 1), and its log-probability before blocking, minus infinity if it is blocked: (R, 2).
  def told(self: __torch__.Kernel,
      tokens: Tensor,
      logits: Tensor,
      allowed: Tensor) -> Tensor:
    greatest, logarithms = (self).normaliser(logits, )
    found = (self).normalised(torch.gather(logits, 1, tokens), greatest, logarithms, )
    found = torch.masked_fill(found, torch.gather(allowed, 1, tokens) == -inf, -inf)
    return torch.cat([torch.to(tokens, 7), found], 1)

  # The most probable token of each row, by "max", which takes half of the time of "argmax". control: [everywhere, places,
  # blocked].
  def likeliest(self: __torch__.Kernel,
      logits: Tensor,
      control: Tensor) -> Tensor:
    allowed = (self).block(logits, control, 2, )
    _0, tokens = torch.max(allowed, 1, True)
    return (self).told(tokens, logits, allowed, )

  # The first place of x (R, N) at which the sum of probabilities exceeds that share of the whole: (R, 1).
  def place(self: __torch__.Kernel,
      x: Tensor,
      shares: Tensor) -> Tensor:
    sums = torch.cumsum(torch.softmax(x, -1), 1, dtype=7)
    last = torch.size(x, 1) - 1
    found = torch.searchsorted(sums, torch.unsqueeze(shares, 1) * torch.narrow(sums, 1, last, 1), right=True)
    return torch.clamp(found, 0, last)

  # The most probable of x (R, V), the most probable first, their tokens, and which of them top p cuts off: those before
  # which there is p already. Where k is 0, a few are tried first, as sorting all takes long.
  def leading(self: __torch__.Kernel,
      x: Tensor,
      k: int,
      p: float) -> Tuple[Tensor, Tensor, Tensor]:
    all = torch.size(x, 1)
    if k > 0:
      size = k
    else:
      size = 512
    if size > all:
      size = all
    best, tokens = torch.topk(x, size, 1)
    if k > 0:
      shares = torch.softmax(best, 1)
    else:
      sums = torch.logsumexp(x, [1], True)
      shares = torch.exp(best - sums)
      if size < all and bool(torch.any(torch.sum(shares, [1]) < p)):
        best, tokens = torch.topk(x, all, 1)
        shares = torch.exp(best - sums)
    return (best, tokens, torch.cumsum(shares, 1) - shares >= p)

  # A token of each row drawn by its share, 0 to below 1. Row r draws from the logits of row rows[r].
  # control: [everywhere, places, temperature, top k or 0, top p, count, shares, rows, blocked].
  def drawn(self: __torch__.Kernel,
      given: Tensor,
      control: Tensor) -> Tensor:
    k = int((self).number(control, 3, ))
    p = (self).number(control, 4, )
    count = int((self).number(control, 5, ))
    shares = (self).numbers(control, 6, count, 7, given, )
    logits = torch.index_select(given, 0, (self).numbers(control, 6 + count, count, 4, given, ))
    allowed = (self).block(logits, control, 6 + 2 * count, )
    x = (allowed - torch.amax(allowed, [1], True)) / (self).number(control, 2, )
    if k > 0 or p < 1.0:
      best, tokens, cut = (self).leading(x, k, p, )
      chosen = torch.gather(tokens, 1, (self).place(torch.masked_fill(best, cut, -inf), shares, ))
    else:
      chosen = (self).place(x, shares, )
    return (self).told(chosen, logits, allowed, )

  # The best K continuations of each prompt's beams, the best first: sum of log-probabilities, row within the prompt, token,
  # each (P, K): (3, P, K). control: [everywhere, places, prompts, candidates, sums of the rows so far, blocked].
  def best(self: __torch__.Kernel,
      logits: Tensor,
      control: Tensor) -> Tensor:
    rows = torch.size(logits, 0)
    prompts = int((self).number(control, 2, ))
    wanted = int((self).number(control, 3, ))
    greatest, logarithms = (self).normaliser(logits, )
    allowed = (self).block(logits, control, 4 + rows, )
    width = torch.size(logits, 1)
    if wanted < width:
      width = wanted
    ofRow, tokens = torch.topk(allowed, width, 1)
    added = torch.to((self).normalised(ofRow, greatest, logarithms, ), 6)
    sums = torch.view(added + torch.unsqueeze((self).numbers(control, 4, rows, 6, logits, ), 1), [prompts, -1])
    count = torch.size(sums, 1)
    if wanted < count:
      count = wanted
    found, at = torch.topk(sums, count, 1)
    row = torch.div(at, width, rounding_mode="floor")
    token = torch.gather(torch.view(tokens, [prompts, -1]), 1, at)
    return torch.stack([torch.to(found, 7), torch.to(row, 7), torch.to(token, 7)])
