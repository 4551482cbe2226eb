"""Writes BLEU, chrF, chrF++ and ROUGE-L of many pairs of texts, as sacrebleu and rouge_score compute them.

Made with Python 3.11.7, sacrebleu 2.6.0, rouge-score 0.1.2, nltk 3.10.4:
    python text_metric_goldens.py ../resources/metric/texts.json
"""

import json
import random
import sys

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF

PLAIN = [
    "The ferry leaves the northern harbour at seven and comes back before noon.",
    "She said: \"Don't touch the kettle, it's still hot!\" and laughed.",
    "Prices rose by 3.5% to $1,234.56 between 10-12 May, U.S. officials said.",
    "the cat sat on the mat and the cat sat on the mat and the dog slept",
    "A well-known e-mail service (founded in 1999) closed its doors, sadly.",
    "Mr. O'Neill's 2nd report, no. 17/b, was signed at 8:30 p.m. on the 4th.",
    "Take 2 eggs, 100 g of flour, a pinch of salt; stir -- don't shake.",
    "Who is there? Nobody. Who was there? Nobody, really ... nobody at all!",
    "no punctuation here only words that follow one another to the end",
    "Her grandmother kept bees, and every autumn the whole street smelled of honey.",
]
AWKWARD = [
    "",
    " ",
    "\t\n",
    "a",
    ".",
    "...",
    ",,",
    "1,000,000.",
    "5-",
    "-5 - 5-5",
    "a.b.c,d",
    "3.14.15 , 9,2 .6 ,5",
    "((x))",
    "[[`_`]] {~} ^ \\ | @#$%&*+=<>",
    "(hi) 'hi' \"hi\" -hi- hi!? ?!",
    "&quot;quoted&quot; &amp; &lt;b&gt; &amp;amp; &apos;",
    "before <skipped> after<skipped>",
    "hyphen-\nated at the line's end\nand a new line",
    "one line\n\nand after an empty one\n",
    "\nfirst. second\nthird, fourth\nfirst second",
    "trailing spaces   \t ",
    "no\u00a0break\u2003em\u3000wide\u2028line\u2029paragraph\u0085next\u200bzero",
    "\x1cfile\x1dgroup\x1erecord\x1funit\x0bvertical\x0cform\x00nul",
    "\u1680ogham\u2000\u2001\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u180e\ufeffend",
    "Ünïcödé naïve café — “quoted” … ½ № ™",
    "cafe\u0301 and café are not the same",
    "\u0130stanbul, \u212aelvin, \u017ft, \u00c5ngstr\u00f6m, stra\u00dfe, STRASSE, \u03a3\u03a3",
    "\U0001f600 smile \U0001f468\u200d\U0001f469\u200d\U0001f467 family \U0001f1eb\U0001f1f7 flag!",
    "\U0001d4b3. \U0001d4b3, \U0001d4b3- \U0001f600",
    "我们在山上看见了一只白色的鸟。它飞走了,再也没有回来。",
    "彼は図書館で本を三冊借りた。Price: 3,500円!",
    "그는 바다를 보러 갔다. 바다는 조용했다.",
    "الطقس جميل اليوم، أليس كذلك؟",
    "Поезд ушёл в 7.45, а мы остались на платформе.",
    "आज मौसम अच्छा है। ٣٫٥ १२३",
    "word word word word word word word word",
    "the the the the the the the",
    "THE End OF the End Of The END",
    "x" * 300,
    "1 2 3 4 5 6 7 8 9 10",
    "http://example.org/a-b?c=d&e=f#g user@example.org",
]
WORDS = "red , blue . green - 7 3.5 the a of it's 山 \U0001f600 café (so) so ! end".split(" ")
INFLECTED = [
    "the ponies were hopping happily over the fences while the children laughed",
    "she relates the conditional argument rationally and operates decisively",
    "geological surveys analogously differ in their formal sensitivities",
    "he died before the skies cleared and his rivals tried to enjoy the outings",
    "hopeful nationalists vietnamized the predicated adjustments of communism",
    "controlling the adoption of replaceable airliners proceeds dependently",
]
ENDINGS = {
    "ponies": ["pony", "ponies", "ponied"],
    "hopping": ["hop", "hopped", "hops", "hoping"],
    "happily": ["happy", "happier", "happiness"],
    "laughed": ["laughs", "laughing", "laughter"],
    "relates": ["relation", "relational", "related", "relating"],
    "conditional": ["condition", "conditions", "conditioned"],
    "rationally": ["rational", "rationality", "ration"],
    "operates": ["operator", "operation", "operative"],
    "decisively": ["decisive", "decisiveness", "decision"],
    "geological": ["geology", "geologist", "theological"],
    "analogously": ["analogous", "analogy", "analog"],
    "formal": ["formality", "formalism", "formalize", "formative"],
    "sensitivities": ["sensitive", "sensitivity", "sensibility", "sense"],
    "died": ["die", "dying", "dies", "dyed"],
    "skies": ["sky", "skis"],
    "tried": ["try", "tries", "trying"],
    "enjoy": ["enjoys", "enjoyed", "enjoyment"],
    "outings": ["outing", "out", "innings"],
    "hopeful": ["hope", "hopefulness", "hopefully"],
    "adjustments": ["adjust", "adjustable", "adjusted"],
    "communism": ["commune", "communal", "communist"],
    "controlling": ["control", "controlled", "controller", "rolled"],
    "adoption": ["adopt", "adopted", "adoptions"],
    "replaceable": ["replace", "replacement", "replacing"],
    "proceeds": ["proceed", "proceeding", "proceeded"],
    "dependently": ["depend", "dependent", "dependence", "dependencies"],
}


