"""Exports: the same bytes however the data came in, and nothing lost on the way out and back."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse
from rdflib import Dataset as RdflibDataset
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.conftest import CASES, thidua
from tests.test_cli import assert_fails
from thidua.assets import Assets
from thidua.build import build, build_in_memory, derive, input_files, load
from thidua.defaults import EXPORT_FORMS
from thidua.errors import InputError
from thidua.exports import Dataset, form_of
from thidua.exports.rdf import serialise
from thidua.selection import whole

PARSERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


@pytest.fixture(scope="module")
def small() -> Store:
    return build_in_memory(Assets(CASES / "small"))


def export(store: Store, form: str) -> bytes:
    """The whole data set in a form that is a file."""
    out, to_file = io.BytesIO(), form_of(form).to_file
    assert to_file is not None
    to_file(Dataset(store, whole(store), Assets()), out)
    return out.getvalue()


def triples(quads: list[Quad]) -> Graph:
    lines = "".join(f"{quad.triple} .\n" for quad in quads if isinstance(quad.graph_name, DefaultGraph))
    return Graph().parse(data=lines, format="nt")


def test_forms_are_all_tested() -> None:
    assert set(PARSERS) == set(EXPORT_FORMS)


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_order_of_reading_does_not_matter(form: str, small: Store) -> None:
    files = input_files(Assets(CASES / "small"))
    backwards = Store()
    load(backwards, [*files[::-1]])
    derive(backwards, files)
    assert export(backwards, form) == export(small, form) == export(build_in_memory(Assets(CASES / "small")), form)


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_round_trip_of_the_shipped_graph(form: str, shipped: Store) -> None:
    read = list(parse(input=export(shipped, form), format=PARSERS[form]))
    whole = form in ("trig", "nquads", "jsonld")
    wanted = [quad for quad in shipped if whole or isinstance(quad.graph_name, DefaultGraph)]
    assert len(read) == len(wanted) > 20_000
    named = {quad for quad in wanted if not isinstance(quad.graph_name, DefaultGraph)}
    assert {quad for quad in read if not isinstance(quad.graph_name, DefaultGraph)} == named
    assert bool(named) == whole
    assert isomorphic(triples(read), triples(wanted))


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_rdflib_reads_the_same(form: str, small: Store) -> None:
    content = export(small, form).decode()
    if form in ("trig", "nquads", "jsonld"):
        dataset = RdflibDataset()
        dataset.parse(data=content, format=RDFLIB[form])
        read: Graph = dataset.default_graph
        names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)} - {str(dataset.default_graph.identifier)}
        assert names == {graph.value for graph in small.named_graphs()}
    else:
        read = Graph().parse(data=content, format=RDFLIB[form])
    assert isomorphic(read, triples(list(small)))


def test_jsonld_is_readable_and_needs_nothing_from_elsewhere(small: Store) -> None:
    import json

    document = json.loads(export(small, "jsonld"))
    assert isinstance(document["@context"], dict)
    assert not [value for value in document["@context"].values() if isinstance(value, str) and value.endswith((".json", ".jsonld"))]
    node = next(node for node in document["@graph"] if node["@id"] == "id:award/a001-1")
    assert "AwardEvent" in node["@type"]
    assert node["awardType"].startswith("aw:")
    terms = {quad.subject.value for quad in small if str(quad.subject).startswith("<https://w3id.org/thidua/ontology#")}
    prefixes = {key for key, value in document["@context"].items() if isinstance(value, str) and not key.startswith("@")}
    assert not prefixes & {term.rsplit("#")[-1] for term in terms}, "no prefix hides a term"


def test_export_of_one_source(shipped: Store, shipped_path: Path, tmp_path: Path) -> None:
    run = thidua("export", "--format", "ntriples", "--source", "003", "--store", shipped_path)
    assert run.returncode == 0
    assert "award-event" not in run.stdout and "ontology#Eligibility" in run.stdout
    whole = {
        str(q.graph_name)
        for q in parse(
            input=thidua("export", "--format", "nquads", "--source", "003", "--store", shipped_path).stdout.encode(),
            format=RdfFormat.N_QUADS,
        )
    }
    assert whole == {"<https://w3id.org/thidua/graph/003>"}
    assert_fails(thidua("export", "--format", "turtle", "--source", "999", "--store", shipped_path), 2, "999")


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
