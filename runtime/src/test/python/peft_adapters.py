"""Writes adapters as PEFT saves them, with what models say and write with them: peft/NAME/ beside the other fixtures.

    python peft_adapters.py VERSION      VERSION names the folder: peft-0.21 or peft-0.10

peft-0.21 was made with peft 0.21.2 and transformers 4.57.6, peft-0.10 with peft 0.10.0 and transformers 4.40.2, both with
torch 2.15.0. Every adapter has random numbers, is saved with save_pretrained, loaded again with PeftModel.from_pretrained, and asked.

BertForMaskedLM takes no cache, so that PEFT's prefix is given to the BertModel in it, as PEFT's get_prompt has it, and its head is
put on top. Multitask prompts are asked for their second task. PEFT saves those of encoders and T5s and asks none, so that what PEFT's
get_prompt gives is put before the word embeddings of transformers' own model. What a T5 writes behind a prefix is the greedy tokens of
PEFT's forward pass: generate of 0.21 differs from it.
"""

import json
import shutil
import sys
from pathlib import Path

import peft
import torch
import transformers

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
MODELS = {"parity/bert-tied": ("FEATURE_EXTRACTION", transformers.BertForMaskedLM),
          "parity/roberta": ("FEATURE_EXTRACTION", transformers.RobertaForMaskedLM),
          "parity-decoder/gpt2": ("CAUSAL_LM", transformers.AutoModelForCausalLM),
          "parity-decoder/llama3": ("CAUSAL_LM", transformers.AutoModelForCausalLM),
          "parity-t5/t5": ("SEQ_2_SEQ_LM", transformers.AutoModelForSeq2SeqLM)}
SHARED = ("parity/bert-tied", "parity-t5/t5")  # asked with multitask prompts beside decoders, by 0.21
LENGTH, STEPS = 3, 6
TEXTS = [[5, 17, 33, 21, 40, 8, 12], [9, 30, 11, 44]]
PLACES = [3, 1]  # where encoders are asked


def configs(task: str, name: str) -> dict:
    shared = {"task_type": task, "num_virtual_tokens": LENGTH}
    made = {"prompt": peft.PromptTuningConfig(**shared),
            "ptuning": peft.PromptEncoderConfig(**shared, encoder_hidden_size=5),
            "prefix": peft.PrefixTuningConfig(**shared)}
    if task == "CAUSAL_LM" or name in SHARED and not peft.__version__.startswith("0.10"):
        made["multitask"] = peft.MultitaskPromptTuningConfig(**shared, num_tasks=2, num_ranks=2, num_transformer_submodules=1)
    if task == "CAUSAL_LM":
        made["projected"] = peft.PrefixTuningConfig(**shared, prefix_projection=True, encoder_hidden_size=6)
    return made


def load(name: str):
    kind, loader = MODELS[name]
    return loader.from_pretrained(name, attn_implementation="eager").float().eval()


def wrapped(name: str, folder: Path, config):
    torch.manual_seed(7)
    model = peft.get_peft_model(load(name), config)
    for parameter in model.prompt_encoder.parameters():
        parameter.data = torch.randn(parameter.shape) * 0.7
    model.save_pretrained(folder, safe_serialization=True)
    for extra in folder.iterdir():
        if extra.name not in ("adapter_config.json", "adapter_model.safetensors"):
            extra.unlink()
    return peft.PeftModel.from_pretrained(load(name), folder).eval()


def behind(model, ids: torch.Tensor, **more) -> torch.Tensor:
    """What transformers' model says behind the prompt of the second task."""
    base = model.get_base_model()
    embedded = torch.cat([model.get_prompt(1, task_ids=torch.tensor([1])), base.get_input_embeddings()(ids)], 1)
    return base(inputs_embeds=embedded, attention_mask=torch.ones(embedded.shape[:2], dtype=torch.long), **more).logits[0]


