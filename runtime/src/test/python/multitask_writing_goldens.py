"""What two tasks that have text written come to when they train one of PEFT's multitask prompts together, with and without teachers.

    python multitask_writing_goldens.py FILE

Made with peft 0.21.2, transformers 4.57.6 and torch 2.15.0; transformers 5.24.0 gives the same losses to 5e-6. All in 64 bits, nothing
dropped out. The prompts of PEFT's MultitaskPromptEmbedding are put before the word embeddings. A task's loss is the mean over its
targets' tokens, and counts as it has examples. A teacher is a prompt of its task's own: what it says of every token of the targets, over the
whole vocabulary, and its last hidden states there are what the student is compared with.
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from peft.tuners.multitask_prompt_tuning import MultitaskPromptEmbedding, MultitaskPromptTuningConfig
from torch import nn

from soft_goldens import LENGTHS, RESOURCES, numbers, padded, rows

KINDS = {"parity-decoder/gpt2": transformers.AutoModelForCausalLM, "parity-decoder/llama3": transformers.AutoModelForCausalLM,
         "parity-t5/t5": transformers.AutoModelForSeq2SeqLM}
LENGTH, RANK, TASKS, STEPS, RATE, CLIP, TEACHING = 4, 2, 2, 20, 0.05, 1.0, 0.9
TASK_OF = [i % TASKS for i in range(len(LENGTHS))]


def normal(shape, seed: int, scale: float) -> torch.Tensor:
    drawn = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return drawn.mul_(scale).float().double()  # as they are read again


def said(model, prompts: torch.Tensor, data: dict, members: list[int]):
    """What is said of the members' target tokens, (M, V), the last hidden states there, (M, E), and the tokens, (M,)."""
    texts, targets = [data["texts"][i] for i in members], [data["targets"][i] for i in members]
    words = model.get_input_embeddings()
    reads = texts if model.config.is_encoder_decoder else [text + target[:-1] for text, target in zip(texts, targets)]
    embedded = torch.cat([prompts[members], words(padded(reads, 0))], 1)
    mask = torch.cat([torch.ones(len(members), LENGTH, dtype=torch.long), padded([[1] * len(text) for text in reads], 0)], 1)
    if model.config.is_encoder_decoder:
        start = model.config.decoder_start_token_id
        out = model(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True,
                    decoder_input_ids=padded([[start] + target[:-1] for target in targets], 0))
        states, firsts = out.decoder_hidden_states[-1], [0] * len(members)
    else:
        out = model(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True)
        states, firsts = out.hidden_states[-1], [LENGTH + len(text) - 1 for text in texts]
    places = [(row, first + t) for row, first in enumerate(firsts) for t in range(len(targets[row]))]
    row, place = torch.tensor(places).T
    return out.logits[row, place], states[row, place], torch.tensor([token for target in targets for token in target])


def loss(model, prompts: torch.Tensor, data: dict, teachers) -> torch.Tensor:
    total = 0
    for task in range(TASKS):
        members = [i for i, of in enumerate(TASK_OF) if of == task]
        logits, states, tokens = said(model, prompts, data, members)
        own = nn.functional.cross_entropy(logits, tokens)
        if teachers is not None:
            with torch.no_grad():
                right, right_states, _ = said(model, teachers, data, members)
            to_words = nn.functional.kl_div(logits.log_softmax(1), right.softmax(1), reduction="batchmean")
            own = own + TEACHING * (to_words + nn.functional.mse_loss(states, right_states))
        total = total + own * len(members) / len(TASK_OF)
    return total


def prompts_of(model, start: dict):
    """PEFT's module with these weights: what is trained, and the prompts of all examples."""
    config = MultitaskPromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=LENGTH, num_transformer_submodules=1,
                                         num_tasks=TASKS, num_ranks=RANK, token_dim=start["prompt_embeddings"].shape[1])
    module = MultitaskPromptEmbedding(config, model.get_input_embeddings()).double()
    trained = [module.embedding.weight, module.prefix_task_cols, module.prefix_task_rows]
    for parameter, value in zip(trained, start.values()):
        parameter.data = value.clone()
        parameter.requires_grad_(True)
    tasks = torch.tensor(TASK_OF)
    return trained, lambda: module(torch.arange(LENGTH).unsqueeze(0).expand(len(tasks), -1), tasks)


def training(model, start: dict, teachers) -> dict:
    trained, prompts = prompts_of(model, start)
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.0)
    losses, norms, data = [], [], rows()
    for _ in range(STEPS):
        step = loss(model, prompts(), data, None if teachers is None else teachers[torch.tensor(TASK_OF)])
        optimizer.zero_grad()
        step.backward()
        losses.append(step.item())
        norms.append(nn.utils.clip_grad_norm_(trained, CLIP).item())
        optimizer.step()
    return {"losses": losses, "norms_before_clipping": norms}


def trainings(name: str) -> dict:
    model = KINDS[name].from_pretrained(RESOURCES / name, attn_implementation="eager", dtype=torch.float64).double().eval()
    model.requires_grad_(False)
    size = model.get_input_embeddings().weight.shape[1]
    start = {"prompt_embeddings": normal((LENGTH, size), 1, 0.5), "prefix_task_cols": normal((TASKS, LENGTH, RANK), 2, 0.7),
             "prefix_task_rows": normal((TASKS, RANK, size), 3, 0.7)}
    teachers = normal((TASKS, LENGTH, size), 4, 0.5)
    return {"start": {key: numbers(value) for key, value in start.items()}, "teachers": [numbers(one) for one in teachers],
            "alone": training(model, start, None), "taught": training(model, start, teachers)}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps({
        "length": LENGTH, "rank": RANK, "tasks": TASKS, "lr": RATE, "clip_norm": CLIP, "teaching": TEACHING, "task_of": TASK_OF,
        "rows": rows(), "trainings": {name: trainings(name) for name in KINDS}}) + "\n")
