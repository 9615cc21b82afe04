"""Exports: the same bytes however the data came in, and nothing lost on the way out and back."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Dataset as RdflibDataset
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.conftest import CASES, thidua
from tests.test_cli import assert_fails
from thidua.assets import Assets
from thidua.build import build
from thidua.defaults import EXPORT_FORMS
from thidua.errors import InputError
from thidua.exports import Dataset, form_of
from thidua.exports.rdf import serialise
from thidua.selection import whole
from thidua.store import open_store

PARSERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


SUFFIX = {"turtle": ".ttl", "ntriples": ".nt", "rdfxml": ".rdf", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld"}
WITH_GRAPHS = ("trig", "nquads", "jsonld")


@pytest.fixture(scope="module")
def small(small_path: Path) -> Store:
    return open_store(small_path)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Names hard on every form, nodes without a name, a graph that was corrected: tests/cases/losses."""
    path = tmp_path_factory.mktemp("odd") / "store"
    build(Assets(CASES / "losses"), path)
    return open_store(path)


def export(store: Store, form: str) -> bytes:
    """The whole data set in a form that is a file."""
    out, to_file = io.BytesIO(), form_of(form).to_file
    assert to_file is not None
    to_file(Dataset(store, whole(store), Assets()), out)
    return out.getvalue()


def triples(quads: Iterable[Quad], graph: str = "DEFAULT") -> Graph:
    lines = "".join(f"{quad.triple} .\n" for quad in quads if str(quad.graph_name) == graph)
    return Graph().parse(data=lines, format="nt")


def assert_same(found: Iterable[Quad], wanted: Iterable[Quad]) -> None:
    """The same statements in the same graphs, whatever nodes without a name are called."""
    found, wanted = set(found), set(wanted)
    assert len(found) == len(wanted) > 10_000
    (named, others), (wanted_named, wanted_others) = apart(found), apart(wanted)
    assert named == wanted_named
    graphs = {str(quad.graph_name) for quad in wanted_others}
    assert {str(quad.graph_name) for quad in others} == graphs
    assert wanted_others, "there are nodes without a name"
    for graph in graphs:
        assert isomorphic(triples(others, graph), triples(wanted_others, graph))


def apart(quads: Iterable[Quad]) -> tuple[set[Quad], set[Quad]]:
    """The statements without and with nodes that have no name."""
    quads = set(quads)
    unnamed = {quad for quad in quads if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)}
    return quads - unnamed, unnamed


def kept_by(store: Store, form: str) -> list[Quad]:
    return [quad for quad in store if form in WITH_GRAPHS or isinstance(quad.graph_name, DefaultGraph)]


def test_rdf_forms_are_all_tested() -> None:
    assert {name for name, module in EXPORT_FORMS.items() if module in ("rdf", "jsonld")} == set(PARSERS)
    assert {name: form_of(name).suffix for name in PARSERS} == SUFFIX


@pytest.mark.parametrize("form", PARSERS)
def test_order_of_reading_does_not_matter(form: str, odd: Store, tmp_path: Path) -> None:
    """What is on disk in whatever order and number of steps goes out as the same bytes."""
    quads = list(odd)
    for seed in (1, 2):
        Random(seed).shuffle(quads)
        store = Store(str(tmp_path / str(seed)))
        for start in range(0, len(quads), 7000):
            store.extend(quads[start : start + 7000])
        if seed == 2:
            store.optimize()
        del store
        assert export(Store.read_only(str(tmp_path / str(seed))), form) == export(odd, form)


@pytest.mark.parametrize("form", PARSERS)
def test_round_trip_of_the_shipped_graph(form: str, shipped_path: Path) -> None:
    store = open_store(shipped_path)
    assert_same(parse(input=export(store, form), format=PARSERS[form]), kept_by(store, form))


