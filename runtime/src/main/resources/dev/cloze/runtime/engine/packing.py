# Matrices in the order in which oneDNN multiplies with them fastest, as numbers of the type (float32 6, bfloat16 15) it does so in.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # A matrix (N, K) of float32 in that order, of which only products can be asked.
  def pack(self: __torch__.Kernel,
      weight: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(torch.to(weight, ${type}), 8)

  # The same of control[1] of its rows from control[0] on.
  def packRows(self: __torch__.Kernel,
      weight: Tensor,
      control: Tensor) -> Tensor:
    first = int(float(torch.item(torch.select(control, 0, 0))))
    count = int(float(torch.item(torch.select(control, 0, 1))))
    return (self).pack(torch.contiguous(torch.narrow(weight, 0, first, count)), )

  # The matrix in float32 again, as it was if it was exact.
  def unpack(self: __torch__.Kernel,
      weight: Tensor) -> Tensor:
    return torch.to(torch.to_dense(weight), 6)

  # Whether a matrix's numbers are numbers of that type: 0-d.
  def isExact(self: __torch__.Kernel,
      weight: Tensor) -> Tensor:
    return torch.all(torch.eq(torch.to(torch.to(weight, ${type}), 6), weight))
