"""Writes a Llama of a Hugging Face folder as one GGUF file with the same weights at 16 bits, for llama.cpp.

    python write_gguf.py FOLDER TARGET [--type f16|bf16]

Needs `gguf` and `safetensors`. Norms stay in float32, as llama.cpp has them. The tokenizer can be loaded and is meant for nothing
else: the benchmark gives token ids.
"""

import argparse
import json
from pathlib import Path

import gguf
import numpy as np
from safetensors import safe_open

LAYER = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
         "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
OUTER = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight",
         "lm_head.weight": "output.weight"}


def name_of(name: str) -> str:
    """Its name in llama.cpp."""
    if name in OUTER:
        return OUTER[name]
    _, _, layer, part = name.removesuffix(".weight").split(".", 3)
    return f"blk.{layer}.{LAYER[part]}.weight"


def interleaved(matrix: np.ndarray, heads: int) -> np.ndarray:
    """The rows of a query or key matrix with the halves that turn together side by side, as llama.cpp turns neighbours."""
    return matrix.reshape(heads, 2, matrix.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(matrix.shape)


def add_tensors(writer: gguf.GGUFWriter, folder: Path, config: dict, numbers: gguf.GGMLQuantizationType) -> None:
    heads = {"attn_q": config["num_attention_heads"], "attn_k": config["num_key_value_heads"]}
    for part in sorted(folder.glob("*.safetensors")):
        with safe_open(part, "np") as file:
            for name in file.keys():
                tensor = file.get_tensor(name).astype(np.float32)
                target = name_of(name)
                for what, count in heads.items():
                    if f".{what}." in target:
                        tensor = interleaved(tensor, count)
                if tensor.ndim == 1:
                    writer.add_tensor(target, tensor)
                else:
                    writer.add_tensor(target, gguf.quantize(tensor, numbers), raw_dtype=numbers)


def add_tokenizer(writer: gguf.GGUFWriter, folder: Path, config: dict) -> None:
    model = json.loads((folder / "tokenizer.json").read_text("utf8"))
    added = {token["id"] for token in model["added_tokens"]}
    vocabulary = dict(model["model"]["vocab"]) | {token["content"]: token["id"] for token in model["added_tokens"]}
    tokens = sorted(vocabulary, key=vocabulary.get)
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["model"]["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL if i in added else gguf.TokenType.NORMAL for i in range(len(tokens))])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--type", choices=["f16", "bf16"], default="f16")
    options = parser.parse_args()
    config = json.loads((options.folder / "config.json").read_text("utf8"))
    if config["model_type"] != "llama" or config.get("rope_scaling"):
        raise SystemExit("Only Llamas with plain rotary positions are written.")
    writer = gguf.GGUFWriter(options.target, "llama")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_rope_dimension_count(config["hidden_size"] // config["num_attention_heads"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])
    half = options.type == "f16"
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16 if half else gguf.LlamaFileType.MOSTLY_BF16)
    add_tokenizer(writer, options.folder, config)
    add_tensors(writer, options.folder, config, gguf.GGMLQuantizationType.F16 if half else gguf.GGMLQuantizationType.BF16)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main()
