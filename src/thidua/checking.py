"""What is validated against what: the built store or given files, our shapes or others'."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from thidua.assets import Assets
from thidua.build import derive, fingerprint, input_files, merged
from thidua.errors import InputError, NothingChecked, said
from thidua.findings import Report
from thidua.reading import RDF_FORMATS, WITH_GRAPHS, each_quad, read_quads
from thidua.shacl.data import Data, in_store
from thidua.shacl.engine import Validator, Way
from thidua.shacl.literals import storable
from thidua.shacl.loading import begin
from thidua.shacl.paths import Term
from thidua.shacl.shapes import Shapes
from thidua.shacl.shapes import read_shapes as shapes_of
from thidua.sparql import refuse_service
from thidua.store import open_store, read_manifest
from thidua.terms import PREFIXES, shorten
from thidua.validation import report_of, validate
from thidua.versions import current, superseded
from thidua.wellformed import check_shapes

SH = PREFIXES["sh"]


def read_shapes(paths: list[Path], trusted: bool = True) -> Shapes:
    """The shapes of some files.

    Args:
        trusted: they are known to be well-formed; others are checked for that first.

    Raises:
        NothingChecked: the files hold no statement at all.
        InputError: an ill-formed shape, with its file and line.
    """
    quads: list[Quad] = []
    for path in paths:
        if not path.exists():
            raise InputError("missing-file", path=path)
        if path.is_file() and not path.stat().st_size:
            continue
        quads += read_quads(path, str(path))
    if not quads:
        raise NothingChecked("no-shapes", path=", ".join(map(str, paths)))
    for quad in quads:
        if quad.predicate.value in (SH + "select", SH + "ask", SH + "construct") and isinstance(quad.object, Literal):
            refuse_service(quad.object.value, ", ".join(map(str, paths)))
    if trusted:
        return shapes_of(quads)
    try:
        shapes = shapes_of(quads)
    except InputError:
        check_shapes(paths, quads, None)  # tells where
        raise
    check_shapes(paths, quads, shapes)
    return shapes


class Checked(NamedTuple):
    """A report, and what was checked: the statements as one graph, and the files they stand in, by the names they were read under."""

    report: Report
    store: Store
    files: dict[str, Path]


def ways(shapes: Shapes, data: Iterable[Quad]) -> list[Way]:
    """How each shape with targets is evaluated, and why not faster."""
    return Validator(shapes, Data(data)).ways()


def check_store(path: Path, shapes: Shapes, assets: Assets) -> Checked:
    """The built store's merged statements against shapes."""
    data = Data(open_store(path).quads_for_pattern(None, None, None, DefaultGraph()))
    files, manifest = input_files(assets), read_manifest(path)
    of_these = manifest is not None and manifest.inputs == fingerprint(files)
    if of_these:
        _as_written(data, files)
    report = _checked(validate(data, shapes))
    if not of_these:
        return Checked(replace(report, remarks=(*report.remarks, said("lines-of-other-files"))), data.store, {})
    return Checked(report, data.store, _rdf(files))


def _as_written(data: Data, files: Iterable[tuple[str, Path]]) -> None:
    """Puts literals that the store holds by their values ("7") back to how the files write them ("007")."""
    read = current(quad for name, path in files if path.suffix in RDF_FORMATS for quad in each_quad(path, name))
    written = [quad for quad in read if isinstance(quad.object, Literal) and storable(quad.object) is not quad.object]
    by_value = set(map(in_store, written))
    plain = (Quad(quad.subject, quad.predicate, quad.object) for quad in read) if written else ()
    data.put_right(written, by_value.intersection(plain))


def check_alone(paths: list[Path], shapes: Shapes, read: Callable[[], Data] | None = None) -> Checked:
    """Some files by themselves against shapes, but for superseded graphs: a correction may contradict what it corrects.

    Args:
        read: where reading them was begun before (thidua.shacl.loading).
    """
    with_graphs = [path for path in paths if path.suffix in WITH_GRAPHS]
    gone = superseded(quad for path in with_graphs for quad in each_quad(path, str(path)))
    if with_graphs:
        data = Data(_without(gone, chain.from_iterable(each_quad(path, str(path)) for path in paths)))
    else:
        data = (read or begin(paths))()
    if not data.size:
        raise NothingChecked("no-data-to-check")
    return Checked(_checked(_and_not_read(validate(data, shapes), gone)), data.store, _named(paths))


def check_with_shipped(paths: list[Path], shapes: Shapes, assets: Assets) -> Checked:
    """Some files against shapes, together with ontology, registry, law and sources of `assets`, all derivations included.

    A source whose graph is among the data is left out, since the data state it anew. Findings are of the data's own nodes,
    and those of other nodes that name one of them.
    """
    stated = [quad for path in paths for quad in read_quads(path, str(path))]
    subjects = {quad.subject for quad in stated if isinstance(quad.subject, NamedNode)}
    data = Data(_with_context(paths, assets))
    report = validate(data, shapes, subjects)
    return Checked(_checked(_and_not_read(report, superseded(stated))), data.store, _named(paths))


