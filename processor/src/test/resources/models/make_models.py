"""Writes the small models of the processor's tests: transformers 4.57.1, from the tokenizers of the vocabulary's tests.

The compiler reads a model's tokenizer.json and two lines of its config.json, so there are no weights.
"""

import json
import pathlib
import shutil

import transformers

HERE = pathlib.Path(__file__).parent
TOKENIZERS = HERE / "../../../../../annotations/vocabulary/src/test/resources/tokenizers"


def folder(name, config):
    path = HERE / name
    path.mkdir(exist_ok=True)
    (path / "config.json").write_text(json.dumps(config) + "\n")
    return path


gpt2 = transformers.GPT2TokenizerFast(
    vocab_file=str(TOKENIZERS / "gpt2/vocab.json"), merges_file=str(TOKENIZERS / "gpt2/merges.txt"))
decoder = folder("tiny-decoder", {"model_type": "gpt2", "n_positions": 64})
gpt2.backend_tokenizer.save(str(decoder / "tokenizer.json"), pretty=False)

llama = folder("tiny-llama", {"model_type": "llama", "max_position_embeddings": 2048})
shutil.copy(TOKENIZERS / "llama/tokenizer.json", llama)

t5 = folder("tiny-t5", {"model_type": "t5"})
tokenizer = json.loads((TOKENIZERS / "t5-first/tokenizer.json").read_text())
tokenizer["model"]["byte_fallback"] = False  # as T5's have it: what they don't know is <unk>
(t5 / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False) + "\n")

# Of architectures without a backbone; the tokenizer.json of the first is written by hand, the second has none that is
# read, and that of the third, which says its architecture in another way, nobody reads.
folder("tiny-recurrent", {"model_type": "rwkv"})
folder("tiny-bytes", {"model_type": "byt5"})
nameless = folder("tiny-nameless", {"architectures": ["DebertaForMaskedLM"]})
(nameless / "tokenizer.json").write_text('{"model": {"type": "Unreadable"}}\n')

# Of eight tokens, the last one added, a word and a padding, and an embedding of seven rows; tokenizer.json is written by hand.
folder("tiny-overgrown", {"model_type": "bert", "max_position_embeddings": 64, "vocab_size": 7})
folder("tiny-padded", {"model_type": "bert", "max_position_embeddings": 64, "vocab_size": 7})
