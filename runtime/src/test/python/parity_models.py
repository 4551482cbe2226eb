"""The tiny masked-LM checkpoints of the parity fixtures: one Fixture each, written as a Hugging Face model folder.

A fixture is a family's configuration plus a *layout*: how its tensors are named, typed and filed on disk. Layouts
imitate the checkpoints that are found in the wild, including what they carry beside the masked LM (poolers, next-sentence
heads, position-id buffers).
"""

import json
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch
import transformers
from safetensors.torch import save_file
from transformers import AlbertConfig, BertConfig, CamembertConfig, DistilBertConfig, RobertaConfig, XLMRobertaConfig
from transformers import AutoModelForMaskedLM, PretrainedConfig

Tensors = dict[str, torch.Tensor]
MAJOR = int(transformers.__version__.split(".")[0])


@dataclass(frozen=True)
class Fixture:
    """One checkpoint: name of its folder, configuration, names on disk, file format and what lies beside the model."""

    name: str
    config: PretrainedConfig
    seed: int
    file_name: Callable[[str], str] = lambda name: name
    dtype: torch.dtype = torch.float32
    files: str = "safetensors"  # safetensors | bin | old-bin | shards
    extras: Callable[[PretrainedConfig, torch.Generator], Tensors] = lambda config, random: {}
    shards: int = 1
    duplicates: bool = False  # also write the tensors that are tied to another one
    reader: int | None = None  # the major version of transformers that makes and reads it; None: either reads the same
    stamped: bool = False  # whether config.json tells the version of transformers
    torn: str | None = None  # a tensor that config.json ties to the embedding, and that is another one in the file


def bert(**changes) -> BertConfig:
    values = dict(vocab_size=72, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32,
                  max_position_embeddings=40, type_vocab_size=2, pad_token_id=0, layer_norm_eps=1e-12)
    return BertConfig(**(values | changes))


def roberta(kind=RobertaConfig, **changes) -> RobertaConfig:
    values = dict(vocab_size=72, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32,
                  max_position_embeddings=42, type_vocab_size=1, layer_norm_eps=1e-5,
                  bos_token_id=0, pad_token_id=1, eos_token_id=2)
    return kind(**(values | changes))


def albert(**changes) -> AlbertConfig:
    values = dict(vocab_size=80, embedding_size=8, hidden_size=16, num_hidden_layers=3, num_hidden_groups=1,
                  inner_group_num=1, num_attention_heads=4, intermediate_size=32, max_position_embeddings=40,
                  type_vocab_size=2, pad_token_id=0, bos_token_id=2, eos_token_id=3)
    return AlbertConfig(**(values | changes))


def distilbert(**changes) -> DistilBertConfig:
    values = dict(vocab_size=72, dim=16, n_layers=2, n_heads=2, hidden_dim=32, max_position_embeddings=40,
                  pad_token_id=0)
    return DistilBertConfig(**(values | changes))


def old_layer_norm(name: str) -> str:
    """The names of checkpoints converted from TensorFlow before 2019."""
    return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")


def without_model_prefix(name: str) -> str:
    """The names a bare encoder is saved under: embeddings.*, encoder.*; the head keeps its own."""
    return name.removeprefix("bert.")


def pooler(prefix: str) -> Callable[[PretrainedConfig, torch.Generator], Tensors]:
    """A trained pooler, which a masked LM has no use for."""
    def extras(config, random):
        size = config.hidden_size
        return {f"{prefix}pooler.dense.weight": normal((size, size), 0.3, random),
                f"{prefix}pooler.dense.bias": normal((size,), 0.3, random)}
    return extras


def pretraining_heads(config: PretrainedConfig, random: torch.Generator) -> Tensors:
    """What bert-base-uncased carries besides the masked LM: pooler, next-sentence head, the position-id buffer."""
    positions = torch.arange(config.max_position_embeddings).unsqueeze(0)
    return pooler("bert.")(config, random) | {
        "cls.seq_relationship.weight": normal((2, config.hidden_size), 0.3, random),
        "cls.seq_relationship.bias": normal((2,), 0.3, random),
        "bert.embeddings.position_ids": positions}


