"""The table of docs/exports.md, from what was measured: `python -m tests.losses.page` writes it anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.conftest import ROOT as CHECKOUT
from tests.losses import ROOT, probe_of
from thidua.assets import Assets
from thidua.build import build
from thidua.defaults import EXPORT_FORMS
from thidua.exports import FACETS, Dataset, Loss, form_of
from thidua.files import write_file, write_folder
from thidua.selection import whole
from thidua.store import open_store

PAGE = CHECKOUT / "docs" / "exports.md"
BEGIN, END = "<!-- made by python -m tests.losses.page -->\n", "<!-- until here -->\n"


def measure(form: str, store: Path, folder: Path) -> dict[str, Loss]:
    """What became of each facet in the whole of tests/cases/losses, built at `store`, written in a form and read back."""
    opened, out, one = open_store(store), folder / f"{form}{form_of(form).suffix}", form_of(form)
    data = Dataset(opened, whole(opened), Assets(ROOT))
    if one.to_file is not None:
        to_file = one.to_file
        write_file(out, lambda file: to_file(data, file), force=False)
    if one.to_folder is not None:
        to_folder = one.to_folder
        write_folder(out, lambda inner: to_folder(data, inner), force=False)
    return probe_of(form)(out)


def table(measured: dict[str, dict[str, Loss]]) -> str:
    """The measured losses as the table of the page: a row a form, and what each facet is."""
    lines = ["| form | keeps | flattens | leaves out |", "|---|---|---|---|"]
    for form, facets in measured.items():
        how = dict(form_of(form).flattens)
        flat = [f"{name} ({how.get(name, '?')})" for name, state in facets.items() if state == "flattened"]
        kept, gone = ([name for name, state in facets.items() if state == wanted] for wanted in ("kept", "left out"))
        most = max(kept, gone, key=len)  # the longest list need not be read: it is what the others do not name
        cells = [("all else" if len(one) < len(facets) else "all") if one is most else "; ".join(one) or "–" for one in (kept, flat, gone)]
        lines.append(f"| `{form}` | {' | '.join(cells)} |")
    lines += ["", *(f"- **{name}**: {says}" for name, says in FACETS.items())]
    return "\n".join(lines) + "\n"


def with_table(page: str, content: str) -> str:
    """The page with `content` between its two marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + content + END + rest.split(END)[1]


def main() -> None:
    """Measures every form and writes the page's table."""
    with tempfile.TemporaryDirectory() as folder:
        build(Assets(ROOT), Path(folder) / "store")
        measured = {form: measure(form, Path(folder) / "store", Path(folder)) for form in EXPORT_FORMS}
    PAGE.write_text(with_table(PAGE.read_text("utf-8"), table(measured)), "utf-8")


if __name__ == "__main__":
    main()
