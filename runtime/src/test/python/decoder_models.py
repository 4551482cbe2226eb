"""The tiny decoder checkpoints of parity-decoder: one Fixture each, written as a Hugging Face model folder."""

import json
from pathlib import Path

import torch
from transformers import (AutoModelForCausalLM, GPT2Config, LlamaConfig, MistralConfig, PretrainedConfig, Qwen2Config,
                          Qwen3Config)

from parity_models import Fixture, Tensors, keeps, normal, stamp, torn_from_embedding, write_weights

LLAMA3_SCALING = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                  "original_max_position_embeddings": 64}  # of four frequencies one is kept, one blended, two divided
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64}  # one kept, one blended, two divided
YARN_IN_FULL = {"type": "yarn", "factor": 8.0, "beta_fast": 4.0, "beta_slow": 0.5, "mscale": 1.2, "mscale_all_dim": 0.7,
                "truncate": False}


def gpt2(**changes) -> GPT2Config:
    values = dict(vocab_size=64, n_embd=16, n_layer=2, n_head=4, n_positions=40, bos_token_id=63, eos_token_id=63)
    return GPT2Config(**(values | changes))


def llama(kind=LlamaConfig, **changes) -> PretrainedConfig:
    values = dict(vocab_size=64, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
                  num_key_value_heads=4, max_position_embeddings=128, rms_norm_eps=1e-5, tie_word_embeddings=False,
                  bos_token_id=1, eos_token_id=2)
    return kind(**(values | changes))


def causal_masks(prefix: str):
    """The buffers GPT-2 checkpoints carry: the causal mask and, the older ones, the number that stands for -infinity."""
    def extras(config, random):
        size = config.n_positions
        mask = torch.tril(torch.ones(1, 1, size, size, dtype=torch.uint8))
        return {f"{prefix}h.{layer}.attn.{name}": value.clone() for layer in range(config.n_layer)
                for name, value in (("bias", mask), ("masked_bias", torch.tensor(-1e4)))}
    return extras


def rotary_buffers(config: PretrainedConfig, random: torch.Generator) -> Tensors:
    """Llama 2 as it was first published has the frequencies in every layer."""
    head = config.hidden_size // config.num_attention_heads
    frequencies = 1.0 / (10000 ** (torch.arange(0, head, 2).float() / head))
    return {f"model.layers.{layer}.self_attn.rotary_emb.inv_freq": frequencies.clone()
            for layer in range(config.num_hidden_layers)}


