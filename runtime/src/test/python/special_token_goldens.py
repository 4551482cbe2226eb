"""Writes the ids of texts with special tokens in them as Hugging Face's tokenizers and chat templates have them.

    python special_token_goldens.py [FOLDER OF SmolLM2-135M-Instruct]

Made with transformers 4.57.6 and tokenizers 0.22.2; transformers 5.24.0 with tokenizers 0.23.3 writes the same files.
"""

import json
import re
import sys
from pathlib import Path

import tokenizers
import transformers

TESTS = Path(__file__).resolve().parents[1]
GOLDENS = TESTS / "resources/special-tokens"
TOKENIZERS = TESTS / "../../../annotations/vocabulary/src/test/resources/tokenizers"

# Tokenizer, template, value of {text}. Parts touch where these tokenizers part words anyway.
TEMPLATES = [
    ("llama", '{special:"<s>"}user\n{text}{special:"</s>"}\nassistant\n', "the day"),
    ("llama", 'the day {special:"</s>"} it was{special:"<unk>"}so', ""),
    ("llama", '{special:"<s>"}{special:"</s>"}{text}{special:"</s>"}', "the day"),
    ("roberta-add-prefix-space", '{special:"<s>"}it was {text}\n{special:"</s>"}{special:"</s>"}so it was', "a day"),
    ("roberta-add-prefix-space", 'it was {special:"<mask>"} {special:"<pad>"}  \n', ""),
    ("albert", '{special:"[CLS]"}it was{special:"[SEP]"} {text} {special:"[MASK]"} so', "a day"),
    ("t5-first", 'the {special:"<extra_id_0>"} was {text} {special:"<extra_id_1>"}', "a day"),
]

# What somebody may write to a chat model: letters of many kinds, digits, code, white space inside.
CHATS = [
    ("You are a helpful AI assistant named SmolLM, trained by Hugging Face", "What is the capital of France?"),
    ("Answer in one word.", "Is 1234567 a prime number, or 3.14?"),
    ("Répondez en français.", "def f(x):\n    return x ** 2\n\nWhat does it do?"),
    ("You tell jokes.", "标题 🎈 naïve – “quoted” text…"),
    ("Be brief.", "a"),
]


def rendered(template: str, text: str) -> str:
    return re.sub(r'\{special:"([^"]*)"\}', r"\1", template).replace("{text}", text)


def by_template() -> list[dict]:
    cases = []
    for name, template, text in TEMPLATES:
        tokenizer = tokenizers.Tokenizer.from_file(str(TOKENIZERS / name / "tokenizer.json"))
        ids = tokenizer.encode(rendered(template, text), add_special_tokens=False).ids
        cases.append({"tokenizer": name, "template": template, "text": text, "ids": ids})
    return cases


def by_chat(folder: str) -> list[dict]:
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    cases = []
    for system, user in CHATS:
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        told = tokenizer.apply_chat_template(messages, add_generation_prompt=True)
        assert ids == list(told["input_ids"] if hasattr(told, "keys") else told)
        cases.append({"system": system, "user": user, "ids": ids})
    return cases


def write(name: str, cases: list[dict]) -> None:
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (GOLDENS / name).write_text(f"[\n{lines}\n]\n", encoding="utf8")


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    write("templates.json", by_template())
    if len(sys.argv) > 1:
        write("smollm2-chat.json", by_chat(sys.argv[1]))
