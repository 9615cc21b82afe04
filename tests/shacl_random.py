"""Random shapes, data, queries and edits for tests of the SHACL engine: the same for the same seed, on any machine."""

from __future__ import annotations

from collections import Counter
from random import Random

from pyoxigraph import Quad, RdfFormat, parse

from thidua.shacl.data import Data
from thidua.shacl.engine import Plan, Sparql, Validator
from thidua.shacl.filters import TRUE
from thidua.shacl.judge import Result
from thidua.shacl.shapes import Shapes, read_shapes

PREFIXES = """@prefix ex: <urn:ex/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
NODES = ("ex:a", "ex:b", "ex:c", "ex:d", "ex:e", "_:x", "_:y", "_:z")
PROPERTIES = ("ex:p", "ex:q", "ex:r", "ex:s")
CLASSES = ("ex:A", "ex:B", "ex:C")
HIERARCHY = "ex:B rdfs:subClassOf ex:A . ex:A rdfs:subClassOf ex:Top .\n"
USUAL = ('"x"', '"xy"', '"x"@en', '"y"@en', '"x"@vi', '"x"@en-GB', '"7"^^xsd:integer', '"8"^^xsd:integer', '"1.5"^^xsd:decimal', '""',
         "true", '"2020-01-01"^^xsd:date', '"2020-01-02"^^xsd:date', '"2020"^^ex:own', '"2.5E0"^^xsd:double')  # fmt: skip
UNUSUAL = ('"007"^^xsd:integer', '"7"^^xsd:byte', '"300"^^xsd:byte', '"1.50"^^xsd:decimal', '"1"^^xsd:boolean', '"tru"^^xsd:boolean',
           '"2020-02-30"^^xsd:date', '"2020-01-01Z"^^xsd:date', '"2020-01-01+00:00"^^xsd:date', '"seven"^^xsd:integer',
           '"99999999999999999999"^^xsd:integer', '"2020"^^xsd:gYear', '"2020-05"^^xsd:gYearMonth', '"12020"^^xsd:gYear',
           '"2020-01-01T24:00:00"^^xsd:dateTime', '"2020-01-01T00:00:00.50"^^xsd:dateTime', '"2020-01-01T00:00:00Z"^^xsd:dateTime',
           '"0.10000000000000000001"^^xsd:decimal', '"INF"^^xsd:double', '"NaN"^^xsd:double', '"0.1"^^xsd:float', '"0.1"^^xsd:double',
           '"-0"^^xsd:integer', '"12:00:00"^^xsd:time', '"P1M"^^xsd:duration',
           '"P30D"^^xsd:duration', '"PT60S"^^xsd:dayTimeDuration')  # fmt: skip
LIMITS = ('"7"^^xsd:integer', '"7.0"^^xsd:decimal', '"2020-01-01"^^xsd:date', '"2020"^^xsd:gYear', '"2020-03"^^xsd:gYearMonth', '"x"',
          '"2020-01-01T00:00:00"^^xsd:dateTime', '"2020-01-01T00:00:00+07:00"^^xsd:dateTime', '"0.1"^^xsd:decimal', '"1E0"^^xsd:double',
          '"100000000000000000000"^^xsd:integer', '"P1M"^^xsd:duration')  # fmt: skip
DATATYPES = ("xsd:integer", "xsd:byte", "xsd:string", "xsd:date", "xsd:boolean", "xsd:decimal", "xsd:gYear", "xsd:double", "ex:own",
             "xsd:dateTime", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>")  # fmt: skip
KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")


def quads(turtle: str) -> list[Quad]:
    """The statements of a text; blank nodes keep their names."""
    return list(parse(PREFIXES + turtle, format=RdfFormat.TURTLE))


class Maker:
    """Makes texts.

    Args:
        seed: what is made depends on nothing else.
        unusual: literals as nobody should write them, too.

    Attributes:
        without: kinds of constraints that are not made.
    """

    def __init__(self, seed: int, unusual: bool = True) -> None:
        self.random = Random(seed)
        self.literals: tuple[str, ...] = USUAL + UNUSUAL if unusual else USUAL
        self.number = 0
        self.without: frozenset[str] = frozenset()

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def value(self) -> str:
        return self.pick(*NODES) if self.random.random() < 0.45 else self.pick(*self.literals)

    def statement(self) -> str:
        if self.random.random() < 0.25:
            return f"{self.pick(*NODES)} a {self.pick(*CLASSES)} ."
        return f"{self.pick(*NODES)} {self.pick(*PROPERTIES)} {self.value()} ."

    def data(self, size: int = 30) -> str:
        return HIERARCHY + "\n".join(self.statement() for _ in range(size)) + "\n"

    def path(self, depth: int = 0) -> str:
        kind = self.random.random() if depth < 2 else 0.0
        if kind < 0.6:
            return self.pick(*PROPERTIES)
        if kind < 0.68:
            return f"[ sh:inversePath {self.path(depth + 1)} ]"
        if kind < 0.78:
            return f"( {self.path(depth + 1)} {self.path(depth + 1)} )"
        if kind < 0.86:
            return f"[ sh:alternativePath ( {self.path(depth + 1)} {self.path(depth + 1)} ) ]"
        return f"[ sh:{self.pick('zeroOrMorePath', 'oneOrMorePath', 'zeroOrOnePath')} {self.path(depth + 1)} ]"

    def targets(self) -> str:
        made = []
        for _ in range(self.random.choice((1, 1, 1, 2))):
            kind = self.pick("targetClass", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
            if kind == "targetClass":
                made.append(f"sh:targetClass {self.pick('ex:Top', *CLASSES)} ;")
            elif kind == "targetNode":
                made.append(f"sh:targetNode {self.pick('ex:nowhere', *NODES[:5], *self.literals)} ;")
            else:
                made.append(f"sh:{kind} {self.pick(*PROPERTIES)} ;")
        return " ".join(made)

    def name(self) -> str:
        self.number += 1
        return f"ex:S{self.number}"

    def shapes(self, number: int = 4) -> str:
        made = []
        for _ in range(number):
            name = self.name()
            if self.random.random() < 0.1:
                made.append(f"{self.pick(*CLASSES)} a rdfs:Class, sh:NodeShape ; {self.node_body(0)} .")
                continue
            property_shape = self.random.random() < 0.25
            body = (
                f"a sh:PropertyShape ; sh:path {self.path()} ; {self.value_body(0)}"
                if property_shape
                else f"a sh:NodeShape ; {self.node_body(0)}"
            )
            made.append(f"{name} {self.targets()} {self.aside()} {body} .")
        return "\n".join(made) + "\n"

    def aside(self) -> str:
        chance = self.random.random()
        return "sh:severity sh:Warning ;" if chance < 0.1 else "sh:deactivated true ;" if chance < 0.16 else ""

    def node_body(self, depth: int) -> str:
        parts = [self.property(depth) for _ in range(self.random.choice((0, 1, 1, 2)))]
        for _ in range(self.random.choice((0, 1, 1) if parts else (1, 2))):
            parts.append(self.shared(depth))
        if self.random.random() < 0.08:
            parts.append(
                f"sh:closed true ; sh:ignoredProperties ( {self.pick(*PROPERTIES)} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;"
            )
        return " ".join(parts)

    def property(self, depth: int) -> str:
        siblings = ""
        if self.random.random() < 0.12:
            path = self.path()
            siblings = "sh:property " + ", ".join(
                f"[ sh:path {path} ; sh:qualifiedValueShape [ {self.shared(depth + 1)} ] ; sh:qualifiedValueShapesDisjoint true ;"
                f" sh:qualified{self.pick('Min', 'Max')}Count {self.pick('0', '1', '2')} ]"
                for _ in range(2)
            ) + " ;"  # fmt: skip
        return f"sh:property [ sh:path {self.path()} ; {self.aside()} {self.value_body(depth + 1)} ] ; {siblings}"

    def value_body(self, depth: int) -> str:
        """What a property shape asks of its values."""
        return " ".join(
            self.whole(depth) if self.random.random() < 0.5 else self.shared(depth) for _ in range(self.random.choice((1, 1, 2, 3)))
        )

    def whole(self, depth: int) -> str:
        kinds = ("min", "max", "uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals", "hasValue", "qualified", "qualified")
        kind = self.pick(*(kind for kind in kinds if kind not in self.without))
        if kind in ("min", "max"):
            return f"sh:{kind}Count {self.pick('0', '1', '1', '2', '3', '6')} ;"
        if kind == "uniqueLang":
            return "sh:uniqueLang true ;"
        if kind == "hasValue":
            return f"sh:hasValue {self.pick(*NODES[:5], *self.literals)} ;"
        if kind == "qualified":
            return (
                f"sh:qualifiedValueShape [ {self.shared(depth + 1)} ] ;"
                f" sh:qualified{self.pick('Min', 'Max')}Count {self.pick('0', '1', '2', '3')} ;"
            )
        return f"sh:{kind} {self.pick(*PROPERTIES)} ;"

    def shape(self, depth: int) -> str:
        """An anonymous shape."""
        if self.random.random() < 0.3:
            return f"[ sh:path {self.path()} ; {self.value_body(depth + 1)} ]"
        return f"[ {self.aside()} {self.node_body(depth + 1)} ]"

    def shared(self, depth: int) -> str:
        """What node and property shapes may ask alike."""
        kinds = ["class", "datatype", "nodeKind", "range", "range", "length", "pattern", "languageIn", "in"]
        if depth < 3:
            kinds += ["not", "not", "and", "or", "xone", "node"]
        kind = self.pick(*(kind for kind in kinds if kind not in self.without))
        if kind == "class":
            return f"sh:class {self.pick('ex:Top', *CLASSES)} ;"
        if kind == "datatype":
            return f"sh:datatype {self.pick(*DATATYPES)} ;"
        if kind == "nodeKind":
            return f"sh:nodeKind sh:{self.pick(*KINDS)} ;"
        if kind == "range":
            return f"sh:{self.pick('minInclusive', 'minExclusive', 'maxInclusive', 'maxExclusive')} {self.pick(*LIMITS)} ;"
        if kind == "length":
            return f"sh:{self.pick('min', 'max')}Length {self.pick('0', '1', '2', '9')} ;"
        if kind == "pattern":
            pattern = self.pick("^x", "^0", "Y", "a$", "2020", ".")
            return f'sh:pattern "{pattern}" ; sh:flags "i" ;'
        if kind == "languageIn":
            tags = self.pick("", '"en"', '"en" "vi"', '"en-GB"', '"*"')
            return f"sh:languageIn ( {tags} ) ;"
        if kind == "in":
            return f"sh:in ( {' '.join(self.pick(*NODES[:5], *self.literals) for _ in range(self.random.randrange(5)))} ) ;"
        if kind in ("not", "node"):
            return f"sh:{kind} {self.node_shape(depth) if kind == 'node' else self.shape(depth)} ;"
        return f"sh:{kind} ( {' '.join(self.shape(depth) for _ in range(self.random.choice((1, 2, 2, 3))))} ) ;"

    def node_shape(self, depth: int) -> str:
        return f"[ {self.aside()} {self.node_body(depth + 1)} ]"


class QueryMaker(Maker):
    """Makes sh:sparql constraints, too, with no blank nodes in the data: those have no name that a query could say."""

    def __init__(self, seed: int, unusual: bool = True, property_shape: bool = False) -> None:
        super().__init__(seed, unusual)
        self.property_shape = property_shape

    def pick(self, *choices: str) -> str:
        return super().pick(*(choice for choice in choices if not choice.startswith("_:")))

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def variable(self) -> str:
        return self.pick("$this", "$this", "?x", "?y", "?value")

    def targets(self) -> str:
        """A blank node or literal has no name that a query could say, or none where it stands: those are asked of together."""
        return self.pick(f"sh:targetClass {self.pick('ex:Top', *CLASSES)} ;", f"sh:targetNode {self.pick('ex:nowhere', *NODES)}, ex:b ;",
                         f"sh:targetSubjectsOf {self.pick(*PROPERTIES)} ;")  # fmt: skip

    def step(self) -> str:
        if self.property_shape and self.chance(0.4):
            return "$PATH"
        one, two = self.pick(*PROPERTIES), self.pick(*PROPERTIES)
        return self.pick(one, one, one, f"^{one}", f"{one}/{two}", f"({one}|{two})", f"{one}*", f"{one}+", f"{one}?", f"({one}/{two})*")

    def triple(self) -> str:
        ends = self.pick("$this {} ?x", "$this {} ?value", "?x {} $this", "?x {} ?y", "?value {} ?y", "?x {} ?value", "$this {} LITERAL")
        return ends.format(self.step()).replace("LITERAL", self.pick("ex:a", *self.literals)) + " ."

    def test(self) -> str:
        one, two = self.variable(), self.variable()
        return self.pick(
            f"{one} != {two}", f"{one} = {two}", f"isIRI({one})", f"isLiteral({one})", f"{one} > 7", f"BOUND({one})", f"!BOUND({one})",
            f"STRLEN(STR({one})) > 1", f"sameTerm({one}, {two})", f"DATATYPE({one}) = xsd:integer", f"LANG({one}) = 'en'",
            f"EXISTS {{ {one} {self.step()} {two} }} || {one} = ex:a", f"{one} IN (ex:a, ex:b, 7)", "BOUND($this)", f"$this < {two}",
        )  # fmt: skip

    def group(self, depth: int) -> str:
        parts = [self.triple() for _ in range(self.random.choice((0, 1, 1, 2)) if depth else self.random.choice((1, 1, 2)))]
        for _ in range(self.random.choice((0, 1, 1, 2) if depth < 2 else (0, 0, 1))):
            parts.append(self.part(depth + 1))
        if self.chance(0.15):
            self.random.shuffle(parts)
        return " ".join(parts)

    def part(self, depth: int) -> str:
        kind = self.pick("filter", "filter", "optional", "union", "not exists", "exists", "group", "bind", "select", "counted")
        if depth > 2 or kind == "filter":
            return f"FILTER({self.test()})"
        if kind == "optional":
            return f"OPTIONAL {{ {self.group(depth)} }}"
        if kind == "union":
            return f"{{ {self.group(depth)} }} UNION {{ {self.group(depth)} }}"
        if kind.endswith("exists"):
            return f"FILTER {kind.upper()} {{ {self.group(depth)} }}"
        if kind == "group":
            return f"{{ {self.group(depth)} }}"
        if kind == "bind":
            self.number += 1
            given = self.pick("$this", "?x", "STR($this)", "?x + 1", "7", "IF(?x > 7, ?x, $this)", "COALESCE(?y, $this)")
            return f"BIND({given} AS ?b{self.number})"
        if kind == "select":
            return f"{{ SELECT {self.pick('', 'DISTINCT ')}$this ?x WHERE {{ {self.group(depth)} }} }}"
        self.number += 1
        return f"{{ SELECT $this (COUNT(?x) AS ?n{self.number}) WHERE {{ $this {self.step()} ?x . {self.group(3)} }} GROUP BY $this }}"

    def query(self) -> str:
        kind = self.random.random()
        if kind < 0.12:
            having = f"HAVING (COUNT(?x) > {self.pick('0', '1', '2')})"
            return f"SELECT $this (COUNT(?x) AS ?value) WHERE {{ {self.group(0)} }} GROUP BY $this {having}"
        if kind < 0.18:
            return f"SELECT $this ?value WHERE {{ {self.group(0)} }} ORDER BY STR(?value) LIMIT 1"
        if kind < 0.25:
            return f"SELECT $this (?x AS ?value) WHERE {{ {self.group(0)} }}".replace("?value", "?y").replace("AS ?y", "AS ?value")
        return f"SELECT {self.pick('', 'DISTINCT ')}$this ?value WHERE {{ {self.group(0)} }}"

    def constraint(self) -> str:
        query = self.query().replace("\\", "\\\\")
        rule = f"sh:sparql [ sh:prefixes ex:prefixes ; sh:select '''{query}''' ]"
        if self.property_shape:
            return f"{self.name()} {self.targets()} a sh:PropertyShape ; sh:path {self.path()} ; {rule} ."
        return f"{self.name()} {self.targets()} a sh:NodeShape ; {rule} ."

    def constraints(self, number: int = 2) -> str:
        declared = "".join(
            f'ex:prefixes sh:declare [ sh:prefix "{name}" ; sh:namespace "{iri}"^^xsd:anyURI ] .\n'
            for name, iri in (("ex", "urn:ex/"), ("xsd", "http://www.w3.org/2001/XMLSchema#"))
        )
        return declared + "\n".join(self.constraint() for _ in range(number)) + "\n"


Row = tuple[str, str, str, str, str]


def row(result: Result) -> Row:
    """What is compared of a result: focus node, value, component, source shape, path."""
    return (str(result.focus), str(result.value), result.component.value, str(result.shape.id), str(result.path))


def rows(results: list[Result]) -> Counter[Row]:
    return Counter(map(row, results))


def as_compiled(shapes: str | Shapes, data: list[Quad]) -> Validator:
    return Validator(read_shapes(quads(shapes)) if isinstance(shapes, str) else shapes, Data(data))


def node_by_node(shapes: str | Shapes, data: list[Quad]) -> Validator:
    """With no condition, and no query asked of several nodes at once."""
    validator = as_compiled(shapes, data)
    validator.plans = [
        Plan(
            plan.root,
            plan.filters,
            [Sparql(one.shape, one.constraint, one.query, one.why or "asked to") for one in plan.sparql],
            plan.reference,
        )
        for plan in validator.plans
    ]
    for plan in validator.plans:
        plan.condition = TRUE
    return validator
