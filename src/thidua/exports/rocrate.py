"""A research object to hand on: data, ontology, shapes, questions and their description in one zip (RO-Crate 1.1).

The same data give the same bytes: every file has the same moment, mode and place.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from thidua import __version__
from thidua.assets import Assets
from thidua.exports import Dataset, Form, dcat, form_of
from thidua.exports.description import HOME, KEYWORDS, LICENSE, SAYS, TITLE, Counts, count, iri_of, label_of, narrowed_by

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
_DATA_FORM = "trig"
_FOLDERS = {
    "ontology": ("Ontology", "Terms with label, definition and example in Vietnamese and English, and the queries that derive statements."),
    "shapes": ("Shapes", "What must hold of the data, in SHACL, with messages in Vietnamese and English."),
    "queries": ("Questions", "Named questions in SPARQL 1.1; each runs as it is over data/thidua.trig."),
}
_MEDIA = {".ttl": "text/turtle", ".trig": "application/trig", ".rq": "application/sparql-query", ".nq": "application/n-quads"}
_OTHER_MEDIA = "application/octet-stream"


class _Measured:
    """A file that counts and hashes what is written into it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.size = 0
        self.hash = sha256()

    def write(self, content: bytes) -> int:
        self.size += len(content)
        self.hash.update(content)
        return self._out.write(content)

    def flush(self) -> None:
        """Nothing: the zip is flushed as a whole."""


def _info(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.create_system = 3  # Unix, whatever the machine is
    info.external_attr = mode << 16
    return info


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[_Measured]:
    info = _info(name, 0o100644)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as out:
        yield _Measured(cast(BinaryIO, out))


def _files(assets: Assets, folder: str) -> list[tuple[str, Path]]:
    """The files of one of the folders, by their name in the crate."""
    return assets.named_files(folder, *_MEDIA)


def write(data: Dataset, out: BinaryIO) -> None:
    """The crate as a zip."""
    files: list[dict[str, Any]] = []
    counts = count(data)
    to_file = form_of(_DATA_FORM).to_file
    assert to_file is not None
    with zipfile.ZipFile(out, "w") as archive:

        def add(name: str, says: str, fill: Any) -> None:
            with _member(archive, name) as member:
                fill(member)
            files.append(_file(name, says, member))

        add(f"data/thidua.{_DATA_FORM}", "All statements; the sources' own in named graphs", lambda member: to_file(data, member))
        add("data/dcat.ttl", "What the data set is, in DCAT 3 and VoID", lambda member: dcat.write_counted(data, counts, member))
        for folder in _FOLDERS:
            archive.writestr(_info(f"{folder}/", 0o40755), b"")
            for name, path in _files(data.assets, folder):
                content = path.read_bytes()
                add(name, _first_line(content) or name, lambda member, content=content: member.write(content))
        with _member(archive, "ro-crate-metadata.json") as member:
            member.write((json.dumps(_metadata(data, counts, files), ensure_ascii=False, indent=1) + "\n").encode())


def _first_line(content: bytes) -> str:
    """What a file's first line says of it: a comment, or a question's summary."""
    line = content.decode("utf-8").partition("\n")[0]
    return line.removeprefix("#+ summary:").lstrip("# ").strip() if line.startswith("#") else ""


def _file(name: str, says: str, member: _Measured) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "name": says,
        "encodingFormat": _MEDIA.get(Path(name).suffix, _OTHER_MEDIA),
        "contentSize": str(member.size),
        "sha256": member.hash.hexdigest(),
    }


def _metadata(data: Dataset, counts: Counts, files: list[dict[str, Any]]) -> dict[str, Any]:
    """The crate's description (RO-Crate 1.1, 4): the descriptor, the root, its files and folders, and what these name."""
    filters = narrowed_by(data.selection)
    folders = [
        {"@id": f"{name}/", "@type": "Dataset", "name": title, "description": says, "hasPart": _parts(files, f"{name}/")}
        for name, (title, says) in _FOLDERS.items()
    ]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": iri_of(data.selection),
        "name": f"{TITLE['en']} — {TITLE['vi']}" + (f" ({filters})" if filters else ""),
        "description": f"{SAYS['en']} {SAYS['vi']}",
        "datePublished": counts.recorded or "1970-01-01",
        "version": __version__,
        "license": {"@id": LICENSE},
        "author": {"@id": f"{HOME}contributors"},
        "publisher": {"@id": f"{HOME}contributors"},
        "url": {"@id": HOME},
        "inLanguage": sorted({tag.partition("-")[0] for tag in counts.languages}),
        "keywords": ", ".join((*KEYWORDS["en"], *KEYWORDS["vi"])),
        "hasPart": _parts(files, "data/") + [{"@id": one["@id"]} for one in folders],
    }
    if counts.first and counts.last:
        root["temporalCoverage"] = f"{counts.first}/{counts.last}"
    if counts.places:
        root["spatialCoverage"] = [{"@id": place.value} for place in counts.places]
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
                "about": {"@id": "./"},
            },
            root,
            *folders,
            *files,
            {"@id": LICENSE, "@type": "CreativeWork", "name": "CC BY 4.0", "description": "Creative Commons Attribution 4.0 International"},
            {"@id": f"{HOME}contributors", "@type": "Organization", "name": "thidua contributors", "url": HOME},
            {"@id": HOME, "@type": "WebPage", "name": "thidua"},
            *({"@id": place.value, "@type": "Place", "name": label_of(data.store, place)} for place in counts.places),
        ],
    }


def _parts(files: list[dict[str, Any]], folder: str) -> list[dict[str, str]]:
    return [{"@id": one["@id"]} for one in files if one["@id"].startswith(folder)]


FORMS = {
    "rocrate": Form(
        "rocrate", ".zip", to_file=write, binary=True, flattens=form_of(_DATA_FORM).flattens, leaves_out=(), media_type="application/zip"
    )
}