FIXTURES = [
    Fixture("gpt2", gpt2(n_embd=24, n_head=3, vocab_size=96, bos_token_id=95, eos_token_id=22, n_positions=64), 705),
    Fixture("gpt2-bare", gpt2(), 502, lambda name: name.removeprefix("transformer."), files="bin",
            extras=causal_masks("")),
    Fixture("gpt2-f16", gpt2(n_inner=24, activation_function="gelu"), 503, dtype=torch.float16, duplicates=True,
            extras=causal_masks("transformer.")),
    Fixture("gpt2-bf16", gpt2(), 505, dtype=torch.bfloat16),
    Fixture("gpt2-sharded", gpt2(n_layer=3, activation_function="relu"), 504, files="shards", shards=3),
    Fixture("llama2", llama(), 511, extras=rotary_buffers),
    Fixture("llama3", llama(vocab_size=96, hidden_size=24, intermediate_size=32, num_attention_heads=4,
                            num_key_value_heads=2, head_dim=8, tie_word_embeddings=True, rope_theta=10000.0,
                            rope_scaling=LLAMA3_SCALING, eos_token_id=[2, 48, 95]), 512),
    Fixture("llama-bias", llama(attention_bias=True, mlp_bias=True, rope_theta=500.0), 513),
    Fixture("llama-linear-rope", llama(rope_scaling={"type": "linear", "factor": 2.0}), 514),
    Fixture("llama-yarn", llama(hidden_size=24, num_attention_heads=3, num_key_value_heads=1, rope_scaling=YARN,
                                max_position_embeddings=256), 517),
    Fixture("llama-bf16", llama(num_key_value_heads=1), 515, dtype=torch.bfloat16),
    Fixture("smollm", llama(hidden_size=24, num_attention_heads=3, num_key_value_heads=1, tie_word_embeddings=True,
                            rope_theta=100000.0), 516, dtype=torch.bfloat16),
    Fixture("qwen2", llama(Qwen2Config, num_key_value_heads=2, tie_word_embeddings=True, rms_norm_eps=1e-6,
                           rope_theta=1000000.0), 521),
    Fixture("qwen2-yarn", llama(Qwen2Config, num_attention_heads=2, num_key_value_heads=1, rope_scaling=YARN_IN_FULL,
                                rope_theta=1000000.0), 524),
    Fixture("qwen3", llama(Qwen3Config, vocab_size=96, hidden_size=20, num_key_value_heads=2, head_dim=8,
                           rms_norm_eps=1e-6, tie_word_embeddings=True, eos_token_id=[8, 62]), 522),
    Fixture("qwen3-untied-bin", llama(Qwen3Config, num_key_value_heads=2, head_dim=8, attention_bias=True), 523,
            files="bin"),
    Fixture("mistral", llama(MistralConfig, num_key_value_heads=2, sliding_window=None), 531),
    Fixture("llama-sharded-f16", llama(num_key_value_heads=2), 518, dtype=torch.float16, files="shards", shards=2),
    Fixture("llama-bin-bf16", llama(num_key_value_heads=2), 519, dtype=torch.bfloat16, files="bin"),
    # transformers 5 writes rope_parameters, with rope_theta among them.
    Fixture("llama3-by-5", llama(num_hidden_layers=1, num_key_value_heads=2, rope_theta=500.0,
                                 rope_scaling=LLAMA3_SCALING), 541, reader=5, stamped=True),
    Fixture("qwen3-torn-by-5", llama(Qwen3Config, num_hidden_layers=1, num_key_value_heads=2, head_dim=8,
                                     tie_word_embeddings=True), 542, reader=5, stamped=True, torn="lm_head.weight"),
]


def randomise(model: torch.nn.Module, random: torch.Generator) -> None:
    """Spreads every weight well: no zero bias, no norm of ones, logits far enough apart that no two are the greatest."""
    for name, weight in model.named_parameters():
        if "wte" in name or "embed_tokens" in name or "lm_head" in name:
            weight.data = normal(weight.shape, 0.5, random)
        elif "c_proj.weight" in name:  # wide, lest GPT-2's tied output say the same token again and again
            weight.data = normal(weight.shape, 1.2, random)
        elif weight.dim() == 2:
            weight.data = normal(weight.shape, 0.3, random)
        elif name.endswith("norm.weight") or "ln_" in name and name.endswith("weight"):
            weight.data = normal(weight.shape, 0.25, random, mean=1.0)
        else:
            weight.data = normal(weight.shape, 0.2, random)


def write_checkpoint(fixture: Fixture, folder: Path) -> None:
    """Writes config.json and the weights, in the fixture's layout."""
    random = torch.Generator().manual_seed(fixture.seed)
    model = AutoModelForCausalLM.from_config(fixture.config)
    randomise(model, random)
    model.tie_weights()
    tensors = {fixture.file_name(name): weight.detach().to(fixture.dtype)
               for name, weight in model.state_dict().items() if keeps(fixture, model, name)}
    tensors |= fixture.extras(fixture.config, random) | torn_from_embedding(fixture, model, random)
    config = described(fixture, type(model).__name__)
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    write_weights(fixture, tensors, folder)


def described(fixture: Fixture, architecture: str) -> dict:
    """A published config.json names the family's own values even where they are the library's defaults."""
    config = fixture.config
    common = PretrainedConfig().to_dict()
    own = {key: value for key, value in config.to_dict().items() if key not in common}
    values = own | config.to_diff_dict() | {
        "model_type": config.model_type, "architectures": [architecture],
        "tie_word_embeddings": config.tie_word_embeddings,
        "dtype" if fixture.files == "shards" else "torch_dtype": str(fixture.dtype).removeprefix("torch.")}
    values.pop("transformers_version")
    return values | stamp(fixture)
