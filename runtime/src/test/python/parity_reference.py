"""Reference outputs of one checkpoint: logits, two losses and their gradients, computed in float64 by transformers."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoModelForMaskedLM

from parity_models import Fixture


def load(fixture: Fixture, folder: Path) -> torch.nn.Module:
    """Reads the folder as a user of transformers would; 16-bit weights are widened to float32 first, then all to float64."""
    options = dict(attn_implementation="eager", dtype=torch.float32)
    if fixture.name == "bert-bare":  # transformers gives such a file a random head, so it is read by hand
        model = AutoModelForMaskedLM.from_config(fixture.config, attn_implementation="eager")
        tensors = load_file(folder / "model.safetensors")
        prefixed = {name if name.startswith("cls.") else f"bert.{name}": tensor for name, tensor in tensors.items()}
        missing = [key for key in model.load_state_dict(prefixed, strict=False).missing_keys
                   if not key.startswith("cls.predictions.decoder.")]
        model.tie_weights()
    else:
        model, report = AutoModelForMaskedLM.from_pretrained(folder, output_loading_info=True, **options)
        missing = report["missing_keys"]
    if missing:
        raise ValueError(f"{fixture.name}: no weights for {missing}")
    return model.double().eval()


class Inputs:
    """Rows of random ids with one or two masks each, padded right or left; positions follow the family's rule."""

    def __init__(self, config, random: torch.Generator):
        self.config, self.random = config, random
        self.is_roberta = config.model_type in ("roberta", "xlm-roberta", "camembert")
        self.start, self.end, self.mask = (0, 2, config.vocab_size - 1) if self.is_roberta else (2, 3, 4)
        self.has_segments = config.model_type in ("bert", "albert")

    def row(self, length: int, masks: int) -> list[int]:
        inner = torch.randint(5, self.config.vocab_size - 1, (length - 2,), generator=self.random).tolist()
        for place in torch.randperm(length - 2, generator=self.random)[:masks].tolist():
            inner[place] = self.mask
        return [self.start, *inner, self.end]

    def batch(self, rows: list[list[int]], left: bool = False) -> dict[str, torch.Tensor]:
        """input_ids, attention_mask, position_ids and, where the family has them, token_type_ids; each (B, T)."""
        width = max(map(len, rows))
        spaces = [width - len(row) for row in rows]
        def pad(values, filler, space):
            return [filler] * space + values if left else values + [filler] * space
        batch = {
            "input_ids": [pad(row, self.config.pad_token_id, space) for row, space in zip(rows, spaces)],
            "attention_mask": [pad([1] * len(row), 0, space) for row, space in zip(rows, spaces)],
            "position_ids": [pad(self.positions(len(row)), self.filler(), space) for row, space in zip(rows, spaces)]}
        if self.has_segments:
            batch["token_type_ids"] = [pad(self.segments(len(row)), 0, space) for row, space in zip(rows, spaces)]
        return {name: torch.tensor(values) for name, values in batch.items()}

    def positions(self, length: int) -> list[int]:
        first = self.config.pad_token_id + 1 if self.is_roberta else 0
        return list(range(first, first + length))

    def filler(self) -> int:
        return self.config.pad_token_id if self.is_roberta else 0

    def segments(self, length: int) -> list[int]:
        return [0] * (length // 2) + [1] * (length - length // 2)


def logits_of(model: torch.nn.Module, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """(B, T, V). DistilBERT takes no position ids, so its buffer of positions is replaced."""
    if model.config.model_type != "distilbert":
        return model(**batch).logits
    embeddings = model.distilbert.embeddings
    kept, embeddings.position_ids = embeddings.position_ids, batch["position_ids"]
    try:
        return model(**{name: values for name, values in batch.items() if name != "position_ids"}).logits
    finally:
        embeddings.position_ids = kept


def gradients(model: torch.nn.Module, loss: torch.Tensor) -> dict[str, torch.Tensor]:
    """By the names transformers 4 gives the weights; a tied weight stands once, with the whole of its gradient."""
    model.zero_grad()
    loss.backward()
    names = {}
    listed = list(model.named_parameters(remove_duplicate=False))
    for name, weight in sorted(listed, key=lambda named: "lm_head." in named[0]):  # a tied head goes by the embedding's name
        if weight.grad is not None:  # transformers 5 has a bias that nothing reads
            names.setdefault(id(weight), (name, weight))
    return {bias_name(name, model): weight.grad.float() for name, weight in names.values()}


def bias_name(name: str, model: torch.nn.Module) -> str:
    """In transformers 4 an untied head's bias is its decoder's as well, under one name."""
    other = name.removesuffix("decoder.bias") + "bias"
    return other if name.endswith(".decoder.bias") and other in dict(model.named_parameters()) else name


def reference(fixture: Fixture, model: torch.nn.Module) -> tuple[dict, dict[str, torch.Tensor]]:
    """The json and the tensors of one fixture."""
    for weight in model.parameters():
        weight.requires_grad_(True)  # DistilBERT's sinusoids too: transformers would leave them untrained
    inputs = Inputs(model.config, torch.Generator().manual_seed(fixture.seed + 7))
    single = [inputs.row(12, 1)]
    rows = [inputs.row(9, 1), inputs.row(13, 2), inputs.row(6, 1)]
    batches = {"single": inputs.batch(single), "right": inputs.batch(rows), "left": inputs.batch(rows, left=True)}
    tensors = {}
    for name, batch in batches.items():
        with torch.no_grad():
            real = batch["attention_mask"].bool()
            tensors[f"{name}.logits"] = (logits_of(model, batch) * real.unsqueeze(-1)).float()
    check(model, batches, tensors)
    vocabulary, words = losses(model, batches["right"], inputs)
    described = []
    for loss, value in (vocabulary, words):
        tensors |= {f"{loss['name']}.{name}": grad for name, grad in gradients(model, value).items()}
        described.append(loss | {"loss": value.item()})
    del tensors["left.logits"]  # equal to right's, row by row: the check above saw to it
    return {"batches": {name: {key: value.tolist() for key, value in batch.items()}
                        for name, batch in batches.items()}, "losses": described}, tensors


def losses(model: torch.nn.Module, batch: dict[str, torch.Tensor], inputs: Inputs):
    """Two mean cross-entropies on the right-padded batch: over the whole vocabulary, and over three label words."""
    places = (batch["input_ids"] == inputs.mask).nonzero()  # (N, 2): row, position
    targets = torch.randint(5, model.config.vocab_size - 1, (len(places),), generator=inputs.random)
    label_words = (torch.randperm(model.config.vocab_size - 6, generator=inputs.random)[:3] + 5)
    first = torch.tensor([places[:, 0].tolist().index(row) for row in range(len(batch["input_ids"]))])
    labels = torch.tensor([2, 0, 1])
    def at(chosen):
        return logits_of(model, batch)[chosen[:, 0], chosen[:, 1]]  # (N, V)
    cross_entropy = torch.nn.functional.cross_entropy
    yield {"name": "vocabulary", "batch": "right", "places": places.tolist(), "targets": targets.tolist()}, \
        cross_entropy(at(places), targets)
    yield {"name": "label_words", "batch": "right", "places": places[first].tolist(),
           "words": label_words.tolist(), "labels": labels.tolist()}, \
        cross_entropy(at(places[first])[:, label_words], labels)


def check(model, batches, tensors) -> None:
    """Padding, its side and the other rows change nothing; transformers' own positions are the ones written down."""
    def real(name):
        return tensors[f"{name}.logits"][batches[name]["attention_mask"].bool()]
    torch.testing.assert_close(real("left"), real("right"), atol=1e-9, rtol=1e-6)
    if not 0.5 < real("right").std() < 20:
        raise ValueError(f"logits are badly spread: {real('right').std()}")
    with torch.no_grad():
        for row, kept in enumerate(batches["right"]["attention_mask"].bool()):
            alone = {name: values[row:row + 1, kept] for name, values in batches["right"].items()
                     if name != "position_ids"}
            torch.testing.assert_close(model(**alone).logits[0].float(), tensors["right.logits"][row, kept],
                                       atol=1e-6, rtol=1e-5)
