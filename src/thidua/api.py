"""The data set from Python: what `import thidua` offers, over the same functions as the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, overload

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from thidua.answers import Answer, Term, pick_columns, text_of
from thidua.assets import Assets
from thidua.errors import InputError
from thidua.terms import PREFIXES

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars

    from thidua.questions import Question
    from thidua.selection import Selection

Value = str | int | float | bool | None
_XSD = PREFIXES["xsd"]
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger")}
_FRACTIONS = {_XSD + name for name in ("decimal", "double", "float")}


def value_of(term: Term | None) -> Value:
    """The term as Python has it: numbers and truth values as such, all else (IRIs, texts, dates) as text, unbound as None.

    A decimal becomes a float. A number whose lexical form is none stays text.
    """
    if term is None:
        return None
    if isinstance(term, Literal):
        kind = term.datatype.value
        try:
            if kind in _INTEGERS:
                return int(term.value)
            if kind in _FRACTIONS:
                return float(term.value)
        except ValueError:
            return term.value
        if kind == _XSD + "boolean" and term.value in ("true", "false"):
            return term.value == "true"
    return text_of(term)


@dataclass(frozen=True)
class Rows(Sequence[dict[str, Value]]):
    """An answer: a sequence of rows, each a dict by column. IRIs have columns of their own beside their labels.

    `answer` holds the RDF terms themselves, with datatypes and language tags.
    """

    answer: Answer

    @property
    def columns(self) -> list[str]:
        """The columns' names, in order."""
        return list(self.answer.columns)

    def __len__(self) -> int:
        return len(self.answer.rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> dict[str, Value] | Rows:
        if isinstance(index, slice):
            return Rows(Answer(self.answer.columns, self.answer.rows[index]))
        return {name: value_of(term) for name, term in zip(self.answer.columns, self.answer.rows[index], strict=True)}

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (self[index] for index in range(len(self)))

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        from thidua.tables import to_table

        return to_table(self.answer, terminal=False)

    def pick(self, *columns: str) -> Rows:
        """Only the named columns, in the order given.

        Raises:
            InputError: there is no such column.
        """
        return Rows(pick_columns(self.answer, columns))

    def _by_column(self) -> dict[str, list[Value]]:
        return {name: [value_of(row[place]) for row in self.answer.rows] for place, name in enumerate(self.answer.columns)}

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas DataFrame; a column of whole numbers with gaps is Int64, not float.

        Raises:
            InputError: pandas is not installed (extra `pandas`).
        """
        try:
            import pandas
        except ImportError as error:
            raise InputError("needs-extra", what="to_pandas()", extra="pandas") from error
        columns = self._by_column()
        frame = pandas.DataFrame(columns, columns=self.columns)
        whole = {name: "Int64" for name, values in columns.items() if _all_of(int, values)}
        return frame.astype(whole) if whole else frame

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars DataFrame.

        Raises:
            InputError: polars is not installed (extra `polars`).
        """
        try:
            import polars
        except ImportError as error:
            raise InputError("needs-extra", what="to_polars()", extra="polars") from error
        typed = {}
        for name, values in self._by_column().items():
            kind = next((one for one in (bool, int, float) if _all_of(one, values)), None)
            typed[name] = values if kind is not None else [None if value is None else str(value) for value in values]
        return polars.DataFrame(typed, strict=False)


def _all_of(kind: type, values: list[Value]) -> bool:
    """Whether there is a value and all there are are of the kind: True is no whole number here."""
    found = [value for value in values if value is not None]
    return bool(found) and all(type(value) is kind for value in found)


@dataclass(frozen=True, repr=False)
class Dataset:
    """An open store; made by `thidua.open`. It is read only.

    Attributes:
        lang: of labels, "vi" or "en".
    """

    store: Store
    assets: Assets
    lang: str = "vi"
    _questions: dict[str, Question] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<thidua data set of {len(self.store):,} statements, labels in {self.lang}>"

    @property
    def questions(self) -> dict[str, str]:
        """The named questions: name → what it asks, in the data set's language."""
        return {name: question.asks(self.lang) for name, question in self._loaded().items()}

    def _loaded(self) -> dict[str, Question]:
        from thidua.questions import load_questions

        if not self._questions:
            self._questions.update(load_questions(self.assets))
        return self._questions

    def ask(self, question: str, **parameters: object) -> Rows:
        """The answer to a named question, as `thidua ask` gives it.

        Args:
            question: its name (see `questions`).
            parameters: by name, hyphens as underscores, and from_ for from: IRIs, labels, labels without accents, abbreviations;
                dates as text or datetime.date; flags as True. One that is None or False is as if not given.

        Raises:
            InputError: no such question or parameter, or a value that names nothing, or several things.
        """
        from thidua.cli import unknown
        from thidua.questions import ask
        from thidua.resolve import resolve

        asked = self._loaded().get(question)
        if asked is None:
            raise unknown("unknown-question", question, list(self._loaded()))
        values = {}
        for name, value in _named(parameters).items():
            if name not in asked.parameters:
                raise unknown("unknown-parameter", name, list(asked.parameters), question=question)
            values[name] = resolve(self.store, name, asked.parameters[name], value)
        return Rows(ask(self.store, asked, values, self.lang))

    def query(self, sparql: str) -> Rows | bool:
        """Any SPARQL 1.1 SELECT or ASK query: its rows, or whether it is so. No other service is asked.

        Raises:
            InputError: it is not SPARQL, has SERVICE in it, or is a CONSTRUCT or DESCRIBE (`store` takes these).
        """
        from thidua.sparql import readable, refuse_service

        refuse_service(sparql, "query()")
        try:
            result = self.store.query(sparql)
        except SyntaxError as error:
            raise InputError("query-syntax", path="query()", detail=readable(error)) from error
        if isinstance(result, QueryBoolean):
            return bool(result)
        if not isinstance(result, QuerySolutions):
            raise InputError("query-rows-only")
        return Rows(Answer([variable.value for variable in result.variables], [tuple(solution) for solution in result]))

    def network(self, kind: str, *, projected: str | None = None, **filters: object) -> networkx.Graph[str]:
        """A network as a networkx graph, with typed attributes and IRIs (docs/networks.md).

        Args:
            kind: awards, hierarchy, campaigns, people or reforms.
            projected: for campaigns, "bodies" or "campaigns": join two of these that share one of the others.
            filters: source, campaign, body, from_, until, as_of, as those of the command.

        Raises:
            InputError: no such kind or filter, or a value that names nothing, or several things.
            NothingChecked: nothing is left.
        """
        from thidua.commands.network import check_kind
        from thidua.defaults import NETWORKS
        from thidua.networks.network import PROJECTIONS, network

        check_kind(kind, NETWORKS, "unknown-network")
        if projected is not None and kind != "campaigns":
            raise InputError("only-campaigns-projected")
        if projected is not None:
            check_kind(projected, tuple(PROJECTIONS), "unknown-projection")
        return network(self.part(**filters), kind, self.lang, projected)

    def measures(self, graph: networkx.Graph[str]) -> Rows:
        """Degree, betweenness, PageRank, components and communities of a network's nodes (docs/networks.md)."""
        from thidua.networks.measures import measures

        return Rows(measures(graph))

    def picture(self, kind: str, *, of: str = "awards", form: str = "svg", size: str = "large", **filters: object) -> bytes:
        """A picture as the bytes of an SVG or PNG file.

        Args:
            kind: network, timeline or chart.
            of: which network, for a network.
            form: svg or png.
            size: large (A4 across) or small (160 mm wide).
            filters: as of `network`.

        Raises:
            InputError: an unknown word, or the extra `pictures` is not installed.
            NothingChecked: there is nothing to draw.
        """
        from thidua.commands.network import check_kind
        from thidua.defaults import NETWORKS, PICTURE_FORMS, PICTURE_SIZES, PICTURES
        from thidua.pictures.picture import network_as_picture, picture

        check_kind(kind, PICTURES, "unknown-picture")
        check_kind(of, NETWORKS, "unknown-network")
        check_kind(form, PICTURE_FORMS, "unknown-form")
        check_kind(size, PICTURE_SIZES, "unknown-size")
        part = self.part(**filters)
        if kind != "network":
            return picture(part, kind, form, size, self.lang)
        from thidua.networks.network import network

        return network_as_picture(part, network(part, of, self.lang), form, size, self.lang)

    def part(self, **filters: object) -> Selection:
        """The part of the data set that the filters leave."""
        from thidua.cli import unknown
        from thidua.selection import FILTERS, read_filters, select_part

        given = _named(filters)
        for name in given:
            if name not in FILTERS:
                raise unknown("unknown-filter", name, list(FILTERS))
        return select_part(self.store, read_filters(self.store, given))


def _named(given: dict[str, object]) -> dict[str, str]:
    """Names as on the command line, values as one would type them; None and False are left out."""
    kept = {name: value for name, value in given.items() if value is not None and value is not False}
    return {name.rstrip("_").replace("_", "-"): "true" if value is True else _typed(value) for name, value in kept.items()}


def _typed(value: object) -> str:
    return value.value if isinstance(value, NamedNode | Literal | BlankNode) else str(value)


def open_dataset(store: Path | str | None = None, root: Path | str | None = None, lang: str = "vi") -> Dataset:
    """See thidua.open."""
    from thidua.defaults import STORE
    from thidua.store import open_store

    if lang not in ("vi", "en"):
        raise InputError("unknown-language", value=lang)
    return Dataset(open_store(Path(store) if store is not None else STORE), Assets(Path(root) if root is not None else None), lang)
