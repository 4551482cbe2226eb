"""Makes the checkpoints of this folder and what PyTorch reads from them.

Made with Python 3.11, torch 2.7.1, safetensors 0.8.0: python make_checkpoints.py
"""

import collections
import json
import os
import pathlib
import pickle
import zipfile

import torch
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).parent
torch.manual_seed(7)


def plain():
    """A tensor of each type that can be read, none sharing memory with another."""
    return {
        "weight.f32": torch.randn(3, 4),
        "weight.f16": torch.tensor([0.0, -0.0, 1.0, -2.5, 65504.0, 6e-8, 1e-5, float("inf"), 0.333]).half(),
        "weight.bf16": torch.randn(2, 3, 2).bfloat16(),
        "weight.f64": torch.randn(5, dtype=torch.float64),
        "scalar": torch.tensor(0.25),
        "empty": torch.zeros(0, 4),
        "embeddings.position_ids": torch.arange(6).unsqueeze(0),
        "mask": torch.tensor([True, False]),
    }


def views():
    """What only a pickled checkpoint can hold: parameters, views and repeated elements."""
    base = torch.randn(4, 6)
    tensors = collections.OrderedDict(plain())
    tensors["base"] = base
    tensors["transposed"] = base.t()
    tensors["column"] = base[:, 2]
    tensors["every_other"] = base[1:, ::2]
    tensors["expanded"] = torch.tensor([[1.5], [2.5]]).expand(2, 3)
    tensors["half_transposed"] = base.half().t()
    tensors["parameter"] = torch.nn.Parameter(torch.randn(2, 2))
    return tensors


def expected(tensors):
    return {
        name: {"shape": list(t.shape), "floats": t.detach().float().contiguous().flatten().tolist()}
        for name, t in tensors.items()
        if t.dtype.is_floating_point
    }


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1) + "\n")


def write_archive(path, pickled):
    """The zip of torch.save around a pickle of one's own."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("archive/data.pkl"), pickled)
        archive.writestr(zipfile.ZipInfo("archive/byteorder"), "little")
        archive.writestr(zipfile.ZipInfo("archive/data/0"), b"\0" * 16)
        archive.writestr(zipfile.ZipInfo("archive/version"), "3\n")


class Evil:
    def __reduce__(self):
        return os.system, ("touch was-run",)


def hostile():
    # The text form names os.system itself; Python's own pickler names it posix.system.
    write_archive(HERE / "evil-os-system.bin", b"cos\nsystem\n(S'touch was-run'\ntR.")
    write_archive(HERE / "evil-posix.bin", pickle.dumps({"weight": Evil()}, protocol=2))
    write_archive(HERE / "evil-protocol-4.bin", pickle.dumps({"weight": Evil()}, protocol=4))
    write_archive(HERE / "evil-inst.bin", b"(X\x0d\x00\x00\x00touch was-runios\nsystem\n.")
    write_archive(HERE / "evil-eval.bin", b"\x80\x02cbuiltins\neval\nX\x01\x00\x00\x001\x85R.")
    # A text of 2 GB in a pickle of 10 bytes, and a tensor of 16 GB in a storage of 16 bytes.
    write_archive(HERE / "bomb-text.bin", b"\x80\x02X\xff\xff\xff\x7fabcd.")
    torch.save({"weight": torch.zeros(1).expand(4_000_000_000)}, HERE / "bomb-expanded.bin")
    torch.save({"weight": Evil()}, HERE / "evil-legacy.bin", _use_new_zipfile_serialization=False)


def main():
    save_file(plain(), HERE / "all-types.safetensors", metadata={"format": "pt", "note": "größer"})
    write_json(HERE / "all-types.json", expected(load_file(HERE / "all-types.safetensors")))

    tensors = views()
    torch.save(tensors, HERE / "zipped.bin")
    torch.save(tensors, HERE / "zipped-protocol-4.bin", pickle_protocol=4)
    torch.save(tensors, HERE / "legacy.bin", _use_new_zipfile_serialization=False)
    write_json(HERE / "views.json", expected(tensors))

    # A state_dict carries attributes (_metadata), which a plain dictionary does not.
    module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    torch.save(module.state_dict(), HERE / "state-dict.bin")
    write_json(HERE / "state-dict.json", expected(module.state_dict()))

    for kind in ("safetensors", "bin"):
        folder = HERE / f"sharded-{kind}"
        folder.mkdir(exist_ok=True)
        stem = "model" if kind == "safetensors" else "pytorch_model"
        shards = [{"a": torch.arange(4.0)}, {"b": torch.arange(6.0).reshape(2, 3), "c": torch.ones(1)}]
        weight_map = {}
        for number, shard in enumerate(shards, 1):
            name = f"{stem}-{number:05}-of-00002.{kind}"
            save_file(shard, folder / name) if kind == "safetensors" else torch.save(shard, folder / name)
            weight_map |= {tensor: name for tensor in shard}
        write_json(folder / f"{stem}.{kind}.index.json", {"metadata": {"total_size": 44}, "weight_map": weight_map})

    hostile()


if __name__ == "__main__":
    main()
