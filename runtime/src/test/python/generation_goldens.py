"""Writes generation.json into every decoder and T5 fixture: what transformers' `generate` writes after 200 prompts.

    python generation_goldens.py [NAME ...]        after decoder_fixtures.py and t5_fixtures.py

Four of them have every option tried; the others, which differ in how they are stored or built, greedy and beam search.

Ties cannot be compared, so a prompt is left out where float32, float64, float64 with weights off by a millionth and, where
padding has no say in it, a batch padded for eight prompts of unequal length do not all write the same.
"""

import json
import sys
from pathlib import Path

import torch

import decoder_models
import decoder_reference
import t5_models
import t5_reference
from parity_fixtures import VERSIONS
from parity_models import Fixture, fixtures_of

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FIXTURES = decoder_models.FIXTURES + t5_models.FIXTURES
ALL_OPTIONS = {"gpt2", "llama3", "qwen3", "t5"}
LONGEST, PROMPTS, CANDIDATES, FEW = 24, 200, 260, 20


def runs(fixture: Fixture, forbidden: list[int]) -> dict[str, dict]:
    """Options by name, in transformers' words; the first two are made for all prompts, the others for a few."""
    if fixture.name not in ALL_OPTIONS:
        return {"greedy": {"max_new_tokens": 8}, "beam": {"num_beams": 4, "max_new_tokens": 8}}
    beam = {"num_beams": 4, "max_new_tokens": 20}
    greedy = {"max_new_tokens": 20}
    return {
        "greedy": greedy,
        "beam": beam,
        "greedy-one": {"max_new_tokens": 1},
        "greedy-min": greedy | {"min_new_tokens": 12},
        "greedy-ngram": greedy | {"no_repeat_ngram_size": 2},
        "greedy-forbidden": greedy | {"suppress_tokens": forbidden},
        "beam-one": {"num_beams": 4, "max_new_tokens": 1},
        "beam-penalty-0.6": beam | {"length_penalty": 0.6},
        "beam-penalty-2": beam | {"length_penalty": 2.0},
        "beam-penalty-0": beam | {"length_penalty": 0.0},
        "beam-penalty-negative": beam | {"length_penalty": -1.0, "early_stopping": "never"},
        "beam-early": beam | {"early_stopping": True},
        "beam-early-penalty-2": beam | {"early_stopping": True, "length_penalty": 2.0},
        "beam-never": beam | {"early_stopping": "never"},
        "beam-never-penalty-2": beam | {"early_stopping": "never", "length_penalty": 2.0},
        "beam-ngram": beam | {"no_repeat_ngram_size": 2},
        "beam-forbidden": beam | {"suppress_tokens": forbidden},
        "beam-min": beam | {"min_new_tokens": 12},
        "beam-three": beam | {"num_return_sequences": 3},
        "beam-all": {"num_beams": 3, "max_new_tokens": 16, "min_new_tokens": 5, "no_repeat_ngram_size": 3,
                     "suppress_tokens": forbidden, "length_penalty": 1.5, "early_stopping": True,
                     "num_return_sequences": 3},
    }


def is_t5(fixture: Fixture) -> bool:
    return fixture.config.model_type.endswith("t5")


def folder(fixture: Fixture) -> Path:
    return RESOURCES / ("parity-t5" if is_t5(fixture) else "parity-decoder") / fixture.name


