"""Literals as SHACL sees them: well-formed or not, in order or not, kept by the engine as written or not.

The engine (Oxigraph) keeps numbers, booleans, dates and durations as values: "007" comes back as "7", xsd:byte as xsd:integer. A
literal that it would change goes into the store under another datatype (`AS_WRITTEN` before the real one) and is told from the
others there; `plain` gives it back.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from math import copysign, inf

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store

from thidua.terms import PREFIXES

Term = NamedNode | BlankNode | Literal
XSD = PREFIXES["xsd"]
AS_WRITTEN = "urn:x-thidua:as-written:"
_RUN = NamedNode("urn:x-thidua:literal")
NOTHING = Store()  # for expressions alone

_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None), "long": (-(2**63), 2**63 - 1), "int": (-(2**31), 2**31 - 1), "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127), "nonNegativeInteger": (0, None), "positiveInteger": (1, None), "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1), "unsignedLong": (0, 2**64 - 1), "unsignedInt": (0, 2**32 - 1), "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}  # fmt: skip
_ZONE = r"(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"(-?(?:[1-9]\d{3,}|0\d{3}))"
_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_SECONDS = r"T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?"
# Lexical spaces of XML Schema 1.1, part 2; those with days of a month are looked at again in `_day_exists`.
_LEXICAL = {
    "boolean": "true|false|1|0".join("()"),
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "float": r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)",
    "double": r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)",
    "date": f"{_YEAR}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_DAY}T{_CLOCK}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_DAY}T{_CLOCK}(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))",
    "time": _CLOCK + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": f"{_YEAR}-(0[1-9]|1[0-2]){_ZONE}",
    "gMonth": f"--(0[1-9]|1[0-2]){_ZONE}",
    "gDay": f"---(0[1-9]|[12]\\d|3[01]){_ZONE}",
    "gMonthDay": f"--{_DAY}{_ZONE}",
    "duration": rf"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:{_SECONDS})?",
    "dayTimeDuration": rf"-?P(?=[\dT])(?:\d+D)?(?:{_SECONDS})?",
    "yearMonthDuration": r"-?P(?=\d)(?:\d+Y)?(?:\d+M)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}= ?=|(?:[A-Za-z0-9+/] ?){3}=)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "NMTOKEN": r"[\w.:·-]+",
    "Name": r"[^\W\d][\w.:·-]*",
    "NCName": r"[^\W\d][\w.·-]*",
}
_OF_ANY_SCRIPT = frozenset({"normalizedString", "token", "NMTOKEN", "Name", "NCName"})
_WITH_DAYS = {"date": (1, 2, 3), "dateTime": (1, 2, 3), "dateTimeStamp": (1, 2, 3), "gMonthDay": (1, 2)}  # groups of the patterns above
# Datatypes that the engine casts to, so that it can tell ill-formed literals by itself.
CASTS = frozenset(
    """integer decimal float double boolean date time dateTime duration dayTimeDuration yearMonthDuration gYear gYearMonth gMonth gDay
    gMonthDay""".split()
)
# Datatypes whose literals the engine may change, by their IRIs; those in this form it does not.
_KEPT = {
    XSD + "integer": r"(?:0|-?[1-9]\d{0,17})",
    XSD + "boolean": r"(?:true|false)",
    XSD + "date": r"\d{4}-\d\d-\d\dZ?",
    XSD + "gYear": r"\d{4}",
    XSD + "gYearMonth": r"\d{4}-\d\d",
    XSD + "dateTime": r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\dZ?",
    XSD + "decimal": r"(?:0|-?[1-9]\d{0,9}|-?(?:0|[1-9]\d{0,9})\.\d{0,6}[1-9])",
}
_CHANGED = frozenset([*_KEPT, *(XSD + name for name in (*CASTS, *_INTEGERS, "dateTimeStamp"))])


@cache
def _whole(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """A match of the whole text; made when first needed, since there are many."""
    return re.compile(pattern + r"\Z").match


def has_lexical_rules(datatype: NamedNode) -> bool:
    """Can a literal of this datatype be ill-formed at all, as far as is known here?"""
    name = datatype.value.removeprefix(XSD)
    return datatype.value.startswith(XSD) and (name in _INTEGERS or name in _LEXICAL)


def well_formed(literal: Literal) -> bool:
    """Is the lexical form in its datatype's lexical space (XML Schema 1.1, part 2)? Of an unknown datatype: yes."""
    name = literal.datatype.value.removeprefix(XSD)
    text = literal.value
    if name in _INTEGERS:
        if not re.fullmatch(r"[+-]?[0-9]+", text):
            return False
        (low, high), number = _INTEGERS[name], Decimal(text)
        return (low is None or number >= low) and (high is None or number <= high)
    if name not in _LEXICAL:
        return True
    found = _whole(_LEXICAL[name])(text)
    return (
        found is not None
        and (text.isascii() or name in _OF_ANY_SCRIPT)
        and (name not in _WITH_DAYS or _exists(*(int(found[n][-4:]) for n in _WITH_DAYS[name])))
    )


def _exists(*numbers: int) -> bool:
    """Is there such a day in the (proleptic Gregorian) calendar? Year, month and day; without a year: is there in any?

    Of the year the last four digits will do.
    """
    year, month, day = (2000, *numbers)[-3:]
    try:
        date(2000 + year % 400, month, day)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=100_000)
