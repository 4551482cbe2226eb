"""The tiny T5 checkpoints of parity-t5: one Fixture each, written as a Hugging Face model folder."""

import json
from pathlib import Path

import torch
from transformers import AutoModelForSeq2SeqLM, MT5Config, T5Config, UMT5Config

from decoder_models import described
from parity_models import Fixture, Tensors, keeps, normal, torn_from_embedding, write_weights


def t5(kind=T5Config, **changes) -> T5Config | UMT5Config:
    values = dict(vocab_size=64, d_model=16, d_kv=4, d_ff=24, num_layers=2, num_heads=4, feed_forward_proj="relu",
                  relative_attention_num_buckets=8, relative_attention_max_distance=20, decoder_start_token_id=0,
                  tie_word_embeddings=True)
    return kind(**(values | changes))


def v1_1(**changes) -> T5Config:
    return t5(**(dict(feed_forward_proj="gated-gelu", tie_word_embeddings=False) | changes))


def small(kind, **changes) -> T5Config | MT5Config | UMT5Config:
    return t5(kind, **(dict(feed_forward_proj="gated-gelu", num_layers=1) | changes))


def cross_bias(config: T5Config, random: torch.Generator) -> Tensors:
    """The published checkpoints of 2019 have relative positions in the attention to the encoder, which nobody reads."""
    shape = (config.relative_attention_num_buckets, config.num_heads)
    return {"decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight": normal(shape, 0.5, random)}


FIXTURES = [
    Fixture("t5", t5(vocab_size=96, d_model=24, d_kv=8, num_heads=3, d_ff=32, eos_token_id=71), 716, extras=cross_bias),
    Fixture("t5-v1_1", v1_1(), 602),
    Fixture("t5-narrow-heads", t5(d_kv=5, num_heads=2, num_decoder_layers=3, relative_attention_num_buckets=32,
                                  relative_attention_max_distance=128, layer_norm_epsilon=1e-5), 603),
    Fixture("t5-bin", v1_1(d_kv=6, num_heads=3), 604, files="bin", duplicates=True, extras=cross_bias),
    Fixture("t5-sharded", t5(num_heads=2, d_kv=8), 605, files="shards", shards=3, duplicates=True),
    Fixture("t5-f16", t5(num_decoder_layers=1), 608, dtype=torch.float16),
    Fixture("t5-bf16", v1_1(feed_forward_proj="gated-silu", decoder_start_token_id=3), 606, dtype=torch.bfloat16),
    Fixture("umt5", t5(UMT5Config, feed_forward_proj="gated-gelu", num_heads=2, num_decoder_layers=3), 608),
    # transformers 5 calls every T5 tied, says by scale_decoder_outputs whether it was, and keeps a head of its own.
    Fixture("t5-v1_1-by-5", v1_1(num_layers=1), 611, reader=5, stamped=True, torn="lm_head.weight"),
    Fixture("umt5-untied-by-5", small(UMT5Config, tie_word_embeddings=False), 612, reader=5, stamped=True,
            torn="lm_head.weight"),
    Fixture("mt5-by-5", small(MT5Config), 613, reader=5, stamped=True, torn="lm_head.weight"),
    # A tied mT5 has its output divided by the root of the width in transformers 4, and has not in 5.
    Fixture("mt5-tied-by-5", small(MT5Config), 614, reader=5, stamped=True),
    Fixture("mt5-tied-by-4", small(MT5Config), 614, reader=4, stamped=True),
    Fixture("mt5-by-4", small(MT5Config, tie_word_embeddings=False), 615, reader=4, stamped=True),
]


def randomise(model: torch.nn.Module, random: torch.Generator) -> None:
    """Spreads every weight well. Logits stay below about 3, so that transformers' own float32 is within 6e-6 of the reference."""
    tied = model.config.tie_word_embeddings
    for name, weight in model.named_parameters():
        if name == "shared.weight":
            weight.data = normal(weight.shape, 0.6, random)
        elif name == "lm_head.weight":
            weight.data = normal(weight.shape, 0.2, random)
        elif "relative_attention_bias" in name:
            weight.data = normal(weight.shape, 0.8, random)
        elif name.endswith((".o.weight", ".wo.weight")):  # wide, lest a tied output say the same token again and again
            weight.data = normal(weight.shape, 0.6 if tied else 0.5, random)
        elif weight.dim() == 2:
            weight.data = normal(weight.shape, 0.25, random)
        else:
            weight.data = normal(weight.shape, 0.25, random, mean=1.0)


def write_checkpoint(fixture: Fixture, folder: Path) -> None:
    """Writes config.json and the weights, in the fixture's layout."""
    random = torch.Generator().manual_seed(fixture.seed)
    model = AutoModelForSeq2SeqLM.from_config(fixture.config)
    randomise(model, random)
    model.tie_weights()
    tensors = {name: weight.detach().to(fixture.dtype) for name, weight in model.state_dict().items()
               if keeps(fixture, model, name)}
    tensors |= fixture.extras(fixture.config, random) | torn_from_embedding(fixture, model, random)
    config = described(fixture, type(model).__name__)
    if fixture.name == "t5":  # the published t5-small does not name its activation
        for key in ("feed_forward_proj", "dense_act_fn", "is_gated_act"):
            config.pop(key)
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    if fixture.files == "shards":  # torch shares the storage, the file does not
        tensors = {name: tensor.clone() for name, tensor in tensors.items()}
    write_weights(fixture, tensors, folder)
