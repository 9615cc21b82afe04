"""Large files loaded by the engine's own loader are the same data as those read statement by statement."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from thidua.errors import InputError, MachineError
from thidua.reading import each_quad
from thidua.shacl import loading, parallel
from thidua.shacl.data import Data
from thidua.shacl.loading import read_data

HEAD = "@prefix ex: <urn:ex/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
BIG = "1" + "0" * 400
PLAIN = {
    "nothing to keep": "ex:a ex:p ex:b, 'x', 'y'@vi, 7, 1.5, true, '2024-01-01'^^xsd:date .",
    "written in another way": "ex:a ex:p '007'^^xsd:integer, '1'^^xsd:boolean, '+1.50'^^xsd:decimal ; ex:q '2024'^^xsd:gYear .",
    "in two ways, the engine's first": "ex:a ex:p 7 . ex:b ex:p ex:c . ex:a ex:p '007'^^xsd:integer, '0007'^^xsd:integer .",
    "in two ways, the engine's last": "ex:a ex:p '007'^^xsd:integer . ex:b ex:p '007'^^xsd:integer . ex:a ex:p 7 .",
    "twice": "ex:a ex:p '07'^^xsd:integer, 8 . ex:a ex:p '07'^^xsd:integer, 8 .",
    "ill-formed": "ex:a ex:p 'seven'^^xsd:integer, '2024-02-30'^^xsd:date ; ex:q '300'^^xsd:byte .",
    "too large for the engine": f"ex:a ex:p '{BIG}'^^xsd:integer ; ex:q 7 .",
    "signs of blank nodes in words": "ex:a ex:p 'a (b) c', 'x' .",
}
NOT_PLAIN = {
    "a label": "_:a ex:p ex:b .",
    "as a subject": "ex:b ex:p ex:c . [] ex:p ex:b .",
    "as an object": "ex:a ex:p [ ex:q 7 ] .",
    "a collection": "ex:a ex:p ( 1 2 ) .",
    "a collection as a subject": "ex:a ex:p ex:b . ( 1 ) ex:p ex:b .",
    "an empty collection": "ex:a ex:p () .",
    "words like them": "ex:a ex:p '[', '_:' .",
}


@pytest.fixture(autouse=True)
def in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is too small, and there are two cores."""
    monkeypatch.setattr(loading, "LARGE", 0)
    monkeypatch.setattr(parallel, "cores", lambda: 2)


def told(data: Data) -> tuple[object, ...]:
    return set(data.store), data.size, data.changed, data.beyond


def by_reading(paths: list[Path]) -> Data:
    return Data(chain.from_iterable(each_quad(path, str(path)) for path in paths))


@pytest.mark.parametrize("case", [*PLAIN, *NOT_PLAIN])
def test_the_same_data(tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(HEAD + {**PLAIN, **NOT_PLAIN}[case], "utf-8")
    wanted = told(by_reading([path]))
    assert wanted[1]
    if case in PLAIN or case == "an empty collection":
        monkeypatch.setattr(loading, "each_quad", None)  # the short way is taken
    assert told(read_data([path])) == wanted


def test_several_files(tmp_path: Path) -> None:
    paths = [tmp_path / "a.ttl", tmp_path / "b.nt"]
    paths[0].write_text(HEAD + "ex:a ex:p '007'^^xsd:integer .", "utf-8")
    paths[1].write_text('<urn:ex/a> <urn:ex/p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .\n', "utf-8")
    data = read_data(paths)
    assert told(data) == told(by_reading(paths))
    assert (data.size, len(data.store)) == (2, 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> .\n", ":2: "),
        (b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> '\xff' .\n", ":2: not UTF-8"),
        (b"<urn:a> <urn:p> <<( <urn:b> <urn:p> <urn:c> )>> .\n", "a triple about a triple"),
        (b"", "the file is empty"),
        (b"<urn:a> <urn:p> ( 1 2 ) .\n<urn:a> <urn:p> .\n", ":2: "),
        (b"<urn:a> <urn:p> ( 1 2 ) .\n<urn:a> <urn:p> '\xff' .\n", ":2: not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_as_ever(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "data.ttl"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_data([path])
    with pytest.raises(InputError) as otherwise:
        by_reading([path])
    assert message in error.value.message("en")
    assert error.value.message("en") == otherwise.value.message("en")


def test_much_to_put_right_is_read_statement_by_statement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MANY", 3)
    for number in (3, 4):
        path = tmp_path / f"{number}.ttl"
        path.write_text(HEAD + " ".join(f"ex:n{n} ex:p '00{n}'^^xsd:integer ." for n in range(number)), "utf-8")
        assert told(read_data([path])) == told(by_reading([path]))
    monkeypatch.setattr(loading, "each_quad", None)
    assert read_data([tmp_path / "3.ttl"]).size == 3
    with pytest.raises(TypeError):
        read_data([tmp_path / "4.ttl"])


def test_what_the_machine_refuses_is_told_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300 + ".ttl")
    with pytest.raises(MachineError) as error:
        read_data([path])
    assert error.value.key == "cannot-read"
    assert str(path) in error.value.message("en")


def test_an_exception_that_cannot_be_handed_over(tmp_path: Path) -> None:
    class Odd(Exception):
        def __init__(self, one: int, two: int) -> None:
            super().__init__("odd")

    def raises() -> int:
        raise Odd(1, 2)

    with pytest.raises(RuntimeError, match="Odd: odd"):
        parallel.beside(raises)()


def test_work_beside() -> None:
    assert parallel.beside(lambda: 7)() == 7

    def refuses() -> int:
        raise InputError("no-target-hit")

    with pytest.raises(InputError):
        parallel.beside(refuses)()
