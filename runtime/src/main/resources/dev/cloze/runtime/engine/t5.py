# T5: an encoder and a decoder with relative position biases (Raffel et al. 2020, arXiv 1910.10683), and its later form with
# gated feed-forward layers and a head of its own (Shazeer 2020, arXiv 2002.05202).
#
# B batch, S source, T target, N queries, K keys, H heads, D head width, I = H D, E hidden, F feed-forward, P prefix, L layers,
# V vocabulary, M places, W asked words, R rows being written for one prompt, C slots of the cache.
# control: [hidden dropout, attention dropout, dropout seed, 1 to normalise over the vocabulary], float64.
# An empty tensor stands for "none": mask, inputs, buckets of a prefix, words (then all of the vocabulary), each prefix.
#
# shared: word embedding (V, E), head (V, E) or empty where it is the word embedding, last norm of the encoder and of the
#   decoder (E,), relative biases (buckets, H) of the encoder's first layer, or of each (umT5), and of the decoder's.
# encoder, for each layer: norm (E,), query-key-value (3I, E), output (E, I), norm, up (F or 2F, E), down (E, F).
# decoder, for each layer: norm, query-key-value, output; norm, query (I, E), key-value (2I, E), output; norm, up, down.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${layers.py}

  ${likelihood.py}

  ${packed.py}

  ${products.py}

  # x (B, N, E) over its root mean square, times scale (E,) (Zhang and Sennrich 2019, arXiv 1910.07467, equation 4).
  def norm(self: __torch__.Kernel,
      x: Tensor,
      scale: Tensor) -> Tensor:
    return torch.to(torch.rms_norm(x, [torch.size(x, -1)], scale, ${epsilon}), ops.prim.dtype(x))

  # (B, N, I) to (B, H, N, D)
  def split(self: __torch__.Kernel,
      x: Tensor) -> Tensor:
    return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), ${heads}, -1]), 1, 2)

  # The prefix at that index (1 or B, H, P, D) before a layer's own keys or values (B, H, K, D): (B, H, P + K, D).
  def join(self: __torch__.Kernel,
      prefixes: List[Tensor],
      index: int,
      x: Tensor) -> Tensor:
    if torch.len(prefixes) > 1:
      past = torch.expand(torch.to(prefixes[index], ops.prim.dtype(x)), [torch.size(x, 0), -1, -1, -1])
      y = torch.cat([past, x], 2)
    else:
      y = x
    return y

  # q (B, H, N, D), k and v (B, H, K, D), bias (1 or B, 1 or H, 1 or N, K) or empty: (B, N, I). Scores are not scaled. The
  # fused form gives no gradient to a bias.
  def attend(self: __torch__.Kernel,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      bias: Tensor,
      rate: float,
      seed: int) -> Tensor:
    bias = torch.to(bias, ops.prim.dtype(q))
    if rate > 0.0 or ops.prim.requires_grad(bias):
      scores = torch.matmul(q, torch.transpose(k, -2, -1))
      if torch.numel(bias) > 0:
        scores = scores + bias
      y = torch.matmul((self).drop(torch.softmax(scores, -1), rate, seed, ), v)
    else:
      if torch.numel(bias) > 0:
        y = torch.scaled_dot_product_attention(q, k, v, bias, 0., False, scale=1.)
      else:
        y = torch.scaled_dot_product_attention(q, k, v, None, 0., False, scale=1.)
    return torch.flatten(torch.transpose(y, 1, 2), 2)

  # x by a matrix with dropout at that rate, added to what came before.
  def addTo(self: __torch__.Kernel,
      before: Tensor,
      x: Tensor,
      weight: Tensor,
      rate: float,
      seed: int,
      quick: int) -> Tensor:
    if (self).isPacked(weight, ):
      y = (self).added(before, x, weight, None, rate, seed, )
    else:
      y = before + (self).drop((self).product(x, weight, None, quick, ), rate, seed, )
    return y

  # x (B, N, E) plus its feed-forward layer. Weights from index w on: norm, up, down.
  def feed(self: __torch__.Kernel,
      x: Tensor,
      rate: float,
      seed: int,
      weights: List[Tensor],
      w: int,
      quick: int) -> Tensor:
    h = (self).norm(x, weights[w], )
    if ${gated}:
      up = (self).product(h, weights[w + 1], None, quick, )
      width = torch.floordiv(torch.size(up, -1), 2)
      h = (self).activate(torch.narrow(up, -1, 0, width), "${activation}", ) * torch.narrow(up, -1, width, width)
    else:
      if (self).isPacked(weights[w + 1], ):
        h = (self).activated(h, weights[w + 1], None, )
      else:
        h = (self).activate((self).product(h, weights[w + 1], None, quick, ), "${activation}", )
    return (self).addTo(x, (self).drop(h, rate, seed, ), weights[w + 2], rate, seed + 1, quick, )

  # Biases by distance, of N queries and K keys that stand in a row each. buckets (N + K - 1,), or (B, N + K - 1) where they
  # differ between rows: of the distance from the last query to the first key, and so on up to the distance from the first query
  # to the last key. table (buckets, H): (1 or B, H, N, K).
  def relative(self: __torch__.Kernel,
      buckets: Tensor,
      keys: int,
      table: Tensor) -> Tensor:
    rows = torch.transpose(torch.embedding(table, torch.view(buckets, [-1, torch.size(buckets, -1)])), 1, 2)
    return torch.flip(torch.unfold(rows, 2, keys, 1), [2])

  # The same of N tokens to themselves, and before it that to a prefix: (1 or B, H, N, P + N).
  def biases(self: __torch__.Kernel,
      tokens: int,
      buckets: Tensor,
      prefixBuckets: Tensor,
      causal: bool,
      table: Tensor) -> Tensor:
    b = (self).relative(buckets, tokens, table, )
    if causal:
      b = b + torch.triu(torch.full([tokens, tokens], -inf, dtype=ops.prim.dtype(table), device=ops.prim.device(table)), 1)
    if torch.numel(prefixBuckets) > 0:
      past = (self).relative(prefixBuckets, torch.size(prefixBuckets, -1) - tokens + 1, table, )
      b = torch.cat([past, torch.expand(b, [torch.size(past, 0), -1, -1, -1])], 3)
    return b

  # Attention bias of a (B, S) mask, true where a token is, behind a prefix: (B, 1, 1, P + S), 0 or minus infinity; empty for no
  # mask. Rows that differ in their prefixes always come with a mask.
  def bias(self: __torch__.Kernel,
      mask: Tensor,
      x: Tensor,
      prefixes: List[Tensor]) -> Tensor:
    if torch.numel(mask) > 0:
      b = (self).shown(mask, x, )
      seen = prefixes[torch.len(prefixes) - 1]
      if torch.numel(seen) > 0:
        b = torch.cat([(self).shown(seen, x, ), b], 3)
      else:
        if torch.len(prefixes) > 1:
          b = torch.constant_pad_nd(b, [torch.size(prefixes[0], 2), 0])
    else:
      b = mask
    return b

  # The word embeddings of ids (B, S): (B, S, E).
  def look(self: __torch__.Kernel,
      ids: Tensor,
      shared: List[Tensor]) -> Tensor:
    return torch.embedding(shared[0], ids)

  # The encoder's last states (B, S, E). ids and mask (B, S), inputs (B, S or more, E) in place of ids; prefixes: key and value
  # (1 or B, H, P, D) of each layer in turn, and last where each row has them (B, P), or empty for everywhere.
  def encode(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      inputs: Tensor,
      control: Tensor,
      prefixes: List[Tensor],
      shared: List[Tensor],
      layers: List[Tensor]) -> Tensor:
    hiddenRate = float(torch.item(torch.select(control, 0, 0)))
    attentionRate = float(torch.item(torch.select(control, 0, 1)))
    seed = int(float(torch.item(torch.select(control, 0, 2))))
    if torch.numel(inputs) > 0:
      x = torch.slice(inputs, 1, 0, torch.size(ids, 1))
    else:
      x = torch.embedding(shared[0], ids)
    padding = (self).bias(mask, x, prefixes, )
    bias = padding
    x = (self).lowered((self).drop(x, hiddenRate, seed, ), )
    for i in range(${layers}):
      if i < ${encoderTables}:
        bias = (self).biases(torch.size(ids, 1), buckets, prefixBuckets, False, shared[4 + i], )
        if torch.numel(padding) > 0:
          bias = bias + padding
      w = 6 * i
      at = seed + 4 * i + 1
      qkv = (self).linear((self).norm(x, layers[w], ), layers[w + 1], None, )
      width = torch.floordiv(torch.size(qkv, 2), 3)
      k = (self).join(prefixes, 2 * i, (self).split(torch.narrow(qkv, 2, width, width), ), )
      v = (self).join(prefixes, 2 * i + 1, (self).split(torch.narrow(qkv, 2, 2 * width, width), ), )
      y = (self).attend((self).split(torch.narrow(qkv, 2, 0, width), ), k, v, bias, attentionRate, at, )
      x = (self).addTo(x, y, layers[w + 2], hiddenRate, at + 1, 0, )
      x = (self).feed(x, hiddenRate, at + 2, layers, w + 3, 0, )
    return (self).drop((self).norm((self).raised(x, ), shared[2], ), hiddenRate, seed + 4 * ${layers} + 1, )

  # A decoder layer's keys and values of the encoder's states (B, S, E), (B, S, 2I), as (B, H, P + S, D) each.
  def cross(self: __torch__.Kernel,
      states: Tensor,
      prefixes: List[Tensor],
      layer: int,
      weights: List[Tensor]) -> Tuple[Tensor, Tensor]:
    kv = (self).linear((self).lowered(states, ), weights[10 * layer + 5], None, )
    width = torch.floordiv(torch.size(kv, 2), 2)
    k = (self).join(prefixes, 2 * layer, (self).split(torch.narrow(kv, 2, 0, width), ), )
    v = (self).join(prefixes, 2 * layer + 1, (self).split(torch.narrow(kv, 2, width, width), ), )
    return (k, v)

  # The decoder's last states at the places (M,), which count through its inputs targets (B, T) row by row: (M, E). states
  # and mask are the encoder's.
  def decode(self: __torch__.Kernel,
      states: Tensor,
      mask: Tensor,
      targets: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      places: Tensor,
      control: Tensor,
      prefixes: List[Tensor],
      crossPrefixes: List[Tensor],
      shared: List[Tensor],
      layers: List[Tensor]) -> Tensor:
    hiddenRate = float(torch.item(torch.select(control, 0, 0)))
    attentionRate = float(torch.item(torch.select(control, 0, 1)))
    seed = int(float(torch.item(torch.select(control, 0, 2)))) + 4 * ${layers} + 2
    x = torch.embedding(shared[0], targets)
    crossBias = (self).bias(mask, x, crossPrefixes, )
    bias = crossBias
    seen = prefixes[torch.len(prefixes) - 1]
    x = (self).lowered((self).drop(x, hiddenRate, seed, ), )
    for i in range(${decoderLayers}):
      if i < ${decoderTables}:
        bias = (self).biases(torch.size(targets, 1), buckets, prefixBuckets, True, shared[4 + ${encoderTables} + i], )
        if torch.numel(seen) > 0:
          bias = bias + torch.constant_pad_nd((self).shown(seen, x, ), [0, torch.size(targets, 1)])
      w = 10 * i
      at = seed + 6 * i + 1
      qkv = (self).linear((self).norm(x, layers[w], ), layers[w + 1], None, )
      width = torch.floordiv(torch.size(qkv, 2), 3)
      k = (self).join(prefixes, 2 * i, (self).split(torch.narrow(qkv, 2, width, width), ), )
      v = (self).join(prefixes, 2 * i + 1, (self).split(torch.narrow(qkv, 2, 2 * width, width), ), )
      y = (self).attend((self).split(torch.narrow(qkv, 2, 0, width), ), k, v, bias, attentionRate, at, )
      x = (self).addTo(x, y, layers[w + 2], hiddenRate, at + 1, 0, )
      q = (self).linear((self).norm(x, layers[w + 3], ), layers[w + 4], None, )
      k, v, = (self).cross(states, crossPrefixes, i, layers, )
      y = (self).attend((self).split(q, ), k, v, crossBias, attentionRate, at + 2, )
      x = (self).addTo(x, y, layers[w + 6], hiddenRate, at + 3, 0, )
      x = (self).feed(x, hiddenRate, at + 4, layers, w + 7, 0, )
    x = torch.index_select(torch.flatten(x, 0, 1), 0, places)
    return (self).drop((self).norm((self).raised(x, ), shared[3], ), hiddenRate, seed + 6 * ${decoderLayers} + 1, )

  # The decoder's last states at the places, (M, E). See encode and decode.
  def states(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      targets: Tensor,
      targetBuckets: Tensor,
      targetPrefixBuckets: Tensor,
      places: Tensor,
      control: Tensor,
      inputs: Tensor,
      encoderPrefixes: List[Tensor],
      decoderPrefixes: List[Tensor],
      crossPrefixes: List[Tensor],
      shared: List[Tensor],
      encoder: List[Tensor],
      decoder: List[Tensor]) -> Tensor:
    states = (self).encode(ids, mask, buckets, prefixBuckets, inputs, control, encoderPrefixes, shared, encoder, )
    return (self).decode(states, mask, targets, targetBuckets, targetPrefixBuckets, places, control, decoderPrefixes, crossPrefixes, shared, decoder, )

  # The encoder's last states at the places (M,), which count through ids (B, S) row by row: (M, E). See encode.
  def encoded(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      places: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      shared: List[Tensor],
      encoder: List[Tensor]) -> Tensor:
    states = (self).encode(ids, mask, buckets, prefixBuckets, inputs, control, prefixes, shared, encoder, )
    return torch.index_select(torch.flatten(states, 0, 1), 0, places)

  # The means of the encoder's last states over each row's tokens: (B, E). See encode.
  def means(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      shared: List[Tensor],
      encoder: List[Tensor]) -> Tensor:
    states = (self).encode(ids, mask, buckets, prefixBuckets, inputs, control, prefixes, shared, encoder, )
    return (self).mean(states, mask, )

  # (V, E)
  def head(self: __torch__.Kernel,
      shared: List[Tensor]) -> Tensor:
    if torch.numel(shared[1]) > 0:
      h = shared[1]
    else:
      h = shared[0]
    return h

  # Logits of the words (W,) at the places: (M, W). See encode and decode.
  def logits(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      targets: Tensor,
      targetBuckets: Tensor,
      targetPrefixBuckets: Tensor,
      places: Tensor,
      words: Tensor,
      control: Tensor,
      inputs: Tensor,
      encoderPrefixes: List[Tensor],
      decoderPrefixes: List[Tensor],
      crossPrefixes: List[Tensor],
      shared: List[Tensor],
      encoder: List[Tensor],
      decoder: List[Tensor]) -> Tensor:
    states = (self).encode(ids, mask, buckets, prefixBuckets, inputs, control, encoderPrefixes, shared, encoder, )
    x = (self).decode(states, mask, targets, targetBuckets, targetPrefixBuckets, places, control, decoderPrefixes, crossPrefixes, shared, decoder, ) * ${headScale}
    head = (self).head(shared, )
    if float(torch.item(torch.select(control, 0, 3))) > 0.0:
      y = (self).logProbabilities(torch.linear(x, head), words, )
    else:
      if torch.numel(words) > 0:
        y = torch.linear(x, torch.index_select(head, 0, words))
      else:
        y = torch.linear(x, head)
    return y

  # The decoder's last states at the places, and behind each the logits of all words: (M, E + V). See encode and decode.
  def said(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      targets: Tensor,
      targetBuckets: Tensor,
      targetPrefixBuckets: Tensor,
      places: Tensor,
      control: Tensor,
      inputs: Tensor,
      encoderPrefixes: List[Tensor],
      decoderPrefixes: List[Tensor],
      crossPrefixes: List[Tensor],
      shared: List[Tensor],
      encoder: List[Tensor],
      decoder: List[Tensor]) -> Tensor:
    states = (self).encode(ids, mask, buckets, prefixBuckets, inputs, control, encoderPrefixes, shared, encoder, )
    x = (self).decode(states, mask, targets, targetBuckets, targetPrefixBuckets, places, control, decoderPrefixes, crossPrefixes, shared, decoder, )
    return torch.cat([x, torch.linear(x * ${headScale}, (self).head(shared, ))], 1)

  # The negative log-probability of each row's target, (B,): the sum over its places of that of the token in labels (M,). The
  # vocabulary is projected onto for so many places at a time that their logits stay within 128 MB.
  def loss(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      targets: Tensor,
      targetBuckets: Tensor,
      targetPrefixBuckets: Tensor,
      places: Tensor,
      labels: Tensor,
      control: Tensor,
      inputs: Tensor,
      encoderPrefixes: List[Tensor],
      decoderPrefixes: List[Tensor],
      crossPrefixes: List[Tensor],
      shared: List[Tensor],
      encoder: List[Tensor],
      decoder: List[Tensor]) -> Tensor:
    states = (self).encode(ids, mask, buckets, prefixBuckets, inputs, control, encoderPrefixes, shared, encoder, )
    x = (self).decode(states, mask, targets, targetBuckets, targetPrefixBuckets, places, control, decoderPrefixes, crossPrefixes, shared, decoder, ) * ${headScale}
    head = (self).head(shared, )
    losses = annotate(List[Tensor], [])
    parts = torch.floordiv(torch.numel(places) * torch.size(head, 0), 33554432) + 1
    for part in range(parts):
      from = torch.floordiv(part * torch.numel(places), parts)
      to = torch.floordiv((part + 1) * torch.numel(places), parts)
      logits = torch.linear(torch.slice(x, 0, from, to), head)
      _0 = torch.append(losses, (self).losses(logits, torch.slice(labels, 0, from, to), ))
    rows = torch.floor_divide(places, torch.size(targets, 1))
    return torch.index_add(torch.zeros([torch.size(ids, 0)], dtype=ops.prim.dtype(x), device=ops.prim.device(x)), 0, rows, torch.cat(losses))

  # Reads texts to write after them: every decoder layer's keys and values of the encoder's states, (2L, B, H, P + S, D).
  def read(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      buckets: Tensor,
      prefixBuckets: Tensor,
      control: Tensor,
      inputs: Tensor,
      encoderPrefixes: List[Tensor],
      crossPrefixes: List[Tensor],
      shared: List[Tensor],
      encoder: List[Tensor],
      decoder: List[Tensor]) -> Tensor:
    states = (self).encode(ids, mask, buckets, prefixBuckets, inputs, control, encoderPrefixes, shared, encoder, )
    all = annotate(List[Tensor], [])
    for i in range(${decoderLayers}):
      k, v, = (self).cross(states, crossPrefixes, i, decoder, )
      _0 = torch.append(all, k)
      _1 = torch.append(all, v)
    return torch.stack(all)

  # Goes on with tokens (2, B, R), their ids and their positions, from slot control[0] of the store, into which they are
  # written: what comes after each, (B R, V). buckets (C,), or (B, C) where rows differ: of the distance to each slot in
  # use, these tokens' own among them.
  # tree (B, 1, R, C): 0 where a token sees a slot, minus infinity where it doesn't, or empty. store: key and value
  # (B, H, C or more, D) of each layer in turn; cross: as read gives it; crossBias: see bias;
  # packed: the vocabulary, packed, or an empty tensor.
  def extend(self: __torch__.Kernel,
      tokens: Tensor,
      buckets: Tensor,
      tree: Tensor,
      cross: Tensor,
      crossBias: Tensor,
      control: Tensor,
      store: List[Tensor],
      packed: List[Tensor],
      shared: List[Tensor],
      layers: List[Tensor]) -> Tensor:
    at = int(float(torch.item(torch.select(control, 0, 0))))
    slots = torch.size(buckets, -1)
    bias = tree
    x = (self).lowered(torch.embedding(shared[0], torch.select(tokens, 0, 0)), )
    rows = torch.size(x, 1)
    quick = (self).quick(x, torch.size(x, 0) * rows, )
    for i in range(${decoderLayers}):
      if i < ${decoderTables}:
        bias = (self).relative(buckets, slots, shared[4 + ${encoderTables} + i], )
        if torch.numel(tree) > 0:
          bias = bias + tree
      w = 10 * i
      qkv = (self).product((self).norm(x, layers[w], ), layers[w + 1], None, quick, )
      width = torch.floordiv(torch.size(qkv, 2), 3)
      _0 = torch.copy_(torch.narrow(store[2 * i], 2, at, rows), (self).split(torch.narrow(qkv, 2, width, width), ))
      _1 = torch.copy_(torch.narrow(store[2 * i + 1], 2, at, rows), (self).split(torch.narrow(qkv, 2, 2 * width, width), ))
      k = torch.narrow(store[2 * i], 2, 0, slots)
      v = torch.narrow(store[2 * i + 1], 2, 0, slots)
      y = (self).attend((self).split(torch.narrow(qkv, 2, 0, width), ), k, v, bias, 0., 0, )
      x = (self).addTo(x, y, layers[w + 2], 0., 0, quick, )
      q = (self).split((self).product((self).norm(x, layers[w + 3], ), layers[w + 4], None, quick, ), )
      y = (self).attend(q, torch.select(cross, 0, 2 * i), torch.select(cross, 0, 2 * i + 1), crossBias, 0., 0, )
      x = (self).addTo(x, y, layers[w + 6], 0., 0, quick, )
      x = (self).feed(x, 0., 0, layers, w + 7, quick, )
    h = torch.flatten((self).norm((self).raised(x, ), shared[3], ), 0, 1) * ${headScale}
    return (self).words(h, (self).head(shared, ), packed, )

  # The rows (B,) along the axis control[0].
  def keep(self: __torch__.Kernel,
      x: Tensor,
      rows: Tensor,
      control: Tensor) -> Tensor:
    return torch.index_select(x, int(float(torch.item(torch.select(control, 0, 0)))), rows)
