"""The language as data: words and their classes, written forms, names of bodies, places and awards, from grammar/ and the graph."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from thidua.assets import Assets
from thidua.errors import InputError
from thidua.extraction.wordlists import AwardLists, BodyLists, CampaignLists, ClauseLists, PhraseLists, read_lists
from thidua.text import nfc

# One placement of tone marks: òa, òe, ùy. The pairs keep their length, so offsets stay those of the text.
_PLACED = dict(
    zip("oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(), "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(), strict=True)
)
_SIGNS = {
    "–": "-", "—": "-", "‒": "-", "−": "-", "‐": "-", "‑": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "″": '"',
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "’": "'", "‘": "'",
}  # fmt: skip
_FLAT = {**_PLACED, "sỹ": "sĩ", **_SIGNS}
# a pair only where the syllable ends (hoàn has one placement), and not after q, whose u belongs to it; sỹ as a whole word
_TO_FLATTEN = re.compile("|".join([*(rf"{pair}(?<!q..)(?!\w)" for pair in _PLACED), r"sỹ(?<!\w..)(?!\w)", *_SIGNS]))

# What is worked out for a word is kept, since words come again and again: for so many words of at most so many letters.
KEPT = 2**15
LONGEST_KEPT = 32


def flat(text: str) -> str:
    """`text` for comparing, of the same length: lower case, one placement of tone marks, one dash, one quotation mark."""
    return _flat_word(text) if len(text) <= LONGEST_KEPT else _flat(text)


def _flat(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _TO_FLATTEN.sub(lambda match: _FLAT[match[0]], lower)


_flat_word = lru_cache(maxsize=KEPT)(_flat)


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or run of words: its class, its canonical form, what else the data says of it."""

    tag: str
    canonical: str
    value: Any = None
    exact: frozenset[str] = frozenset()  # the spellings it has to have; empty: any capitals


@dataclass(slots=True, eq=False)
class Lexicon:
    """What the reader knows of the language, and the automaton that finds it in a text."""

    entries: list[list[Entry]]
    matcher: AhoCorasick
    forms: list[tuple[str, re.Pattern[str], dict[str, Any]]]
    words: dict[str, Any]
    bodies: dict[str, Any]
    awards: dict[str, Any]
    phrases: dict[str, Any]
    clauses: dict[str, Any]
    campaigns: dict[str, Any]
    passages: dict[str, Any]
    award_names: frozenset[str]  # the canonical names of awards.toml
    provinces: dict[str, str]  # flat bare name → "tỉnh Lào Cai"
    phrase_lists: PhraseLists
    body_lists: BodyLists
    award_lists: AwardLists
    campaign_lists: CampaignLists
    clause_lists: ClauseLists

    @classmethod
    def load(cls, assets: Assets) -> Lexicon:
        """The lexicon of `assets`: its grammar folder and the labels of its graph.

        Raises:
            InputError: a grammar file that is missing, no TOML, or has a rule that is none.
        """
        return _load(assets)


