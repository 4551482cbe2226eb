"""Lists every key that transformers' configuration classes have, with its default.

    python config_keys.py        with transformers 4.57, and once more with the newest 5

Writes ../resources/config-keys/transformers-N.json, N being the major version: the version itself; for each `model_type`
Cloze reads, the keys of config.json and which of them are other names for another one; the keys of generation_config.json,
of tokenizer_config.json, and of the object rope_parameters. ConfigKeysTest holds the table config-keys.txt against these lists.

A key counts where the class has it: as an argument or a field, in what the class saves, or where its code takes it out of
the arguments that it does not name.
"""

import dataclasses
import inspect
import json
import re
from pathlib import Path

import transformers
from transformers import AutoConfig, GenerationConfig

import config_keys_published

TARGET = Path(__file__).resolve().parent.parent / "resources" / "config-keys"
MAJOR = transformers.__version__.split(".")[0]
MODEL_TYPES = ["bert", "roberta", "xlm-roberta", "camembert", "albert", "distilbert", "gpt2", "llama", "mistral", "qwen2",
               "qwen3", "t5", "mt5", "umt5"]
TOKENIZERS = ["BertTokenizer", "DistilBertTokenizer", "RobertaTokenizer", "XLMRobertaTokenizer", "CamembertTokenizer",
              "AlbertTokenizer", "GPT2Tokenizer", "LlamaTokenizer", "Qwen2Tokenizer", "T5Tokenizer"]
TAKEN = re.compile(r"kwargs\.(?:pop|get|setdefault)\(\s*\"(\w+)\"")
# Where a file lies or how it is fetched, which is never in a saved file.
OF_LOADING = {"self", "args", "kwargs", "cls", "return_unused_kwargs", "revision", "force_download", "proxies", "token",
              "local_files_only", "cache_dir", "subfolder", "user_agent", "trust_remote_code", "resume_download", "use_fast",
              "use_auth_token", "repo_id", "commit_message", "push_to_hub", "config_file_name", "_from_auto", "_from_pipeline", "_configuration_file",
              "vocab", "merges", "tokenizer_object", "gguf_file", "state_dict", "pretrained_model_name_or_path",
              "fast_tokenizer_file", "save_jinja_files"}


def named(cls) -> set[str]:
    """The arguments and fields of a class and of those it is made from, and what their code takes by name."""
    keys = set()
    for base in cls.__mro__[:-1]:
        if not base.__module__.startswith("transformers") or base.__name__ == "PushToHubMixin":
            continue
        if "__init__" in vars(base):
            keys |= set(inspect.signature(base.__init__).parameters)
        if dataclasses.is_dataclass(base):
            keys |= {field.name for field in dataclasses.fields(base)}
        try:
            keys |= set(TAKEN.findall(inspect.getsource(base)))
        except (OSError, TypeError):
            pass
    return keys


def later(keys: set[str]) -> set[str]:
    """Without those that say how a file is found, and what a class keeps for itself."""
    return {key for key in keys if key not in OF_LOADING and not key.startswith("__")}


def plain(value):
    """A default as JSON has it, or null where it is an object of the library's own."""
    try:
        return json.loads(json.dumps(value))
    except TypeError:
        return None


def keys_of(cls, example) -> dict:
    saved = example.to_dict()
    return {key: plain(saved.get(key, getattr(example, key, None))) for key in later(named(cls) | set(saved))
            if key != "transformers_version"} | {"transformers_version": None}


def configurations() -> dict:
    listed = {}
    for name in MODEL_TYPES:
        example = AutoConfig.for_model(name)
        cls = type(example)
        listed[name] = {"keys": keys_of(cls, example), "other_names": dict(sorted(cls.attribute_map.items())),
                        "published": config_keys_published.of_model(name)}
    return listed


def of_rotary_positions() -> list[str]:
    """The keys inside rope_parameters, once rope_scaling."""
    from transformers import modeling_rope_utils as rope
    source = inspect.getsource(rope)
    keys = set(re.findall(r"rope_(?:scaling|parameters|parameters_dict)(?:\.get\(|\.setdefault\(|\[)\"(\w+)\"", source))
    return sorted(keys | set(getattr(getattr(rope, "RopeParameters", None), "__annotations__", {})))


def tokenizers() -> dict:
    listed = {}
    for name in TOKENIZERS:
        fast = getattr(transformers, name + "Fast", None) or getattr(transformers, name)
        keys = named(fast) | set(getattr(fast, "SPECIAL_TOKENS_ATTRIBUTES", []))
        if MAJOR == "4":  # what the slow class has is saved by the fast one as well
            keys |= named(getattr(transformers, name))
        listed[name] = sorted(later(keys))
    return listed


def write_json(file: Path, value: dict) -> None:
    """A line to each list."""
    indented = json.dumps(value, indent=1, sort_keys=True)
    lists = re.compile(r"\[[^\[\]{}]*\]")
    file.write_text(lists.sub(lambda found: re.sub(r"\s*\n\s*", " ", found[0]), indented) + "\n")


def main() -> None:
    value = {"transformers": transformers.__version__, "config.json": configurations(),
             "rope_parameters": {"keys": of_rotary_positions()},
             "generation_config.json": {"keys": keys_of(GenerationConfig, GenerationConfig())},
             "tokenizer_config.json": {"keys": tokenizers(), "published": config_keys_published.TOKENIZER}}
    TARGET.mkdir(exist_ok=True)
    write_json(TARGET / f"transformers-{MAJOR}.json", value)


if __name__ == "__main__":
    main()
