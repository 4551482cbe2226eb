"""The llama.cpp side of the side-by-side benchmark, as `peer.py` is transformers': JSON lines, described there.

Needs `llama-cpp-python`. The first line, unasked: {"ok": true, "versions": {"python": ..., "llama-cpp-python": ...}}

{"op": "load-text", "model": FILE, "threads": N, "sequences": B, "slots": S}
    Reads a GGUF file; up to B texts of up to S tokens are written at once. -> {"seconds": S, "parameters": COUNT}

{"op": "generate", "ids": [[ID, ...], ...], "tokens": N}
    Greedy text: exactly N new tokens after each prompt, an end token among them stopping nothing. All prompts, of one length, are
    sequences of the same batch. Options: "repeat" R (1), "warmup" W (1).
    -> {"seconds": [S per repeat], "texts": [[ID, ...] per prompt, of the last repeat]}

{"op": "exit"}
    As of peer.py.
"""

import platform
import time

import llama_cpp
import numpy as np

from peer_lines import serve


class PeerLlama:
    """One model and the room it writes in."""

    def __init__(self, model: str, threads: int, sequences: int, slots: int):
        llama_cpp.llama_backend_init()
        self.model = llama_cpp.llama_model_load_from_file(model.encode(), llama_cpp.llama_model_default_params())
        if not self.model:
            raise ValueError(f"llama.cpp can't read {model}")
        options = llama_cpp.llama_context_default_params()
        options.n_ctx = sequences * slots
        options.n_batch = options.n_ubatch = 512
        options.n_seq_max = sequences
        options.n_threads = options.n_threads_batch = threads
        options.no_perf = True
        self.context = llama_cpp.llama_init_from_model(self.model, options)
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(llama_cpp.llama_model_get_vocab(self.model))
        self.batch = llama_cpp.llama_batch_init(512, 0, 1)

    def generate(self, ids, tokens: int) -> list[list[int]]:
        """The new tokens of each prompt."""
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self.context), True)
        length = len(ids[0])
        rows = [(token, place, row, place == length - 1) for row, prompt in enumerate(ids) for place, token in enumerate(prompt)]
        texts = [[] for _ in ids]
        for written in range(tokens):
            chosen = self.decode(rows)
            for text, token in zip(texts, chosen):
                text.append(token)
            rows = [(token, length + written, row, True) for row, token in enumerate(chosen)]
        return texts

    def decode(self, rows) -> list[int]:
        """Reads tokens, (id, position, sequence, whether it is asked what comes next); what is most probable after those asked."""
        self.batch.n_tokens = len(rows)
        for i, (token, position, sequence, asked) in enumerate(rows):
            self.batch.token[i] = token
            self.batch.pos[i] = position
            self.batch.n_seq_id[i] = 1
            self.batch.seq_id[i][0] = sequence
            self.batch.logits[i] = asked
        if llama_cpp.llama_decode(self.context, self.batch) != 0:
            raise ValueError("llama.cpp can't decode")
        asked = [i for i, row in enumerate(rows) if row[3]]
        return [int(np.argmax(np.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(self.context, i), (self.vocabulary,))))
                for i in asked]


class Peer:
    """The operations by name; holds the model between requests."""

    def __init__(self):
        self.text: PeerLlama | None = None

    def answer(self, request: dict) -> dict:
        operations = {"load-text": self.load_text, "generate": self.generate}
        options = dict(request)
        return operations[options.pop("op")](**options)

    def load_text(self, **options) -> dict:
        start = time.perf_counter()
        self.text = PeerLlama(**options)
        return {"seconds": time.perf_counter() - start,
                "parameters": llama_cpp.llama_model_n_params(self.text.model)}

    def generate(self, ids, tokens: int, repeat: int = 1, warmup: int = 1) -> dict:
        seconds, texts = [], []
        for _ in range(warmup + repeat):
            start = time.perf_counter()
            texts = self.text.generate(ids, tokens)
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds[warmup:], "texts": texts}


SILENT = llama_cpp.llama_log_callback(lambda level, text, data: None)

if __name__ == "__main__":
    llama_cpp.llama_log_set(SILENT, None)
    serve(Peer, {"python": platform.python_version(), "llama-cpp-python": llama_cpp.__version__})