@pytest.mark.parametrize("form", PARSERS)
def test_rdflib_reads_what_we_write(form: str, odd: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_same(of_rdflib(read_by_rdflib(export(odd, form), form, monkeypatch).serialize(format="nquads")), kept_by(odd, form))


@pytest.mark.parametrize("form", PARSERS)
def test_pyoxigraph_reads_what_rdflib_writes(form: str, odd: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other way round: our export, read by rdflib and written by it in the same form, is read as what it was."""
    read = read_by_rdflib(export(odd, form), form, monkeypatch)
    data: RdflibDataset | Graph = read if form in WITH_GRAPHS else read.default_graph
    written = data.serialize(format=RDFLIB[form])
    if form == "rdfxml":
        written = written.replace("\r", "&#13;")  # rdflib writes carriage returns bare, and XML 1.0 reads these as line feeds
    assert_same(of_rdflib(written, form), kept_by(odd, form))


def read_by_rdflib(content: bytes, form: str, monkeypatch: pytest.MonkeyPatch) -> RdflibDataset:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    read = RdflibDataset()
    read.parse(data=content, format=RDFLIB[form])
    return read


def of_rdflib(written: str, form: str = "nquads") -> list[Quad]:
    """What rdflib wrote, as a store has it (rdflib writes the decimal 14 as 14.0, and gives its default graph a name of its own)."""
    store = Store()
    for quad in parse(input=written.encode(), format=PARSERS[form]):
        default = isinstance(quad.graph_name, BlankNode) or str(quad.graph_name) == "<urn:x-rdflib:default>"
        store.add(Quad(quad.subject, quad.predicate, quad.object) if default else quad)
    return list(store)


def test_jsonld_is_readable_and_needs_nothing_from_elsewhere(small: Store) -> None:
    document = json.loads(export(small, "jsonld"))
    assert isinstance(document["@context"], dict)
    assert not [value for value in document["@context"].values() if isinstance(value, str) and value.endswith((".json", ".jsonld"))]
    node = next(node for node in document["@graph"] if node["@id"] == "id:award/a001-1")
    assert "AwardEvent" in node["@type"]
    assert node["awardType"].startswith("aw:")
    terms = {quad.subject.value for quad in small if str(quad.subject).startswith("<https://w3id.org/thidua/ontology#")}
    groups = node["recipientGroup"]
    assert [group["@type"] for group in groups] == ["RecipientGroup"] * len(groups), "a part stands in its thing"
    assert all(isinstance(group["count"], int) for group in groups)
    assert not [one for one in document["@graph"] if one["@id"] in [group["@id"] for group in groups]], "and there alone"
    assert all({"start", "end", "source", "sliceSha256"} <= set(span) for span in node["evidence"])
    prefixes = {key for key, value in document["@context"].items() if isinstance(value, str) and not key.startswith("@")}
    assert not prefixes & {term.rsplit("#")[-1] for term in terms}, "no prefix hides a term"


def test_files_are_written_whole_and_never_over_others(small_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.nq"
    assert thidua("export", "--format", "nquads", "-o", path, "--store", small_path).returncode == 0
    first = path.read_bytes()
    assert_fails(thidua("export", "--format", "trig", "-o", path, "--store", small_path), 2, "out.nq: exists; add --force")
    assert path.read_bytes() == first
    assert thidua("export", "--format", "trig", "-o", path, "--force", "--store", small_path).returncode == 0
    assert path.read_bytes() != first
    assert_fails(thidua("export", "--format", "trig", "-o", tmp_path, "--store", small_path), 2, "is a folder")
    assert_fails(thidua("export", "--format", "trig", "-o", tmp_path / "none" / "x.trig", "--store", small_path), 2, "none: no such file")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.nq"], "no draft is left"
    assert thidua("export", "--format", "nquads", "--store", small_path).stdout.encode() == first


def test_two_builds_in_two_places_export_the_same(tmp_path: Path) -> None:
    shutil.copytree(CASES / "small", tmp_path / "elsewhere")
    build(Assets(tmp_path / "elsewhere"), tmp_path / "one")
    build(Assets(CASES / "small"), tmp_path / "two")
    outputs = [thidua("export", "--format", "trig", "--store", tmp_path / name).stdout for name in ("one", "two")]
    assert outputs[0] == outputs[1] != ""


def test_links_modes_and_devices(small_path: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.nq", tmp_path / "link.nq"
    link.symlink_to(target)
    assert_fails(thidua("export", "--format", "nquads", "-o", link, "--store", small_path), 2, "link.nq: exists")
    assert thidua("export", "--format", "nquads", "-o", link, "--force", "--store", small_path).returncode == 0
    assert link.is_symlink() and target.stat().st_size > 1000, "the link is followed, not replaced"
    target.chmod(0o600)
    assert thidua("export", "--format", "nquads", "-o", target, "--force", "--store", small_path).returncode == 0
    assert target.stat().st_mode & 0o777 == 0o600
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (tmp_path / "read").open("wb") as read:
        reader = subprocess.Popen(["cat", str(pipe)], stdout=read)
    assert thidua("export", "--format", "nquads", "-o", pipe, "--force", "--store", small_path).returncode == 0
    assert reader.wait() == 0
    assert (tmp_path / "read").read_bytes() == target.read_bytes()
    assert stat.S_ISFIFO(pipe.stat().st_mode), "what is no plain file stays what it is"
    assert thidua("export", "--format", "nquads", "-o", "-", "--store", small_path).stdout.encode() == target.read_bytes()


@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_a_graph_without_a_name_is_not_lost(form: str, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.add(Quad(NamedNode("a:b"), NamedNode("a:c"), NamedNode("a:d"), BlankNode("g")))
    store.add(Quad(NamedNode("a:b"), NamedNode("a:c"), Literal("x")))
    (found,) = [q for q in parse(input=export(store, form), format=PARSERS[form]) if not isinstance(q.graph_name, DefaultGraph)]
    assert isinstance(found.graph_name, BlankNode) and found.object == NamedNode("a:d")


ODD = """
<td:foo> <https://w3id.org/thidua/ontology#label> "x" .
"""


def test_what_a_form_cannot_hold_is_refused() -> None:
    def store_of(turtle: str) -> list[Quad]:
        return list(parse(input=turtle.encode(), format=RdfFormat.TURTLE))

    with pytest.raises(InputError, match="<td:foo> cannot be written as jsonld; use trig, nquads"):
        serialise(store_of(ODD), "jsonld")
    with pytest.raises(InputError, match="a control character of <a:b> cannot be written as rdfxml; use turtle"):
        serialise(store_of('<a:b> <a:c> "\\u0001" .'), "rdfxml")
    odd_names = "<a:b> <https://w3id.org/thidua/ontology#id> <a:c> ; <https://w3id.org/thidua/ontology#a:b> <a:d> ; a 'text' ."
    quads = store_of(odd_names)
    assert set(parse(input=serialise(quads, "jsonld"), format=RdfFormat.JSON_LD)) == set(quads)
