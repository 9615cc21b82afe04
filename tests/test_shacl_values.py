"""Literals: their order, whether they are well-formed, and that they stay as they were written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pyoxigraph import Literal, NamedNode

from tests.shacl_random import as_compiled, quads
from thidua.shacl import engine
from thidua.shacl.data import Data
from thidua.shacl.literals import XSD, less, sort_key, well_formed

# Each line in rising order, no two equal.
RISING = {
    "date": "-0001-12-31 0001-01-01 1999-12-31 2000-02-29 2000-03-01 2020-01-01+14:00 2020-01-01Z 2020-01-01-12:00 12020-01-01",
    "gYear": "-0044 0001 1975 2020 2021 12020",
    "gYearMonth": "1975-04 1975-05 2020-12 2021-01 12020-01",
    "dateTime": "1975-04-30T11:30:00+07:00 1975-04-30T11:30:00Z 2020-01-01T00:00:00Z 2020-01-01T00:00:00.25Z 2020-01-01T00:00:00.5Z"
    " 2020-01-02T00:00:00+07:00 2020-01-01T24:00:00Z 2020-01-02T00:00:01Z",
    "time": "00:00:00 00:00:00.5 11:59:59 12:00:00 23:59:59",
    "dayTimeDuration": "-P1D PT0S PT1S PT60.5S PT2M PT1H P1D PT25H P2D",
    "yearMonthDuration": "-P1M P1M P11M P1Y P13M",
    "duration": "P1D P1M P40D P1Y",
    "decimal": "-100000000000000000000.5 -1.5 0.0 0.10000000000000000001 0.1000000001 1.5 1.50000000000000000000001 99999999999999999999",
    "integer": "-99999999999999999999 -7 0 007 8 9223372036854775807 9223372036854775808 99999999999999999999",
    "unsignedLong": "0 1 9223372036854775808 18446744073709551615",
    "double": "-INF -1E0 0 0.1 1.5E0 1e2 INF",
    "float": "-INF -1 0 0.1 1.5 16777216 INF",
    "boolean": "false true",
    "string": "A B a b ă đ",
}
# Every pair is neither less nor greater.
UNORDERED = {
    "date": [("2020-01-01", "2020-01-01Z"), ("2020-02-30", "2020-01-01")],
    "dateTime": [("2020-01-01T00:00:00", "2020-01-01T05:00:00Z")],
    "duration": [("P1M", "P30D")],
    "double": [("NaN", "1"), ("NaN", "NaN")],
    "integer": [("seven", "7"), ("seven", "seven")],
    "byte": [("300", "5")],
    "gYear": [("20", "2020")],
}


@pytest.fixture(autouse=True, params=["node by node", "property by property"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is too small for conditions here, and in the second round for scans."""
    monkeypatch.setattr(engine, "FEW", 0)
    monkeypatch.setattr(engine, "SCANNED", 0 if request.param == "property by property" else engine.SCANNED)


def literal(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + name))


def written(text: str, name: str) -> str:
    return f'"{text}"^^xsd:{name}'


def failing(body: str, data: str) -> set[str]:
    """The focus nodes with results by a shape with this body."""
    shapes = f"ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; {body} ."
    return {str(one.focus).removeprefix("<urn:ex/").rstrip(">") for one in as_compiled(shapes, quads(data)).results()}


@pytest.mark.parametrize("name", RISING)
def test_order(name: str) -> None:
    texts = RISING[name].split()
    for low, high in pairwise(texts):
        one, other = literal(low, name), literal(high, name)
        assert well_formed(one)
        assert well_formed(other)
        assert less(one, other) is True, (low, high)
        assert less(other, one) is False, (low, high)
        assert less(one, one, or_equal=True) is True, low
        assert less(one, one) is not True
        keys = sort_key(one), sort_key(other)
        if keys[0] and keys[1] and keys[0][0] == keys[1][0]:
            assert keys[0][1] < keys[1][1]  # type: ignore[operator]


