"""Says which operations the calls of exported kernels spend their time in.

    python profile_kernels.py FOLDER --only TEXT [--threads N] [--repeat N] [--device cpu|cuda] [--bfloat16] [--packed]

FOLDER is what KernelExport wrote. On the CPU it is the form that may be given packed matrices, where a kernel has one; --packed packs those of
an encoder's layers first, as inference does. For each call whose name holds TEXT: the operations by their own time, of all repetitions.
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch.profiler import ProfilerActivity, profile

from replay_kernels import WARM_UP, arguments, find_device, forms, synchronize

ROWS = 15


def packed(values: dict) -> dict:
    layers = [torch.ops.mkldnn._reorder_linear_weight(weight, 8) if weight.dim() == 2 else weight for weight in values["layers"]]
    return {**values, "layers": layers}


def profiled(call: dict, method, stored: dict, device: str, dtype: torch.dtype, options: argparse.Namespace) -> str:
    repeat = options.repeat
    prepared = packed if options.packed else dict
    # What a call changes is made before: making it is no part of it.
    given = [list(prepared(arguments(call, stored, device, dtype)).values()) for _ in range(WARM_UP + repeat)]
    activities = [ProfilerActivity.CPU] + ([ProfilerActivity.CUDA] if device.startswith("cuda") else [])
    with torch.inference_mode():
        for values in given[:WARM_UP]:
            method(*values)
        synchronize(device)
        with profile(activities=activities) as result:
            for values in given[WARM_UP:]:
                method(*values)
            synchronize(device)
    order = "self_device_time_total" if device.startswith("cuda") else "self_cpu_time_total"
    return result.key_averages().table(sort_by=order, row_limit=ROWS)


def main() -> None:
    parser = argparse.ArgumentParser(description="Says which operations the calls of exported kernels spend their time in.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--device", default=find_device())
    parser.add_argument("--only", required=True, help="only calls whose name holds this text")
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--packed", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    dtype = torch.bfloat16 if options.bfloat16 else torch.float32
    with torch.jit.optimized_execution(False):
        for call in json.loads((options.folder / "kernels.json").read_text())["calls"]:
            if options.only in f"{call['archive']}/{call['name']}":
                module = list(forms(options.folder, call["archive"], options.device).values())[-1]
                stored = load_file(options.folder / f"{call['archive']}.safetensors")
                print(f"\n{call['archive']}/{call['name']}, {options.repeat} times")
                print(profiled(call, getattr(module, call["method"]), stored, options.device, dtype, options))


if __name__ == "__main__":
    main()
