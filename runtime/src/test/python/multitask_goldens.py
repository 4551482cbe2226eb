"""What PEFT's multitask prompts come to when two tasks train them together, with and without a teacher each.

    python multitask_goldens.py FILE

Made with peft 0.21.2, transformers 4.57.6 and torch 2.15.0. All in 64 bits, nothing dropped out. PEFT's model for encoders passes no
task on, so that the prompts of its MultitaskPromptEmbedding are put before the word embeddings here, for all models alike; for GPT-2
this is seen to be what PEFT's own model says. A teacher is a prompt of its task's own: its answers over the task's words and its last
hidden states are what the student is compared with.
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from peft.tuners.multitask_prompt_tuning import MultitaskPromptEmbedding, MultitaskPromptTuningConfig
from torch import nn

from soft_goldens import LENGTHS, RESOURCES, numbers, padded, rows

KINDS = {"parity/bert-tied": ("FEATURE_EXTRACTION", transformers.BertForMaskedLM),
         "parity-decoder/gpt2": ("CAUSAL_LM", transformers.AutoModelForCausalLM),
         "parity-decoder/llama3": ("CAUSAL_LM", transformers.AutoModelForCausalLM)}
LENGTH, RANK, TASKS, STEPS, RATE, CLIP, TEACHING = 4, 2, 2, 20, 0.05, 1.0, 0.9
WORDS = [[7, 9], [11, 13]]
TASK_OF = [i % TASKS for i in range(len(LENGTHS))]


def normal(shape, seed: int, scale: float) -> torch.Tensor:
    drawn = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return drawn.mul_(scale).float().double()  # as they are read again


def said(model, kind: str, prompts: torch.Tensor, data: dict):
    """Scores of each text's task's words, (B, 2), and the last hidden states of all tokens, (B, P + T, E)."""
    ids = padded(data["texts"], 0)
    mask = padded([[1] * len(text) for text in data["texts"]], 0)
    embedded = torch.cat([prompts, model.get_input_embeddings()(ids)], 1)
    whole = torch.cat([torch.ones(len(ids), LENGTH, dtype=torch.long), mask], 1)
    out = model(inputs_embeds=embedded, attention_mask=whole, output_hidden_states=True)
    places = torch.tensor(data["places"]) if kind == "FEATURE_EXTRACTION" else mask.sum(1) - 1
    logits = out.logits[torch.arange(len(ids)), LENGTH + places]
    scores = torch.stack([logits[i, WORDS[task]] for i, task in enumerate(TASK_OF)])
    return scores, out.hidden_states[-1], whole


def loss(model, kind: str, prompts: torch.Tensor, data: dict, teachers) -> torch.Tensor:
    scores, states, whole = said(model, kind, prompts, data)
    own = nn.functional.cross_entropy(scores, torch.tensor(data["labels"]))
    if teachers is None:
        return own
    with torch.no_grad():
        right, right_states, _ = said(model, kind, teachers, data)
    to_scores = nn.functional.kl_div(scores.log_softmax(1), right.softmax(1), reduction="batchmean")
    squares = ((states - right_states) ** 2).mean(2) * whole
    return own + TEACHING * (to_scores + (squares.sum(1) / whole.sum(1)).mean())


def training(name: str, taught: bool) -> dict:
    kind, loader = KINDS[name]
    model = loader.from_pretrained(RESOURCES / name, attn_implementation="eager", dtype=torch.float64).double().eval()
    model.requires_grad_(False)
    size = model.get_input_embeddings().weight.shape[1]
    config = MultitaskPromptTuningConfig(task_type=kind, num_virtual_tokens=LENGTH, num_transformer_submodules=1,
                                         num_tasks=TASKS, num_ranks=RANK, token_dim=size)
    module = MultitaskPromptEmbedding(config, model.get_input_embeddings()).double()
    start = {"prompt_embeddings": normal((LENGTH, size), 1, 0.5), "prefix_task_cols": normal((TASKS, LENGTH, RANK), 2, 0.7),
             "prefix_task_rows": normal((TASKS, RANK, size), 3, 0.7)}
    module.embedding.weight.data = start["prompt_embeddings"].clone()
    module.prefix_task_cols.data = start["prefix_task_cols"].clone()
    module.prefix_task_rows.data = start["prefix_task_rows"].clone()
    trained = [module.embedding.weight, module.prefix_task_cols, module.prefix_task_rows]
    for parameter in trained:
        parameter.requires_grad_(True)
    own = normal((TASKS, LENGTH, size), 4, 0.5)
    data, tasks = rows(), torch.tensor(TASK_OF)

    def prompts():
        return module(torch.arange(LENGTH).unsqueeze(0).expand(len(tasks), -1), tasks)

    if name == "parity-decoder/gpt2" and not taught:
        wrapped = peft.get_peft_model(model, config).eval()
        wrapped.prompt_encoder["default"].double().load_state_dict(module.state_dict())
        ids, mask = padded(data["texts"], 0), padded([[1] * len(text) for text in data["texts"]], 0)
        logits = wrapped(input_ids=ids, attention_mask=mask, task_ids=tasks).logits
        scores = said(model, kind, prompts(), data)[0]
        last = logits[torch.arange(len(ids)), LENGTH + mask.sum(1) - 1]
        assert torch.allclose(scores, torch.stack([last[i, WORDS[task]] for i, task in enumerate(TASK_OF)]), atol=1e-9)
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.0)
    losses, norms = [], []
    for _ in range(STEPS):
        step = loss(model, kind, prompts(), data, own[tasks] if taught else None)
        optimizer.zero_grad()
        step.backward()
        losses.append(step.item())
        norms.append(nn.utils.clip_grad_norm_(trained, CLIP).item())
        optimizer.step()
    result = {"start": {key: numbers(value) for key, value in start.items()}, "losses": losses, "norms_before_clipping": norms}
    if taught:
        result["teachers"] = [numbers(teacher) for teacher in own]
    return result


if __name__ == "__main__":
    versions = {"peft": peft.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    Path(sys.argv[1]).write_text(json.dumps({
        "versions": versions, "length": LENGTH, "rank": RANK, "tasks": TASKS, "lr": RATE, "clip_norm": CLIP, "teaching": TEACHING,
        "words": WORDS, "task_of": TASK_OF, "rows": rows(),
        "trainings": {name: training(name, False) for name in KINDS},
        "taught": {name: training(name, True) for name in KINDS}}) + "\n")
