"""What is validated against what: the built store or given files, our shapes or others'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from thidua.assets import Assets
from thidua.build import derive, input_files, merged
from thidua.errors import InputError, NothingChecked, said
from thidua.findings import Report
from thidua.reading import RDF_FORMATS, each_quad, read_quads
from thidua.shacl.data import Data
from thidua.shacl.engine import Validator, Way
from thidua.shacl.paths import Term
from thidua.shacl.shapes import Shapes
from thidua.shacl.shapes import read_shapes as shapes_of
from thidua.sparql import refuse_service
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
        check_shapes(paths, None)  # tells where
        raise
    check_shapes(paths, shapes)
    return shapes


def ways(shapes: Shapes, data: Iterable[Quad]) -> list[Way]:
    """How each shape with targets is evaluated, and why not faster."""
    return Validator(shapes, Data(data)).ways()


def check_store(store: Store, shapes: Shapes) -> Report:
    """The built store's merged statements against shapes."""
    return _checked(validate(Data(store.quads_for_pattern(None, None, None, DefaultGraph())), shapes))


def check_alone(paths: list[Path], shapes: Shapes) -> Report:
    """Some files by themselves against shapes, but for superseded graphs: a correction may contradict what it corrects."""
    gone = superseded(quad for path in paths if path.suffix in (".trig", ".nq") for quad in each_quad(path, str(path)))
    data = Data(_without(gone, (quad for path in paths for quad in each_quad(path, str(path)))))
    if not data.size:
        raise NothingChecked("no-data-to-check")
    return _checked(_and_not_read(validate(data, shapes), gone))


def check_with_shipped(paths: list[Path], shapes: Shapes, assets: Assets) -> Report:
    """Some files against shapes, together with ontology, registry, law and sources of `assets`, all derivations included.

    A source whose graph is among the data is left out, since the data state it anew. Findings are of the data's own nodes,
    and those of other nodes that name one of them.
    """
    data = [quad for path in paths for quad in read_quads(path, str(path))]
    subjects = {quad.subject for quad in data if isinstance(quad.subject, NamedNode)}
    report = validate(Data(_with_context(paths, assets)), shapes, subjects)
    return _checked(_and_not_read(report, superseded(data)))


def check_changed(changed: list[Path], before: Iterable[Quad], after: Iterable[Quad], shapes: Shapes) -> Report:
    """What a change can touch: findings at the nodes it can matter to, the same as a full run gives there.

    Args:
        changed: the files, for messages.
        before, after: all statements that count, derived ones included.

    Raises:
        NothingChecked: nothing changed, or nothing that any shape looks at.
    """
    old, new = ({Quad(quad.subject, quad.predicate, quad.object) for quad in quads} for quads in (before, after))
    validator = Validator(shapes, Data(old))
    outcome = validator.changed(sorted(new - old, key=str), sorted(old - new, key=str))
    nodes: set[Term] = set()
    for (plan, _), some in zip(outcome.pieces, outcome.nodes, strict=True):
        nodes |= validator.focus_nodes(plan.root) if some is None else {node for node in some if validator.is_focus(plan.root, node)}
    if not nodes:
        raise NothingChecked("nothing-changed", path=", ".join(map(str, changed)))
    return report_of(validator, (result for results in outcome.results for result in results), len(nodes))


def check_changed_since_build(changed: list[Path], store: Store, shapes: Shapes, assets: Assets) -> Report:
    """The same for files that replace graphs of the built store, or come to it; what else was changed since is in it too."""
    now = _with_context(changed, assets)
    return check_changed(changed, store.quads_for_pattern(None, None, None, DefaultGraph()), now, shapes)


def check_changed_alone(changed: list[Path], paths: list[Path], shapes: Shapes) -> Report:
    """The same for files beside others: every statement of theirs counts as changed."""
    new = [quad for path in changed for quad in each_quad(path, str(path))]
    names = {path.resolve() for path in changed}
    rest = [quad for path in paths if path.resolve() not in names for quad in each_quad(path, str(path))]
    replaced = {quad.graph_name for quad in new} - {DefaultGraph()}
    rest = [quad for quad in rest if quad.graph_name not in replaced]
    return check_changed(changed, current(rest), current([*rest, *new]), shapes)


def _with_context(paths: list[Path], assets: Assets) -> list[Quad]:
    """The statements of some files with those of `assets`, but for files whose graphs they state anew, and all that is derived."""
    data = [quad for path in paths for quad in read_quads(path, str(path))]
    if not data:
        raise NothingChecked("no-data-to-check")
    stated_anew = {quad.graph_name for quad in data if not isinstance(quad.graph_name, DefaultGraph)}
    names = {path.resolve() for path in paths}
    files = input_files(assets)
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