def by_engine(literal: Literal) -> Literal:
    """The literal as the engine gives it back."""
    store = Store()
    store.add(Quad(_RUN, _RUN, literal))
    found = next(iter(store)).object
    assert isinstance(found, Literal)
    return found


def may_change(literal: Literal) -> bool:
    """Is the literal of a datatype whose literals the engine may change?"""
    return literal.datatype.value in _CHANGED


def surely_kept(literal: Literal) -> bool:
    """Does the literal look as the engine itself would write it? Others may yet be kept as they are."""
    usual = _KEPT.get(literal.datatype.value)
    return usual is not None and _whole(usual)(literal.value) is not None


def storable(literal: Literal) -> Literal:
    """The literal itself, or, where the engine would change it, what stands for it in the store."""
    datatype = literal.datatype.value
    if datatype not in _CHANGED:
        return literal
    usual = _KEPT.get(datatype)
    if (usual is not None and _whole(usual)(literal.value)) or by_engine(literal) == literal:
        return literal
    return Literal(literal.value, datatype=NamedNode(AS_WRITTEN + datatype))


def beyond_engine(literal: Literal) -> bool:
    """Is the literal, which the engine keeps as it is, well-formed but too large for the engine to know its value?"""
    return may_change(literal) and not surely_kept(literal) and _unknown_value(literal)


@lru_cache(maxsize=100_000)
def _unknown_value(literal: Literal) -> bool:
    if not well_formed(literal):
        return False
    (value,) = _row(f"(ISNUMERIC({literal}))" if _is_valued(literal) else f"(ISLITERAL({literal.datatype}({literal})))")
    return (value is None or value.value == "false") and literal.datatype.value != XSD + "boolean"


def plain(term: Term) -> Term:
    """A term of the store as it was written."""
    if isinstance(term, Literal) and term.datatype.value.startswith(AS_WRITTEN):
        return Literal(term.value, datatype=NamedNode(term.datatype.value[len(AS_WRITTEN) :]))
    return term


_TRUTH = {"false": 0, "0": 0, "true": 1, "1": 1}


def value_of(literal: Literal) -> tuple[str, Decimal | float] | None:
    """The value of a number or boolean, and what it is ("exact", "float", "double", "boolean"); None of other and ill-formed ones."""
    name = literal.datatype.value.removeprefix(XSD)
    if not (name in _INTEGERS or name in ("decimal", "float", "double", "boolean")) or not well_formed(literal):
        return None
    if name == "boolean":
        return "boolean", Decimal(_TRUTH[literal.value])
    if name not in ("float", "double"):
        return "exact", Decimal(literal.value)
    number = float(literal.value.replace("INF", "inf"))
    return name, _single(number) if name == "float" else number


def _single(number: float) -> float:
    """The nearest number of single precision."""
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return copysign(inf, number)


def less(one: Term, other: Term, or_equal: bool = False) -> bool | None:
    """one < other (or <=) as SPARQL compares (SPARQL 1.1, 17.3); None where the two cannot be compared.

    Numbers of two kinds are compared as the wider one (XPath 2.0, B.1: decimal, float, double). Dates, times and durations are compared
    as XML Schema orders them: with a time zone against without, only where the answer is the same in every zone.
    """
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return None
    first, second = value_of(one), value_of(other)
    if first is None or second is None:
        return None if _is_valued(one) or _is_valued(other) else _by_engine(one, other, or_equal)
    (kind, number), (other_kind, other_number) = first, second
    if (kind == "boolean") != (other_kind == "boolean"):
        return None
    if kind != other_kind:
        wide = "double" if "double" in (kind, other_kind) else "float"
        number, other_number = (float(n) if wide == "double" else _single(float(n)) for n in (number, other_number))
    return number <= other_number if or_equal else number < other_number


_SORTED_AS_WRITTEN = {
    "gYear": r"\d{4}(Z?)",
    "gYearMonth": r"\d{4}-\d\d(Z?)",
    "date": r"\d{4}-\d\d-\d\d(Z?)",
    "dateTime": r"\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(Z?)",
}


def sort_key(literal: Literal) -> tuple[str, Decimal | str] | None:
    """The kind of a literal, and by what those of its kind sort as `less` orders them; None where there is no such thing."""
    value = value_of(literal)
    if value is not None and value[0] == "exact":
        return "exact", Decimal(value[1])
    name = literal.datatype.value
    if name == XSD + "string":
        return name, literal.value
    form = _SORTED_AS_WRITTEN.get(name.removeprefix(XSD))
    found = None if form is None else _whole(form)(literal.value)
    return (name + found[1], literal.value) if found is not None and well_formed(literal) else None


def _is_valued(literal: Literal) -> bool:
    name = literal.datatype.value.removeprefix(XSD)
    return name in _INTEGERS or name in ("decimal", "float", "double", "boolean")


@lru_cache(maxsize=100_000)
def _by_engine(one: Literal, other: Literal, or_equal: bool) -> bool | None:
    if or_equal and one == other:  # a term is no other than itself, even an ill-formed date: so pySHACL and TopBraid
        return True
    (value,) = _row(f"({one} {'<=' if or_equal else '<'} {other})")
    return None if value is None else value.value == "true"


def _row(expression: str) -> list[Literal | None]:
    result = NOTHING.query(f"SELECT ({expression} AS ?r) {{}}")
    assert isinstance(result, QuerySolutions)
    return [solution["r"] for solution in result]