@pytest.mark.parametrize("name", RISING)
def test_order_in_shapes(name: str) -> None:
    """sh:min…, sh:max… and sh:lessThan at every pair of neighbours, with the conditions in SPARQL at work."""
    texts = RISING[name].split()
    data = " ".join(f"ex:n{n} ex:p {written(text, name)} ; ex:next {written(texts[n + 1], name)} ." for n, text in enumerate(texts[:-1]))
    number = len(texts) - 1
    names = [f"n{n}" for n in range(number)]
    middle = written(texts[number // 2], name)
    at = f"sh:property [ sh:path ex:p ; sh:%s {middle} ]"
    assert failing(at % "minInclusive", data) == set(names[: number // 2])
    assert failing(at % "minExclusive", data) == set(names[: number // 2 + 1])
    assert failing(at % "maxInclusive", data) == set(names[number // 2 + 1 :])
    assert failing(at % "maxExclusive", data) == set(names[number // 2 :])
    assert failing("sh:property [ sh:path ex:p ; sh:lessThan ex:next ]", data) == set()
    assert failing("sh:property [ sh:path ex:next ; sh:lessThan ex:p ]", data) == set(names)
    assert failing("sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:p ]", data) == set()
    assert failing("sh:not [ sh:property [ sh:path ex:p ; sh:lessThan ex:next ] ]", data) == set(names)


@pytest.mark.parametrize("name", [name for name in RISING if name not in ("boolean",)])  # the engine does not order truth values in queries
def test_order_in_queries(name: str) -> None:
    texts = RISING[name].split()
    data = " ".join(f"ex:n{n} ex:p {written(text, name)} ; ex:next {written(texts[n + 1], name)} ." for n, text in enumerate(texts[:-1]))
    query = 'sh:sparql [ sh:select "SELECT $this WHERE { $this <urn:ex/p> ?low ; <urn:ex/next> ?high . FILTER(%s) }" ]'
    assert failing(query % "?low < ?high", data) == {f"n{n}" for n in range(len(texts) - 1)}
    assert failing(query % "?low >= ?high", data) == set()


def test_one_value_a_language() -> None:
    """Tags are compared without regard to case (4.4.4); of a property looked through as a whole, only its own path's values count."""
    once = "ex:a ex:p 'x'@en, 'y'@vi, 'z', 'w', 7 ; ex:q 'x'@en . ex:b ex:p 'x' . ex:e ex:p 7 ; ex:q 'x'@en, 'y'@en ."
    unique = "sh:property [ sh:path ex:p ; sh:uniqueLang true ]"
    assert failing(unique, once) == set()
    assert failing(unique, f"{once} ex:c ex:p 'x'@en, 'y'@en . ex:d ex:p 'x'@en, 'y'@EN .") == {"c", "d"}
    assert failing("sh:property [ sh:path ex:p ; sh:uniqueLang true ; sh:maxCount 1 ]", f"{once} ex:c ex:p 1, 2 .") == {"a", "c"}
    assert failing("sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:uniqueLang true ]", once) == set()


def test_what_others_have_too_much_of_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Subjects are counted, not values, where a scan finds too many to go on with."""
    monkeypatch.setattr(engine, "MOST_SCANNED", 4)
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:datatype xsd:integer ] ."
    many = " ".join(f"ex:d{n} a ex:D ; ex:p 'x', 'y', 'z' ." for n in range(9))
    for one in ("ex:c a ex:C ; ex:p 'x' . ", ""):
        data = quads(f"{one} ex:e a ex:C ; ex:p 7 . {many}")
        assert len(as_compiled(shapes, data).results()) == (1 if one else 0)


@pytest.mark.parametrize("value", ["ex:b", "'seven'^^xsd:integer", "'NaN'^^xsd:double", "'nan'^^xsd:double", "'tru'^^xsd:boolean"])
def test_what_is_not_even_equal_to_itself(value: str) -> None:
    assert failing("sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ]", f"ex:a ex:p {value} ; ex:q {value} .") == {"a"}


@pytest.mark.parametrize(("name", "pair"), [(name, pair) for name, pairs in UNORDERED.items() for pair in pairs])
def test_what_has_no_order(name: str, pair: tuple[str, str]) -> None:
    """Neither is less: each constraint that asks for an order is violated, and its negation holds."""
    low, high = pair
    assert less(literal(low, name), literal(high, name)) is not True
    assert less(literal(high, name), literal(low, name), or_equal=True) is not True
    data = f"ex:a ex:p {written(low, name)} ; ex:q {written(high, name)} ."
    assert failing("sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ]", data) == {"a"}
    assert failing(f"sh:property [ sh:path ex:p ; sh:minInclusive {written(high, name)} ]", data) == {"a"}
    assert failing(f"sh:property [ sh:path ex:p ; sh:maxInclusive {written(high, name)} ]", data) == {"a"}
    assert failing(f"sh:not [ sh:property [ sh:path ex:p ; sh:maxInclusive {written(high, name)} ] ]", data) == set()


def test_numbers_of_different_kinds() -> None:
    """Compared as the wider kind (XPath 2.0, B.1): 0.1 in single precision is more than in double precision."""
    assert less(literal("0.1", "double"), literal("0.1", "float")) is True
    assert less(literal("0.1", "decimal"), literal("0.1", "float")) is False
    assert less(literal("5440536624.3973133407", "decimal"), literal("5440536624.397314", "double")) is True
    assert less(literal("7", "byte"), literal("7.5", "decimal")) is True
    assert less(literal("true", "boolean"), literal("7", "integer")) is None
    data = 'ex:a ex:p "0.1"^^xsd:float . ex:b ex:p "0.1"^^xsd:double . ex:c ex:p 63.733629687074914 .'
    assert failing('sh:property [ sh:path ex:p ; sh:maxInclusive "0.1"^^xsd:double ]', data) == {"a", "c"}
    assert failing("sh:property [ sh:path ex:p ; sh:minExclusive 0.1 ]", data) == {"a", "b"}
    assert failing('sh:property [ sh:path ex:p ; sh:maxExclusive "63.73362968707491"^^xsd:double ]', data) == {"c"}


WELL = {
    "boolean": "true false 1 0", "integer": "0 -0 +7 007 99999999999999999999", "decimal": "1 1. .5 -1.50 +0", "byte": "-128 127 +1 007",
    "unsignedByte": "0 255 -0", "short": "-32768 32767", "int": "2147483647", "long": "9223372036854775807", "unsignedInt": "4294967295",
    "unsignedShort": "65535", "unsignedLong": "18446744073709551615", "positiveInteger": "1 99999999999999999999", "negativeInteger": "-1",
    "nonNegativeInteger": "0 +0", "nonPositiveInteger": "0 -5", "double": "1 1e5 -1.5E-3 INF -INF NaN .5", "float": "1 INF",
    "date": "2020-02-29 2000-02-29 -0001-01-01 0000-01-01 12020-01-01Z 2020-01-01+14:00 2020-12-31-13:59",
    "dateTime": "2020-01-01T24:00:00 2020-01-01T23:59:59.999 2020-01-01T00:00:00-05:00", "dateTimeStamp": "2020-01-01T00:00:00Z",
    "time": "24:00:00 00:00:00.5Z", "gYear": "2020 12020 -0044 2020Z", "gYearMonth": "2020-12", "gMonth": "--12 --01Z", "gDay": "---31",
    "gMonthDay": "--02-29 --12-31", "duration": "P1Y2M3DT4H5M6.7S -P1D PT0S P1M", "dayTimeDuration": "P1DT1H", "yearMonthDuration": "P1Y1M",
    "hexBinary": "0aFF", "base64Binary": "AAAA AA== AAA=", "language": "vi en-GB", "token": "x", "NCName": "a-b.c", "anyURI": "urn:x",
}  # fmt: skip
ILL = {
    "boolean": "TRUE yes 2", "integer": "1.0 1e3 seven + ٣", "decimal": "1e3 . INF", "byte": "128 -129 x", "unsignedByte": "256 -1",
    "short": "32768",
    "int": "2147483648", "long": "9223372036854775808", "unsignedInt": "4294967296", "unsignedShort": "65536",
    "unsignedLong": "18446744073709551616", "positiveInteger": "0", "negativeInteger": "0", "nonNegativeInteger": "-1",
    "nonPositiveInteger": "1", "double": "inf nan 1E Infinity +NaN", "float": "x",
    "date": "2020-02-30 2021-02-29 1900-02-29 2020-13-01 2020-1-1 20-01-01 02020-01-01 2020-01-01T00:00:00 2020-01-01+14:01 01/02/2020",
    "dateTime": "2020-01-01T24:00:01 2020-01-01T23:59:60 2020-02-30T00:00:00 2020-01-01",
    "dateTimeStamp": "2020-01-01T00:00:00", "time": "24:00:01 12:00 25:00:00", "gYear": "20 02020 2020-01",
    "gYearMonth": "2020-13 2020-00 2020", "gMonth": "--13 12",
    "gDay": "---32 31",
    "gMonthDay": "--02-30 --04-31 --13-01", "duration": "P PT P1DT 1D P-1D P1.5D", "dayTimeDuration": "P1M P1DT",
    "yearMonthDuration": "P1D P",
    "hexBinary": "0aF xx", "base64Binary": "A AA=", "language": "en_GB toolonglanguage", "NCName": "1a a:b",
}  # fmt: skip


@pytest.mark.parametrize("name", WELL)
def test_well_formed(name: str) -> None:
    """By itself, by sh:datatype with its condition, and under sh:not."""
    well, ill = WELL[name].split(), ILL.get(name, "").split()
    assert [text for text in well if not well_formed(literal(text, name))] == []
    assert [text for text in ill if well_formed(literal(text, name))] == []
    data = " ".join(
        f"ex:{kind}{n} ex:p {written(text, name)} ." for kind, texts in (("w", well), ("i", ill)) for n, text in enumerate(texts)
    )
    shape = f"sh:property [ sh:path ex:p ; sh:datatype xsd:{name} ]"
    assert failing(shape, data) == {f"i{n}" for n in range(len(ill))}
    assert failing(f"sh:not [ {shape} ]", data) == {f"w{n}" for n in range(len(well))}


def test_every_datatype_with_rules_is_tested() -> None:
    assert len(WELL) == 35
    assert set(ILL) >= set(RISING) - {"string"}


ODD = ['"007"^^xsd:integer', '"1.50"^^xsd:decimal', '"1"^^xsd:boolean', '"7"^^xsd:byte', '"2020-01-01+00:00"^^xsd:date',
       '"PT60S"^^xsd:duration',
       '"2020-01-01T24:00:00"^^xsd:dateTime', '"seven"^^xsd:integer', '"1e2"^^xsd:double']  # fmt: skip
USUAL = ["7", "1.5", "true", "7", '"2020-01-01Z"^^xsd:date', '"PT1M"^^xsd:duration', '"2020-01-02T00:00:00"^^xsd:dateTime', '"seven"',
         '"1.0E2"^^xsd:double']  # fmt: skip


@pytest.mark.parametrize(("odd", "usual"), list(zip(ODD, USUAL, strict=True)), ids=ODD)
def test_lexical_forms_survive(odd: str, usual: str) -> None:
    """Two terms of one value are two terms, and each is reported as written."""
    both, value = f"ex:a ex:p {odd}, {usual} .", quads(f"ex:a ex:p {odd} .")[0].object
    assert isinstance(value, Literal)
    (statement,) = Data(quads(f"ex:a ex:p {odd} .")).quads()
    assert statement.object == value
    assert failing("sh:property [ sh:path ex:p ; sh:maxCount 1 ]", both) == {"a"}
    assert failing("sh:property [ sh:path ex:p ; sh:minCount 2 ]", both) == set()
    one = f"ex:a ex:p {odd} ; ex:q {usual} ; ex:r {odd} ."
    assert failing(f"sh:property [ sh:path ex:p ; sh:hasValue {usual} ]", one) == {"a"}
    assert failing(f"sh:property [ sh:path ex:p ; sh:hasValue {odd} ]", one) == set()
    assert failing(f"sh:property [ sh:path ex:p ; sh:in ( {usual} ) ]", one) == {"a"}
    assert failing(f"sh:property [ sh:path ex:p ; sh:in ( {usual} {odd} ) ]", one) == set()
    assert failing("sh:property [ sh:path ex:p ; sh:equals ex:q ]", one) == {"a"}
    assert failing("sh:property [ sh:path ex:p ; sh:equals ex:r ]", one) == set()
    assert failing("sh:property [ sh:path ex:p ; sh:disjoint ex:q ]", one) == set()
    assert failing("sh:property [ sh:path ex:p ; sh:disjoint ex:r ]", one) == {"a"}
    length = len(value.value)
    assert failing(f"sh:property [ sh:path ex:p ; sh:minLength {length} ; sh:maxLength {length} ]", one) == set()
    pattern = value.value.replace("+", "[+]").replace(".", "[.]")
    assert failing(f'sh:property [ sh:path ex:p ; sh:pattern "^{pattern}$" ]', one) == set()
    tested = f"?value FILTER(sameTerm(?value, {odd}))"
    for rest in ("?value", "?x BIND(?x AS ?value)", tested):
        query = f"PREFIX xsd: <{XSD}> SELECT $this ?value WHERE {{ $this <urn:ex/p> {rest} }}"
        shapes = f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select '''{query}''' ] ."
        assert [result.value for result in as_compiled(shapes, quads(one)).results()] == [value], query


def test_literals_in_queries_are_terms_in_patterns_and_values_in_filters() -> None:
    data = 'ex:a ex:p "007"^^xsd:integer . ex:b ex:p 7 . ex:c ex:p "99999999999999999999"^^xsd:integer .'
    rule = f"sh:sparql [ sh:select '''PREFIX xsd: <{XSD}> SELECT $this WHERE {{ $this <urn:ex/p> %s }}''' ]"
    assert failing(rule % '"007"^^xsd:integer', data) == {"a"}
    assert failing(rule % "007", data) == {"a"}
    assert failing(rule % "7", data) == {"b"}
    assert failing(rule % "?x FILTER(?x = 7)", data) == {"a", "b"}
    assert failing(rule % "?x FILTER(sameTerm(?x, 7))", data) == {"b"}
    assert failing(rule % "?x FILTER(?x + 1 = 8)", data) == {"a", "b"}
    assert failing(rule % "?x FILTER(?x > 8)", data) == {"c"}
    assert failing(rule % "?x FILTER(DATATYPE(?x) = xsd:integer)", data) == {"a", "b", "c"}
    assert failing(rule % '?x FILTER(STR(?x) = "007")', data) == {"a"}
