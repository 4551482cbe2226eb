"""Writes the stems of English words and of what looks like them, as rouge_score takes them from NLTK.

Made with Python 3.11.7 and nltk 3.10.4:
    python stem_goldens.py ../resources/metric/stems.txt
"""

import random
import sys

from nltk.stem.porter import PorterStemmer

WORDS = """
    abilities able ably abseil adjustable adoption agreed airliner allowance analogously archaeology atomically
    bicycling bled boy boys boyish buying by calling canning cannings caress caresses cats cease communism
    conditional conformably conflated controlled controllers decisiveness defensible dependent died dies differently
    digitizer dyed dying ease easily effectively electrical electricity employees enjoy enjoyed enjoyment exceed
    exceeding falling feed feudalism filing fizzed flies fly flying formality formalize formatives fully geology
    goodness gyroscopic happily happy hesitancy hissing homologous hopefully hopefulness hopping howe howes inning
    innings irritant liest lying matting meetings messes milling motoring national nationally news oaten ored outing
    owed pays philology plastered playing ponies predication probate proceed proceeded proceeds radically rate
    rational relational rely relies replacement revival rolling sensibility sensitivity singing sized skies sky skying
    spied spies spy stemming succeed succeeds syzygy tanned the theology ties tied trial tried troubled troubles try
    tying typically uses using valency very vietnamization vilely wailing wholly yes yellow yyyed yyying
    2nds 1990s 4thly 300ing a1ed x9ies ion ions nation passion action fusion onion option es ss ies ied eed ing ed
"""
STEMS = """
    adopt anal arc be bl bio comm cat cry dig ease emot feud fl gen geo grat hop horr intent jewel joy ki log
    lov mag nat obl opt org phil plan play pl pray quiz rad relat ri sens sk str syn th troubl ty us vac will wr yell
""".split()
ENDINGS = """
    able al alism aliti ality alize alli ally ance ancy ant ate ated ates ation ational atively ator ed eed eedly eli
    ely ement ence ency ent ently er ers es ful fully fulness ible ic ical ically icate icity ied ier ies ily ing ings
    ion ions ism iti ity ive iveness ivity ization ize ized izer izing ly ling lled lling logi logy ment ments ness ou
    ous ously ousness s ses sses ssed tional ude y yed ying ys
""".split()


def words():
    chance = random.Random(11)
    made = [stem + ending for stem in STEMS for ending in ENDINGS]
    return sorted({*WORDS.split(), *chance.sample(made, 900)})


def main(path):
    stemmer = PorterStemmer()
    lines = [f"{word} {stemmer.stem(word)}\n" for word in words()]
    with open(path, "w") as file:
        file.writelines(lines)
    print(len(lines), "words")


main(sys.argv[1])
