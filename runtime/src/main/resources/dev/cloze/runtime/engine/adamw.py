# AdamW as torch.optim.AdamW computes it (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2), in place.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The L2 norm of all gradients as one vector: a 0-d tensor.
  def norm(self: __torch__.Kernel,
      gradients: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients, 2)), 2)

  # One step with gradients times the factor. control: [learning rate, beta 1, beta 2, epsilon, weight decay, factor].
  def forward(self: __torch__.Kernel,
      control: Tensor,
      parameters: List[Tensor],
      gradients: List[Tensor],
      means: List[Tensor],
      squares: List[Tensor],
      steps: List[Tensor]) -> Tensor:
    factor = float(torch.item(torch.select(control, 0, 5)))
    if factor != 1.0:
      torch._foreach_mul_(gradients, factor)
    torch._foreach_add_(steps, 1)
    torch._fused_adamw_(parameters, gradients, means, squares, annotate(List[Tensor], []), steps,
        lr=float(torch.item(torch.select(control, 0, 0))),
        beta1=float(torch.item(torch.select(control, 0, 1))), beta2=float(torch.item(torch.select(control, 0, 2))),
        weight_decay=float(torch.item(torch.select(control, 0, 4))), eps=float(torch.item(torch.select(control, 0, 3))), amsgrad=False, maximize=False)
    return control

  def zero(self: __torch__.Kernel,
      gradients: List[Tensor]) -> Tensor:
    torch._foreach_zero_(gradients)
    return gradients[0]
