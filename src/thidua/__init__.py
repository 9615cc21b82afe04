"""thidua: a knowledge graph of Vietnam's emulation-and-commendation system, and the tool around it.

    import thidua
    data = thidua.open("my-store")
    data.ask("award-totals", place="Lai Châu")

docs/python.md tells the rest. Nothing heavy is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import networkx

    from thidua.api import Dataset

__version__ = "0.1.0"
__all__ = ["__version__", "network", "open"]


def open(store: Path | str | None = None, *, root: Path | str | None = None, lang: str = "vi") -> Dataset:
    """The built store at `store` (default: .thidua/store), to ask from Python.

    Args:
        root: where other ontology/, graph/ or queries/ folders are; as --root.
        lang: of labels and pictures, "vi" or "en".

    Raises:
        InputError: there is no store, or it is of another version.
    """
    from thidua.api import open_dataset

    return open_dataset(store, root, lang)


def network(
    kind: str, *, store: Path | str | None = None, lang: str = "vi", projected: str | None = None, **filters: object
) -> networkx.Graph[str]:
    """A network of the built store as a networkx graph: `open(store, lang=lang).network(kind, …)`."""
    return open(store, lang=lang).network(kind, projected=projected, **filters)