def read_toml(path: Path) -> dict[str, Any]:
    """A grammar file.

    Raises:
        InputError: it is missing or no TOML.
    """
    try:
        return tomllib.loads(nfc(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise InputError("missing-file", path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("bad-grammar", path=path, detail=error) from error


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]|_")


def spaced(text_flat: str) -> tuple[str, list[tuple[int, int]], list[int]]:
    """The tokens of a flat text with a mark before and after each, the tokens' spans, and where each begins and the last ends there."""
    spans = [match.span() for match in _TOKEN.finditer(text_flat)]
    marked = [f"\x01{text_flat[a:b]}\x02" for a, b in spans]
    return "".join(marked), spans, list(accumulate(map(len, marked), initial=0))


def _labels(assets: Assets) -> list[tuple[str, str, str]]:
    """(class, IRI, Vietnamese label) of award types, provinces and named bodies of the graph."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, Store

    store = Store()
    for name in ("ontology", "graph"):
        for path in assets.files(name, ".ttl"):
            store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    found: list[tuple[str, str, str]] = []
    skos = "http://www.w3.org/2004/02/skos/core#"
    td = "https://w3id.org/thidua/ontology#"
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for kind in ("AwardType", "Place", "Body", "PartyBody", "StateBody"):
        for quad in store.quads_for_pattern(None, rdf_type, NamedNode(td + kind)):
            for prop in ("prefLabel", "altLabel"):
                for label in store.quads_for_pattern(quad.subject, NamedNode(skos + prop), None):
                    if isinstance(label.object, Literal) and label.object.language == "vi":
                        found.append((kind, str(quad.subject.value), nfc(label.object.value)))  # type: ignore[union-attr]
    # provinces and central cities: the places of those two types
    for name in ("tinh", "thanh-pho-truc-thuoc-tw"):
        of_type = NamedNode(f"https://w3id.org/thidua/place-type/{name}")
        for quad in store.quads_for_pattern(None, None, of_type):
            for label in store.quads_for_pattern(quad.subject, NamedNode(skos + "prefLabel"), None):
                if isinstance(label.object, Literal) and label.object.language == "vi":
                    found.append(("Province", str(quad.subject.value), nfc(label.object.value)))  # type: ignore[union-attr]
    return sorted(found)


def _load(assets: Assets) -> Lexicon:
    folder = assets.folder("grammar")
    words = read_toml(folder / "words.toml")
    bodies = read_toml(folder / "bodies.toml")
    awards = read_toml(folder / "awards.toml")
    entries: dict[str, list[Entry]] = {}

    def add(written: str, tag: str, canonical: str, value: Any = None, exact: str = "") -> None:
        key = flat(nfc(written))
        found = entries.setdefault(key, [])
        for one in found:
            if one.tag == tag:
                if exact and one.exact:
                    found[found.index(one)] = Entry(tag, one.canonical, one.value, one.exact | {exact})
                return
        found.append(Entry(tag, canonical, value, frozenset({exact}) if exact else frozenset()))

    labels = _labels(assets)
    provinces: dict[str, str] = {}
    award_labels: dict[str, str] = {}
    for kind, _, label in labels:
        if kind == "Province":
            match = re.fullmatch(r"(Tỉnh|Thành phố) (\S.*)", label)
            if match and (match[1] == "Tỉnh" or flat(match[2]) not in provinces):
                provinces[flat(match[2])] = f"{match[1].lower()} {match[2]}"
        elif kind == "AwardType":
            award_labels.setdefault(flat(label), label)
    for written, canonical in bodies["province"]["aliases"].items():
        provinces[flat(written)] = canonical
    for source in (awards["award"]["names"],):
        for written, canonical in source.items():
            add(written, "award", canonical)
    for written, canonical in awards["prize"]["names"].items():
        add(written, "prize" if written.startswith("giải") else "bareprize", canonical)
    skip = re.compile(r"[(,/]| của |^(danh hiệu|hình thức|khen|ghi nhận|biểu dương|vinh danh|tuyên dương|tôn vinh|điển hình|giải)")
    for key, label in award_labels.items():
        if not skip.search(key) and "hạng" not in key and '"' not in label.replace("“", '"'):
            add(label, "award", label)
    for tag, table in words.items():
        for word in table.get("words", ()):
            value = table.get("qualifier", {}).get(word) if tag == "about" else table.get("heads", {}).get(word)
            add(word, tag, word, value)
        for word in table.get("exact", ()):
            add(word, tag, word, None, exact=word)
        if tag in ("numberword", "scale"):
            for word, value in table["value"].items():
                add(word, tag, word, value)
        if tag == "kind":
            for kind in table:
                for word in table[kind]["words"]:
                    add(word, "kind", word, kind)
        if tag == "office":
            for word, name in table["name"].items():
                add(word, "office0", name, table["post"].get(word))
    for word in read_toml(folder / "campaigns.toml")["known"]:
        add(word, "knowncampaign", word)
        add(word, "bodyword", bodies["bodyword"]["names"].get(word, word))
    for word in awards["money"]["words"]:
        add(word, "money", word)
    for word in awards["titled"]["words"]:
        add(word, "titled", word)
    for written, canonical in bodies["body"]["names"].items():
        add(written, "body0", canonical)
        if not any(word in canonical.lower() for word in bodies["unseated"]["words"]):
            add(written, "seated", canonical)
    for written, canonical in bodies["body"]["exact"].items():
        add(written, "body0", canonical, exact=written)
    for tag in ("bodyhead", "orghead", "field", "whole", "nation", "bodyword"):
        names = bodies[tag].get("names", {})
        for word in bodies[tag]["words"]:
            add(
                word,
                tag,
                names.get(
                    word,
                    "Hội"
                    if word.endswith(" hội") and tag == "bodyhead" and word.split()[0] in ("tỉnh", "huyện")
                    else _capital(word)
                    if tag in ("bodyhead", "field", "orghead")
                    else word,
                ),
            )
    for word in bodies["level"]["words"]:
        add(word, "level", bodies["level"]["names"][word])
    for key, canonical in provinces.items():
        add(key, "province", canonical)
    order = list(entries)
    flat_entries: list[list[Entry]] = []
    patterns = []
    for key in order:
        tokens = _TOKEN.findall(key)
        if tokens:
            patterns.append("".join(f"\x01{t}\x02" for t in tokens))
            flat_entries.append(entries[key])
    forms = []
    for form in read_toml(folder / "forms.toml")["form"]:
        try:
            forms.append((form["name"], re.compile(form["regex"]), form))
        except re.error as error:
            raise InputError("bad-grammar", path=folder / "forms.toml", detail=f"{form['name']}: {error}") from error
    phrases = read_toml(folder / "phrases.toml")
    clauses = read_toml(folder / "clauses.toml")
    campaigns = read_toml(folder / "campaigns.toml")
    return Lexicon(
        entries=flat_entries,
        matcher=AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest),
        forms=forms,
        words=words,
        bodies=bodies,
        awards=awards,
        phrases=phrases,
        clauses=clauses,
        campaigns=campaigns,
        passages=read_toml(folder / "passages.toml"),
        award_names=frozenset(awards["award"]["names"].values()),
        provinces=provinces,
        phrase_lists=read_lists(PhraseLists, phrases, folder / "phrases.toml", flat),
        body_lists=read_lists(BodyLists, bodies, folder / "bodies.toml", flat),
        award_lists=read_lists(AwardLists, awards, folder / "awards.toml", flat),
        campaign_lists=read_lists(CampaignLists, campaigns, folder / "campaigns.toml", flat),
        clause_lists=read_lists(ClauseLists, clauses, folder / "clauses.toml", flat),
    )


def is_decomposed(text: str) -> bool:
    """Whether accents stand apart from their letters somewhere."""
    return not unicodedata.is_normalized("NFC", text)
