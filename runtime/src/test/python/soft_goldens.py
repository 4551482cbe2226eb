"""What PEFT and transformers compute of soft prompts: trainings in tiny models, prompt encoders with their gradients, Adafactor.

    python soft_goldens.py FILE_OF_TRAININGS FILE_OF_ENCODERS

Made with peft 0.21.2, transformers 4.57.6 and torch 2.15.0. All in 64 bits, nothing dropped out. The virtual tokens stand before everything else, as PEFT has them.
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from peft.tuners.p_tuning import PromptEncoder, PromptEncoderConfig
from torch import nn

RESOURCES = Path(__file__).parents[1] / "resources"
KINDS = {"parity/bert-tied": ("FEATURE_EXTRACTION", transformers.BertForMaskedLM),
         "parity-decoder/gpt2": ("CAUSAL_LM", transformers.AutoModelForCausalLM),
         "parity-decoder/llama3": ("CAUSAL_LM", transformers.AutoModelForCausalLM),
         "parity-t5/t5": ("SEQ_2_SEQ_LM", transformers.AutoModelForSeq2SeqLM)}
LENGTH, STEPS, RATE, CLIP = 4, 20, 0.05, 1.0
WORDS = [7, 9]
LENGTHS = [5, 9, 3, 12, 7, 4, 10, 6]


def rows() -> dict:
    random = torch.Generator().manual_seed(3)
    texts = [torch.randint(10, 60, (length,), generator=random).tolist() for length in LENGTHS]
    places = [int(torch.randint(0, length, (1,), generator=random)) for length in LENGTHS]
    targets = [torch.randint(10, 60, (1 + i % 4,), generator=random).tolist() for i in range(len(LENGTHS))]
    return {"texts": texts, "places": places, "labels": [i % 2 for i in range(len(LENGTHS))], "targets": targets}


def padded(texts: list[list[int]], filler: int) -> torch.Tensor:
    width = max(map(len, texts))
    return torch.tensor([text + [filler] * (width - len(text)) for text in texts])


def loss(model, kind: str, data: dict) -> torch.Tensor:
    """Cross-entropy of two words at a place, or after the last token; a T5's over its targets' tokens."""
    mask = padded([[1] * len(text) for text in data["texts"]], 0)
    ids = padded(data["texts"], 0)
    if kind == "SEQ_2_SEQ_LM":
        return model(input_ids=ids, attention_mask=mask, labels=padded(data["targets"], -100)).loss
    logits = model(input_ids=ids, attention_mask=mask).logits
    rows_, last = torch.arange(len(ids)), mask.sum(1) - 1
    places = torch.tensor(data["places"]) if kind == "FEATURE_EXTRACTION" else last
    return nn.functional.cross_entropy(logits[rows_, LENGTH + places][:, WORDS], torch.tensor(data["labels"]))


def training(name: str) -> dict:
    kind, loader = KINDS[name]
    base = loader.from_pretrained(RESOURCES / name, attn_implementation="eager", dtype=torch.float64).double()
    config = peft.PromptTuningConfig(task_type=kind, num_virtual_tokens=LENGTH, num_transformer_submodules=1)
    model = peft.get_peft_model(base, config).eval()
    prompt = model.prompt_encoder["default"].embedding.weight
    prompt.data = torch.randn(prompt.shape, generator=torch.Generator().manual_seed(1), dtype=torch.float64).mul_(0.5).float().double()
    start = prompt.detach().clone()
    assert [key for key, value in model.named_parameters() if value.requires_grad] == ["prompt_encoder.default.embedding.weight"]
    prompt.data = start.clone()
    optimizer = torch.optim.AdamW([prompt], lr=RATE, weight_decay=0.0)
    losses, norms = [], []
    for _ in range(STEPS):
        step = loss(model, kind, rows())
        optimizer.zero_grad()
        step.backward()
        losses.append(step.item())
        norms.append(nn.utils.clip_grad_norm_([prompt], CLIP).item())
        optimizer.step()
    return {"start": numbers(start), "losses": losses, "norms_before_clipping": norms, "final": numbers(prompt)}


class Lama(nn.Module):
    """THUDM/P-tuning, LAMA/models/p_tuning: PromptEncoder with its embedding, LSTM and two layers."""

    def __init__(self, tokens: int, size: int):
        super().__init__()
        self.embedding = nn.Embedding(tokens, size)
        self.lstm_head = nn.LSTM(size, size // 2, num_layers=2, bidirectional=True, batch_first=True)
        self.mlp_head = nn.Sequential(nn.Linear(size, size), nn.ReLU(), nn.Linear(size, size))

    def forward(self):
        return self.mlp_head(self.lstm_head(self.embedding.weight.unsqueeze(0))[0]).squeeze(0)


class FewGlue(nn.Module):
    """THUDM/P-tuning, PT-Fewshot/pet/wrapper: an LSTM as wide as the embedding in each direction."""

    def __init__(self, tokens: int, size: int):
        super().__init__()
        self.embedding = nn.Embedding(tokens, size)
        self.lstm_head = nn.LSTM(size, size, num_layers=2, bidirectional=True, batch_first=True)
        self.mlp_head = nn.Sequential(nn.Linear(2 * size, size), nn.ReLU(), nn.Linear(size, size))

    def forward(self):
        return self.mlp_head(self.lstm_head(self.embedding.weight.unsqueeze(0))[0]).squeeze(0)


class FewGlueMlp(nn.Module):
    """The same code's prompt encoder "mlp"."""

    def __init__(self, tokens: int, size: int):
        super().__init__()
        self.embedding = nn.Embedding(tokens, size)
        self.mlp = nn.Sequential(nn.Linear(size, size), nn.ReLU(), nn.Linear(size, size))

    def forward(self):
        return self.mlp(self.embedding.weight)


