"""Writes the texts of this example: facts about restaurants that don't exist, and sentences that tell them.

The phrasings below were written for this project; the script puts facts into them. Made with Python 3.11:
    python make_texts.py ../resources/dev/cloze/examples/restaurants

A line is name, food, area, price, stars, families, near and the sentence, with tabs between; a fact that is not known is
empty. All is in lower case, as the vocabulary it is meant for. The restaurants of train, dev and test differ in name, but
every word of a name is in train.
"""

import pathlib
import random
import sys

FIRST = "golden red blue green white black silver little happy old royal quiet".split()
SECOND = "lion crown moon sun oak eagle fox bear horse ship apple garden".split()
FOODS = "italian french indian chinese japanese english spanish mexican greek turkish".split()
AREAS = {
    "city centre": "in the city centre",
    "old town": "in the old town",
    "river": "by the river",
    "harbour": "at the harbour",
    "north": "in the north of the city",
    "south": "in the south of the city",
}
PRICES = {"cheap": "low", "moderate": "fair", "expensive": "high"}
NEAR = "market station museum bridge castle library church theatre park school".split()
NUMBERS = ["", "one star", "two stars", "three stars", "four stars", "five stars"]


def article(word):
    return ("an " if word[0] in "aeiou" else "a ") + word


class Place:
    """One restaurant's facts, of which two to five are known beside name and food, and phrases for them."""

    def __init__(self, name, chance):
        def known(values, share):
            return chance.choice(list(values)) if chance.random() < share else ""

        self.name = "the " + name
        self.food = chance.choice(FOODS)
        more = [""]
        while sum(map(bool, more)) < 2:
            more = known(AREAS, 0.6), known(PRICES, 0.7), known("12345", 0.6), known(["yes", "no"], 0.5), known(NEAR, 0.5)
        self.area, self.price, self.stars, self.families, self.near = more

    def facts(self):
        return self.name, self.food, self.area, self.price, self.stars, self.families, self.near

    def kind(self):
        if self.price == "moderate":
            return f"{article(self.food)} restaurant with fair prices"
        return article(f"{self.price} {self.food} restaurant".strip())

    def at_prices(self):
        return f" at {PRICES[self.price]} prices" if self.price else ""

    def where(self, near):
        """The area and what is near; "in the old town, near the market"."""
        beside = [AREAS[self.area]] if self.area else []
        return beside + ([f"{near} the {self.near}"] if self.near else [])


def openings(place, chance):
    where = place.where(chance.choice(["near", "close to"]))
    here = "".join(" " + part for part in where[:1]) + "".join(", " + part for part in where[1:])
    yield f"{place.name} is {place.kind()}{here}."
    yield f"{place.name} serves {place.food} food{place.at_prices()}{here}."
    if where:
        there = " ".join(where)
        yield f"{there} you will find {place.name}, {place.kind()}."
        yield f"{there}, {place.name} offers {place.food} food{place.at_prices()}."
    prices = f", where prices are {PRICES[place.price]}" if place.price else ""
    yield f"if you like {place.food} food, try {place.name}{here}{prices}."


def closings(place):
    stars = NUMBERS[int(place.stars or 0)]
    if place.stars and place.families:
        joined = "and" if (int(place.stars) >= 3) == (place.families == "yes") else "but"
        if place.families == "yes":
            yield f"it has {stars} {joined} welcomes families."
            yield f"families are welcome, {joined} guests give it {stars}."
        else:
            yield f"it has {stars} {joined} is not a place for children."
            yield f"it is not a place for children, {joined} guests give it {stars}."
    elif place.stars:
        yield f"it has {stars}."
        yield f"guests give it {stars}."
    elif place.families == "yes":
        yield "it welcomes families."
        yield "families are welcome there."
    elif place.families == "no":
        yield "it is not a place for children."
    else:
        yield ""


def sentences(place, chance):
    """Every opening once, each with one of the closings, in any order."""
    told = [f"{opening} {chance.choice(list(closings(place)))}".strip() for opening in openings(place, chance)]
    chance.shuffle(told)
    return told


def write(path, names, places, phrasings, chance):
    lines = []
    for i in range(places):
        place = Place(names[i % len(names)], chance)
        for sentence in sentences(place, chance)[:phrasings]:
            lines.append("\t".join([*place.facts(), sentence]))
    assert len(set(lines)) == len(lines)
    chance.shuffle(lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(folder):
    chance = random.Random(20)
    names = [f"{first} {second}" for first in FIRST for second in SECOND]
    chance.shuffle(names)
    train, dev, test = names[:96], names[96:111], names[111:]
    words = set(" ".join(train).split())
    assert words == {*FIRST, *SECOND}
    write(folder / "train.tsv", train, 200, 2, chance)
    write(folder / "dev.tsv", dev, 60, 1, chance)
    write(folder / "test.tsv", test, 120, 1, chance)


main(pathlib.Path(sys.argv[1]))
