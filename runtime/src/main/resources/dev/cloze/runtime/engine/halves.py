# Matrices whose numbers have 16 bits (float16 5), kept so and in an order in which they are multiplied with by float32.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # None yet.
  def make(self: __torch__.Kernel,
      weight: Tensor) -> ${halves}:
    return annotate(${halves}, [])

  # One more, (N, K) of float32. The matrix.
  def add(self: __torch__.Kernel,
      store: ${halves},
      weight: Tensor) -> Tensor:
    _0 = torch.append(store, ${halve})
    return weight

  # The one at control[0], written as it was into the target (N, K). The target.
  def unpack(self: __torch__.Kernel,
      store: ${halves},
      control: Tensor,
      target: Tensor) -> Tensor:
    weight = store[int(float(torch.item(torch.select(control, 0, 0))))]
    return torch.copy_(target, ${whole})

  # Whether a matrix of float32 stays what it is in 16 bits; a stretch at a time, so that none leaves the processor's cache: 0-d.
  def fits(self: __torch__.Kernel,
      weight: Tensor) -> Tensor:
    numbers = torch.view(weight, [-1])
    fits = True
    at = 0
    while torch.__and__(fits, at < torch.numel(numbers)):
      part = torch.slice(numbers, 0, at, at + 65536)
      fits = torch.equal(torch.to(torch.to(part, 5), 6), part)
      at = at + 65536
    return torch.tensor(fits)
