"""How fast press texts become sheets and graphs, and how much memory that takes; see tests.benchmark.

The texts are made of the sentences in tests/cases/extract/open, so nothing but the repository is needed.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.conftest import CASES

PROGRAM = Path(sys.executable).with_name("thidua")
RUNS = 5
SIZES = (2_000, 5_000)  # bytes of an article
ARTICLES = 60
TEXTS = 1_000  # for whole commands
INGESTED = 10  # articles for ingestion, where a text with a violation is validated once more by itself
MARKS = (10_000, 50_000, 100_000)  # texts after which the memory is looked at
BESIDE = """\
underthesea does less and more: it parts every word and tells its kind, and it names persons, places and bodies; who conferred what
on whom it does not tell. Its figure says what a tagger of names alone would take, not which tool is better. Its neural models
(`ner(…, deep=True)`) need transformers and a download of weights; they were not run."""
CLAUSE = "Chủ tịch UBND tỉnh Quảng Nam tặng Bằng khen cho 5 tập thể và 7 cá nhân, "
LOAD = """
import time
start = time.perf_counter()
from thidua.assets import Assets
from thidua.extraction.extract import extractor_of
from thidua.extraction.lexicon import Lexicon
extractor_of(Lexicon.load(Assets()))
print(time.perf_counter() - start)
"""


def sentences() -> list[str]:
    """The texts of the open cases, in order."""
    paths = sorted((CASES / "extract" / "open").glob("*.toml"))
    return [case["text"] for path in paths for case in tomllib.loads(path.read_text("utf-8"))["case"]]


def articles(number: int, least: int, most: int) -> Iterator[str]:
    """So many texts of `least` to `most` bytes, a paragraph a case, with other counts; no two are the same."""
    chance = random.Random(number)
    pool = sentences()
    seen: set[int] = set()  # hashes, as there may be very many
    while len(seen) < number:
        size = chance.randint(least, most)
        paragraphs: list[str] = []
        while sum(len(one.encode()) for one in paragraphs) < size:
            paragraphs.append(re.sub(r"(?<![\d.,/-])[2-9](?= )", lambda _: str(chance.randint(2, 99)), chance.choice(pool)))
        text = "\n\n".join(paragraphs) + "\n"
        if hash(text) not in seen:
            seen.add(hash(text))
            yield text


def write(folder: Path, number: int, least: int, most: int) -> Path:
    """A folder of so many texts."""
    folder.mkdir(parents=True)
    for index, text in enumerate(articles(number, least, most)):
        (folder / f"{index:06}.txt").write_text(text, "utf-8")
    return folder


def in_process(texts: list[str], read: Callable[[str], object]) -> tuple[float, str]:
    """(seconds for all texts, cells of a row): texts and kilobytes a second of processor time in this process, start-up left out."""
    for text in texts:
        read(text)
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            read(text)
        taken.append(time.process_time() - start)
    middle = statistics.median(taken)
    size = sum(len(text.encode()) for text in texts) / 1000
    return middle, f"{len(texts) / middle:.1f} | {len(texts) / max(taken):.1f} | {size / middle:.0f}"


def endless() -> Iterator[str]:
    """Rows on a sentence of 20,000 and of 40,000 words."""
    from thidua.assets import Assets
    from thidua.extraction.extract import extract
    from thidua.extraction.lexicon import Lexicon
    from thidua.extraction.pages import read_document

    lexicon = Lexicon.load(Assets())
    before = None
    for words in (20_000, 40_000):
        text = CLAUSE * (words // len(CLAUSE.split()))
        taken = []
        for _ in range(3):
            start = time.process_time()
            extract(read_document(text.encode(), "text.txt"), lexicon)
            taken.append(time.process_time() - start)
        middle = statistics.median(taken)
        yield f"| {words:,} | {middle:.2f} | {'' if before is None else f'{middle / before:.1f}'} |"
        before = middle


def reading() -> Iterator[str]:
    """Rows on texts a second, one core; beside a tagger of names where it is installed."""
    from thidua.assets import Assets
    from thidua.extraction.extract import extract
    from thidua.extraction.lexicon import Lexicon
    from thidua.extraction.pages import read_document

    lexicon = Lexicon.load(Assets())
    texts = list(articles(ARTICLES, *SIZES))

    def sheet(text: str) -> object:
        return extract(read_document(text.encode(), "text.txt"), lexicon)

    ours, cells = in_process(texts, sheet)
    yield f"| thidua: the whole sheet | {cells} | 1 |"
    if importlib.util.find_spec("underthesea") is not None:
        underthesea = importlib.import_module("underthesea")

        def names(text: str) -> object:
            return [underthesea.ner(sentence) for sentence in underthesea.sent_tokenize(text)]

        theirs, cells = in_process(texts, names)
        name = f"underthesea {underthesea.__version__}: words, their kinds and names (`ner`, sentence by sentence)"
        yield f"| {name} | {cells} | {theirs / ours:.0f} |"


def loading() -> float:
    """Seconds until the first text can be read, the median of processes of their own."""
    return statistics.median(
        float(subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True).stdout) for _ in range(RUNS)
    )


def gold_of(texts: Path, folder: Path) -> Path:
    """A folder of gold sheets for a folder of texts: what is extracted from them, so that every score is 1."""
    folder.mkdir()
    lines = subprocess.run([str(PROGRAM), "extract", str(texts)], check=True, capture_output=True).stdout.splitlines()
    for line in lines:
        sheet = json.loads(line)
        name = sheet["source"]["file"]
        (folder / name).with_suffix(".json").write_text(json.dumps({**sheet, "text_file": f"{texts.name}/{name}"}), "utf-8")
    return folder


def row(name: str, texts: int, *args: str) -> str:
    """A row on one run of the program; what is set aside in ingesting is told (exit code 1 then)."""
    start = time.perf_counter()
    done = subprocess.run([str(PROGRAM), *args], check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    taken = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"thidua {args[0]}: exit code {done.returncode}")
    aside = json.loads(done.stdout)["setAside"] if args[0] == "ingest" else 0
    return f"| {name} | {texts:,} | {taken:.1f} | {texts / taken:.1f} |{f' {aside} set aside' if aside else ''} |"


def commands(folder: Path) -> Iterator[str]:
    """Rows on whole commands: on articles, and on texts of one case each."""
    articles, some, short = (
        write(folder / name, number, *sizes)
        for name, number, sizes in (("articles", TEXTS, SIZES), ("some", INGESTED, SIZES), ("short", TEXTS, (1, 1)))
    )
    gold = gold_of(articles, folder / "gold")
    yield row("`thidua extract FOLDER`, articles", TEXTS, "extract", str(articles))
    yield row("`thidua extract FOLDER --jobs 2`, articles", TEXTS, "extract", str(articles), "--jobs", "2")
    yield row("`thidua evaluate GOLD`, articles: extracts and compares", TEXTS, "evaluate", str(gold))
    yield row("`thidua evaluate GOLD --sheets DIR`, articles: compares", TEXTS, "evaluate", str(gold), "--sheets", str(gold))
    for name, number, texts, jobs in (
        ("short texts", TEXTS, short, "1"),
        ("short texts", TEXTS, short, "2"),
        ("articles", INGESTED, some, "1"),
        ("articles", INGESTED, some, "2"),
    ):
        into = folder / f"{texts.name}-{jobs}"
        args = ("ingest", str(texts), "--into", str(into), "--jobs", jobs, "--format", "json")
        yield row(f"`thidua ingest FOLDER --jobs {jobs}`, {name}", number, *args)
        if texts is short and jobs == "1":
            yield row("the same once more, all there already", number, *args)


def memory(folder: Path) -> Iterator[str]:
    """Rows on the peak memory of one `thidua extract FOLDER` after so many texts of 2 kB; Linux only."""
    texts = write(folder / "many", MARKS[-1] + 100, 2_000, 2_000)  # some more, so that it still runs when the last mark is reached
    start = time.perf_counter()
    with subprocess.Popen([str(PROGRAM), "extract", str(texts)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        for number, _ in enumerate(process.stdout, start=1):
            if number in MARKS:
                status = Path(f"/proc/{process.pid}/status").read_text()
                peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
                yield f"| {number:,} | {time.perf_counter() - start:.0f} | {peak / 1024:.0f} |"
    if process.returncode:
        raise SystemExit(f"thidua extract: exit code {process.returncode}")


def show(machine: str) -> None:
    """Prints the part of the page that is on texts, row by row."""
    least, most = (size // 1000 for size in SIZES)
    print("\n## Texts\n")
    print(f"Measured by itself: {machine}. Made-up articles of {least} to {most} kB: the sentences of")
    print("tests/cases/extract/open, dense in awards, joined to paragraphs, and short texts of one of these each.\n")
    print(f"{ARTICLES} articles in one process, seconds of processor time, start-up left out, {RUNS} runs; wanted: 100 texts a second.")
    print(f"Words and rules are ready after {loading():.2f} s.\n")
    table("what is made of a text | texts/s, median | slowest | kB/s | times as long", reading())
    if importlib.util.find_spec("underthesea") is not None:
        print("\n" + BESIDE)
    print("\nOne sentence without an end, seconds of processor time for the whole sheet:\n")
    table("words | seconds | times the row before", endless())
    with tempfile.TemporaryDirectory() as folder:
        print("\nWhole commands, wall-clock, start-up included, one run each:\n")
        table("command | texts | seconds | texts/s | ", commands(Path(folder)))
        print("\nPeak memory of one `thidua extract FOLDER` on texts of 2 kB, as it goes:\n")
        table("texts | seconds | peak MiB", memory(Path(folder)))


def table(heads: str, rows: Iterable[str]) -> None:
    """Prints a table, each row once it is measured."""
    print(f"| {heads} |\n|{'---|' * (heads.count('|') + 1)}")
    for one in rows:
        print(one, flush=True)