FIXTURES = [
    Fixture("bert-tied", bert(), 101),
    Fixture("bert-untied-decoder", bert(tie_word_embeddings=False), 102, duplicates=True, reader=4),
    Fixture("bert-gamma-beta", bert(), 103, old_layer_norm, files="bin", extras=pretraining_heads, duplicates=True),
    Fixture("bert-bare", bert(num_attention_heads=2), 104, without_model_prefix, extras=pooler("")),
    Fixture("bert-f16", bert(), 105, dtype=torch.float16),
    Fixture("bert-bf16", bert(), 106, dtype=torch.bfloat16),
    Fixture("bert-sharded", bert(num_hidden_layers=3), 107, files="shards", shards=3),
    Fixture("bert-bin", bert(hidden_size=24, num_attention_heads=3, intermediate_size=40), 108, files="bin"),
    Fixture("bert-old-bin", bert(), 111, files="old-bin", duplicates=True),
    Fixture("bert-gelu-new", bert(hidden_act="gelu_new"), 109),
    Fixture("bert-relu", bert(hidden_act="relu", layer_norm_eps=1e-5), 110),
    Fixture("roberta", roberta(), 201),
    Fixture("roberta-untied", roberta(tie_word_embeddings=False), 202, reader=4),
    Fixture("xlmr", roberta(XLMRobertaConfig, vocab_size=96, num_attention_heads=2), 203, files="bin",
            duplicates=True),
    Fixture("camembert", roberta(CamembertConfig, bos_token_id=5, eos_token_id=6), 204),
    Fixture("albert", albert(), 301),
    Fixture("albert-two-groups", albert(num_hidden_layers=4, num_hidden_groups=2, hidden_act="gelu",
                                        layer_norm_eps=1e-5), 302),
    Fixture("albert-two-inner", albert(num_hidden_layers=2, inner_group_num=2), 303),
    Fixture("distilbert", distilbert(), 401),
    Fixture("distilbert-sinusoidal", distilbert(sinusoidal_pos_embds=True, n_heads=4), 402),
    # transformers 5 gives an untied head two biases, of which the decoder's counts, and the other one stays in the file.
    Fixture("bert-untied-by-5", bert(tie_word_embeddings=False, num_hidden_layers=1), 112, reader=5, stamped=True),
    Fixture("roberta-untied-by-5", roberta(tie_word_embeddings=False, num_hidden_layers=1), 204, reader=5, stamped=True),
    Fixture("xlmr-untied-by-5", roberta(XLMRobertaConfig, tie_word_embeddings=False, num_hidden_layers=1), 205, reader=5,
            stamped=True),
    Fixture("albert-untied-by-5", albert(tie_word_embeddings=False, num_hidden_layers=1), 304, reader=5, stamped=True),
    Fixture("distilbert-untied-by-5", distilbert(tie_word_embeddings=False, n_layers=1), 403, reader=5, stamped=True),
    # Its config.json says that the head is the embedding, but its file has both, and they differ.
    Fixture("bert-torn-by-5", bert(num_hidden_layers=1), 113, reader=5, stamped=True, torn="cls.predictions.decoder.weight"),
]


def fixtures_of(listed: list[Fixture], chosen: list[str]) -> list[Fixture]:
    """Those named, or all that the transformers that runs this can make."""
    wrong = [fixture.name for fixture in listed if fixture.name in chosen and fixture.reader not in (None, MAJOR)]
    if wrong:
        raise SystemExit(f"not with transformers {transformers.__version__}: {', '.join(wrong)}")
    return [fixture for fixture in listed
            if (fixture.name in chosen or not chosen) and fixture.reader in (None, MAJOR)]


def normal(shape, deviation: float, random: torch.Generator, mean: float = 0.0) -> torch.Tensor:
    return mean + deviation * torch.randn(shape, generator=random, dtype=torch.float32)


