"""Any SPARQL query on the store: SELECT and ASK as answers, CONSTRUCT and DESCRIBE as graphs."""

from __future__ import annotations

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, Store

from thidua.answers import Answer
from thidua.defaults import ANSWER_FORMATS, GRAPH_FORMATS
from thidua.errors import InputError
from thidua.exports.rdf import serialise
from thidua.formats import WRITERS, boolean_json
from thidua.sparql import readable, refuse_service
from thidua.tables import to_table


def evaluate(store: Store, sparql: str, path: str, form: str | None, lang: str) -> bytes:
    """The query's result in `form`: an answer's forms for SELECT and ASK, RDF forms for CONSTRUCT and DESCRIBE.

    Args:
        path: where the query came from, for messages.
        form: None for a table, or Turtle for a graph.
        lang: the language of messages.

    Raises:
        InputError: not SPARQL 1.1, a call to another service, or a form that does not fit.
    """
    refuse_service(sparql, path)
    try:
        result = store.query(sparql)
    except SyntaxError as error:
        raise InputError("query-syntax", path=path, detail=readable(error)) from error
    if isinstance(result, QuerySolutions):
        _check_form(form, ANSWER_FORMATS)
        answer = Answer([v.value for v in result.variables], [tuple(solution) for solution in result])
        return WRITERS[form](answer) if form and form != "table" else to_table(answer, lang).encode()
    if isinstance(result, QueryBoolean):
        _check_form(form, ("table", "json"))
        return boolean_json(bool(result)) if form == "json" else f"{str(bool(result)).lower()}\n".encode()
    _check_form(form, GRAPH_FORMATS)
    return serialise([Quad(triple.subject, triple.predicate, triple.object) for triple in result], form or "turtle")


def _check_form(form: str | None, fitting: tuple[str, ...]) -> None:
    if form is not None and form not in fitting:
        raise InputError("query-form", format=form, fitting=", ".join(fitting))
