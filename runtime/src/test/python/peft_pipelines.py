"""Writes adapters as PEFT saves them with what it answers to texts, for whole pipelines: peft/pipelines beside the other fixtures.

    python peft_pipelines.py MODELS                   MODELS is a folder with cloze-tiny-en
    python peft_pipelines.py MODELS check FOLDER      whether PEFT answers alike with adapters that Cloze wrote to FOLDER/NAME:
                                                      as its own did, or as FOLDER/expected.json says of those that Cloze trained

Made with peft 0.21.2, transformers 4.57.6 and torch 2.15.0. The encoder says how probable four words are at the mask, among all;
the writers of the command line's tests write greedily. An encoder's prefix goes into the BertModel that BertForMaskedLM holds,
and a T5 behind a prefix writes by the forward pass, see peft_adapters.py.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import peft
import safetensors.torch
import torch
import transformers

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
WRITERS = Path(__file__).resolve().parents[3] / "cli/src/test/resources"
TEXTS = ["A warm, funny film with a lovely cast.", "The room was dirty and the staff were rude.", "I enjoyed every minute of this book."]
WORDS = ["great", "good", "terrible", "bad"]
PROMPTS = ["The baker sells", "My sister reads a book"]
LENGTH, STEPS = 4, 12
KINDS = ("prompt", "ptuning", "prefix")
MODELS = {"cloze-tiny-en": ("FEATURE_EXTRACTION", transformers.BertForMaskedLM),
          "writers/gpt2": ("CAUSAL_LM", transformers.AutoModelForCausalLM),
          "writers/llama": ("CAUSAL_LM", transformers.AutoModelForCausalLM),
          "writers/t5": ("SEQ_2_SEQ_LM", transformers.AutoModelForSeq2SeqLM)}


def config(kind: str, task: str):
    shared = {"task_type": task, "num_virtual_tokens": LENGTH}
    return {"prompt": lambda: peft.PromptTuningConfig(**shared, num_transformer_submodules=1),
            "ptuning": lambda: peft.PromptEncoderConfig(**shared, num_transformer_submodules=1, encoder_hidden_size=5),
            "prefix": lambda: peft.PrefixTuningConfig(**shared)}[kind]()


def load(name: str):
    if transformers.__version__.startswith("4.40") and name == "cloze-tiny-en":  # whose file has no note that it wants
        model = MODELS[name][1](transformers.AutoConfig.from_pretrained(name, attn_implementation="eager"))
        model.load_state_dict(safetensors.torch.load_file(f"{name}/model.safetensors"), strict=False)
        model.tie_weights()
        return model.float().eval()
    return MODELS[name][1].from_pretrained(name, attn_implementation="eager").float().eval()


def make(name: str, kind: str, folder: Path) -> None:
    torch.manual_seed(11)
    base = load(name)
    model = peft.get_peft_model(base, config(kind, MODELS[name][0]))
    scale = 1.0 if kind == "prefix" else base.get_input_embeddings().weight.std().item()
    for parameter in model.prompt_encoder.parameters():
        parameter.data = torch.randn(parameter.shape) * (0.5 if kind == "ptuning" else scale)
    model.save_pretrained(folder, safe_serialization=True)
    (folder / "README.md").unlink()


def logits(model, row: list[int], target: list[int] | None) -> torch.Tensor:
    ids = torch.tensor([row])
    more = {} if target is None else {"decoder_input_ids": torch.tensor([target])}
    return model(input_ids=ids, attention_mask=torch.ones_like(ids), **more).logits[0]


def encoder_answers(model, name: str, prefix: bool) -> list:
    tokenizer = transformers.AutoTokenizer.from_pretrained(name)
    answers = []
    for text in TEXTS:
        row = tokenizer(f"{text} It was {tokenizer.mask_token}.")["input_ids"]
        place = row.index(tokenizer.mask_token_id)
        if prefix:
            inner = model.get_base_model()
            ids, mask = torch.tensor([row]), torch.ones(1, LENGTH + len(row), dtype=torch.long)
            states = inner.bert(input_ids=ids, attention_mask=mask, past_key_values=model.get_prompt(1)).last_hidden_state
            at = inner.cls(states)[0, place]
        else:
            at = logits(model, row, None)[LENGTH + place]
        words = [tokenizer.convert_tokens_to_ids(word) for word in WORDS]
        answers.append([round(value, 6) for value in at.log_softmax(-1)[words].tolist()])
    return answers


def written(model, name: str, task: str) -> list[list]:
    """Greedy texts, each with the logarithm of its probability, its end included."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(name)
    end, texts = model.get_base_model().config.eos_token_id, []
    for prompt in PROMPTS:
        row = tokenizer(prompt)["input_ids"]
        tokens = [] if task == "CAUSAL_LM" else [model.get_base_model().config.decoder_start_token_id]
        first, probability = len(tokens), 0.0
        for _ in range(STEPS):
            said = logits(model, row + tokens, None) if task == "CAUSAL_LM" else logits(model, row, tokens)
            tokens.append(int(said[-1].argmax()))
            probability += said[-1].log_softmax(-1)[tokens[-1]].item()
            if tokens[-1] == end:
                tokens.pop()
                break
        text = tokenizer.decode(tokens[first:], skip_special_tokens=True, clean_up_tokenization_spaces=False)
        texts.append([text, probability])
    return texts


