"""Writes prefix.json and prefix.safetensors beside four fixtures: keys and values put before a text, and input embeddings.

    python prefix_goldens.py [NAME ...]        after decoder_fixtures.py and t5_fixtures.py

A prefix goes into transformers as a cache that is filled already, and takes gradients. All is computed in float64, the
decoders' root mean squares too: in transformers' float32 they alone would move a logit here by 3e-5.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import DynamicCache, EncoderDecoderCache

import decoder_models
import decoder_reference
import t5_models
import t5_reference
from parity_fixtures import VERSIONS, write_json
from parity_models import normal

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
DECODERS, T5 = ("gpt2", "llama3", "qwen3"), "t5"
LENGTH = 3

Prefix = list[tuple[torch.Tensor, torch.Tensor]]  # the key and the value of each layer, (1, H, P, D) each


def random_prefix(layers: int, heads: int, size: int, random: torch.Generator) -> Prefix:
    def one():
        return normal((1, heads, LENGTH, size), 0.8, random).double().requires_grad_()
    return [(one(), one()) for _ in range(layers)]


def cache_of(prefix: Prefix, rows: int) -> DynamicCache:
    return DynamicCache.from_legacy_cache([(key.expand(rows, -1, -1, -1), value.expand(rows, -1, -1, -1))
                                           for key, value in prefix])


def with_ones(mask: torch.Tensor) -> torch.Tensor:
    return torch.cat([torch.ones(len(mask), LENGTH, dtype=mask.dtype), mask], dim=1)


def parts(prefixes: dict[str, Prefix]) -> dict[str, torch.Tensor]:
    """By name: SITE.LAYER.key and SITE.LAYER.value."""
    return {f"{site}.{layer}.{name}": pair[place] for site, prefix in prefixes.items()
            for layer, pair in enumerate(prefix) for place, name in enumerate(("key", "value"))}


def exact(model: torch.nn.Module) -> torch.nn.Module:
    """The model with its root mean squares in the type of what they are of."""
    def norm(module):
        return lambda x: module.weight * x * torch.rsqrt(x.square().mean(-1, keepdim=True) + module.variance_epsilon)
    for module in model.modules():
        if hasattr(module, "variance_epsilon"):
            module.forward = norm(module)
    return model


class Goldens:
    """What is collected for one model: its cases and their tensors."""

    def __init__(self, folder: Path):
        self.described = json.loads((folder / "reference.json").read_text())
        self.batches = {name: {key: torch.tensor(value) for key, value in batch.items()}
                        for name, batch in self.described["batches"].items()}
        self.loss = self.described["losses"][0]
        self.cases, self.tensors = [], {}

    def loss_of(self, logits: torch.Tensor) -> torch.Tensor:
        """The loss `targets` of reference.json."""
        at, targets = torch.tensor(self.loss["places"]), torch.tensor(self.loss["targets"])
        log = logits[at[:, 0], at[:, 1]].log_softmax(-1)
        return -log[torch.arange(len(targets)), targets].sum() / len(logits)

    def add(self, name: str, logits: torch.Tensor, mask: torch.Tensor, inputs: dict[str, torch.Tensor], **facts) -> None:
        loss = self.loss_of(logits)
        gradients = torch.autograd.grad(loss, list(inputs.values()))
        self.tensors |= {key: value.detach().float().contiguous() for key, value in inputs.items()}
        self.tensors[f"{name}.logits"] = (logits.detach() * mask.unsqueeze(-1)).float().contiguous()
        self.tensors |= {f"{name}.gradient.{key}": grad.float().contiguous() for key, grad in zip(inputs, gradients)}
        self.cases.append({"name": name, "batch": "right", "inputs": list(inputs), **facts, "loss": loss.item()})


def decoder_goldens(folder: Path) -> Goldens:
    fixture = next(each for each in decoder_models.FIXTURES if each.name == folder.name)
    model, goldens = exact(decoder_reference.load(fixture, folder).requires_grad_(False)), Goldens(folder)
    random, config = torch.Generator().manual_seed(fixture.seed + 17), model.config
    heads = getattr(config, "num_key_value_heads", config.num_attention_heads)
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    prefix = random_prefix(config.num_hidden_layers, heads, size, random)
    def logits(batch, first):
        return model(input_ids=batch["input_ids"], attention_mask=with_ones(batch["attention_mask"]),
                     position_ids=batch["position_ids"] + first,
                     past_key_values=cache_of(prefix, len(batch["input_ids"]))).logits
    right, left = goldens.batches["right"], goldens.batches["left"]
    for name, first in (("prefix", LENGTH), ("prefix-at-zero", 0)):
        values = logits(right, first)
        torch.testing.assert_close(values[right["attention_mask"].bool()],
                                   logits(left, first)[left["attention_mask"].bool()], atol=3e-6, rtol=1e-6)
        goldens.add(name, values, right["attention_mask"], parts({"decoder": prefix}), first_position=first)
    embeddings = embeddings_of(model, right["input_ids"], right["attention_mask"], random)
    values = model(inputs_embeds=embeddings, attention_mask=right["attention_mask"],
                   position_ids=right["position_ids"]).logits
    goldens.add("embeddings", values, right["attention_mask"], {"embeddings": embeddings})
    return goldens


def embeddings_of(model, ids, mask, random: torch.Generator) -> torch.Tensor:
    """The words' own, moved a little, zero at padding: (B, T, e)."""
    words = model.get_input_embeddings()(ids).detach()
    moved = (words + normal(words.shape, 0.3, random)) * mask.unsqueeze(-1)
    return moved.float().double().requires_grad_()