def changed(text, chance):
    """The text with a few words dropped, doubled, swapped, replaced, or with a few characters changed."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(words)) if words else 0
        kind = chance.randrange(6)
        if not words or kind == 0:
            words.insert(at, chance.choice(WORDS))
        elif kind == 1:
            del words[at]
        elif kind == 2:
            words.insert(at, words[at])
        elif kind == 3:
            other = chance.randrange(len(words))
            words[at], words[other] = words[other], words[at]
        elif kind == 4:
            words[at] = chance.choice([words[at].upper(), words[at] + ",", "(" + words[at] + ")", words[at][::-1]])
        else:
            words[at] = chance.choice(WORDS)
    return chance.choice([" ", " ", " ", "  ", "\n"]).join(words)


def pairs():
    chance = random.Random(7)
    for text in PLAIN + AWKWARD:
        yield text, [text]
        yield changed(text, chance), [text]
        yield text, [changed(text, chance), changed(text, chance), text[::-1]]
        yield chance.choice(PLAIN + AWKWARD), [changed(text, chance) for _ in range(chance.randint(1, 4))]
        yield "", [text]
        yield text, ["", chance.choice(AWKWARD)]


def random_pairs(count):
    chance = random.Random(8)
    for _ in range(count):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(0, 14)))
        yield text, [" ".join(chance.choice(WORDS) for _ in range(chance.randint(0, 14))) for _ in range(chance.randint(1, 3))]


def inflected_pairs():
    """Texts whose words differ in their endings: the same to who compares stems."""
    chance = random.Random(9)
    for text in INFLECTED:
        for _ in range(8):
            words = [chance.choice(ENDINGS.get(word, [word])) for word in text.split(" ")]
            yield chance.choice([" ", " ", "\n"]).join(words), [text, changed(text, chance)]


ROUGE = RougeScorer(["rougeL", "rougeLsum"])
STEMMED = RougeScorer(["rougeL", "rougeLsum"], use_stemmer=True)


def rouge(hypothesis, references):
    scores = ROUGE.score_multi(references, hypothesis)
    stemmed = STEMMED.score_multi(references, hypothesis)
    return {
        **{kind: list(map(float, scores[kind])) for kind in scores},
        **{kind + "Stemmed": list(map(float, stemmed[kind])) for kind in stemmed},
    }


def streams(references):
    """As sacrebleu wants them: the first references of all texts, the second ones, None where there is none."""
    most = max(map(len, references))
    return [[of[i] if i < len(of) else None for of in references] for i in range(most)]


def sentence(hypothesis, references):
    return {
        "hypothesis": hypothesis,
        "references": references,
        "bleu": BLEU(effective_order=True).sentence_score(hypothesis, references).score,
        "chrF": CHRF().sentence_score(hypothesis, references).score,
        "chrFPlusPlus": CHRF(word_order=2).sentence_score(hypothesis, references).score,
        **rouge(hypothesis, references),
    }


def corpus(begin, end, sentences):
    part = sentences[begin:end]
    hypotheses = [pair["hypothesis"] for pair in part]
    references = streams([pair["references"] for pair in part])
    bleu = BLEU().corpus_score(hypotheses, references)
    return {
        "begin": begin,
        "end": end,
        "bleu": bleu.score,
        "precisions": bleu.precisions,
        "brevityPenalty": bleu.bp,
        "textLength": bleu.sys_len,
        "referenceLength": bleu.ref_len,
        "chrF": CHRF().corpus_score(hypotheses, references).score,
        "chrFPlusPlus": CHRF(word_order=2).corpus_score(hypotheses, references).score,
        "rougeL": sum(pair["rougeL"][2] for pair in part) / len(part),
        "rougeLStemmed": sum(pair["rougeLStemmed"][2] for pair in part) / len(part),
    }


def main(path):
    sentences = [sentence(*pair) for pair in [*pairs(), *random_pairs(120), *inflected_pairs()]]
    sizes = [1, 2, 3, 5, 8, 13, 40, 100]
    corpora = [
        corpus(begin, begin + size, sentences)
        for size in sizes
        for begin in range(0, len(sentences) - size, max(size, 30))
    ]
    with open(path, "w") as file:
        json.dump({"sentences": sentences, "corpora": corpora}, file, indent=1)
        file.write("\n")
    print(len(sentences), "pairs,", len(corpora), "corpora")


main(sys.argv[1])
