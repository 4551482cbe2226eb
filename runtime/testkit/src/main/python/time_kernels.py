"""Times the exported encoder of BERT-base's size beside transformers' BertModel of the same shape, in turns.

    python time_kernels.py FOLDER [--device cuda|cpu] [--rounds N]

FOLDER is what KernelExport wrote. Needs torch, safetensors and transformers. Both compute hidden states of the same ids without
padding, in inference and in training (forward and backward by every weight of the kernel, of the model's those it shares), in
float32 and bfloat16; prints medians of alternating rounds and their ratio. transformers runs its scaled-dot-product attention.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import torch
import transformers
from replay_kernels import argument, find_device, synchronize
from safetensors.torch import load_file

SHAPES = [(1, 32), (8, 64), (32, 128), (64, 128)]
ARCHIVE, CALL, VOCABULARY = "encoder-bert-base", "states", 2000
INNER = 5


def kernel_states(folder: Path, device: str, dtype: torch.dtype):
    """A function of ids that computes the hidden states of all tokens, and the weights that it reads."""
    call = next(c for c in json.loads((folder / "kernels.json").read_text())["calls"]
                if c["archive"] == ARCHIVE and c["name"] == CALL)
    stored = load_file(folder / f"{ARCHIVE}.safetensors")
    given = {entry["name"]: argument(entry, stored, device, dtype) for entry in call["arguments"]}
    method = getattr(torch.jit.load(str(folder / f"{ARCHIVE}.pt"), map_location=device), call["method"])
    weights = [t for name in ("embedding", "layers") for t in given[name] if t.numel() > 0]

    def states(ids: torch.Tensor) -> torch.Tensor:
        positions = torch.arange(ids.shape[1], device=device).expand_as(ids).contiguous()
        return method(*(given | {"ids": ids, "positions": positions, "asked": positions}).values())

    return states, weights


def model_states(device: str, dtype: torch.dtype):
    config = transformers.BertConfig(vocab_size=VOCABULARY, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    model = transformers.BertModel(config, add_pooling_layer=False).to(device, dtype).eval()
    return lambda ids: model(input_ids=ids).last_hidden_state, list(model.parameters())


def milliseconds(run, device: str) -> float:
    synchronize(device)
    start = time.perf_counter()
    for _ in range(INNER):
        run()
    synchronize(device)
    return 1e3 * (time.perf_counter() - start) / INNER


def inference(states, weights, ids):
    def run():
        with torch.inference_mode():
            states(ids)
    return run


def training(states, weights, ids):
    def run():
        for weight in weights:
            weight.requires_grad_().grad = None
        output = states(ids)
        (output * output).mean().backward()
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description="Times an exported encoder beside transformers.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--device", default=find_device())
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    device = options.device
    torch.backends.cuda.matmul.allow_tf32 = False
    print(f"PyTorch {torch.__version__}, transformers {transformers.__version__}, "
          f"{torch.cuda.get_device_name() if device.startswith('cuda') else device}")
    print(f"{'work':10} {'shape':>8} {'type':9} {'kernel ms':>10} {'transformers ms':>16} {'ratio':>6}")
    with torch.jit.optimized_execution(False):
        for dtype in (torch.float32, torch.bfloat16):
            sides = [kernel_states(options.folder, device, dtype), model_states(device, dtype)]
            for work in (inference, training):
                for rows, length in SHAPES:
                    ids = torch.randint(5, VOCABULARY, (rows, length), device=device)
                    runs = [work(*side, ids) for side in sides]
                    times = [[milliseconds(run, device) for run in runs] for _ in range(options.rounds + 5)][5:]
                    ours, theirs = (statistics.median(column) for column in zip(*times))
                    print(f"{work.__name__:10} {f'{rows} x {length}':>8} {str(dtype).removeprefix('torch.'):9} "
                          f"{ours:10.3f} {theirs:16.3f} {theirs / ours:6.2f}", flush=True)


if __name__ == "__main__":
    main()
