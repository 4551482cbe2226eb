"""Keys that published files have and no configuration class of transformers knows, by what was seen in them.

config.json: quantization_config of models whose weights are packed, auto_map of those with code of their own, BERT's pooler_*
and directionality (converted from TensorFlow), ALBERT's gap_size and the like (likewise), output_past and n_ctx (before 2020),
T5's n_positions (the length it was trained with), SmolLM's rope_interleaved, is_causal of decoders that read a text from both
sides (the masks of transformers 5 ask for it), and marks of tools.
tokenizer_config.json: word_tokenizer_type of Japanese BERTs, which split words by another program.
"""

OF_ALL = ["_attn_implementation_autoset", "_attn_implementation_internal", "_num_labels", "auto_map", "output_past",
          "quantization_config", "transformers.js_config", "unsloth_fixed", "unsloth_version"]
OF_MODELS = {
    "bert": ["directionality", "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers",
             "pooler_size_per_head", "pooler_type"],
    "albert": ["down_scale_factor", "gap_size", "layers_to_keep", "net_structure_type", "num_memory_blocks"],
    "distilbert": ["tie_weights_"],
    "gpt2": ["is_causal", "n_ctx", "predict_special_tokens"],
    "llama": ["is_causal", "is_llama_config", "rope_interleaved"],
    "mistral": ["is_causal", "rope_interleaved"],
    "qwen2": ["is_causal", "head_dim", "rope_interleaved"],
    "qwen3": ["is_causal", "rope_interleaved"],
    "t5": ["is_causal", "n_positions"], "mt5": ["is_causal", "n_positions"],
    "umt5": ["is_causal", "n_positions", "scalable_attention"]}
TOKENIZER = ["auto_map", "device_map", "max_len_sentences_pair", "max_len_single_sentence", "special_tokens_map_file",
             "subword_tokenizer_type", "use_fast", "word_tokenizer_type"]


def of_model(name: str) -> list[str]:
    return sorted(OF_ALL + OF_MODELS.get(name, []))
