"""The HTML report in a browser that has no network: it opens, counts, searches and asks nobody for anything."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from html import unescape
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from tests.reports import hostile, many
from thidua.findings import Finding, Report
from thidua.reports.page import to_html

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "report.html"


def opened(page: Path, fragment: str = "", *more: str) -> str:
    """The page's elements as they are once its script has run; every request but the page's own goes to a dead port."""
    assert CHROMIUM is not None
    run = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            f"--user-data-dir={page.parent / 'profile'}", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>", *more,
            "--dump-dom", page.as_uri() + fragment,
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return run.stdout


def attribute(page: str, name: str) -> int:
    found = re.search(rf'{name}="(\d+)"', page)
    assert found, name
    return int(found[1])


def test_the_counts_are_the_report_s(page: Path) -> None:
    report = many(300, 7)
    page.write_bytes(to_html(report, "vi"))
    seen = opened(page)
    assert attribute(seen, "data-findings") == attribute(seen, "data-shown") == attribute(seen, "data-found") == 300
    for severity in ("violation", "warning", "info"):
        count = sum(one.severity == severity for one in report.findings)
        assert attribute(seen, f"data-{severity}") == count
    by_rule = [int(count) for count in re.findall(r"<td>(\d+)</td></tr>", seen)]
    assert len(by_rule) == 7
    assert sum(by_rule) == 300
    assert "300 trong 300 phát hiện" in unescape(seen)


def words_of(one: Finding) -> str:
    """What can be read of a finding, without accents."""
    parts = [one.message["vi"], one.hint["vi"], one.focus, one.label, one.path, one.value, one.shape]
    parts += [f"{place.file}:{place.line} {place.words}" for place in one.locations]
    plain = unicodedata.normalize("NFD", " ".join(parts).lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


SEARCHES: tuple[tuple[str, Callable[[Finding], bool], int], ...] = (
    ("q=thuong+42+sai", lambda one: "42" in words_of(one), 2),  # award 42, and award 41 on line 42
    ("q=" + quote("Giải THƯỞNG 42 sai"), lambda one: "42" in words_of(one), 2),
    ("q=" + quote("award/007-1"), lambda one: "award/007-1" in words_of(one), 1),
    ("severity=warning", lambda one: one.severity == "warning", 29),
    ("source=003", lambda one: one.sources[0].endswith("/003"), 20),
    ("shape=" + quote("https://w3id.org/thidua/shape/Shape-2", safe=""), lambda one: one.shape.endswith("-2"), 14),
    ("severity=info&source=001&q=sai", lambda one: one.severity == "info" and one.sources[0].endswith("/001"), 6),
    ("q=nowhere+to+be+found", lambda one: "nowhere" in words_of(one), 0),
)


@pytest.mark.parametrize(("fragment", "wanted", "count"), SEARCHES)
def test_search_and_filters(fragment: str, wanted: Callable[[Finding], bool], count: int, page: Path) -> None:
    report = many(100, 7)
    page.write_bytes(to_html(report, "vi"))
    seen = opened(page, f"#{fragment}")
    assert attribute(seen, "data-found") == sum(map(wanted, report.findings)) == count
    hidden = len(re.findall(r"<li data-f=[^>]* hidden", seen))
    assert len(re.findall(r"<li data-f=", seen)) == 100
    assert hidden == 100 - count or not fragment.startswith("q=")


def test_nothing_is_asked_of_anybody(page: Path) -> None:
    """A server that the page could reach if its policy let it: it hears of nothing, and it does hear what is asked of it."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        own = f"http://127.0.0.1:{server.server_port}"
        proxy = ("--no-proxy-server", "--host-resolver-rules=MAP * 127.0.0.1")
        plain = page.with_name("plain.html")
        plain.write_text(f'<img src="{own}/control.png">', "utf-8")
        opened(plain, "", *proxy)
        assert heard == ["/control.png"], "the listener can be reached"
        content = to_html(hostile(), "en").decode()
        assert not re.search(r"""(src|href)="(?!#)|url\(|@import|fetch\(|XMLHttp|sendBeacon|<(img|link|iframe|object|embed)""", content)
        page.write_text(content.replace("</main>", f'<img src="{own}/x.png"><script src="{own}/x.js"></script></main>'), "utf-8")
        seen = opened(page, "", *proxy)
        assert attribute(seen, "data-found") == len(hostile().findings), "and the page's own script runs"
        assert heard == ["/control.png"]
    finally:
        server.shutdown()
        server.server_close()


def test_without_scripts_all_is_there(page: Path) -> None:
    content = to_html(many(30, 7), "en").decode()
    page.write_text(content[: content.index("<script>")] + "</body></html>", "utf-8")
    seen = opened(page)
    assert "data-found" not in seen
    assert re.search(r'<form id="filters" hidden', seen)
    assert seen.count("<li data-f=") == 30
    assert len(re.findall(r'<details class="shape"[^>]* open', seen)) == 7


def test_a_hundred_thousand_findings_open(page: Path) -> None:
    report = many(100_000, 37)
    page.write_bytes(to_html(report, "en"))
    assert page.stat().st_size < 8 * 2**20
    seen = opened(page, "#q=award/000-1")
    assert attribute(seen, "data-findings") == 100_000
    assert attribute(seen, "data-shown") == seen.count("<li data-f=") == 5000
    assert "This page shows 5000 of 100000 findings" in unescape(seen)
    assert attribute(seen, "data-found") == 1


def test_a_report_without_findings(page: Path) -> None:
    page.write_bytes(to_html(Report((), 12), "en"))
    seen = opened(page)
    assert "12 nodes checked: 0 violations, 0 warnings, 0 infos" in seen
    assert "<form" not in seen