class Writer:
    """One model at one precision."""

    def __init__(self, fixture: Fixture, dtype: torch.dtype, noise: float = 0.0):
        self.is_t5 = is_t5(fixture)
        load = t5_reference.load if self.is_t5 else decoder_reference.load
        self.model = load(fixture, folder(fixture), dtype)
        random = torch.Generator().manual_seed(1)
        for weight in self.model.parameters():
            weight.data *= 1 + noise * torch.randn(weight.shape, generator=random, dtype=dtype)
        config = self.model.config
        # transformers makes its cache as deep as the encoder is, and fails where the decoder is deeper.
        self.use_cache = not (self.is_t5 and config.num_decoder_layers > config.num_layers)
        end = config.eos_token_id
        self.end = end if isinstance(end, list) else [end]

    def write(self, prompts: list[list[int]], options: dict) -> list[tuple[list[list[int]], list[float]]]:
        """For each prompt its texts, the end token included, and with beams their scores. Padded where lengths differ."""
        width = max(map(len, prompts))
        def pad(values):
            filler = [0] * (width - len(values))
            return values + filler if self.is_t5 else filler + values
        ids = torch.tensor([pad(prompt) for prompt in prompts])
        mask = torch.tensor([pad([1] * len(prompt)) for prompt in prompts])
        with torch.no_grad():
            output = self.model.generate(ids, attention_mask=mask, do_sample=False, pad_token_id=0,
                                         eos_token_id=self.end, return_dict_in_generate=True, output_scores=True,
                                         use_cache=self.use_cache, **options)
        new = output.sequences[:, 1 if self.is_t5 else width:].tolist()
        scores = output.sequences_scores.tolist() if "num_beams" in options else []
        many = options.get("num_return_sequences", 1)
        return [([self.cut(text) for text in new[row * many:(row + 1) * many]], scores[row * many:(row + 1) * many])
                for row in range(len(prompts))]

    def cut(self, text: list[int]) -> list[int]:
        ends = [place for place, token in enumerate(text) if token in self.end]
        return text[:ends[0] + 1] if ends else text

    def alike(self, prompts: list[list[int]], options: dict) -> list:
        """In batches of one length, so that nothing is padded."""
        results = [None] * len(prompts)
        for length in sorted({len(prompt) for prompt in prompts}):
            places = [place for place, prompt in enumerate(prompts) if len(prompt) == length]
            for place, result in zip(places, self.write([prompts[place] for place in places], options)):
                results[place] = result
        return results

    def padded(self, prompts: list[list[int]], options: dict) -> list:
        """In batches of eight as they come."""
        return [result for start in range(0, len(prompts), 8)
                for result in self.write(prompts[start:start + 8], options)]


def agreed(writers: list[Writer], prompts: list[list[int]], options: dict) -> dict[int, tuple]:
    """By prompt, what all of them write; the scores are those of float64."""
    first, *others = [writer.alike(prompts, options) for writer in writers]
    if writers[0].is_t5 or "no_repeat_ngram_size" not in options:  # n-grams of padding count as any other
        others.append(writers[-1].padded(prompts, options))
    return {place: result for place, result in enumerate(first)
            if all(other[place][0] == result[0] for other in others)}


def goldens(fixture: Fixture) -> dict:
    writers = [Writer(fixture, torch.float64), Writer(fixture, torch.float64, noise=1e-6),
               Writer(fixture, torch.float32)]
    vocabulary = writers[0].model.config.vocab_size
    random = torch.Generator().manual_seed(11)
    lengths = torch.randint(1, LONGEST + 1, (CANDIDATES,), generator=random).tolist()
    prompts = [torch.randint(3, vocabulary, (length,), generator=random).tolist() for length in lengths]
    wide = {name: agreed(writers, prompts, options) for name, options in list(runs(fixture, []).items())[:2]}
    kept = [place for place in range(CANDIDATES) if all(place in result for result in wide.values())][:PROMPTS]
    if len(kept) < PROMPTS:
        raise ValueError(f"{fixture.name}: only {len(kept)} prompts are left")
    prompts = [prompts[place] for place in kept]
    said = [token for place in kept for text in wide["greedy"][place][0] for token in text]
    forbidden = sorted(sorted(set(said) - set(writers[0].end), key=lambda token: -said.count(token))[:6])
    described = []
    for name, options in runs(fixture, forbidden).items():
        few = 0 if name in wide else FEW + 6
        results = ({place: wide[name][old] for place, old in enumerate(kept)} if name in wide
                   else agreed(writers, prompts[:few], options))
        described.append({"name": name, "options": options, "results": [
            {"prompt": place, "texts": texts} | ({"scores": [round(score, 6) for score in scores]} if scores else {})
            for place, (texts, scores) in results.items()]})
        ended = sum(text[-1] in writers[0].end for texts, _ in results.values() for text in texts)
        print(f"  {name}: {len(results)} prompts, {ended} texts ended", flush=True)
    return {"versions": VERSIONS, "end": writers[0].end, "prompts": prompts, "runs": described}


def write_lines(file: Path, value: dict) -> None:
    """A line to each result and prompt."""
    def listed(values):
        return "[\n" + ",\n".join(json.dumps(each) for each in values) + "\n]"
    runs_ = ",\n".join('{"name": %s, "options": %s, "results": %s}' % (
        json.dumps(run["name"]), json.dumps(run["options"]), listed(run["results"])) for run in value["runs"])
    file.write_text('{"versions": %s,\n"end": %s,\n"prompts": %s,\n"runs": [\n%s\n]}\n' % (
        json.dumps(value["versions"]), json.dumps(value["end"]), listed(value["prompts"]), runs_))


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    for fixture in fixtures_of(FIXTURES, chosen):
        print(fixture.name, flush=True)
        write_lines(folder(fixture) / "generation.json", goldens(fixture))


if __name__ == "__main__":
    main(sys.argv[1:])
