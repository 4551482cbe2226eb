"""Writes ../resources/writers: three tiny models that write, and what Hugging Face transformers' `generate` writes with them.

    python generate_goldens.py        needs torch 2.7.1, transformers 4.57.1, tokenizers 0.22, on a CPU

    python generate_goldens.py t5     the T5 alone

They are trained for a minute on the few sentences below, which were written for this purpose: a GPT-2 whose tokens are
bytes and pairs of them, a Llama whose tokenizer has a beginning-of-text token, word marks and byte fallback, and a T5 of
unigram pieces, which answers the beginning of a sentence with its rest.
"""

import json
import sys
from pathlib import Path

import tokenizers
import torch
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, T5Config,
                          T5ForConditionalGeneration)

FOLDER = Path(__file__).resolve().parent.parent / "resources/writers"
SENTENCES = [
    "The café on the corner opens at seven and serves coffee until noon.",
    "The baker sells bread for 3 €, and a cake for 12 €.",
    "A train leaves the station every hour, but the last one is often late.",
    "My sister reads a book every week and forgets the end of each.",
    "The old bridge is closed, so the bus takes the road along the river.",
    "Zoë said “good night” and went home 🙂 before the rain began.",
    "In winter the lake is frozen, and the children skate after school.",
    "The museum shows maps, ships and stars; admission is free on Sundays.",
]
PROMPTS = ["The", "The baker sells", "A train", "My sister reads a book", "In winter", "Zoë", "The museum shows maps,",
           "On Sundays the café", "12 €"]
OPTIONS = {
    "greedy": ({"max_new_tokens": 24}, ["--max-tokens", "24"]),
    "one": ({"max_new_tokens": 1}, ["--max-tokens", "1"]),
    "beams": ({"max_new_tokens": 24, "num_beams": 4}, ["--max-tokens", "24", "--beams", "4"]),
}
END = "</s>"


def byte_level() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.train_from_iterator(SENTENCES, trainers.BpeTrainer(
        vocab_size=340, special_tokens=[END], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return tokenizer


def byte_fallback() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("(?=▁)"), "isolated")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    specials = ["<unk>", "<s>", END]
    octets = [f"<0x{b:02X}>" for b in range(256)]
    letters = sorted(set("".join(s for s in SENTENCES)) - set("éë€🙂“” "))
    tokenizer.train_from_iterator(SENTENCES, trainers.BpeTrainer(
        vocab_size=380, special_tokens=specials + octets, initial_alphabet=letters, limit_alphabet=len(letters) + 1,
        show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    data = json.loads(tokenizer.to_str())
    data["added_tokens"] = [token for token in data["added_tokens"] if token["content"] in specials]
    data["pre_tokenizer"] = None
    return Tokenizer.from_str(json.dumps(data))


def unigram() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.train_from_iterator(SENTENCES, trainers.UnigramTrainer(
        vocab_size=220, special_tokens=["<pad>", END, "<unk>", "<extra_id_0>"], unk_token="<unk>", show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {END}", pair=f"$A {END} $B {END}", special_tokens=[(END, tokenizer.token_to_id(END))])
    return tokenizer


def gpt2(size: int, end: int):
    return GPT2LMHeadModel(GPT2Config(
        vocab_size=size, n_positions=96, n_embd=32, n_layer=2, n_head=4, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0,
        bos_token_id=end, eos_token_id=end))


def llama(size: int, end: int):
    return LlamaForCausalLM(LlamaConfig(
        vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=96, bos_token_id=1, eos_token_id=end, tie_word_embeddings=True))


def t5(size: int, end: int):
    return T5ForConditionalGeneration(T5Config(
        vocab_size=size, d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4, dropout_rate=0,
        relative_attention_num_buckets=8, relative_attention_max_distance=20, decoder_start_token_id=0, pad_token_id=0,
        eos_token_id=end))


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(map(len, rows))
    return (torch.tensor([row + [0] * (width - len(row)) for row in rows]),
            torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows]))


def texts(tokenizer: PreTrainedTokenizerFast) -> dict:
    """What a decoder learns: the sentences."""
    ids, mask = padded([tokenizer(text)["input_ids"] + [tokenizer.convert_tokens_to_ids(END)] for text in SENTENCES])
    return {"input_ids": ids, "attention_mask": mask, "labels": ids.masked_fill(mask == 0, -100)}


def pairs(tokenizer: PreTrainedTokenizerFast) -> dict:
    """What the T5 learns: the rest of a sentence for each of its first words, one to four."""
    parted = [(" ".join(words[:n]), " ".join(words[n:])) for words in map(str.split, SENTENCES) for n in range(1, 5)]
    ids, mask = padded([tokenizer(begun)["input_ids"] for begun, _ in parted])
    labels, known = padded([tokenizer(rest)["input_ids"] for _, rest in parted])
    return {"input_ids": ids, "attention_mask": mask, "labels": labels.masked_fill(known == 0, -100)}


def train(model, batch: dict, steps: int = 400):
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    model.train()
    for step in range(steps):
        loss = model(**batch).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if loss < 0.25:
            break
    print(f"loss {loss.item():.3f} after {step + 1} steps")
    return model.eval()


def write(model, tokenizer, prompt: str, name: str) -> dict:
    options, arguments = OPTIONS[name]
    ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        output = model.generate(ids, do_sample=False, pad_token_id=0, **options)[0]
        read = 1 if model.config.is_encoder_decoder else ids.shape[1]
        new = output[read:]
        end = tokenizer.convert_tokens_to_ids(END)
        count = (new == end).nonzero()[0].item() + 1 if (new == end).any() else len(new)
        new = new[:count]
        whole = output[None, :read + count]
        logits = (model(ids, decoder_input_ids=whole) if model.config.is_encoder_decoder else model(whole)).logits
        logs = torch.log_softmax(logits[0, read - 1:-1].double(), -1)
        total = logs.gather(1, new[:, None]).sum().item()
    written = [token for token in new.tolist() if token != end]
    # As transformers' pipeline takes it: a decoder's text is what stands behind that of its prompt, with the space between them.
    plain = dict(skip_special_tokens=True, clean_up_tokenization_spaces=False)
    before = [] if model.config.is_encoder_decoder else ids[0].tolist()
    text = tokenizer.decode(before + written, **plain)[len(tokenizer.decode(before, **plain)):]
    return {"prompt": prompt, "arguments": arguments, "text": text, "ids": written, "logProbability": total}


MODELS = {"gpt2": (byte_level, gpt2, texts), "llama": (byte_fallback, llama, texts), "t5": (unigram, t5, pairs)}


def main(names: list[str]) -> None:
    for name in names:
        make, build, learnt = MODELS[name]
        folder = FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        make().save(str(folder / "tokenizer.json"))
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), eos_token=END)
        torch.manual_seed(7)
        model = train(build(len(tokenizer), tokenizer.convert_tokens_to_ids(END)), learnt(tokenizer))
        model.save_pretrained(folder)
        (folder / "generation_config.json").unlink()
        goldens = {
            "versions": {"torch": torch.__version__, "transformers": transformers.__version__,
                         "tokenizers": tokenizers.__version__},
            "texts": [write(model, tokenizer, prompt, options) for options in OPTIONS for prompt in PROMPTS],
        }
        for text in goldens["texts"]:
            print(text["prompt"], "|", text["text"])
        (folder / "written.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:] or list(MODELS))