def randomise(model: torch.nn.Module, random: torch.Generator) -> None:
    """Spreads every weight well: no zero bias, no LayerNorm of ones, so that no term can be left out unnoticed."""
    fixed = {id(p) for p in model.parameters() if not p.requires_grad}  # sinusoids stay sinusoids
    for name, weight in model.named_parameters():
        if id(weight) in fixed:
            continue
        if "embeddings" in name and weight.dim() == 2:
            weight.data = normal(weight.shape, 0.35, random)
        elif weight.dim() == 2:
            weight.data = normal(weight.shape, 0.28, random)
        elif "norm" in name.lower() and name.endswith("weight"):
            weight.data = normal(weight.shape, 0.25, random, mean=1.0)
        else:
            weight.data = normal(weight.shape, 0.2, random)


def write_checkpoint(fixture: Fixture, folder: Path) -> None:
    """Writes config.json and the weights, in the fixture's layout."""
    random = torch.Generator().manual_seed(fixture.seed)
    torch.manual_seed(fixture.seed)
    model = AutoModelForMaskedLM.from_config(fixture.config)
    randomise(model, random)
    model.tie_weights()
    tensors = {fixture.file_name(name): weight.detach().to(fixture.dtype)
               for name, weight in model.state_dict().items() if keeps(fixture, model, name)}
    tensors |= fixture.extras(fixture.config, random) | torn_from_embedding(fixture, model, random)
    config = fixture.config.to_diff_dict() | {"architectures": [type(model).__name__],
                                              "tie_word_embeddings": fixture.config.tie_word_embeddings}
    config["dtype" if fixture.files == "shards" else "torch_dtype"] = str(fixture.dtype).removeprefix("torch.")
    config = full_config(fixture.config, config) | stamp(fixture)
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    write_weights(fixture, tensors, folder)


def torn_from_embedding(fixture: Fixture, model: torch.nn.Module, random: torch.Generator) -> Tensors:
    """The head of a model that says it is tied, where the file is to have another one."""
    if fixture.torn is None:
        return {}
    return {fixture.torn: normal(model.get_input_embeddings().weight.shape, 0.35, random).to(fixture.dtype)}


def stamp(fixture: Fixture) -> dict:
    return {"transformers_version": transformers.__version__} if fixture.stamped else {}


def full_config(config: PretrainedConfig, changed: dict) -> dict:
    """A published config.json names the sizes even where they are the library's defaults."""
    names = ("model_type", "layer_norm_eps", "hidden_act", "activation", "type_vocab_size", "pad_token_id",
             "num_hidden_groups", "inner_group_num", "sinusoidal_pos_embds")
    values = {name: getattr(config, name) for name in names if hasattr(config, name)}
    return values | {key: value for key, value in changed.items() if key != "transformers_version"}


def keeps(fixture: Fixture, model: torch.nn.Module, name: str) -> bool:
    """Whether the file holds this entry of the state dict: buffers and, as safetensors do, repeated tensors it does not."""
    parameters = dict(model.named_parameters())
    repeated = dict(model.named_parameters(remove_duplicate=False))
    return name in (repeated if fixture.duplicates else parameters)


def write_weights(fixture: Fixture, tensors: Tensors, folder: Path) -> None:
    if fixture.files.endswith("bin"):  # tied tensors share one storage there, and some are stored column by column
        transposed = next(name for name in tensors
                          if name.endswith(("query.weight", "c_attn.weight", "q_proj.weight", ".q.weight")))
        tensors[transposed] = tensors[transposed].t().contiguous().t()
        torch.save(OrderedDict(tensors), folder / "pytorch_model.bin",
                   _use_new_zipfile_serialization=fixture.files == "bin")
    elif fixture.files == "shards":
        write_shards(tensors, fixture.shards, folder)
    else:
        own = {name: tensor.clone() for name, tensor in tensors.items()}
        save_file(own, folder / "model.safetensors", metadata={"format": "pt"})


def write_shards(tensors: Tensors, count: int, folder: Path) -> None:
    """Deals the tensors out in runs of equal number; the index says which file has which."""
    names, placed = list(tensors), {}
    for shard in range(count):
        file = f"model-{shard + 1:05d}-of-{count:05d}.safetensors"
        chosen = names[shard * len(names) // count:(shard + 1) * len(names) // count]
        save_file({name: tensors[name] for name in chosen}, folder / file, metadata={"format": "pt"})
        placed |= {name: file for name in chosen}
    size = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    index = {"metadata": {"total_size": size}, "weight_map": dict(sorted(placed.items()))}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")
