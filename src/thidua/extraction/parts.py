"""Totals that are told again in their parts: "48 điển hình …, gồm 16 tập thể và 32 cá nhân"."""

from __future__ import annotations

from thidua.extraction.award_phrases import rank_of
from thidua.extraction.chunks import Chunk
from thidua.extraction.events import Given, Recipient, Sentence
from thidua.extraction.recipients import recipients_of
from thidua.extraction.values import AwardName, Group


def in_parts(here: Sentence, pair: Given) -> list[Given]:
    """A total that is told again in its parts, as its parts; anything else as it is."""
    chunks = here.chunks
    counted = [c for c in pair.used if isinstance(c.value, Group) and c.value.count is not None]
    if len(counted) != 1 or any(r.names for r in pair.recipients):
        return [pair]
    first = chunks.index(counted[0])
    end = next((i for i in range(first, len(chunks)) if "semi" in chunks[i].tags), len(chunks))
    mark = next((i for i in range(first + 1, end) if chunks[i].tags & {"subset", "lpar", "colon"}), None)
    if mark is None:
        return [pair]
    parts: list[Chunk] = []
    for chunk in chunks[mark + 1 : end]:
        if isinstance(chunk.value, Group) and chunk.value.count is not None:
            parts.append(chunk)
        elif chunk.tags & {"give", "praise", "receive", "passive", "rpar", "awarding"}:
            break
    total: Group = counted[0].value
    others = [c for c in pair.used if c is not counted[0]]
    return (
        _by_number_and_rank(here, pair, total, mark, end)
        or _by_rank(here, pair, total, parts, [*others, counted[0]])
        or _by_kind(pair, total, parts, [*others, counted[0]])
        or [pair]
    )


def _ranked(here: Sentence, award: AwardName, rank: Chunk) -> AwardName:
    """An award in a class."""
    return AwardName(award.name, rank_of(rank, here.lexicon), of=award.of, of_at=award.of_at, at=award.at, rank_at=(rank.start, rank.end))


def _by_number_and_rank(here: Sentence, pair: Given, total: Group, mark: int, end: int) -> list[Given]:
    """The parts of "12 Huân chương …: 2 hạng Nhất, 10 hạng Nhì"."""
    chunks = here.chunks
    ranked = [
        (chunks[i], chunks[i + 1])
        for i in range(mark + 1, end - 1)
        if "num" in chunks[i].tags and isinstance(chunks[i].value, int) and "rank" in chunks[i + 1].tags
    ]
    if pair.award is None or len(ranked) < 2 or len(pair.recipients) != 1 or sum(n.value for n, _ in ranked) != total.count:
        return []
    kind = pair.recipients[0].kind
    return [
        Given(_ranked(here, pair.award, rank), [Recipient(kind, n.value, "exact", [], (n.start, rank.end))], [n, rank, *pair.used])
        for n, rank in ranked
    ]


def _by_rank(here: Sentence, pair: Given, total: Group, parts: list[Chunk], used: list[Chunk]) -> list[Given]:
    """The parts of "gồm 2 tập thể hạng Nhất, 3 cá nhân hạng Nhì"."""
    chunks = here.chunks
    told: list[Given] = []
    if pair.award is None or len(parts) < 2 or sum(c.value.count for c in parts) != total.count:
        return []
    for part in parts:
        at = chunks.index(part)
        rank = next((c for c in chunks[at + 1 : at + 4] if "rank" in c.tags), None)
        if rank is None:
            return []
        told.append(Given(_ranked(here, pair.award, rank), recipients_of(part), [part, rank, *used]))
    return told


def _by_kind(pair: Given, total: Group, parts: list[Chunk], used: list[Chunk]) -> list[Given]:
    """The parts of several kinds, of one number for them all."""
    kinds = {kind for c in parts for kind in c.value.kinds}
    several = len(set(total.kinds)) > 1 or total.kinds[0] == "model"
    if len(parts) < 2 or len(kinds) < 2:
        return []
    if not several and (sum(c.value.count for c in parts) != total.count or not kinds - set(total.kinds)):
        return []
    return [Given(pair.award, [r for c in parts for r in recipients_of(c)], [*used, *parts])]
