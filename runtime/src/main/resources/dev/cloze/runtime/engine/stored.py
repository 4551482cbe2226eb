# Numbers as checkpoints store them, written into tensors of float32.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Writes numbers (N,) of any floating type into the target's, as a row, from control[0] on. What was written.
  def forward(self: __torch__.Kernel,
      target: Tensor,
      numbers: Tensor,
      control: Tensor) -> Tensor:
    at = int(float(torch.item(torch.select(control, 0, 0))))
    return torch.copy_(torch.narrow(torch.view(target, [-1]), 0, at, torch.numel(numbers)), numbers)