def t5_goldens(folder: Path) -> Goldens:
    fixture = next(each for each in t5_models.FIXTURES if each.name == folder.name)
    model, goldens = t5_reference.load(fixture, folder).requires_grad_(False), Goldens(folder)
    random, config = torch.Generator().manual_seed(fixture.seed + 17), model.config
    prefixes = {site: random_prefix(config.num_decoder_layers, config.num_heads, config.d_kv, random)
                for site in ("decoder", "cross")}
    right = goldens.batches["right"]
    encoder = model.encoder(input_ids=right["input_ids"], attention_mask=right["attention_mask"])
    for name, sites in (("decoder", ["decoder"]), ("cross", ["cross"]), ("both", ["decoder", "cross"])):
        chosen = {site: prefixes[site] for site in sites}
        caches = [cache_of(chosen[site], len(right["input_ids"])) if site in sites else DynamicCache()
                  for site in ("decoder", "cross")]
        cache = EncoderDecoderCache(*caches)
        cache.is_updated = {}  # the encoder's keys and values are still to be added to the prefix
        masks = {"attention_mask": right["attention_mask"], "decoder_attention_mask": right["decoder_attention_mask"]}
        for site, mask in (("decoder", "decoder_attention_mask"), ("cross", "attention_mask")):
            masks[mask] = with_ones(masks[mask]) if site in sites else masks[mask]
        values = model(encoder_outputs=encoder, decoder_input_ids=right["decoder_input_ids"], past_key_values=cache,
                       **masks).logits
        goldens.add(name, values, right["decoder_attention_mask"], parts(chosen),
                    first_position=LENGTH if "decoder" in sites else 0)
    embeddings = embeddings_of(model, right["input_ids"], right["attention_mask"], random)
    values = model(inputs_embeds=embeddings, **{key: value for key, value in right.items() if key != "input_ids"}).logits
    goldens.add("embeddings", values, right["decoder_attention_mask"], {"embeddings": embeddings})
    return goldens


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    for name in (*DECODERS, T5):
        if chosen and name not in chosen:
            continue
        folder = RESOURCES / (f"parity-t5/{name}" if name == T5 else f"parity-decoder/{name}")
        goldens = (t5_goldens if name == T5 else decoder_goldens)(folder)
        save_file(goldens.tensors, folder / "prefix.safetensors")
        write_json(folder / "prefix.json", {"versions": VERSIONS, "length": LENGTH, "cases": goldens.cases})
        print(name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
