"""What stories260K writes and how it is surprised, computed with numpy alone (float64), for the tests of the decoders.

The model is not part of this project: give its folder, which holds stories260K.bin and tok512.bin in the formats of
llama2.c. Made with Python 3.11.7, numpy 2.4.6:
    python stories_reference.py ../../../../../shared/models/stories260K ../resources/stories/expected.json
"""

import json
import pathlib
import struct
import sys

import numpy

BEGIN, END = 1, 2


class Tokenizer:
    """Pieces with scores; of neighbours, the pair whose joined piece scores best is joined first."""

    def __init__(self, path, size):
        data = path.read_bytes()
        at = 4
        self.pieces, self.scores = [], []
        for _ in range(size):
            score, length = struct.unpack_from("<fi", data, at)
            at += 8
            self.pieces.append(data[at : at + length])
            self.scores.append(score)
            at += length
        assert at == len(data)
        self.ids = {piece: i for i, piece in reversed(list(enumerate(self.pieces)))}

    def encode(self, text):
        """The text's ids after the begin of text; a space comes before the first word."""
        ids = []
        for character in " " + text if text else "":
            piece = character.encode()
            ids += [self.ids[piece]] if piece in self.ids else [byte + 3 for byte in piece]
        while True:
            joined = [self.ids.get(self.pieces[a] + self.pieces[b]) for a, b in zip(ids, ids[1:])]
            best = max(
                (i for i, id in enumerate(joined) if id is not None), key=lambda i: (self.scores[joined[i]], -i), default=None
            )
            if best is None:
                return [BEGIN] + ids
            ids[best : best + 2] = [joined[best]]

    def decode(self, ids):
        """The bytes of the pieces; the space before the first word is left out."""
        out = b""
        for before, id in zip([BEGIN] + ids, ids):
            piece = self.pieces[id]
            if piece.startswith(b"<0x") and len(piece) == 6:
                piece = bytes([int(piece[3:5], 16)])
            out += piece[1:] if before == BEGIN and piece.startswith(b" ") else piece
        return out.decode()


class Model:
    def __init__(self, path):
        data = path.read_bytes()
        self.width, hidden, self.layers, self.heads, self.kv_heads, self.vocabulary, _ = struct.unpack_from("<7i", data)
        assert self.vocabulary > 0, "the head is the embedding"
        self.head = self.width // self.heads
        kv = self.kv_heads * self.head
        numbers = numpy.frombuffer(data, dtype="<f4", offset=28).astype(numpy.float64)
        at = 0

        def take(*shape):
            nonlocal at
            count = int(numpy.prod(shape))
            at += count
            return numbers[at - count : at].reshape(shape)

        l, d = self.layers, self.width
        self.embedding = take(self.vocabulary, d)
        self.attention_norm = take(l, d)
        self.wq, self.wk, self.wv, self.wo = take(l, d, d), take(l, kv, d), take(l, kv, d), take(l, d, d)
        self.norm = take(l, d)
        self.w1, self.w2, self.w3 = take(l, hidden, d), take(l, d, hidden), take(l, hidden, d)
        self.final_norm = take(d)

    def logits(self, ids):
        """Of every place of one text, without a cache: (T, V)."""
        x = self.embedding[ids]
        turns = self.turns(len(ids))
        for i in range(self.layers):
            h = norm(x, self.attention_norm[i])
            q = self.turned(h @ self.wq[i].T, self.heads, turns)
            k = self.turned(h @ self.wk[i].T, self.kv_heads, turns)
            v = (h @ self.wv[i].T).reshape(len(ids), self.kv_heads, self.head).transpose(1, 0, 2)
            k, v = (numpy.repeat(a, self.heads // self.kv_heads, axis=0) for a in (k, v))
            scores = q @ k.transpose(0, 2, 1) / numpy.sqrt(self.head)
            scores[:, ~numpy.tri(len(ids), dtype=bool)] = -numpy.inf
            mixed = softmax(scores) @ v
            x = x + mixed.transpose(1, 0, 2).reshape(len(ids), self.width) @ self.wo[i].T
            h = norm(x, self.norm[i])
            gate = h @ self.w1[i].T
            x = x + (gate / (1 + numpy.exp(-gate)) * (h @ self.w3[i].T)) @ self.w2[i].T
        return norm(x, self.final_norm) @ self.embedding.T

    def turns(self, length):
        """A turn for each place and pair of neighbours, as a complex number: (T, head / 2)."""
        speeds = 10000.0 ** (-numpy.arange(0, self.head, 2) / self.head)
        return numpy.exp(1j * numpy.outer(numpy.arange(length), speeds))

    def turned(self, x, heads, turns):
        pairs = x.reshape(len(x), heads, self.head // 2, 2)
        turned = (pairs[..., 0] + 1j * pairs[..., 1]) * turns[:, None]
        return numpy.stack([turned.real, turned.imag], axis=-1).reshape(len(x), heads, self.head).transpose(1, 0, 2)

    def greedy(self, prompt, count):
        ids = list(prompt)
        for _ in range(count):
            ids.append(int(self.logits(ids)[-1].argmax()))
            if ids[-1] in (BEGIN, END):
                break
        return ids

    def surprise(self, ids):
        """Minus the log-probability of each token but the first."""
        scores = self.logits(ids[:-1])
        return -numpy.log(softmax(scores))[numpy.arange(len(ids) - 1), ids[1:]]


def norm(x, weight):
    return x / numpy.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-5) * weight


def softmax(x):
    e = numpy.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


PROMPT = "Once upon a time"
OPENING = "Once upon a time there was a little girl named Lily. She loved to play in the park."


def main(folder, out):
    model = Model(folder / "stories260K.bin")
    tokenizer = Tokenizer(folder / "tok512.bin", model.vocabulary)
    prompt = tokenizer.encode(PROMPT)
    story = model.greedy(prompt, 200)
    margins = numpy.sort(model.logits(story[:-1])[len(prompt) - 1 :], axis=-1)
    print("least margin of a choice:", (margins[:, -1] - margins[:, -2]).min())
    backwards = " ".join(reversed(OPENING.split()))

    def perplexity(text):
        ids = tokenizer.encode(text)
        return {"text": text, "ids": ids, "perplexity": float(numpy.exp(model.surprise(ids).mean()))}

    expected = {
        "prompt": PROMPT,
        "promptIds": prompt,
        "storyIds": story[len(prompt) :],
        "story": tokenizer.decode(story[1:]),
        "opening": perplexity(OPENING),
        "backwards": perplexity(backwards),
    }
    out.write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
