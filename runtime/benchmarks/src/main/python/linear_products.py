"""The matrix products of one generation step, four layers of width 256 and a vocabulary of 12,000, done by libtorch's own
linear, by oneDNN with the matrices as they are, and by oneDNN with matrices in its own order. Milliseconds, the best of six.
"""

import time

import torch

ROUNDS, STEPS, THREADS = 6, 25, 2
SHAPES = [(768, 256), (256, 256), (1408, 256), (256, 704)] * 4 + [(12_000, 256)]


def one_dnn(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return torch.ops.mkldnn._linear_pointwise(x, weight, None, "none", [], "")


def best(product, weights, rows: int) -> float:
    inputs = [torch.randn(rows, width) for _, width in SHAPES]
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(STEPS):
            for x, weight in zip(inputs, weights):
                product(x, weight)
        least = min(least, (time.perf_counter() - start) / STEPS * 1e3)
    return least


@torch.inference_mode()
def main() -> None:
    torch.set_num_threads(THREADS)
    weights = [torch.randn(shape) for shape in SHAPES]
    packed = [torch.ops.mkldnn._reorder_linear_weight(weight, 8) for weight in weights]
    print("| rows | libtorch | oneDNN | oneDNN, its own order |\n|---:|---:|---:|---:|")
    for rows in (1, 4, 8, 32):
        times = [best(torch.nn.functional.linear, weights, rows), best(one_dnn, weights, rows),
                 best(one_dnn, packed, rows)]
        print(f"| {rows} | " + " | ".join(f"{t:.2f}" for t in times) + " |")


if __name__ == "__main__":
    main()
