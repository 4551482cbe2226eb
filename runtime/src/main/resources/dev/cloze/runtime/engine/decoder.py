# A pre-norm transformer decoder with a language-model head: GPT-2, Llama and its like.
#
# B batch, T sequence, H heads, K heads of keys and values, D head width, E hidden, F feed-forward, P prefix, S slots attended to,
# N places asked, V vocabulary, W asked words.
# An empty tensor stands for "none": biases, position embeddings, norms, inputs, words, each prefix.
# embedding: word (V, E), position (positions, E) or empty, rotary frequencies (D / 2,) or empty.
# layers, for each: norm scale and shift, query-key-value ((H + 2K) D, E) and bias, query norm, key norm, output and bias, norm
# scale and shift, up (F, E), or gate and up (2F, E), and bias, down and bias.
# head: norm scale and shift, decoder (V, E), or empty where it is the word embedding.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${layers.py}

  ${likelihood.py}

  ${backward.py}

  ${gradient.py}

  def norm(self: __torch__.Kernel,
      x: Tensor,
      scale: Tensor,
      shift: Tensor) -> Tensor:
    if "${norm}" == "layer":
      y = torch.layer_norm(x, [torch.size(x, -1)], scale, shift, ${epsilon})
    else:
      y = torch.to(torch.rms_norm(x, [torch.size(x, -1)], scale, ${epsilon}), ops.prim.dtype(x))
    return y

  ${packed.py}

  ${products.py}

  # By the weight at index w and the bias behind it.
  def project(self: __torch__.Kernel,
      x: Tensor,
      weights: List[Tensor],
      w: int,
      quick: int,
      halves: ${halves}) -> Tensor:
    if torch.len(halves) > 0:
      y = (self).halved(x, halves, 4 * torch.floordiv(w, 14) + torch.floordiv(torch.remainder(w, 14), 4), )
      if torch.numel(weights[w + 1]) > 0:
        y = torch.add_(y, weights[w + 1])
    else:
      if torch.numel(weights[w + 1]) > 0:
        y = (self).product(x, weights[w], weights[w + 1], quick, )
      else:
        y = (self).product(x, weights[w], None, quick, )
    return y

  # By matrix i of those in 16 bits, of which a layer has four.
  def halved(self: __torch__.Kernel,
      x: Tensor,
      halves: ${halves},
      i: int) -> Tensor:
    weight = halves[i]
    return ${halved}

  # The same through the activation of feed-forward layers.
  def feed(self: __torch__.Kernel,
      x: Tensor,
      weights: List[Tensor],
      w: int,
      quick: int,
      halves: ${halves}) -> Tensor:
    if (self).isPacked(weights[w], ) and torch.numel(weights[w + 1]) > 0:
      y = (self).activated(x, weights[w], weights[w + 1], )
    else:
      y = (self).activate((self).project(x, weights, w, quick, halves, ), "${activation}", )
    return y

  # The same with dropout at that rate, added to what came before.
  def addTo(self: __torch__.Kernel,
      before: Tensor,
      x: Tensor,
      weights: List[Tensor],
      w: int,
      rate: float,
      seed: int,
      quick: int,
      halves: ${halves}) -> Tensor:
    if (self).isPacked(weights[w], ):
      if torch.numel(weights[w + 1]) > 0:
        y = (self).added(before, x, weights[w], weights[w + 1], rate, seed, )
      else:
        y = (self).added(before, x, weights[w], None, rate, seed, )
    else:
      y = torch.add(before, (self).drop((self).project(x, weights, w, quick, halves, ), rate, seed, ))
    return y

  # Cosines and sines of the positions (.., T) for heads like x: (.., T, 1, D) each; the sine has the sign its place takes.
  def angles(self: __torch__.Kernel,
      positions: Tensor,
      frequencies: Tensor,
      x: Tensor) -> Tuple[Tensor, Tensor]:
    angle = torch.mul(torch.unsqueeze(torch.to(positions, ops.prim.dtype(x)), -1), torch.to(frequencies, ops.prim.dtype(x)))
    c = torch.cos(angle)
    s = torch.sin(angle)
    if ${attentionFactor} != 1.0:
      c = torch.mul(c, ${attentionFactor})
      s = torch.mul(s, ${attentionFactor})
    cosine = torch.cat([c, c], -1)
    sine = torch.cat([torch.neg(s), s], -1)
    return (torch.unsqueeze(cosine, -2), torch.unsqueeze(sine, -2))

  # Heads (B, T, H, D), each pair turned by its angle.
  def rotate(self: __torch__.Kernel,
      x: Tensor,
      cosine: Tensor,
      sine: Tensor) -> Tensor:
    return torch.addcmul(torch.mul(x, cosine), (self).crossed(x, ), sine)

  # Each pair the other way round.
  def crossed(self: __torch__.Kernel,
      x: Tensor) -> Tensor:
    return torch.roll(x, [torch.floordiv(torch.size(x, -1), 2)], [-1])

  # Attention bias that lets each of T tokens see the "past" slots before them all, itself, and what stands between.
  def causal(self: __torch__.Kernel,
      x: Tensor,
      length: int,
      past: int) -> Tensor:
    b = torch.triu(torch.full([length, past + length], -inf, dtype=ops.prim.dtype(x), device=ops.prim.device(x)), past + 1)
    return torch.unsqueeze(torch.unsqueeze(b, 0), 0)

  # q (B, H, T, D), k and v (B, K, S, D): (B, T, H D). bias (1 or B, 1, T H / K, S), or empty where each sees all before it,
  # then T is S or 1. Heads that share keys are further rows of queries; where there is no bias keys are repeated for them.
  def attend(self: __torch__.Kernel,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      bias: Tensor,
      rate: float,
      seed: int) -> Tensor:
    length = torch.size(q, 2)
    if torch.numel(bias) == 0 and length > 1:
      if ${heads} != ${keyValueHeads}:
        k = torch.repeat_interleave(k, ${group}, 1)
        v = torch.repeat_interleave(v, ${group}, 1)
      y = torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=${scale})
    else:
      if ${heads} != ${keyValueHeads}:
        q = torch.reshape(q, [torch.size(q, 0), ${keyValueHeads}, -1, ${headSize}])
      if rate > 0.0:
        scores = torch.add(torch.matmul(torch.mul(q, ${scale}), torch.transpose(k, -2, -1)), bias)
        y = torch.matmul((self).drop(torch.softmax(scores, -1), rate, seed, ), v)
      else:
        if torch.numel(bias) > 0:
          y = torch.scaled_dot_product_attention(q, k, v, bias, 0., False, scale=${scale})
        else:
          y = torch.scaled_dot_product_attention(q, k, v, None, 0., False, scale=${scale})
      if ${heads} != ${keyValueHeads}:
        y = torch.reshape(y, [torch.size(y, 0), ${heads}, length, ${headSize}])
    return torch.flatten(torch.transpose(y, 1, 2), 2)

  # Layer i on x (B, T, E): all of it, or, where places (N,) of B T are asked, (N, E). What it keeps goes into store at slot
  # "at", if there is a store; prefixes otherwise stand before it: key and value (1 or B, K, P, D) of each layer in turn, and last
  # where each row has them (B, P), or empty for everywhere.
  def layer(self: __torch__.Kernel,
      x: Tensor,
      i: int,
      asked: Tensor,
      bias: Tensor,
      cosine: Tensor,
      sine: Tensor,
      prefixes: List[Tensor],
      store: List[Tensor],
      at: int,
      hiddenRate: float,
      attentionRate: float,
      seed: int,
      quick: int,
      weights: List[Tensor],
      halves: ${halves}) -> Tensor:
    w = 14 * i
    h = (self).norm(x, weights[w], weights[w + 1], )
    heads = torch.unflatten((self).project(h, weights, w + 2, quick, halves, ), 2, [-1, ${headSize}])
    both = torch.narrow(heads, 2, 0, ${heads} + ${keyValueHeads})
    if torch.numel(weights[w + 4]) > 0:
      q = torch.to(torch.rms_norm(torch.narrow(both, 2, 0, ${heads}), [${headSize}], weights[w + 4], ${epsilon}), ops.prim.dtype(x))
      k = torch.to(torch.rms_norm(torch.narrow(both, 2, ${heads}, ${keyValueHeads}), [${headSize}], weights[w + 5], ${epsilon}), ops.prim.dtype(x))
      both = torch.cat([q, k], 2)
    if torch.numel(cosine) > 0:
      both = (self).rotate(both, cosine, sine, )
    query = torch.transpose(torch.narrow(both, 2, 0, ${heads}), 1, 2)
    key = torch.transpose(torch.narrow(both, 2, ${heads}, ${keyValueHeads}), 1, 2)
    value = torch.transpose(torch.narrow(heads, 2, ${heads} + ${keyValueHeads}, ${keyValueHeads}), 1, 2)
    if torch.len(store) > 0:
      length = torch.size(x, 1)
      _0 = torch.copy_(torch.narrow(store[2 * i], 2, at, length), key)
      _1 = torch.copy_(torch.narrow(store[2 * i + 1], 2, at, length), value)
      key = torch.narrow(store[2 * i], 2, 0, at + length)
      value = torch.narrow(store[2 * i + 1], 2, 0, at + length)
    if torch.len(prefixes) > 1:
      key = torch.cat([torch.expand(torch.to(prefixes[2 * i], ops.prim.dtype(x)), [torch.size(x, 0), -1, -1, -1]), key], 2)
      value = torch.cat([torch.expand(torch.to(prefixes[2 * i + 1], ops.prim.dtype(x)), [torch.size(x, 0), -1, -1, -1]), value], 2)
    y = (self).attend(torch.to(query, ops.prim.dtype(key)), key, value, torch.to(bias, ops.prim.dtype(key)), attentionRate, seed, )
    y = torch.to(y, ops.prim.dtype(x))
    if torch.numel(asked) > 0:
      y = torch.index_select(torch.flatten(y, 0, 1), 0, asked)
      x = torch.index_select(torch.flatten(x, 0, 1), 0, asked)
    x = (self).addTo(x, y, weights, w + 6, hiddenRate, seed + 1, quick, halves, )
    h = (self).norm(x, weights[w + 8], weights[w + 9], )
    if "${feedForward}" == "gated":
      up = (self).project(h, weights, w + 10, quick, halves, )
      half = torch.floordiv(torch.size(up, -1), 2)
      up = torch.mul((self).activate(torch.narrow(up, -1, 0, half), "${activation}", ), torch.narrow(up, -1, half, half))
    else:
      up = (self).feed(h, weights, w + 10, quick, halves, )
    return (self).addTo(x, up, weights, w + 12, hiddenRate, seed + 2, quick, halves, )

  # Whether stepped does what layer does: for one token a row that sees all kept before it, in numbers of float32, by a gated layer
  # without biases, of rotated heads that are not normalised.
  def isStep(self: __torch__.Kernel,
      x: Tensor,
      bias: Tensor,
      cosine: Tensor,
      store: List[Tensor],
      weights: List[Tensor]) -> bool:
    step = torch.len(store) > 0 and ops.prim.dtype(x) == 6 and torch.size(x, 1) == 1 and torch.numel(bias) == 0 and torch.numel(cosine) > 0
    if step:
      step = "${norm}" != "layer" and "${feedForward}" == "gated" and torch.numel(weights[4]) == 0
    if step: # all layers have biases or none has
      step = torch.numel(weights[3]) + torch.numel(weights[7]) + torch.numel(weights[11]) + torch.numel(weights[13]) == 0
    return step

  # Layer i on one token a row, x (B, E), as layer does it, in fewer operations. cosine and sine (B, 1, D).
  def stepped(self: __torch__.Kernel,
      x: Tensor,
      i: int,
      cosine: Tensor,
      sine: Tensor,
      store: List[Tensor],
      at: int,
      quick: int,
      weights: List[Tensor],
      halves: ${halves}) -> Tensor:
    w = 14 * i
    keys = store[2 * i]
    values = store[2 * i + 1]
    h = torch.rms_norm(x, [torch.size(x, 1)], weights[w], ${epsilon})
    heads = torch.view((self).project(h, weights, w + 2, quick, halves, ), [-1, ${heads} + 2 * ${keyValueHeads}, ${headSize}])
    both = (self).rotate(torch.narrow(heads, 1, 0, ${heads} + ${keyValueHeads}), cosine, sine, )
    _0 = torch.copy_(torch.select(keys, 2, at), torch.narrow(both, 1, ${heads}, ${keyValueHeads}))
    _1 = torch.copy_(torch.select(values, 2, at), torch.narrow(heads, 1, ${heads} + ${keyValueHeads}, ${keyValueHeads}))
    query = torch.to(torch.reshape(torch.narrow(both, 1, 0, ${heads}), [-1, ${keyValueHeads}, ${group}, ${headSize}]), ops.prim.dtype(keys))
    y = torch.scaled_dot_product_attention(query, torch.narrow(keys, 2, 0, at + 1), torch.narrow(values, 2, 0, at + 1), None, 0., False, scale=${scale})
    y = torch.to(torch.reshape(y, [-1, ${heads} * ${headSize}]), ops.prim.dtype(x))
    x = (self).addTo(x, y, weights, w + 6, 0., 0, quick, halves, )
    h = torch.rms_norm(x, [torch.size(x, 1)], weights[w + 8], ${epsilon})
    up = (self).project(h, weights, w + 10, quick, halves, )
    half = torch.floordiv(torch.size(up, 1), 2)
    up = torch.mul((self).activate(torch.narrow(up, 1, 0, half), "${activation}", ), torch.narrow(up, 1, half, half))
    return (self).addTo(x, up, weights, w + 12, 0., 0, quick, halves, )

  # The word embeddings of ids (B, T), in float32 where they are kept in 16 bits (float16 5): (B, T, E).
  def look(self: __torch__.Kernel,
      ids: Tensor,
      embedding: List[Tensor]) -> Tensor:
    x = torch.embedding(embedding[0], ids)
    if ops.prim.dtype(x) == 5:
      x = torch.to(x, 6)
    return x

  # What the first layer is given: x (B, T, E), cosines and sines of positions, and the attention bias, in the numbers that layers
  # multiply in if they are lowered. Beyond the last embedded position only padding stands, of rows that begin later. See run.
  def enter(self: __torch__.Kernel,
      ids: Tensor,
      positions: Tensor,
      bias: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      at: int,
      rates: List[float],
      seed: int,
      embedding: List[Tensor],
      lower: bool) -> Tuple[Tensor, Tensor, Tensor, Tensor]:
    if torch.numel(inputs) > 0:
      x = torch.slice(inputs, 1, 0, torch.size(ids, 1))
    else:
      x = (self).look(ids, embedding, )
    if torch.numel(embedding[1]) > 0:
      last = torch.sub(torch.size(embedding[1], 0), 1)
      x = torch.add(x, torch.embedding(embedding[1], torch.clamp_max(positions, last)))
    x = (self).drop(x, rates[2], seed, )
    cosine = embedding[2]
    sine = embedding[2]
    if torch.numel(embedding[2]) > 0:
      cosine, sine, = (self).angles(positions, embedding[2], x, )
    if lower:
      cosine = (self).lowered(cosine, )
      sine = (self).lowered(sine, )
      x = (self).lowered(x, )
    past = at
    seen = torch.slice(bias, 0, 0, 0)
    if torch.len(prefixes) > 1:
      past = torch.size(prefixes[0], 2)
      seen = prefixes[torch.len(prefixes) - 1]
    length = torch.size(x, 1)
    if torch.numel(bias) == 0 and (past > 0 and length > 1 or rates[1] > 0.0 or torch.numel(seen) > 0):
      bias = (self).causal(x, length, past, )
    if torch.numel(seen) > 0:
      bias = torch.add(bias, torch.constant_pad_nd((self).shown(seen, x, ), [0, length]))
    bias = torch.to(bias, ops.prim.dtype(x))
    if torch.numel(bias) > 0 and ${heads} != ${keyValueHeads}:
      bias = torch.repeat(bias, [1, 1, ${group}, 1])
    return (x, cosine, sine, bias)

  # The last hidden states, normalised, at the places asked (N,) of B T, or at all: (N, E). ids and positions (B, T), or
  # positions (T,); inputs (B, T or more, E) in place of ids. rates: [hidden, attention, embedding].
  def run(self: __torch__.Kernel,
      ids: Tensor,
      positions: Tensor,
      asked: Tensor,
      bias: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      store: List[Tensor],
      at: int,
      rates: List[float],
      seed: int,
      embedding: List[Tensor],
      layers: List[Tensor],
      halves: ${halves},
      head: List[Tensor]) -> Tensor:
    x, cosine, sine, bias = (self).enter(ids, positions, bias, inputs, prefixes, at, rates, seed, embedding, torch.len(halves) == 0, )
    none = torch.slice(asked, 0, 0, 0)
    quick = 0
    if torch.len(store) > 0:
      quick = (self).quick(x, torch.numel(ids), )
    step = torch.numel(asked) == 0 and (self).isStep(x, bias, cosine, store, layers, )
    if step:
      x = torch.select(x, 1, 0)
      cosine = torch.select(cosine, 1, 0)
      sine = torch.select(sine, 1, 0)
    for i in range(${depth}):
      if torch.lt(i + 1, ${depth}):
        places = none
      else:
        places = asked
      if step:
        x = (self).stepped(x, i, cosine, sine, store, at, quick, layers, halves, )
      else:
        x = (self).layer(x, i, places, bias, cosine, sine, prefixes, store, at, rates[0], rates[1], seed + 3 * i + 1, quick, layers, halves, )
    if torch.numel(asked) == 0 and torch.__not__(step):
      x = torch.flatten(x, 0, 1)
    return (self).norm((self).raised(x, ), head[0], head[1], )

  # The positions of whole texts, (B, T) or (T,). control as of texts.
  def positions(self: __torch__.Kernel,
      ids: Tensor,
      control: Tensor) -> Tensor:
    if torch.numel(control) > 6:
      firsts = torch.to(torch.slice(control, 0, 6), ops.prim.device(ids), 4)
      positions = torch.add(torch.unsqueeze(firsts, 1), torch.arange(0, torch.size(ids, 1), dtype=4, device=ops.prim.device(ids)))
    else:
      first = int(float(torch.item(torch.select(control, 0, 4))))
      positions = torch.arange(first, first + torch.size(ids, 1), dtype=4, device=ops.prim.device(ids))
    return positions

  # The same for whole texts, padded on the right. control: [hidden dropout, attention dropout, embedding dropout, dropout
  # seed, first position, .., each row's own first position or none].
  def texts(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    rates = [float(torch.item(torch.select(control, 0, 0))), float(torch.item(torch.select(control, 0, 1))), float(torch.item(torch.select(control, 0, 2)))]
    seed = int(float(torch.item(torch.select(control, 0, 3))))
    positions = (self).positions(ids, control, )
    bias = torch.slice(inputs, 0, 0, 0)
    return (self).run(ids, positions, asked, bias, inputs, prefixes, annotate(List[Tensor], []), 0, rates, seed, embedding, layers, annotate(${halves}, []), head, )

  def decoder(self: __torch__.Kernel,
      embedding: List[Tensor],
      head: List[Tensor]) -> Tensor:
    if torch.numel(head[2]) > 0:
      rows = head[2]
    else:
      rows = embedding[0]
    return rows

  # The last hidden states at the places asked (N,) of B T, (N, E), or at all, (B T, E). See texts.
  def states(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    return (self).texts(ids, asked, control, inputs, prefixes, embedding, layers, head, )

  # Their means over each row's tokens, (B, E). mask (B, T), true where a token is, or empty where no row is padded.
  def means(self: __torch__.Kernel,
      ids: Tensor,
      mask: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    everywhere = torch.slice(torch.flatten(ids), 0, 0, 0)
    h = (self).texts(ids, everywhere, control, inputs, prefixes, embedding, layers, head, )
    return (self).mean(torch.view(h, [torch.size(ids, 0), torch.size(ids, 1), -1]), mask, )

  # What comes after the places asked (N,) of B T, of the words asked (W,) or of all: (N, W). control: as of texts, then 1 to
  # normalise over the vocabulary.
  def forward(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      words: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    h = (self).texts(ids, asked, control, inputs, prefixes, embedding, layers, head, )
    rows = (self).decoder(embedding, head, )
    if float(torch.item(torch.select(control, 0, 5))) > 0.0:
      logits = (self).logProbabilities(torch.linear(h, rows), words, )
    else:
      if torch.numel(words) > 0:
        rows = torch.index_select(rows, 0, words)
      logits = torch.linear(h, rows)
    return logits

  # The last hidden states at the places asked (N,), and behind each the logits of all words: (N, E + V). See texts.
  def said(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    h = (self).texts(ids, asked, control, inputs, prefixes, embedding, layers, head, )
    return torch.cat([h, torch.linear(h, (self).decoder(embedding, head, ))], 1)

  # The negative log-probabilities of targets (2, N), their ids and their rows, after the places asked (N,), summed over each
  # row: (B,). control: as of texts, then how many places are projected onto the vocabulary at a time, or 0 for all.
  def loss(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      targets: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    if (self).stays(control, inputs, prefixes, embedding, layers, head, ):
      positions = (self).positions(ids, control, )
      sums = (self).learnt(ids, asked, targets, positions, inputs, prefixes, embedding, layers, head, )
    else:
      sums = (self).recorded(ids, asked, targets, control, inputs, prefixes, embedding, layers, head, )
    return sums

  # The same with whatever graph is recorded.
  def recorded(self: __torch__.Kernel,
      ids: Tensor,
      asked: Tensor,
      targets: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    h = (self).texts(ids, asked, control, inputs, prefixes, embedding, layers, head, )
    rows = (self).decoder(embedding, head, )
    words = torch.select(targets, 0, 0)
    count = torch.size(h, 0)
    chunk = int(float(torch.item(torch.select(control, 0, 5))))
    if chunk == 0 or count <= chunk:
      losses = (self).losses(torch.linear(h, rows), words, )
    else:
      parts = annotate(List[Tensor], [])
      for i in range(torch.floordiv(count + chunk - 1, chunk)):
        logits = torch.linear(torch.slice(h, 0, i * chunk, (i + 1) * chunk), rows)
        _0 = torch.append(parts, (self).losses(logits, torch.slice(words, 0, i * chunk, (i + 1) * chunk), ))
      losses = torch.cat(parts)
    sums = torch.new_zeros(losses, [torch.size(ids, 0)])
    return torch.index_add(sums, 0, torch.select(targets, 0, 1), losses)

  # Goes on with tokens (2, B, T), their ids and their positions, from slot control[0] of the store; they are written into it.
  # What comes after the places asked (N,) of B T, or after each: (N, V). bias (B, 1, T, S), or empty where each token sees all
  # before it. packed: the vocabulary, packed, or an empty tensor.
  def extend(self: __torch__.Kernel,
      tokens: Tensor,
      asked: Tensor,
      bias: Tensor,
      inputs: Tensor,
      control: Tensor,
      store: List[Tensor],
      packed: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    h = (self).extended(tokens, asked, bias, inputs, control, store, embedding, layers, annotate(${halves}, []), head, )
    return (self).words(h, (self).decoder(embedding, head, ), packed, )

  # The same with the vocabulary in 16 bits, and, where control[1] is 1, the layers' matrices too.
  def extendHalved(self: __torch__.Kernel,
      tokens: Tensor,
      asked: Tensor,
      bias: Tensor,
      inputs: Tensor,
      control: Tensor,
      store: List[Tensor],
      vocabulary: ${halves},
      halves: ${halves},
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    if float(torch.item(torch.select(control, 0, 1))) > 0.0:
      chosen = halves
    else:
      chosen = annotate(${halves}, [])
    h = (self).extended(tokens, asked, bias, inputs, control, store, embedding, layers, chosen, head, )
    return (self).halved(h, vocabulary, 0, )

  # Their last hidden states: (N, E).
  def extended(self: __torch__.Kernel,
      tokens: Tensor,
      asked: Tensor,
      bias: Tensor,
      inputs: Tensor,
      control: Tensor,
      store: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      halves: ${halves},
      head: List[Tensor]) -> Tensor:
    at = int(float(torch.item(torch.select(control, 0, 0))))
    return (self).run(torch.select(tokens, 0, 0), torch.select(tokens, 0, 1), asked, bias, inputs, annotate(List[Tensor], []), store, at, [0., 0., 0.], 0, embedding, layers, halves, head, )
