"""Every form says what it loses, and loses just that: the table of docs/exports.md is what was measured here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.losses import FACTS, PROBES, ROOT, quads_of
from tests.losses.page import PAGE, measure, table, with_table
from thidua.assets import Assets
from thidua.build import build
from thidua.defaults import EXPORT_FORMS
from thidua.exports import FACETS, Loss, form_of

MEASURED: dict[str, dict[str, Loss]] = {}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("losses") / "store"
    build(Assets(ROOT), path)
    return path


def measured(form: str, store: Path, folder: Path) -> dict[str, Loss]:
    if form not in MEASURED:
        MEASURED[form] = measure(form, store, folder)
    return MEASURED[form]


def test_every_facet_has_facts_and_every_form_a_probe() -> None:
    assert list(FACTS) == list(FACETS)
    assert list(PROBES) == list(EXPORT_FORMS)
    assert sum(len(quads_of(facet)) for facet in FACETS) == 44


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_a_form_loses_what_it_says(form: str, store: Path, tmp_path: Path) -> None:
    assert measured(form, store, tmp_path) == {facet: form_of(form).loss(facet) for facet in FACETS}


def test_the_page_has_what_was_measured(store: Path, tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    wanted = table({form: measured(form, store, tmp_path) for form in EXPORT_FORMS})
    assert page == with_table(page, wanted), "run: python -m tests.losses.page"
