"""What a validation says besides its findings: what it did not look at, in what order it tells, and in which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import thidua

HEAD = """@prefix ex: <urn:ex/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix prov: <http://www.w3.org/ns/prov#> .
"""
MET = "ex:Met sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."


def report(folder: Path, shapes: str, data: str, name: str = "data.ttl") -> dict[str, Any]:
    (folder / "shapes.ttl").write_text(HEAD + shapes, "utf-8")
    (folder / name).write_text(HEAD + data, "utf-8")
    run = thidua("validate", folder / name, "--shapes", folder / "shapes.ttl", "--format", "json")
    assert run.returncode in (0, 1), run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def remarks(folder: Path, shapes: str, data: str, name: str = "data.ttl") -> dict[str, str]:
    return {one["key"]: one["message"]["en"] for one in report(folder, shapes, data, name)["remarks"]}


def test_all_looked_at_needs_no_remark(tmp_path: Path) -> None:
    assert remarks(tmp_path, MET, "ex:a a ex:C ; ex:p 1 .") == {}


def test_shapes_that_hit_nothing(tmp_path: Path) -> None:
    shapes = f"{MET} ex:Unmet sh:targetClass ex:D ; sh:nodeKind sh:IRI . ex:Lone sh:targetNode ex:nowhere ; sh:nodeKind sh:IRI ."
    said = remarks(tmp_path, shapes, "ex:a a ex:C ; ex:p 1 .")
    assert said == {"shapes-hit-nothing": "2 of 3 shapes with targets hit nothing in the data: urn:ex/Lone, urn:ex/Unmet"}


def test_classes_that_no_shape_looks_at(tmp_path: Path) -> None:
    """A class is looked at through one above it, through a property that all or some of its things have, and as a single node."""
    shapes = f"{MET} ex:S sh:targetSubjectsOf ex:q ; sh:nodeKind sh:IRI . ex:N sh:targetNode ex:n ; sh:nodeKind sh:IRI ."
    data = "ex:a a ex:C ; ex:p 1 . ex:b a ex:E ; ex:q 2 . ex:n a ex:F . ex:c a ex:Sub ; ex:p 1 . ex:Sub rdfs:subClassOf ex:C . "
    data += "ex:g a ex:G, ex:H ."
    assert remarks(tmp_path, shapes, data) == {"classes-unseen": "no shape looks at things of 2 classes: urn:ex/G, urn:ex/H"}


def test_graphs_that_were_superseded(tmp_path: Path) -> None:
    data = "ex:old { ex:a a ex:C . } ex:new { ex:a a ex:C ; ex:p 1 . } ex:gone { ex:b a ex:C . } "
    said = "ex:new prov:wasRevisionOf ex:old . ex:gone prov:invalidatedAtTime '2026-01-01T00:00:00Z' ."
    found = report(tmp_path, MET, data + said, "data.trig")
    assert (found["focusNodes"], found["findings"]) == (1, [])
    (remark,) = found["remarks"]
    assert remark["message"]["en"] == "2 graphs that a later version took the place of were not read: urn:ex/gone, urn:ex/old"
    assert len(report(tmp_path, MET, data, "data.trig")["findings"]) == 1  # of ex:b; that of ex:a has been mended in the new graph


def test_imports_and_recursion(tmp_path: Path) -> None:
    shapes = f"{MET} ex:here owl:imports ex:there, ex:here . ex:Met sh:property [ sh:path ex:q ; sh:node ex:Met ] ."
    said = remarks(tmp_path, shapes, "ex:a a ex:C ; ex:p 1 .")
    assert said["imports-not-read"] == "1 owl:imports are not followed: urn:ex/there"
    assert said["shapes-recursive"].startswith("2 shapes come back to themselves")
    assert said["shapes-recursive"].endswith(": urn:ex/Met")


def test_the_worst_comes_first(tmp_path: Path) -> None:
    shapes = " ".join(
        f"ex:{name} sh:targetNode ex:a ; sh:severity sh:{severity} ; sh:class ex:Never ."
        for name, severity in (("A", "Info"), ("B", "Warning"), ("C", "Violation"), ("D", "Info"), ("E", "Violation"))
    )
    found = report(tmp_path, shapes, "ex:a a ex:C .")["findings"]
    told = [(one["severity"], one["shape"].removeprefix("urn:ex/")) for one in found]
    assert told == [("violation", "C"), ("violation", "E"), ("warning", "B"), ("info", "A"), ("info", "D")]


def test_every_constraint_tells(tmp_path: Path) -> None:
    """Two constraints of one component are two; a shape that is checked from two others is one."""
    shapes = """ex:S sh:targetNode ex:a ; sh:class ex:A, ex:B ; sh:hasValue 1, 2 ; sh:message "no" ; sh:not ex:M, [ sh:nodeKind sh:IRI ] .
    ex:M sh:nodeKind sh:BlankNodeOrIRI . ex:T sh:targetNode ex:a ; sh:property ex:P . ex:U sh:targetNode ex:a ; sh:property ex:P .
    ex:P sh:path ex:q ; sh:minCount 1 ."""
    found = report(tmp_path, shapes, "ex:a ex:p 1 .")["findings"]
    told = [one["component"].removeprefix("http://www.w3.org/ns/shacl#").removesuffix("ConstraintComponent") for one in found]
    assert sorted(told) == ["Class", "Class", "HasValue", "HasValue", "MinCount", "Not", "Not"]


def test_shapes_without_names_tell_each(tmp_path: Path) -> None:
    shapes = """ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:class ex:A ; sh:message "no" ],
        [ sh:path ex:p ; sh:class ex:B ; sh:message "no" ], [ sh:path ex:p ; sh:node [ sh:class ex:A ] ] ."""
    assert len(report(tmp_path, shapes, "ex:a ex:p ex:v .")["findings"]) == 3


def test_solutions_that_differ_in_their_hint_alone_stay_apart(tmp_path: Path) -> None:
    shapes = """ex:S sh:targetNode ex:a ; sh:sparql [ sh:message "no" ; <https://w3id.org/thidua/ontology#hint> "see {?x}" ;
        sh:select "SELECT $this ?x WHERE { $this <urn:ex/p> ?x }" ] ."""
    found = report(tmp_path, shapes, "ex:a ex:p ex:v, ex:w .")["findings"]
    assert [one["hint"] for one in found] == [{"": "see urn:ex/v"}, {"": "see urn:ex/w"}]


def test_what_pyshacl_is_asked_tells_the_constraint_that_fails(tmp_path: Path) -> None:
    """A constraint component of others makes the whole shape pySHACL's; it does not tell which of two sh:class it is about."""
    custom = """ex:most a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ; sh:validator [ a sh:SPARQLAskValidator ;
        sh:ask "ASK { FILTER(true) }" ] . """
    shapes = (
        custom
        + """ex:One sh:targetNode ex:a ; sh:property ex:P . ex:Two sh:targetNode ex:a ; ex:limit 1 ; sh:property ex:P .
        ex:P sh:path ex:q ; sh:class ex:A, ex:B ."""
    )
    (only,) = report(tmp_path, shapes, "ex:a ex:q ex:b . ex:b a ex:A .")["findings"]
    assert only["message"]["en"] == "The value urn:ex/b is not of the class urn:ex/B."
    query = """sh:sparql [ sh:message "has {?x}" ; sh:select "SELECT $this ?x WHERE { $this <urn:ex/q> ?x }" ] ."""
    (only,) = report(tmp_path, f"{custom} ex:Two sh:targetNode ex:a ; ex:limit 1 ; {query}", "ex:a ex:q 7 .")["findings"]
    assert only["message"] == {"": "has 7"}
    both = report(tmp_path, shapes, "ex:a ex:q ex:b .")["findings"]
    assert sorted(one["message"]["en"][-9:] for one in both) == ["urn:ex/A.", "urn:ex/B."]


