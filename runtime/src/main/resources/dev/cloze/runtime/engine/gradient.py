  # Part of decoders: losses and their gradient in what is put into a model whose weights stay as they are, written out. Nothing is
  # recorded, all products are oneDNN's where it is there, and what lies below all that is learnt is left out.
  #
  # R rows: B T or N, and more up to a number that oneDNN has code for (see round), whose gradient is zero.
  # kept, for each layer: x, its norm's two numbers a row, q, k, v, what attention gave and its logarithms; x before feed-forward, its
  # norm's two, what went into the activation and what came out.

  # Layer i of x (R, E), whose first rows are those of B texts: (R, E), or the places asked (N,), (N, E). size: B T. See layer.
  def forth(self: __torch__.Kernel,
      x: Tensor,
      i: int,
      texts: int,
      asked: Tensor,
      bias: Tensor,
      cosine: Tensor,
      sine: Tensor,
      prefixes: List[Tensor],
      kept: List[Tensor],
      weights: List[Tensor],
      size: int) -> Tensor:
    w = 14 * i
    rows = torch.size(x, 0)
    h, mean, over = (self).normal(x, weights[w], weights[w + 1], )
    torch.extend(kept, [x, mean, over])
    all = torch.narrow((self).by(None, h, weights, w + 2, ), 0, 0, size)
    heads = torch.view(all, [texts, -1, ${heads} + 2 * ${keyValueHeads}, ${headSize}])
    both = torch.narrow(heads, 2, 0, ${heads} + ${keyValueHeads})
    if torch.numel(cosine) > 0:
      both = (self).rotate(both, cosine, sine, )
    q = torch.transpose(torch.narrow(both, 2, 0, ${heads}), 1, 2)
    k = torch.transpose(torch.narrow(both, 2, ${heads}, ${keyValueHeads}), 1, 2)
    v = torch.transpose(torch.narrow(heads, 2, ${heads} + ${keyValueHeads}, ${keyValueHeads}), 1, 2)
    if torch.len(prefixes) > 1:
      k = torch.cat([torch.expand(prefixes[2 * i], [texts, -1, -1, -1]), k], 2)
      v = torch.cat([torch.expand(prefixes[2 * i + 1], [texts, -1, -1, -1]), v], 2)
    if torch.numel(bias) == 0:
      if ${heads} != ${keyValueHeads}:
        k = torch.repeat_interleave(k, ${group}, 1)
        v = torch.repeat_interleave(v, ${group}, 1)
      y, logarithms = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., True, attn_mask=None, scale=${scale})
    else:
      q = torch.reshape(q, [texts, ${keyValueHeads}, -1, ${headSize}])
      y, logarithms = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., False, attn_mask=bias, scale=${scale})
    torch.extend(kept, [q, k, v, y, logarithms])
    y = torch.reshape(torch.transpose(torch.reshape(y, [texts, ${heads}, -1, ${headSize}]), 1, 2), [size, -1])
    if torch.numel(asked) > 0:
      y = torch.index_select(y, 0, asked)
      x = torch.index_select(x, 0, asked)
    else:
      y = (self).fill(y, rows, )
    x = (self).by(x, y, weights, w + 6, )
    h, mean, over = (self).normal(x, weights[w + 8], weights[w + 9], )
    up = (self).by(None, h, weights, w + 10, )
    half = torch.floordiv(torch.size(up, -1), 2)
    if "${feedForward}" == "gated":
      active = (self).activate(torch.narrow(up, -1, 0, half), "${activation}", )
      torch.extend(kept, [x, mean, over, up, active])
      up = torch.mul(active, torch.narrow(up, -1, half, half))
    else:
      torch.extend(kept, [x, mean, over, up, up])
      up = (self).activate(up, "${activation}", )
    return (self).by(x, up, weights, w + 12, )

  # From the gradient g in what layer i gives that in its x, where x is learnt. Those of its prefixes (B, K, P, D) go before the others'.
  def forthBack(self: __torch__.Kernel,
      g: Tensor,
      i: int,
      texts: int,
      asked: Tensor,
      bias: Tensor,
      cosine: Tensor,
      sine: Tensor,
      prefixes: List[Tensor],
      learnt: bool,
      kept: List[Tensor],
      pulls: List[Tensor],
      weights: List[Tensor],
      size: int) -> Tensor:
    w = 14 * i
    at = 13 * i
    x = kept[at]
    d = (self).back(g, weights[w + 12], )
    up = kept[at + 11]
    if "${feedForward}" == "gated":
      half = torch.floordiv(torch.size(up, -1), 2)
      both = torch.empty_like(up)
      torch.mul(d, kept[at + 12], out=torch.narrow(both, -1, half, half))
      d = torch.mul_(d, torch.narrow(up, -1, half, half))
      (self).activateBack(d, torch.narrow(up, -1, 0, half), torch.narrow(both, -1, 0, half), "${activation}", )
      d = both
    else:
      d = (self).activateBack(d, up, torch.empty_like(up), "${activation}", )
    d = (self).back(d, weights[w + 10], )
    g = (self).normalBack(d, g, kept[at + 8], kept[at + 9], kept[at + 10], weights[w + 8], weights[w + 9], )
    d = (self).back(g, weights[w + 6], )
    if torch.numel(asked) > 0:
      d = torch.index_add(torch.new_zeros(d, [torch.size(x, 0), torch.size(d, 1)]), 0, asked, d)
      g = torch.index_add(torch.zeros_like(x), 0, asked, g)
    q = kept[at + 3]
    d = torch.transpose(torch.view(torch.narrow(d, 0, 0, size), [texts, -1, ${heads}, ${headSize}]), 1, 2)
    if torch.numel(bias) == 0:
      dq, dk, dv = torch._scaled_dot_product_flash_attention_for_cpu_backward(d, q, kept[at + 4], kept[at + 5], kept[at + 6], kept[at + 7], 0., True, attn_mask=None, scale=${scale})
      if ${heads} != ${keyValueHeads}:
        dk = torch.sum(torch.unflatten(dk, 1, [${keyValueHeads}, ${group}]), [2])
        dv = torch.sum(torch.unflatten(dv, 1, [${keyValueHeads}, ${group}]), [2])
    else:
      d = torch.reshape(d, torch.size(q))
      dq, dk, dv = torch._scaled_dot_product_flash_attention_for_cpu_backward(d, q, kept[at + 4], kept[at + 5], kept[at + 6], kept[at + 7], 0., False, attn_mask=bias, scale=${scale})
      dq = torch.reshape(dq, [texts, ${heads}, -1, ${headSize}])
    if torch.len(prefixes) > 1:
      past = torch.size(prefixes[0], 2)
      length = torch.size(dq, 2)
      torch.insert(pulls, 0, torch.narrow(dv, 2, 0, past))
      torch.insert(pulls, 0, torch.narrow(dk, 2, 0, past))
      dk = torch.narrow(dk, 2, past, length)
      dv = torch.narrow(dv, 2, past, length)
    if learnt:
      all = torch.empty([texts, torch.size(dq, 2), ${heads} + 2 * ${keyValueHeads}, ${headSize}], dtype=6)
      backwards = torch.neg(sine)
      (self).turned(torch.transpose(dq, 1, 2), cosine, backwards, torch.narrow(all, 2, 0, ${heads}), )
      (self).turned(torch.transpose(dk, 1, 2), cosine, backwards, torch.narrow(all, 2, ${heads}, ${keyValueHeads}), )
      torch.copy_(torch.narrow(all, 2, ${heads} + ${keyValueHeads}, ${keyValueHeads}), torch.transpose(dv, 1, 2))
      d = torch.view(all, [size, -1])
      d = (self).back((self).fill(d, torch.size(x, 0), ), weights[w + 2], )
      g = (self).normalBack(d, g, x, kept[at + 1], kept[at + 2], weights[w], weights[w + 1], )
    return g

  # The negative log-probabilities of words (N,) after states x (R, E) by the vocabulary (V, E), and the gradient of their sum in x.
  def ofWords(self: __torch__.Kernel,
      x: Tensor,
      words: Tensor,
      vocabulary: Tensor,
      head: List[Tensor]) -> Tuple[Tensor, Tensor]:
    count = torch.size(words, 0)
    h, mean, over = (self).normal(x, head[0], head[1], )
    y = torch.log_softmax((self).few(h, vocabulary, None, ), -1)
    at = torch.unsqueeze(words, 1)
    losses = torch.neg(torch.squeeze(torch.gather(y, 1, at), 1))
    shares = torch.exp_(y)
    ones = torch.neg(torch.ones_like(at, dtype=ops.prim.dtype(x)))
    torch.scatter_add_(torch.narrow(shares, 0, 0, count), 1, at, ones)
    torch.zero_(torch.slice(shares, 0, count))
    d = (self).back(shares, vocabulary, )
    return (losses, (self).normalBack(d, torch.zeros_like(x), x, mean, over, head[0], head[1], ))

  # Losses as of loss, the gradient of each row's in its inputs (B, T, E), if they are learnt, and in the prefixes as the row sees
  # them, each (B, K, P, D).
  def gradient(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      targets: Tensor,
      positions: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    none = torch.slice(asked, 0, 0, 0)
    x, cosine, sine, bias = (self).enter(ids, positions, torch.slice(inputs, 0, 0, 0), inputs, prefixes, 0, [0., 0., 0.], 0, embedding, True, )
    texts = torch.size(ids, 0)
    size = torch.numel(ids)
    x = (self).fill(x, (self).round(size, ), )
    kept = annotate(List[Tensor], [])
    places = (self).more(asked, )
    for i in range(${depth}):
      if torch.lt(i + 1, ${depth}):
        chosen = none
      else:
        chosen = places
      x = (self).forth(x, i, texts, chosen, bias, cosine, sine, prefixes, kept, layers, size, )
    losses, g = (self).ofWords(x, torch.select(targets, 0, 0), (self).decoder(embedding, head, ), head, )
    learnt = torch.numel(inputs) > 0 and ops.prim.requires_grad(inputs)
    pulls = annotate(List[Tensor], [])
    for j in range(${depth}):
      i = ${depth} - 1 - j
      if j == 0:
        chosen = places
      else:
        chosen = none
      g = (self).forthBack(g, i, texts, chosen, bias, cosine, sine, prefixes, learnt or i > 0, kept, pulls, layers, size, )
    sums = torch.index_add(torch.new_zeros(losses, [texts]), 0, torch.select(targets, 0, 1), losses)
    if learnt:
      g = torch.view(torch.narrow(g, 0, 0, size), [texts, torch.size(ids, 1), -1])
    return (sums, g, pulls)

  # Whether losses are to be had so: on a CPU in float32, where something is learnt, but no weight, and nothing dropped.
  def stays(self: __torch__.Kernel,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> bool:
    trained = ops.prim.requires_grad(embedding[0]) or ops.prim.requires_grad(layers[2]) or ops.prim.requires_grad(head[0])
    drops = float(torch.item(torch.sum(torch.slice(control, 0, 0, 3)))) > 0.0
    learnt = ops.prim.requires_grad(inputs)
    if torch.len(prefixes) > 1:
      learnt = learnt or ops.prim.requires_grad(prefixes[0])
    plain = ops.prim.dtype(layers[2]) == 6 and torch.numel(layers[4]) == 0 and not ${half}
    return torch.is_grad_enabled() and learnt and plain and not trained and not drops and not ops.prim.is_cuda(control) and not ops.prim.is_cuda(layers[2])

  # What has this value (B,) and this gradient of each row in x (1 or B, ..): losses, and zero that is x less x.
  def pulled(self: __torch__.Kernel,
      losses: Tensor,
      x: Tensor,
      g: Tensor) -> Tensor:
    return torch.add(losses, torch.sum(torch.flatten(torch.mul(torch.sub(x, torch.detach(x)), g), 1), [1]))

  # The losses with that gradient behind them. See loss.
  def learnt(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      targets: Tensor,
      positions: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    losses, g, pulls = (self).gradient(ids, asked, targets, positions, inputs, prefixes, embedding, layers, head, )
    torch.set_grad_enabled(True)
    if torch.numel(inputs) > 0 and ops.prim.requires_grad(inputs):
      losses = (self).pulled(losses, torch.slice(inputs, 1, 0, torch.size(ids, 1)), g, )
    for i in range(torch.len(pulls)):
      losses = (self).pulled(losses, prefixes[i], pulls[i], )
    return losses