def answers(name: str, kind: str, folder: Path) -> list:
    model = peft.PeftModel.from_pretrained(load(name), folder).eval()
    task = MODELS[name][0]
    return encoder_answers(model, name, kind == "prefix") if task == "FEATURE_EXTRACTION" else written(model, name, task)


def plain(answered: list) -> list:
    """Texts without their probabilities."""
    return [each[0] if isinstance(each[0], str) else each for each in answered]


def trained(name: str, kind: str, checked: Path) -> str:
    """Whether PEFT answers with an adapter that Cloze trained as Cloze does, which tells texts without the space before them."""
    folder = f"{Path(name).name}-{kind}"
    found = [[each[0].lstrip(), each[1]] if isinstance(each[0], str) else each for each in answers(name, kind, checked / folder)]
    known = json.loads((checked / "expected.json").read_text())[folder]
    return "alike" if alike(found, known) else f"DIFFERENT: {found} where Cloze has {known}"


def alike(one, other) -> bool:
    return one == other if isinstance(one, str) else len(one) == len(other) and all(
        alike(a, b) if not isinstance(a, float) else abs(a - b) < 1e-4 for a, b in zip(one, other))


if __name__ == "__main__":
    source, target = Path(sys.argv[1]).resolve(), RESOURCES / "peft/pipelines"
    checked = Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
    work = Path(tempfile.mkdtemp(prefix="peft-pipelines-"))
    (work / "cloze-tiny-en").symlink_to(source / "cloze-tiny-en")
    (work / "writers").symlink_to(WRITERS / "writers")
    os.chdir(work)  # so that adapters name their models by paths that have no folder of ours
    expected = {"versions": {"peft": peft.__version__, "torch": torch.__version__, "transformers": transformers.__version__},
                "words": WORDS, "texts": TEXTS, "prompts": PROMPTS, "steps": STEPS, "answers": {}}
    with torch.no_grad():
        for name, (task, _) in MODELS.items():
            for kind in KINDS:
                folder = f"{Path(name).name}-{kind}"
                if checked is None:
                    make(name, kind, target / folder)
                    expected["answers"][folder] = plain(answers(name, kind, target / folder))
                elif (checked / folder).exists() and (checked / "expected.json").exists():
                    print(folder, trained(name, kind, checked))
                elif (checked / folder).exists():
                    known = json.loads((target / "expected.json").read_text())["answers"][folder]
                    print(folder, "alike" if alike(plain(answers(name, kind, checked / folder)), known) else "DIFFERENT")
    if checked is None:
        (target / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")
