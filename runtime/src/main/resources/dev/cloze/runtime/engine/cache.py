# Keys and values of a text's layers, kept from one call to the next: for each layer its keys, then its values.
#
# N tensors, twice the layers; B rows, H heads, D head width, S slots, P prefix. A list is changed in place, tensor by tensor, so
# that growing needs one tensor's room and not the list's.
class Kernel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # control: [N, B, H, S, D]. N tensors (B, H, S, D) of the kind of that one, not filled.
  def make(self: __torch__.Kernel,
      control: Tensor,
      like: Tensor) -> List[Tensor]:
    made = annotate(List[Tensor], [])
    shape = [int(float(torch.item(torch.select(control, 0, 1)))), int(float(torch.item(torch.select(control, 0, 2)))), int(float(torch.item(torch.select(control, 0, 3)))), int(float(torch.item(torch.select(control, 0, 4))))]
    for i in range(int(float(torch.item(torch.select(control, 0, 0))))):
      _0 = torch.append(made, torch.new_empty(like, shape))
    return made

  # Writes tensors (1 or B, H, P, D) into the first slots.
  def fill(self: __torch__.Kernel,
      like: Tensor,
      store: List[Tensor],
      prefixes: List[Tensor]) -> Tensor:
    for i in range(torch.len(store)):
      length = torch.size(prefixes[i], 2)
      _0 = torch.copy_(torch.narrow(store[i], 2, 0, length), prefixes[i])
    return like

  # control: [slots that are filled, slots there shall be]. Row b becomes row rows[b] of before; rows may be empty for all.
  def move(self: __torch__.Kernel,
      control: Tensor,
      rows: Tensor,
      store: List[Tensor]) -> Tensor:
    filled = int(float(torch.item(torch.select(control, 0, 0))))
    slots = int(float(torch.item(torch.select(control, 0, 1))))
    for i in range(torch.len(store)):
      old = torch.narrow(store[i], 2, 0, filled)
      if torch.numel(rows) > 0:
        old = torch.index_select(old, 0, rows)
      new = torch.new_empty(old, [torch.size(old, 0), torch.size(old, 1), slots, torch.size(old, 3)])
      _1 = torch.copy_(torch.narrow(new, 2, 0, filled), old)
      _2 = torch._set_item(store, i, new)
    return rows

  # control: [slots that are filled]. Copies of them.
  def arrays(self: __torch__.Kernel,
      control: Tensor,
      store: List[Tensor]) -> List[Tensor]:
    copies = annotate(List[Tensor], [])
    for i in range(torch.len(store)):
      _0 = torch.append(copies, torch.clone(torch.narrow(store[i], 2, 0, int(float(torch.item(torch.select(control, 0, 0))))), memory_format=0))
    return copies

  # Bytes of all tensors, (1,) int64.
  def bytes(self: __torch__.Kernel,
      store: List[Tensor]) -> Tensor:
    sum = 0
    for i in range(torch.len(store)):
      sum = sum + torch.numel(store[i]) * torch.element_size(store[i])
    return torch.tensor([sum], dtype=4)
