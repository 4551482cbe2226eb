"""Writes rotary.json of parity-decoder: the frequencies and attention factors that transformers reads from a config.json.

    python rotary_goldens.py

Versions: ../resources/parity-decoder/README.md. Same versions, same file.
"""

import json
from pathlib import Path

from transformers import LlamaConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

from parity_fixtures import VERSIONS, write_json

TARGET = Path(__file__).resolve().parent.parent / "resources" / "parity-decoder" / "rotary.json"

SIZES = {"model_type": "llama", "vocab_size": 8, "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
         "intermediate_size": 8, "max_position_embeddings": 4096, "rope_theta": 10000.0}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 1024}

CASES = {
    "default": {},
    "linear": {"rope_scaling": {"rope_type": "linear", "factor": 3.0}},
    "dynamic": {"rope_scaling": {"rope_type": "dynamic", "factor": 3.0}},
    "llama3": {"rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                                "original_max_position_embeddings": 1024}},
    "yarn": {"rope_scaling": YARN},
    "yarn as Qwen2.5 has it": {"rope_theta": 1000000.0, "max_position_embeddings": 131072, "head_dim": 64, "rope_scaling": {
        "type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}},
    "yarn of the config's length": {"rope_scaling": {"rope_type": "yarn", "factor": 2.5}},
    "yarn with both scales": {"rope_scaling": YARN | {"factor": 40.0, "mscale": 1.0, "mscale_all_dim": 0.707}},
    "yarn with one scale": {"rope_scaling": YARN | {"mscale": 0.8}},
    "yarn with a scale of 0": {"rope_scaling": YARN | {"mscale": 0.8, "mscale_all_dim": 0.0}},
    "yarn with an attention factor": {"rope_scaling": YARN | {"attention_factor": 1.3, "mscale": 1.0, "mscale_all_dim": 0.5}},
    "yarn with bounds": {"rope_scaling": YARN | {"beta_fast": 16.0, "beta_slow": 2.0}},
    "yarn with bounds of nothing": {"rope_scaling": YARN | {"beta_fast": None, "beta_slow": 0.0}},
    "yarn with bounds between pairs": {"rope_scaling": YARN | {"truncate": False, "beta_fast": 20.0}},
    "yarn with one bound": {"rope_scaling": YARN | {"truncate": False, "beta_fast": 4.0, "beta_slow": 4.0}},
    "yarn with bounds beyond the pairs": {"rope_theta": 2.0, "rope_scaling": YARN},
    "yarn with hardly a turn": {"rope_scaling": YARN | {"original_max_position_embeddings": 4}},
    "yarn with a factor below 1": {"rope_scaling": YARN | {"factor": 0.5}},
}


def case(name: str, changes: dict) -> dict:
    values = json.loads(json.dumps(SIZES | changes))
    config = LlamaConfig(**{key: value for key, value in values.items() if key != "model_type"})
    kind = "default" if config.rope_scaling is None else config.rope_scaling["rope_type"]
    frequencies, attention_factor = ROPE_INIT_FUNCTIONS[kind](config, "cpu")
    return {"name": name, "config": SIZES | changes, "frequencies": frequencies.tolist(),
            "attention_factor": float(attention_factor)}


if __name__ == "__main__":
    write_json(TARGET, {"versions": VERSIONS, "cases": [case(name, changes) for name, changes in CASES.items()]})