def encoder_logits(model, kind: str, row: list[int], place: int) -> torch.Tensor:
    ids = torch.tensor([row])
    if kind == "multitask":
        return behind(model, ids)[LENGTH + place]
    if kind != "prefix":
        return model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits[0, LENGTH + place]
    inner = model.get_base_model()
    body = getattr(inner, inner.base_model_prefix)
    mask = torch.ones(1, LENGTH + len(row), dtype=torch.long)
    states = body(input_ids=ids, attention_mask=mask, past_key_values=model.get_prompt(1)).last_hidden_state
    head = inner.cls if hasattr(inner, "cls") else inner.lm_head
    assert not torch.allclose(states, body(input_ids=ids).last_hidden_state)
    return head(states)[0, place]


def greedy(model, say) -> list[int]:
    """A T5's tokens by the forward pass alone, which says something of what is written so far."""
    tokens = [model.get_base_model().config.decoder_start_token_id]
    for _ in range(STEPS):
        tokens.append(int(say(torch.tensor([tokens]))[-1].argmax()))
    return tokens[1:]


def generated(model, ids: torch.Tensor, more: dict) -> list[int]:
    return model.generate(input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=STEPS,
                          eos_token_id=-1, pad_token_id=0, do_sample=False, **more)[0].tolist()


def written(model, row: list[int], task: str, kind: str, more: dict) -> tuple[list, list[int]]:
    """The logits of the first two tokens that are written, and greedy tokens."""
    ids = torch.tensor([row])
    if task == "SEQ_2_SEQ_LM":
        def say(target):
            if kind == "multitask":
                return behind(model, ids, decoder_input_ids=target)
            return model(input_ids=ids, attention_mask=torch.ones_like(ids), decoder_input_ids=target).logits[0]
        tokens = greedy(model, say) if kind in ("multitask", "prefix") else generated(model, ids, more)[1:][:STEPS]
        logits = say(torch.tensor([[model.get_base_model().config.decoder_start_token_id, tokens[0]]]))
        return [numbers(logits[-2]), numbers(logits[-1])], tokens
    out = generated(model, ids, more)
    tokens = (out[len(row):] if out[:len(row)] == row else out)[:STEPS]
    long = torch.tensor([row + tokens[:1]])
    logits = model(input_ids=long, attention_mask=torch.ones_like(long), **more).logits[0]
    return [numbers(logits[-2]), numbers(logits[-1])], tokens


def numbers(tensor: torch.Tensor) -> list[float]:
    return [float(f"{value:.7g}") for value in tensor.detach().flatten().tolist()]


if __name__ == "__main__":
    import os
    target = RESOURCES / "peft" / sys.argv[1]
    shutil.rmtree(target, ignore_errors=True)
    os.chdir(RESOURCES)  # so that adapters name their model by a path that has no folder of ours
    versions = {"peft": peft.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    cases = []
    with torch.no_grad():
        for name, (task, _) in MODELS.items():
            if "llama3" in name and transformers.__version__.startswith("4.40"):
                continue  # which it does not know yet
            for kind, config in configs(task, name).items():
                folder = target / f"{Path(name).name}-{kind}"
                model = wrapped(name, folder, config)
                more = {"task_ids": torch.tensor([1])} if kind == "multitask" else {}
                case = {"adapter": folder.name, "model": name, "task": 1 if more else -1, "rows": []}
                for row, place in zip(TEXTS, PLACES):
                    if task == "FEATURE_EXTRACTION":
                        logits = encoder_logits(model, kind, row, place)
                        case["rows"].append({"ids": row, "place": place, "logits": [numbers(logits)]})
                    else:
                        logits, tokens = written(model, row, task, kind, more)
                        case["rows"].append({"ids": row, "logits": logits, "tokens": tokens})
                cases.append(case)
                print(folder.name, flush=True)
    (target / "expected.json").write_text(json.dumps({"versions": versions, "length": LENGTH, "cases": cases}) + "\n")
