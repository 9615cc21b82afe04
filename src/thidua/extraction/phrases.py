"""Phrases: the rules of grammar/phrases.toml, and who builds what they find."""

from __future__ import annotations

import re
from functools import partial

from thidua.errors import InputError
from thidua.extraction import award_phrases, body_phrases, group_phrases, office_phrases, person_phrases, place_phrases
from thidua.extraction.chunks import Chunk, Codes, Tagger
from thidua.extraction.lexicon import Lexicon
from thidua.extraction.phrase_text import BuilderOf, Text
from thidua.extraction.rules import Rule, apply, compile_rule

MADE = (
    "num", "place", "name", "body", "organisation", "office", "posts", "person", "persons", "deleg", "req", "behalf", "amount",
    "percentage", "awarding", "group", "seat",
)  # fmt: skip

# what a rule makes → who builds it
BUILDERS: dict[str, BuilderOf] = {
    "num": place_phrases.num,
    "place": place_phrases.place,
    "province": place_phrases.province,
    "seat": place_phrases.seat,
    "wholeplace": place_phrases.wholeplace,
    "places": place_phrases.places,
    "bare": body_phrases.bare,
    "association": body_phrases.association,
    "organisation": body_phrases.organisation,
    "body": body_phrases.body,
    "office": office_phrases.office,
    "wholeoffice": office_phrases.wholeoffice,
    "posts": office_phrases.posts,
    "name": person_phrases.name,
    "formname": person_phrases.formname,
    "person": person_phrases.person,
    "appositive": person_phrases.appositive,
    "inverted": person_phrases.inverted,
    "plural": person_phrases.plural,
    "delegation": person_phrases.delegation,
    "request": person_phrases.request,
    "onbehalf": person_phrases.onbehalf,
    "money": award_phrases.money,
    "percentage": award_phrases.percentage,
    "award": award_phrases.award,
    "awardof": award_phrases.awardof,
    "group": group_phrases.group,
    "endGroup": group_phrases.end_group,
    "plainGroup": group_phrases.plain_group,
}


class QualifiedCodes(Codes):
    """Codes that know the classes with exceptions too: every set that qualifies has the class's name."""

    def __init__(self, written: dict[str, list[str]]) -> None:
        """The classes of grammar/phrases.toml: name → classes that it stands for, "!x" for what is left out."""
        super().__init__()
        self.classes = {
            name: (frozenset(t for t in tags if t[0] != "!"), frozenset(t[1:] for t in tags if t[0] == "!"))
            for name, tags in written.items()
        }

    def having(self, names: frozenset[str]) -> str:
        """All characters whose set has one of `names`, or qualifies for one."""
        sides = [self.classes.get(name, (frozenset([name]), frozenset[str]())) for name in names]
        return "".join(code for tags, code in self._codes.items() if any(tags & named and not tags & but for named, but in sides))


class Phrases:
    """The phrase rules, compiled; they keep nothing of the texts they read."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compiles the rules.

        Raises:
            InputError: a rule is none, or makes what nobody builds.
        """
        self.lexicon = lexicon
        self.codes = QualifiedCodes(lexicon.phrases.get("classes", {}))
        self.tagger = Tagger(lexicon, self.codes)
        for tag in MADE:
            self.codes.of(frozenset([tag]))
        self.codes.of(frozenset(["place", "province"]))
        self.rules: list[tuple[Rule, BuilderOf]] = []
        for table in lexicon.phrases["phrase"]:
            make = table["make"]
            if make not in BUILDERS:
                raise InputError("bad-grammar", path="phrases.toml", detail=f"make = {make}")
            self.rules.append((Rule(make, self.compile(table["tags"], "phrases.toml")), BUILDERS[make]))

    def compile(self, written: str, where: str) -> re.Pattern[str]:
        """A rule's pattern over codes.

        Args:
            where: the rule's file, for the message.

        Raises:
            InputError: it is no regular expression.
        """
        return compile_rule(written, {}, self.codes, where)

    def read(self, text: str, text_flat: str, start: int, end: int) -> list[Chunk]:
        """The chunks and phrases of a sentence.

        Args:
            text_flat: `text`, flat.
            start, end: where the sentence stands in the text.
        """
        here = Text(text, text_flat, self.lexicon)
        chunks = self.tagger.chunks(text, text_flat, start, end)
        row = self.codes.row(chunks)
        for rule, build in self.rules:
            chunks, row = apply(rule, chunks, row, self.codes, partial(build, here))
        return chunks