def check_changed(changed: list[Path], before: Iterable[Quad], after: Iterable[Quad], shapes: Shapes) -> Checked:
    """What a change can touch: findings at the nodes it can matter to, the same as a full run gives there.

    Args:
        changed: the files, for messages.
        before, after: all statements that count, derived ones included.

    Raises:
        NothingChecked: nothing changed, or nothing that any shape looks at.
    """
    old, new = ({Quad(quad.subject, quad.predicate, quad.object) for quad in quads} for quads in (before, after))
    for quad in new - old:  # what the store only holds by its value is no change
        if isinstance(quad.object, Literal) and storable(quad.object) is not quad.object:
            by_value = in_store(quad)
            if by_value in old:
                old.add(quad)
                if by_value not in new:
                    old.discard(by_value)
    validator = Validator(shapes, Data(old))
    outcome = validator.changed(sorted(new - old, key=str), sorted(old - new, key=str))
    nodes: set[Term] = set()
    for (plan, _), some in zip(outcome.pieces, outcome.nodes, strict=True):
        nodes |= validator.focus_nodes(plan.root) if some is None else {node for node in some if validator.is_focus(plan.root, node)}
    if not nodes:
        raise NothingChecked("nothing-changed", path=", ".join(map(str, changed)))
    report = report_of(validator, (result for results in outcome.results for result in results), len(nodes))
    return Checked(report, validator.data.store, _named(changed))


def check_changed_since_build(changed: list[Path], store: Path, shapes: Shapes, assets: Assets) -> Checked:
    """The same for files that replace graphs of the built store, or come to it; what else was changed since is in it too."""
    before = open_store(store).quads_for_pattern(None, None, None, DefaultGraph())
    checked = check_changed(changed, before, _with_context(changed, assets), shapes)
    return checked._replace(files={**_rdf(input_files(assets)), **checked.files})


def check_changed_alone(changed: list[Path], paths: list[Path], shapes: Shapes) -> Checked:
    """The same for files beside others: every statement of theirs counts as changed."""
    new = [quad for path in changed for quad in each_quad(path, str(path))]
    names = {path.resolve() for path in changed}
    rest = [quad for path in paths if path.resolve() not in names for quad in each_quad(path, str(path))]
    replaced = {quad.graph_name for quad in new} - {DefaultGraph()}
    rest = [quad for quad in rest if quad.graph_name not in replaced]
    checked = check_changed(changed, current(rest), current([*rest, *new]), shapes)
    return checked._replace(files={**_named(paths), **checked.files})


def _named(paths: Iterable[Path]) -> dict[str, Path]:
    return {str(path): path for path in paths}


def _rdf(files: Iterable[tuple[str, Path]]) -> dict[str, Path]:
    return {name: path for name, path in files if path.suffix in RDF_FORMATS}


def _with_context(paths: list[Path], assets: Assets) -> list[Quad]:
    """The statements of some files with those of `assets`, but for files whose graphs they state anew, and all that is derived."""
    files = input_files(assets)
    known = {path.resolve(): name for name, path in files}  # blank nodes are named by it
    data = [quad for path in paths for quad in read_quads(path, known.get(path.resolve(), str(path)))]
    if not data:
        raise NothingChecked("no-data-to-check")
    stated_anew = {quad.graph_name for quad in data if not isinstance(quad.graph_name, DefaultGraph)}
    names = {path.resolve() for path in paths}
    read = [read_quads(path, name) for name, path in files if path.suffix in RDF_FORMATS and path.resolve() not in names]
    context = [quad for quads in read if not any(quad.graph_name in stated_anew for quad in quads) for quad in quads]
    return with_derived([*context, *data], files)


def with_derived(quads: list[Quad], files: Iterable[tuple[str, Path]]) -> list[Quad]:
    """The statements that count, as they are written, and what is derived from them."""
    store = Store()
    store.bulk_extend(merged(quads))
    stated = set(store.quads_for_pattern(None, None, None, DefaultGraph()))
    derive(store, files)
    return [*current(quads), *(set(store.quads_for_pattern(None, None, None, DefaultGraph())) - stated)]


def _without(graphs: set[str], quads: Iterable[Quad]) -> Iterator[Quad]:
    if not graphs:
        return iter(quads)
    return (quad for quad in quads if not (isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in graphs))


def statements(paths: list[Path], assets: Assets | None) -> Iterable[Quad]:
    """What `check_alone`, or with `assets` `check_with_shipped`, would check."""
    return current(quad for path in paths for quad in read_quads(path, str(path))) if assets is None else _with_context(paths, assets)


def _and_not_read(report: Report, graphs: set[str]) -> Report:
    """The report, which tells of graphs that were left out."""
    if not graphs:
        return report
    names = ", ".join(map(shorten, sorted(graphs)[:3])) + (", …" if len(graphs) > 3 else "")
    return replace(report, remarks=(*report.remarks, said("graphs-not-read", number=len(graphs), names=names)))


def _checked(report: Report) -> Report:
    if not report.focus_nodes:
        raise NothingChecked("no-target-hit")
    return report
