"""Shapes that are taken for well-formed at a glance are so by SHACL's own shapes for shapes."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.shacl_random import Maker, quads
from thidua.errors import InputError
from thidua.reading import read_quads
from thidua.shacl.shapes import read_shapes
from thidua.wellformed import _against_shacl, plainly_well


def test_what_is_plain_is_well_formed() -> None:
    plain = odd = 0
    for seed in range(600):
        maker = Maker(seed, unusual=seed % 2 == 1)
        shapes = quads(maker.shapes(3))
        try:
            read = read_shapes(shapes)
        except InputError:
            continue
        if plainly_well(read):
            plain += 1
            assert _against_shacl(shapes) == [], f"seed {seed}"
        else:
            odd += 1
    assert plain > 150 and odd > 0, (plain, odd)


def test_our_own_shapes_are_plain() -> None:
    ours = [quad for path in sorted((ROOT / "shapes").glob("*.ttl")) for quad in read_quads(path, path.name)]
    assert plainly_well(read_shapes(ours))
    assert _against_shacl(ours) == []


def test_what_is_against_the_rules_is_not_plain() -> None:
    """One fault of each kind that the glance looks for, in a shape that is plain without it."""
    plain = "<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:property <urn:p> . <urn:p> sh:path <urn:q> ; sh:minCount 1 ."
    assert plainly_well(read_shapes(quads(plain)))
    faults = (
        "<urn:s> sh:targetClass 3 .",
        "<urn:p> sh:minCount 2 .",
        '<urn:p> sh:maxCount "1"^^<http://www.w3.org/2001/XMLSchema#byte> .',
        "<urn:p> sh:nodeKind sh:Iri .",
        "<urn:p> sh:datatype <urn:a>, <urn:b> .",
        '<urn:p> sh:uniqueLang "true" .',
        "<urn:p> sh:message 3 .",
        "<urn:s> sh:minCount 1 .",
        "<urn:s> sh:property <urn:C> .",
        '<urn:s> sh:node "x" .',
        "<urn:p> a sh:NodeShape .",
        "<urn:p> sh:minInclusive 1, 2 .",
    )
    seen = 0
    for fault in faults:
        try:
            read = read_shapes(quads(f"{plain} {fault}"))
        except InputError:
            continue  # told before that
        assert not plainly_well(read), fault
        seen += 1
    assert seen >= 10