class OfPeft(nn.Module):
    """PEFT's PromptEncoder, whose hidden size is chosen."""

    def __init__(self, kind: str, tokens: int, size: int, hidden: int):
        super().__init__()
        config = PromptEncoderConfig(encoder_reparameterization_type=kind, num_virtual_tokens=tokens, token_dim=size,
                                     encoder_hidden_size=hidden, encoder_num_layers=2, encoder_dropout=0.0,
                                     num_transformer_submodules=1, inference_mode=False)
        self.inner = PromptEncoder(config)
        self.tokens = tokens

    def forward(self):
        return self.inner(torch.arange(self.tokens).unsqueeze(0)).squeeze(0)


def encoder(make) -> dict:
    torch.manual_seed(5)
    module = make().double()
    out = module()
    probe = torch.randn(out.shape, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    (out * probe).sum().backward()
    return {"probe": numbers(probe), "out": numbers(out),
            "weights": {key: numbers(value) for key, value in module.named_parameters()},
            "gradients": {key: numbers(value.grad) for key, value in module.named_parameters()}}


def adafactor() -> dict:
    """google-research/prompt-tuning's settings; a vector, so that nothing is factored."""
    random = torch.Generator().manual_seed(9)
    start = torch.randn(12, generator=random, dtype=torch.float64)
    gradients = [scale * torch.randn(12, generator=random, dtype=torch.float64) for scale in [3, 0.1, 1, 0.01, 1, 5, 1, 1, 0.3, 2]]
    weight = nn.Parameter(start.clone())
    optimizer = transformers.optimization.Adafactor(
        [weight], lr=0.3, eps=(1e-30, 1e-3), clip_threshold=1.0, decay_rate=-0.8, beta1=None, weight_decay=1e-5,
        scale_parameter=False, relative_step=False, warmup_init=False)
    after = []
    for gradient in gradients:
        weight.grad = gradient.clone()
        optimizer.step()
        after.append(numbers(weight))
    return {"lr": 0.3, "weight_decay": 1e-5, "start": numbers(start), "gradients": [numbers(g) for g in gradients], "after": after}


def numbers(tensor: torch.Tensor) -> list[float]:
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


if __name__ == "__main__":
    versions = {"peft": peft.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    trainings = {"versions": versions, "length": LENGTH, "lr": RATE, "clip_norm": CLIP, "words": WORDS, "rows": rows(),
                 "trainings": {name: training(name) for name in KINDS}}
    Path(sys.argv[1]).write_text(json.dumps(trainings) + "\n")
    encoders = {"versions": versions, "tokens": 3, "size": 4, "hidden": 3, "encoders": {
        "lama": encoder(lambda: Lama(3, 4)), "fewglue": encoder(lambda: FewGlue(3, 4)), "fewglue-mlp": encoder(lambda: FewGlueMlp(3, 4)),
        "peft-lstm": encoder(lambda: OfPeft("LSTM", 3, 4, 3)), "peft-mlp": encoder(lambda: OfPeft("MLP", 3, 4, 3))},
        "adafactor": adafactor()}
    Path(sys.argv[2]).write_text(json.dumps(encoders) + "\n")
