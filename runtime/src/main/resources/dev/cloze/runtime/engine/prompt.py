# The prompt encoder of P-tuning: an LSTM in both directions over rows that are learnt, or none, and linear layers with ReLU
# between them.
#
# P virtual tokens, e in and out, H hidden of each direction.
# cells: of each layer's directions input (4H, in), state (4H, H) and their biases; one empty tensor where there is no LSTM.
# layers: each matrix (out, in) and its bias.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The vectors (P, e) that the rows (P, e) come to.
  def forward(self: __torch__.Kernel,
      rows: Tensor,
      cells: List[Tensor],
      layers: List[Tensor]) -> Tensor:
    if torch.numel(cells[0]) > 0:
      start = torch.zeros([4, 1, torch.size(cells[1], 1)], dtype=ops.prim.dtype(rows), device=ops.prim.device(rows))
      states, last, cell = torch.lstm(torch.unsqueeze(rows, 0), [start, start], cells, True, 2, 0.0, True, True, True)
      x = torch.squeeze(states, 0)
    else:
      x = rows
    x = torch.linear(x, layers[0], layers[1])
    for i in range(torch.floordiv(torch.len(layers), 2) - 1):
      x = torch.linear(torch.relu(x), layers[2 * i + 2], layers[2 * i + 3])
    return x
