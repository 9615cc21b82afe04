"""The description of the data set (dcat) and the research object (rocrate): valid, and every number counted anew by another library."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
import rdflib
import rocrate
from pyshacl import validate
from rdflib import RDF, Graph, Namespace, URIRef
from rocrate.rocrate import ROCrate
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester
from rocrate_validator.utils.uri import URI

from tests.conftest import CASES, thidua
from thidua.assets import Assets
from thidua.defaults import EXPORT_FORMS
from thidua.exports import form_of

DCAT, VOID, DCTERMS = (Namespace(one) for one in ("http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#", "http://purl.org/dc/terms/"))
PARTS: dict[str, tuple[str, ...]] = {"whole": (), "source": ("--source", "001"), "as-of": ("--as-of", "2025-06-30")}


def exported(form: str, store: Path, folder: Path, *filters: str) -> Path:
    path = folder / f"out{form_of(form).suffix}"
    run = thidua("export", "--format", form, "-o", path, "--store", store, *filters)
    assert run.returncode == 0, run.stderr
    return path


@pytest.fixture(scope="module", params=PARTS)
def described(request: pytest.FixtureRequest, shipped_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    """The description, and the data it is about, as rdflib reads them."""
    folder, filters = tmp_path_factory.mktemp(request.param), PARTS[request.param]
    said = Graph().parse(exported("dcat", shipped_path, folder, *filters))
    data = Graph().parse(exported("ntriples", shipped_path, folder, *filters), format="nt")
    return said, data


def test_it_is_valid(described: tuple[Graph, Graph]) -> None:
    conforms, _, words = validate(described[0], shacl_graph=str(CASES / "dcat" / "shapes.ttl"))
    assert conforms, words


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pyshacl's own
def test_the_shapes_find_what_is_missing(described: tuple[Graph, Graph]) -> None:
    """Each statement about the data set or a distribution that must be there is missed."""
    said, _ = described
    (dataset,) = said.subjects(RDF.type, DCAT.Dataset)
    needed = (DCTERMS.license, DCTERMS.temporal, DCTERMS.spatial, DCTERMS.language, DCAT.version, DCAT.distribution, VOID.triples)
    for predicate in needed:
        less = Graph()
        less += said
        less.remove((dataset, predicate, None))
        assert not validate(less, shacl_graph=str(CASES / "dcat" / "shapes.ttl"))[0], predicate


def test_every_number_is_that_of_the_data(described: tuple[Graph, Graph]) -> None:
    said, data = described
    (dataset,) = said.subjects(RDF.type, DCAT.Dataset)

    def number(predicate: URIRef) -> int:
        return int(str(said.value(dataset, predicate)))

    assert number(VOID.triples) == len(data)
    assert number(VOID.distinctSubjects) == len(set(data.subjects()))
    classes = {
        str(said.value(part, VOID["class"])): int(str(said.value(part, VOID.entities)))
        for part in said.objects(dataset, VOID.classPartition)
    }
    assert classes == {str(one): len(set(data.subjects(RDF.type, one))) for one in set(data.objects(None, RDF.type))}
    assert number(VOID.classes) == len(classes) > 20
    properties = {
        str(said.value(part, VOID.property)): int(str(said.value(part, VOID.triples)))
        for part in said.objects(dataset, VOID.propertyPartition)
    }
    assert properties == {str(one): sum(1 for _ in data.subject_objects(one)) for one in set(data.predicates())}
    assert number(VOID.properties) == len(properties) > 50
    languages = {value.language for value in data.objects() if isinstance(value, rdflib.Literal) and value.language}
    assert {str(one).rsplit("/")[-1] for one in said.objects(dataset, DCTERMS.language)} == languages == {"vi", "en"}


def test_what_it_covers(described: tuple[Graph, Graph]) -> None:
    said, data = described
    td = Namespace("https://w3id.org/thidua/ontology#")
    happened = {one for kind in ("Conferral", "Launch", "Gathering", "Reorganisation") for one in data.subjects(RDF.type, td[kind])}
    days = [str(day) for one in happened for end in (td.earliest, td.latest) for day in data.objects(one, end)]
    (period,) = said.subjects(RDF.type, DCTERMS.PeriodOfTime)
    assert str(said.value(period, DCAT.startDate)) == min(days)
    assert str(said.value(period, DCAT.endDate)) == max(days)
    places = {
        str(said.value(one, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))) for one in said.subjects(RDF.type, DCTERMS.Location)
    }
    assert "Tỉnh Lai Châu" in places


def test_distributions_are_the_forms_and_say_what_they_lose(described: tuple[Graph, Graph]) -> None:
    said, _ = described
    found = {
        str(said.value(one, DCTERMS.title)): str(said.value(one, DCTERMS.description)) for one in said.subjects(RDF.type, DCAT.Distribution)
    }
    assert set(found) == {name for name in EXPORT_FORMS if form_of(name).media_type}
    assert "leaves out: what an earlier version" in " ".join(map(str, said.objects(None, DCTERMS.description)))


@pytest.fixture(scope="module")
def crate(shipped_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported("rocrate", shipped_path, tmp_path_factory.mktemp("crate"))


def test_the_crate_is_valid(crate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the RO-Crate validator's own profile, what is required and what is recommended; the context is the one that rocrate ships."""
    context = json.loads((Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_text("utf-8"))
    asked: list[str] = []

    def shipped(_: object, url: str, **__: object) -> SimpleNamespace:
        asked.append(url)
        return SimpleNamespace(status_code=200, headers={"Content-Type": "application/ld+json"}, json=lambda: context)

    monkeypatch.setattr(HttpRequester, "get", shipped, raising=False)
    settings = services.ValidationSettings(
        rocrate_uri=URI(str(crate)),
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.RECOMMENDED,
        skip_availability_check=True,
        offline=True,
    )
    result = services.validate(settings)
    assert [issue.message for issue in result.get_issues()] == []
    assert len(result.executed_checks) > 20
    assert set(asked) == {"https://w3id.org/ro/crate/1.1/context"}


def test_rocrate_opens_it(crate: Path) -> None:
    opened = ROCrate(crate)
    assert opened.root_dataset["license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    names = {entity.id for entity in opened.get_by_type("File")}
    with zipfile.ZipFile(crate) as archive:
        assert names == {one for one in archive.namelist() if one[-1] != "/"} - {"ro-crate-metadata.json"}
        described = {one["@id"]: one for one in json.loads(archive.read("ro-crate-metadata.json"))["@graph"]}
        for name in names:
            content = archive.read(name)
            assert described[name]["contentSize"] == str(len(content))
            assert described[name]["sha256"] == sha256(content).hexdigest()
            assert described[name]["name"]


def test_the_crate_holds_everything(crate: Path, shipped_path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(crate) as archive:
        assert archive.read("data/thidua.trig") == exported("trig", shipped_path, tmp_path).read_bytes()
        assert archive.read("data/dcat.ttl") == exported("dcat", shipped_path, tmp_path).read_bytes()
        for folder, suffixes in (("ontology", (".ttl", ".rq")), ("shapes", (".ttl", ".rq")), ("queries", (".rq",))):
            wanted = {name: path.read_bytes() for name, path in Assets().named_files(folder, *suffixes)}
            assert {name: archive.read(name) for name in archive.namelist() if name.startswith(f"{folder}/") and name[-1] != "/"} == wanted
            assert len(wanted) > 20


def test_the_crate_is_the_same_bytes(crate: Path, shipped_path: Path, tmp_path: Path) -> None:
    assert exported("rocrate", shipped_path, tmp_path).read_bytes() == crate.read_bytes()
    run = thidua("export", "--format", "rocrate", "-o", tmp_path / "small.zip", "--store", shipped_path, "--source", "003")
    assert run.returncode == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "small.zip").read_bytes())) as archive:
        root = next(one for one in json.loads(archive.read("ro-crate-metadata.json"))["@graph"] if one["@id"] == "./")
        assert root["name"].endswith("(source https://w3id.org/thidua/source/003)")
        assert root["identifier"] != "https://w3id.org/thidua/dataset"
