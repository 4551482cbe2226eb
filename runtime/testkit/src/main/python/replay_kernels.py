"""Replays the kernels that KernelExport wrote, on whatever device PyTorch finds, and compares them with the CPU's results.

    python replay_kernels.py FOLDER [--device cuda|mps|cpu] [--repeat N] [--only TEXT]

Needs torch and safetensors (tried with torch 2.7.1, which is the libtorch the engine uses, 2.11 and 2.15). Prints a table
of differences and times; exits with 1 if a difference is beyond its tolerance.

Every call runs in float32; where it makes sense also in bfloat16, weights and inputs cast. A difference is the largest
absolute one of a result's elements over the largest absolute value expected (at least 0.001). Chosen tokens must be the same.
"""

import argparse
import itertools
import json
import math
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file

TOLERANCE = {torch.float32: 1e-4, torch.bfloat16: 5e-2}
GRADIENT_TOLERANCE = {torch.float32: 1e-4, torch.bfloat16: 1e-1}  # two passes of roundings to 8 bits
WARM_UP = 3
SMALLEST_SCALE = 1e-3


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    call: str
    dtype: torch.dtype
    compared: int
    worst: "Worst"
    milliseconds: float


@dataclass(frozen=True)
class Worst:
    """The result of a call that is nearest to its tolerance, or furthest beyond it."""

    difference: float
    tolerance: float
    name: str

    @property
    def share(self) -> float:
        return self.difference / self.tolerance

    @property
    def good(self) -> bool:
        return self.difference <= self.tolerance  # NaN is not


def find_device() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def tensor(entry: dict, stored: dict, device: str, dtype: torch.dtype) -> torch.Tensor:
    """One tensor of an argument; a control vector (float64) stays on the CPU, as in the runtime."""
    if "key" in entry:
        return stored[entry["key"]].to(device, dtype, copy=True)
    values = torch.tensor(entry["values"], dtype=getattr(torch, entry["dtype"])).reshape(entry["shape"])
    return values if entry["dtype"] == "float64" else values.to(device)


def argument(entry: dict, stored: dict, device: str, dtype: torch.dtype):
    """An argument of a call, with tensors of its own. A list that is changed is TorchScript's: a kernel would copy Python's."""
    tensors = [tensor(member, stored, device, dtype) for member in entry["tensors"]]
    if not entry["list"]:
        return tensors[0]
    return torch.jit.script(tensors) if entry["role"] == "CHANGED" else tensors


def arguments(call: dict, stored: dict, device: str, dtype: torch.dtype) -> dict:
    return {entry["name"]: argument(entry, stored, device, dtype) for entry in call["arguments"]}


def named(name: str, result) -> dict:
    """A tensor under that name, or those of a list under it and their index."""
    return {name: result} if isinstance(result, torch.Tensor) else {f"{name}.{i}": t for i, t in enumerate(result)}


def results(call: dict, method, stored: dict, device: str, dtype: torch.dtype) -> dict:
    """The call's results by the names in its "expected"."""
    given = arguments(call, stored, device, dtype)
    with torch.inference_mode():
        found = named("returned", method(*given.values()))
    for entry in call["arguments"]:
        if entry["role"] == "CHANGED":
            found |= named(f"after.{entry['name']}", given[entry["name"]])
    if any(name.startswith("gradient.") for name in call["expected"]):
        found |= gradients(call, method, stored, device, dtype)
    return found


def gradients(call: dict, method, stored: dict, device: str, dtype: torch.dtype) -> dict:
    """Of the mean square of the result, by every weight: zeros where it has no part in the result."""
    given = arguments(call, stored, device, dtype)
    weights = {f"gradient.{entry['name']}.{i}": t.requires_grad_()
               for entry in call["arguments"] if entry["role"] == "WEIGHTS"
               for i, t in enumerate(given[entry["name"]] if entry["list"] else [given[entry["name"]]])
               if t.numel() > 0}
    output = method(*given.values())
    (output * output).mean().backward()
    return {name: torch.zeros_like(weight) if weight.grad is None else weight.grad for name, weight in weights.items()}


def compare(call: dict, found: dict, stored: dict, dtype: torch.dtype) -> Worst:
    """The result whose relative difference takes most of its tolerance."""
    worst = Worst(0.0, TOLERANCE[dtype], "")
    for name, entry in call["expected"].items():
        tolerance = (GRADIENT_TOLERANCE if name.startswith("gradient.") else TOLERANCE)[dtype]
        actual = found[name].detach().cpu().double()
        if list(actual.shape) != entry["shape"]:
            return Worst(float("inf"), tolerance, f"{name}: shape {tuple(actual.shape)}")
        if "key" not in entry:  # nothing in it has a meaning yet
            continue
        expected = stored[entry["key"]].double()
        actual = actual[tuple(slice(length) for length in expected.shape)]
        if name == "returned" and "apart" in call:
            apart = max(map(kind_difference, expected.unbind(call["apart"]), actual.unbind(call["apart"])))
        else:
            apart = difference(expected, actual)
        worst = max(worst, Worst(apart, tolerance, name), key=lambda one: one.share)
    return worst


