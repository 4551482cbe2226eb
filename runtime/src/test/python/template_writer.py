"""Writes runtime/src/test/resources/template-search/t5: a tiny T5 that was trained to write spans around a word.

    python template_writer.py       needs torch, transformers and tokenizers; made with transformers 4.57

Its texts are of the reviews that tests use and of pairs of them, each with a word and spans around it drawn from a few, so that
it writes templates that make sense, none of them certain. The vocabulary has T5's layout: sentinels at the end, the first of them
last, and a space alone. The weights are stored in half precision.
"""

import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

FOLDER = Path(__file__).resolve().parents[1] / "resources/template-search"
SENTINELS = 6
WORDS = ["great", "terrible", "Yes", "No"]
BEHIND = [("It was", "."), ("This is", "."), ("All in all, it was", "."), ("A", "one."), ("It was", "!"), ("Just", "! {Really}"),
          ("I felt", "."), ("It is", "")]
BEFORE = [("", "."), ("", "!"), ("It was", "."), ("A", "one:"), ("Just", "..."), ("This was", ".")]
BETWEEN = [("?", ","), ("?", "."), (".", ","), (". All in all,", ","), ("?", "!")]


def examples():
    return json.loads((FOLDER.parent / "lm-bff/drawn.json").read_text())["examples"]


def tokenizer():
    words = {}
    texts = [example["text"] for example in examples()]
    texts += [text for spans in (BEHIND, BEFORE, BETWEEN) for pair in spans for text in pair] + WORDS
    for text in texts:
        for word in text.split():
            parts, run = [], ""
            for letter in word:
                if letter.isalpha():
                    run += letter
                else:
                    parts += [run, letter] if run else [letter]
                    run = ""
            parts += [run] if run else []
            for i, part in enumerate(parts):
                words[("▁" if i == 0 else "") + part] = None
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -8.0), ("X", -9.0), (".", -3.0)]
    known = {piece for piece, _ in pieces}
    pieces += [(word, -4.0 - 0.01 * i) for i, word in enumerate(words) if word not in known]
    known = {piece for piece, _ in pieces}
    letters = sorted({letter for text in texts for letter in text + text.upper() if not letter.isspace()})
    pieces += [(letter, -12.0 - 0.01 * i) for i, letter in enumerate(letters) if letter not in known]
    pieces += [("........", -13.0), ("................", -13.5)]
    library = Tokenizer(models.Unigram(pieces, unk_id=2, byte_fallback=False))
    library.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")])
    library.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    names = [f"<extra_id_{i}>" for i in reversed(range(SENTINELS))]
    library.add_special_tokens(["<pad>", "</s>", "<unk>", *names])
    library.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(tokenizer_object=library, pad_token="<pad>", eos_token="</s>", unk_token="<unk>",
                                   additional_special_tokens=names)


def main():
    random.seed(1)
    torch.manual_seed(1)
    tokens = tokenizer()
    encode = lambda text: tokens.encode(text, add_special_tokens=False) if text else []

    def span(text):
        """Punctuation stands behind the word or the text without a space."""
        glued = [tokens.convert_tokens_to_ids(letter) for letter in text.split(" ")[0]] if text and not text[0].isalpha() else []
        return glued + encode(text[len(glued):])

    x, y, z = (tokens.convert_tokens_to_ids(f"<extra_id_{i}>") for i in range(3))
    model = T5ForConditionalGeneration(T5Config(
        vocab_size=len(tokens) + 4, d_model=32, d_kv=8, d_ff=64, num_layers=1, num_decoder_layers=1, num_heads=4,
        relative_attention_num_buckets=8, relative_attention_max_distance=20, dropout_rate=0.0, decoder_start_token_id=0,
        feed_forward_proj="relu", tie_word_embeddings=True))
    texts = [example["text"] for example in examples()]
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for step in range(600):
        sources, targets = [], []
        for _ in range(32):
            form, text, other = random.randrange(3), random.choice(texts), random.choice(texts)
            word = random.choice(WORDS)
            spans = random.choice([BEHIND, BEFORE, BETWEEN][form])
            source = [x, *encode(word), y]
            source = [encode(text) + source, source + encode(text), encode(text) + source + encode(other)][form]
            sources.append(source + [1])
            targets.append([x, *span(spans[0]), y, *span(spans[1]), z, 1])
        pad = lambda rows, by: torch.tensor([row + [by] * (max(map(len, rows)) - len(row)) for row in rows])
        ids = pad(sources, 0)
        loss = model(input_ids=ids, attention_mask=(ids != 0).long(), labels=pad(targets, -100)).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 0:
            print(step, loss.item())
    folder = FOLDER / "t5"
    model.half().save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    tokens.backend_tokenizer.save(str(folder / "tokenizer.json"))
    print(len(tokens), (folder / "model.safetensors").stat().st_size)


if __name__ == "__main__":
    main()