def test_what_is_alike_comes_in_one_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes, whatever numbers the interpreter gives to texts."""
    shapes = "ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:p ; sh:nodeKind sh:IRI ; sh:minLength 5 ; sh:in ( 1 ) ."
    (tmp_path / "shapes.ttl").write_text(HEAD + shapes, "utf-8")
    (tmp_path / "data.ttl").write_text(HEAD + "ex:a ex:p 'x' .", "utf-8")
    runs = set()
    for seed in "12345":
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        runs.add(thidua("validate", tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl", "--format", "json").stdout)
    assert len(runs) == 1
    assert runs.pop().count('"severity": "violation"') == 3


def test_places_in_messages_are_filled(tmp_path: Path) -> None:
    shapes = """ex:S sh:targetClass ex:C ; sh:message "of the shape" ; sh:sparql [
        sh:message "{$this} has {?value} and {?other}, on {$path}; {?nothing} {this}"@en ;
        sh:select "SELECT $this ?value ?other WHERE { $this <urn:ex/p> ?value ; <urn:ex/q> ?other }" ] .
    ex:P sh:targetClass ex:C ; sh:property [
        sh:path ex:p ; sh:maxInclusive 0 ; sh:message "{?value} on {?path} of {$this}", "của {$this}"@vi ] ."""
    data = "ex:a a ex:C ; ex:p 7 ; ex:q ex:b . <https://w3id.org/thidua/ontology#labelVi> a rdfs:Datatype ."
    data += (
        " ex:a <https://w3id.org/thidua/ontology#labelVi> 'một' . ex:b <http://www.w3.org/2004/02/skos/core#prefLabel> 'two'@en, 'hai'@vi ."
    )
    core, query = sorted((one["message"] for one in report(tmp_path, shapes, data)["findings"]), key=lambda one: "en" in one)
    assert query == {"en": "một has 7 and hai, on ; {?nothing} {this}"}
    assert core == {"": "7 on urn:ex/p of một", "vi": "của một"}
