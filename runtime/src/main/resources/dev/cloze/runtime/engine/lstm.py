# A bidirectional LSTM over word embeddings, and a linear layer over what it says of all words.
#
# B texts, T words of the longest, e embedding, H hidden, C labels.
# control: [dropout rate, dropout seed], float64.
# weights: embedding (V, e); of each direction input (4H, e), state (4H, H) and their biases; head (C, 2H) and its bias.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  ${layers.py}

  # The greatest state, their mean, or the last of each direction: (B, 2H). States lie between -1 and 1.
  def pool(self: __torch__.Kernel,
      states: Tensor,
      sizes: Tensor,
      last: Tensor,
      longest: int) -> Tensor:
    if ${pooling} == "LAST":
      y = torch.cat([torch.select(last, 0, 0), torch.select(last, 0, 1)], 1)
    else:
      if ${pooling} == "MAX":
        padded, lengths = torch._pad_packed_sequence(states, sizes, True, -2.0, longest)
        y = torch.amax(padded, [1])
      else:
        padded0, lengths0 = torch._pad_packed_sequence(states, sizes, True, 0.0, longest)
        count = torch.to(lengths0, ops.prim.device(states), ops.prim.dtype(states))
        y = torch.div(torch.sum(padded0, [1]), torch.unsqueeze(count, 1))
    return y

  # Label scores (B, C) of ids (B, T), whose lengths (B,), float64, have the longest first; what is behind them is not read.
  def forward(self: __torch__.Kernel,
      ids: Tensor,
      lengths: Tensor,
      control: Tensor,
      weights: List[Tensor]) -> Tensor:
    rate = float(torch.item(torch.select(control, 0, 0)))
    seed = int(float(torch.item(torch.select(control, 0, 1))))
    x = (self).drop(torch.embedding(weights[0], ids), rate, seed, )
    words, sizes = torch._pack_padded_sequence(x, torch.to(lengths, 4), True)
    start = torch.zeros([2, torch.size(ids, 0), torch.size(weights[2], 1)], dtype=ops.prim.dtype(x), device=ops.prim.device(x))
    cells = [weights[1], weights[2], weights[3], weights[4], weights[5], weights[6], weights[7], weights[8]]
    states, last, cell = torch.lstm(words, sizes, [start, start], cells, True, 1, 0.0, True, True)
    y = (self).pool(states, sizes, last, torch.size(ids, 1), )
    return torch.linear((self).drop(y, rate, seed + 1, ), weights[9], weights[10])
