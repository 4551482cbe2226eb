"""Matrix products with GELU, done by libtorch's own linear, by oneDNN with the matrices as they are, and by oneDNN with packed
matrices: GFLOP/s, the best of some rounds in turns. The table `InstructionSet` of the runtime stands on these numbers.

As another processor: ONEDNN_MAX_CPU_ISA=AVX2 MKL_ENABLE_INSTRUCTIONS=AVX2 ATEN_CPU_CAPABILITY=avx2.
"""

import argparse
import time

import torch

SHAPES = {"384 x 1536": (1536, 384), "768 x 3072": (3072, 768), "256 x 12000": (12_000, 256)}


def plain(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.gelu(torch.nn.functional.linear(x, weight))


def one_dnn(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return torch.ops.mkldnn._linear_pointwise(x, weight, None, "gelu", [], "none")


def seconds(product, x: torch.Tensor, weight: torch.Tensor, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        product(x, weight)
    return (time.perf_counter() - start) / times


@torch.inference_mode()
def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default="float32")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(f"{torch.backends.cpu.get_cpu_capability()}, torch {torch.__version__}, {options.threads} threads, {options.dtype}\n")
    print("| matrix | rows | libtorch | oneDNN | oneDNN, packed |\n|---|---:|---:|---:|---:|")
    for name, shape in SHAPES.items():
        weight = torch.randn(shape).to(getattr(torch, options.dtype))
        packed = torch.ops.mkldnn._reorder_linear_weight(weight, 8)
        for rows in (1, 4, 8, 16, 32, 64, 128, 512):
            x = torch.randn(rows, shape[1]).to(weight.dtype)
            work = 2.0 * rows * shape[0] * shape[1]
            times = max(2, int(2e8 / work))
            ways = ((plain, weight), (one_dnn, weight), (one_dnn, packed))
            best = [float("inf")] * len(ways)
            for _ in range(options.rounds + 1):
                for i, (product, matrix) in enumerate(ways):
                    best[i] = min(best[i], seconds(product, x, matrix, times))
            print(f"| {name} | {rows} | " + " | ".join(f"{work / t / 1e9:.0f}" for t in best) + " |")


if __name__ == "__main__":
    main()
