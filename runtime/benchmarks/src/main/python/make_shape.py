"""Writes a model folder of a well-known shape with random weights: `make_shape.py SHAPE TARGET DEFAULT_MODEL`.

Speed does not depend on what the weights are. SHAPE is `bert-base` (440 MB), `bert-12x384` (twelve layers, width
384, 134 MB), `gpt2-small` (500 MB) or `llama-4x256` (four layers, width 256, 24 MB). The tokenizer is that of cloze-tiny-en (12,000 tokens); the first three have their own vocabularies' rows all
the same, the last of which no text reaches. The decoders have no end token, so that every text gets its full length. The same seed writes the same file.
"""

import shutil
import sys
from pathlib import Path

import torch
from transformers import BertConfig, BertForMaskedLM, GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

SHAPES = {
    "bert-base": lambda: BertForMaskedLM(BertConfig()),  # the defaults are bert-base-uncased's
    "bert-12x384": lambda: BertForMaskedLM(BertConfig(hidden_size=384, intermediate_size=1536)),
    "gpt2-small": lambda: GPT2LMHeadModel(GPT2Config(eos_token_id=None)),  # likewise gpt2's
    "llama-4x256": lambda: LlamaForCausalLM(LlamaConfig(
        vocab_size=12_000, hidden_size=256, num_hidden_layers=4, num_attention_heads=4, num_key_value_heads=4,
        intermediate_size=704, max_position_embeddings=512, rms_norm_eps=1e-6, tie_word_embeddings=True,
        eos_token_id=None)),
}


def main(shape: str, target: Path, default_model: Path) -> None:
    torch.manual_seed(0)
    SHAPES[shape]().save_pretrained(target)
    shutil.copy(default_model / "tokenizer.json", target)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