def kind_difference(expected: torch.Tensor, actual: torch.Tensor) -> float:
    """Of numbers of one kind: token ids and rows are the same or wrong."""
    if bool((expected == expected.round()).all()):
        return 0.0 if torch.equal(expected, actual) else float("inf")
    return difference(expected, actual)


def difference(expected: torch.Tensor, actual: torch.Tensor) -> float:
    """The largest absolute difference over the largest finite number expected; infinities must be the same."""
    finite = expected[expected.isfinite()].abs()
    scale = max(SMALLEST_SCALE, finite.max().item() if finite.numel() > 0 else 0.0)
    largest = torch.where(expected == actual, 0.0, (expected - actual).abs()).max().item() / scale
    return float("inf") if math.isnan(largest) else largest


def median_time(call: dict, method, stored: dict, device: str, dtype: torch.dtype, repeat: int) -> float:
    """Milliseconds of one call without gradients, its arguments already on the device; what it changes is made anew."""
    given = arguments(call, stored, device, dtype)
    changed = [entry for entry in call["arguments"] if entry["role"] == "CHANGED"]
    times, warm_up = [], min(WARM_UP, repeat)
    with torch.inference_mode():
        for _ in range(warm_up + repeat):
            given |= {entry["name"]: argument(entry, stored, device, dtype) for entry in changed}
            values = list(given.values())
            synchronize(device)
            start = time.perf_counter()
            method(*values)
            synchronize(device)
            times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[warm_up:])


def synchronize(device: str) -> None:
    if device.startswith("cuda"):
        torch.cuda.synchronize()
    elif device.startswith("mps"):
        torch.mps.synchronize()


def forms(folder: Path, archive: str, device: str) -> dict:
    """The kernel in the form for this device; on the CPU, where it may have one of its own, in both."""
    names = [archive]
    if device == "cpu" and (folder / f"{archive}.cpu.pt").exists():
        names.append(f"{archive}.cpu")
    return {name: torch.jit.load(str(folder / f"{name}.pt"), map_location=device) for name in names}


def replay(folder: Path, device: str, repeat: int, only: str) -> list[Row]:
    rows, loaded = [], {}
    for call in json.loads((folder / "kernels.json").read_text())["calls"]:
        archive = call["archive"]
        if only not in f"{archive}/{call['name']}":
            continue
        if archive not in loaded:
            loaded = {archive: (forms(folder, archive, device), load_file(folder / f"{archive}.safetensors"))}
        modules, stored = loaded[archive]
        for (form, module), dtype in itertools.product(modules.items(), types(call)):
            method = getattr(module, call["method"])
            worst = compare(call, results(call, method, stored, device, dtype), stored, dtype)
            rows.append(Row(f"{form}/{call['name']}", dtype, len(call["expected"]), worst,
                            median_time(call, method, stored, device, dtype, repeat)))
    return rows


def types(call: dict) -> list[torch.dtype]:
    return [torch.float32, torch.bfloat16] if call["bf16"] else [torch.float32]


def table(rows: list[Row]) -> str:
    lines = [f"{'call':42} {'type':9} {'results':>7} {'difference':>11} {'tolerance':>10} {'median ms':>10}"]
    for row in rows:
        verdict = "" if row.worst.good else f"  WRONG at {row.worst.name}"
        lines.append(f"{row.call:42} {str(row.dtype).removeprefix('torch.'):9} {row.compared:7} {row.worst.difference:11.2e} "
                     f"{row.worst.tolerance:10.0e} {row.milliseconds:10.3f}{verdict}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Replays exported kernels and compares them with the CPU's results.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--device", default=find_device())
    parser.add_argument("--repeat", type=int, default=20, help="timed runs of each call")
    parser.add_argument("--only", default="", help="only calls whose name holds this text")
    options = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False  # else its LSTM multiplies numbers of 10 bits
    name = torch.cuda.get_device_name() if options.device.startswith("cuda") else f"{torch.get_num_threads()} threads"
    print(f"PyTorch {torch.__version__} on {options.device} ({name})")
    # As in the runtime: the profiling executor recompiles for each new shape.
    with torch.jit.optimized_execution(False):
        rows = replay(options.folder, options.device, options.repeat, options.only)
    print(table(rows))
    wrong = sum(not row.worst.good for row in rows)
    print(f"{wrong} of {len(rows)} are beyond their tolerance." if wrong else f"All {len(rows)} are within their tolerance.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
