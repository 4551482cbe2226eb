# A post-norm transformer encoder with a masked-LM head: BERT, RoBERTa, ALBERT, DistilBERT.
#
# B batch, T sequence, H heads, D head width, E hidden, F feed-forward, M asked positions, P prefix, V vocabulary, W asked words.
# control: [hidden dropout, attention dropout, dropout seed, 1 to normalise over the vocabulary], float64.
# An empty tensor stands for "none": segments, mask, words (then all of the vocabulary), inputs, each prefix.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${layers.py}

  ${likelihood.py}

  ${packed.py}

  # The first B N rows of x (.., n E), n vectors beside one another, as n of (B, H, N, D).
  def split(self: __torch__.Kernel,
      x: Tensor,
      n: int,
      batch: int,
      length: int) -> List[Tensor]:
    if torch.size(x, 0) == batch * length:
      rows = x
    else:
      rows = torch.narrow(x, 0, 0, batch * length)
    return torch.unbind(torch.permute(torch.view(rows, [batch, length, n, ${heads}, -1]), [2, 0, 3, 1, 4]), 0)

  # q (B, H, N, D), k and v (B, H, S, D), bias (B, 1, 1, S) or empty: (B N, E)
  def attend(self: __torch__.Kernel,
      q: Tensor,
      k: Tensor,
      v: Tensor,
      bias: Tensor,
      rate: float,
      seed: int) -> Tensor:
    if rate > 0.0:
      scores = torch.matmul(q * ${scale}, torch.transpose(k, -2, -1))
      if torch.numel(bias) > 0:
        scores = scores + bias
      y = torch.matmul((self).drop(torch.softmax(scores, -1), rate, seed, ), v)
    else:
      if torch.numel(bias) > 0:
        y = torch.scaled_dot_product_attention(q, k, v, bias)
      else:
        y = torch.scaled_dot_product_attention(q, k, v)
    return torch.reshape(torch.transpose(y, 1, 2), [-1, torch.size(y, 1) * torch.size(y, 3)])

  # The sum of word, position and segment embeddings, normalised: (B, T, E). weights: word (V, e), position, segment or
  # empty, norm scale, norm shift, projection (E, e) or empty, its bias.
  def embed(self: __torch__.Kernel,
      ids: Tensor,
      segments: Tensor,
      positions: Tensor,
      inputs: Tensor,
      control: Tensor,
      weights: List[Tensor]) -> Tensor:
    if torch.numel(inputs) > 0:
      x = torch.slice(inputs, 1, 0, torch.size(positions, 1))
    else:
      x = (self).rows(weights[0], ids, )
    x = x + torch.embedding(weights[1], positions)
    if torch.numel(weights[2]) > 0:
      if torch.numel(segments) > 0:
        x = x + torch.embedding(weights[2], segments)
      else:
        x = x + torch.select(weights[2], 0, 0)
    x = torch.layer_norm(x, [torch.size(x, 2)], weights[3], weights[4], ${epsilon})
    x = (self).drop(x, float(torch.item(torch.select(control, 0, 0))), int(float(torch.item(torch.select(control, 0, 2)))), )
    if torch.numel(weights[5]) > 0:
      x = torch.linear(x, weights[5], weights[6])
    return x

  # The word embeddings of ids (B, T): (B, T, e).
  def look(self: __torch__.Kernel,
      ids: Tensor,
      embedding: List[Tensor]) -> Tensor:
    return (self).rows(embedding[0], ids, )

  # Rows of one table for ids (B, T) and for words (W,): (B, T, e) and (W, e). One look-up, as each makes a gradient as large
  # as the table.
  def both(self: __torch__.Kernel,
      ids: Tensor,
      words: Tensor,
      table: Tensor) -> Tuple[Tensor, Tensor]:
    rows = (self).rows(table, torch.cat([torch.flatten(ids), words]), )
    count = torch.numel(ids)
    texts = torch.view(torch.slice(rows, 0, 0, count), [torch.size(ids, 0), torch.size(ids, 1), -1])
    return (texts, torch.slice(rows, 0, count))

  # x (N, K) by a matrix, and its bias; for a packed one N is rounded.
  def multiplied(self: __torch__.Kernel,
      x: Tensor,
      weight: Tensor,
      bias: Tensor,
      packed: bool) -> Tensor:
    if packed:
      y = (self).few(x, weight, bias, )
    else:
      y = (self).unpacked(x, weight, bias, )
    return y

  # One layer on the rows x (N, E), the first B T of them texts, others for nothing: its output of all, or, where positions are
  # asked (B, M), of these alone (B M, E). Weights from index w on: query-key-value (3E, E) and bias, output and bias, norm,
  # up (F, E) and bias, down and bias, norm. Behind packed weights stand the last layer's query (E, E) and key-value (2E, E),
  # packed by themselves.
  def layer(self: __torch__.Kernel,
      x: Tensor,
      batch: int,
      length: int,
      asked: Tensor,
      bias: Tensor,
      pastKey: Tensor,
      pastValue: Tensor,
      hiddenRate: float,
      attentionRate: float,
      seed: int,
      weights: List[Tensor],
      w: int) -> Tensor:
    width = torch.size(x, 1)
    packed = (self).isPacked(weights[w], )
    if torch.numel(asked) > 0:
      index = torch.expand(torch.unsqueeze(asked, -1), [-1, -1, width])
      texts = torch.view(torch.narrow(x, 0, 0, batch * length), [batch, length, width])
      rows = torch.flatten(torch.gather(texts, 1, index), 0, 1)
      queries = torch.size(asked, 1)
      if packed:
        query = weights[torch.len(weights) - 2]
        keyValue = weights[torch.len(weights) - 1]
        rows = (self).fill(rows, (self).round(torch.size(rows, 0), ), )
      else:
        query = torch.narrow(weights[w], 0, 0, width)
        keyValue = torch.narrow(weights[w], 0, width, 2 * width)
      q = (self).multiplied(rows, query, torch.narrow(weights[w + 1], 0, 0, width), packed, )
      query, = (self).split(q, 1, batch, queries, )
      kv = (self).multiplied(x, keyValue, torch.narrow(weights[w + 1], 0, width, 2 * width), packed, )
      key, value, = (self).split(kv, 2, batch, length, )
    else:
      rows = x
      queries = length
      qkv = (self).multiplied(x, weights[w], weights[w + 1], packed, )
      query, key, value, = (self).split(qkv, 3, batch, length, )
    if torch.numel(pastKey) > 0:
      key = torch.cat([torch.expand(torch.to(pastKey, ops.prim.dtype(x)), [batch, -1, -1, -1]), key], 2)
      value = torch.cat([torch.expand(torch.to(pastValue, ops.prim.dtype(x)), [batch, -1, -1, -1]), value], 2)
    y = (self).attend(query, key, value, bias, attentionRate, seed, )
    if packed:
      if torch.size(y, 0) < torch.size(rows, 0):
        y = torch.constant_pad_nd(y, [0, 0, 0, torch.size(rows, 0) - torch.size(y, 0)])
      y = (self).fewAdded(rows, y, weights[w + 2], weights[w + 3], )
      h = torch.layer_norm(y, [width], weights[w + 4], weights[w + 5], ${epsilon})
      y = (self).fewActivated(h, weights[w + 6], weights[w + 7], )
      y = (self).fewAdded(h, y, weights[w + 8], weights[w + 9], )
    else:
      y = (self).added(rows, y, weights[w + 2], weights[w + 3], ${rateAfterAttention}, seed + 1, )
      h = torch.layer_norm(y, [width], weights[w + 4], weights[w + 5], ${epsilon})
      y = (self).activated(h, weights[w + 6], weights[w + 7], )
      y = (self).added(h, y, weights[w + 8], weights[w + 9], ${rateAfterFeed}, seed + 2, )
    return torch.layer_norm(y, [width], weights[w + 10], weights[w + 11], ${epsilon})

  # Attention bias of masks, true where a token is (B, T) and where a row has its prefix (B, P), each empty where all is true:
  # (B, 1, 1, P + T), 0 or minus infinity; empty where both are.
  def bias(self: __torch__.Kernel,
      mask: Tensor,
      x: Tensor,
      prefixes: List[Tensor]) -> Tensor:
    seen = prefixes[torch.len(prefixes) - 1]
    b = mask
    if torch.numel(mask) > 0:
      b = (self).shown(mask, x, )
      if torch.numel(seen) == 0 and torch.numel(prefixes[0]) > 0:
        b = torch.constant_pad_nd(b, [torch.size(prefixes[0], 2), 0])
    if torch.numel(seen) > 0:
      past = (self).shown(seen, x, )
      if torch.numel(mask) > 0:
        b = torch.cat([past, b], 3)
      else:
        b = torch.constant_pad_nd(past, [0, torch.size(x, 1)])
    return b

  # The last hidden states at the positions asked (B, M), (B, M, E), or everywhere where asked is empty, (B, T, E). ids,
  # segments, positions, mask (B, T); inputs (B, T or more, e) in place of ids; prefixes: key and value (1 or B, H, P, D) of each
  # layer in turn, and last where each row has them (B, P), or empty for everywhere. The last element of control counts for nothing.
  def states(self: __torch__.Kernel,
      ids: Tensor,
      segments: Tensor,
      positions: Tensor,
      mask: Tensor,
      asked: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor]) -> Tensor:
    hiddenRate = float(torch.item(torch.select(control, 0, 0)))
    attentionRate = float(torch.item(torch.select(control, 0, 1)))
    seed = int(float(torch.item(torch.select(control, 0, 2))))
    x = (self).lowered((self).embed(ids, segments, positions, inputs, control, embedding, ), )
    bias = (self).bias(mask, x, prefixes, )
    batch = torch.size(x, 0)
    length = torch.size(x, 1)
    x = torch.flatten(x, 0, 1)
    if (self).isPacked(layers[0], ):
      x = (self).fill(x, (self).round(torch.size(x, 0), ), )
    none = torch.slice(asked, 0, 0, 0)
    order = ${order}
    depth = torch.len(order)
    for i in range(depth):
      if torch.lt(i + 1, depth):
        rows = none
      else:
        rows = asked
      if torch.len(prefixes) > 1:
        pastKey = prefixes[2 * i]
        pastValue = prefixes[2 * i + 1]
      else:
        pastKey = prefixes[0]
        pastValue = prefixes[0]
      x = (self).layer(x, batch, length, rows, bias, pastKey, pastValue, hiddenRate, attentionRate, seed + 3 * i + 1, layers, 12 * order[i], )
    if torch.numel(asked) > 0:
      length = torch.size(asked, 1)
    return (self).raised(torch.view(torch.narrow(x, 0, 0, batch * length), [batch, length, -1]), )

  # The mean of the last hidden states of each row's tokens: (B, E). Arguments as of states.
  def means(self: __torch__.Kernel,
      ids: Tensor,
      segments: Tensor,
      positions: Tensor,
      mask: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor]) -> Tensor:
    everywhere = torch.slice(positions, 0, 0, 0)
    x = (self).states(ids, segments, positions, mask, everywhere, control, inputs, prefixes, embedding, layers, )
    return (self).mean(x, mask, )

  # What the head compares with the words' vectors, of hidden states (B, M, E): (B, M, e). head as of forward.
  def compared(self: __torch__.Kernel,
      x: Tensor,
      head: List[Tensor]) -> Tensor:
    h = (self).activate(torch.linear(x, head[0], head[1]), "${headActivation}", )
    return torch.layer_norm(h, [torch.size(h, 2)], head[2], head[3], ${epsilon})

  # The same of the texts, at the positions asked: (B, M, e). Arguments as of states and forward.
  def queries(self: __torch__.Kernel,
      ids: Tensor,
      segments: Tensor,
      positions: Tensor,
      mask: Tensor,
      asked: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    x = (self).states(ids, segments, positions, mask, asked, control, inputs, prefixes, embedding, layers, )
    return (self).compared(x, head, )

  # Logits of the words asked, at the positions asked: (B, M, W). words (W,); the others as of states.
  # head: dense (e, E) and bias, norm, decoder (V, e), or empty where it is the word embedding, and bias.
  def forward(self: __torch__.Kernel,
      ids: Tensor,
      segments: Tensor,
      positions: Tensor,
      mask: Tensor,
      asked: Tensor,
      words: Tensor,
      control: Tensor,
      inputs: Tensor,
      prefixes: List[Tensor],
      embedding: List[Tensor],
      layers: List[Tensor],
      head: List[Tensor]) -> Tensor:
    normalise = float(torch.item(torch.select(control, 0, 3))) > 0.0
    tied = torch.numel(head[4]) == 0
    if tied and torch.numel(words) > 0 and torch.numel(inputs) == 0 and not normalise:
      texts, wordRows = (self).both(ids, words, embedding[0], )
    else:
      texts = inputs
      wordRows = torch.slice(inputs, 0, 0, 0)
    x = (self).states(ids, segments, positions, mask, asked, control, texts, prefixes, embedding, layers, )
    h = (self).compared(x, head, )
    if tied:
      decoder = embedding[0]
    else:
      decoder = head[4]
    if normalise:
      said = (self).logProbabilities(torch.flatten(torch.linear(h, decoder, head[5]), 0, 1), words, )
      logits = torch.view(said, [torch.size(h, 0), torch.size(h, 1), torch.size(said, 1)])
    else:
      if torch.numel(words) > 0:
        if torch.numel(wordRows) == 0:
          wordRows = torch.index_select(decoder, 0, words)
        logits = torch.linear(h, wordRows, torch.index_select(head[5], 0, words))
      else:
        logits = torch.linear(h, decoder, head[5])
    return logits
