"""Many byte strings looked for at once."""

from __future__ import annotations

from collections.abc import Sequence

_SMALL = 2**16  # bytes; of so few, all transitions are made beforehand: twice as fast, but several hundred bytes for each


class Needles:
    """Finds byte strings in one pass (Aho and Corasick 1975).

    Args:
        needles: what to look for; none is empty.
        apart: whether hits that overlap an earlier one may be left out; faster where all needles begin with few different bytes.
    """

    def __init__(self, needles: Sequence[bytes], *, apart: bool = False) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        few = sum(map(len, needles)) <= _SMALL
        self._overlapping = not apart
        self._search = BytesAhoCorasick(needles, implementation=Implementation.DFA if few else Implementation.ContiguousNFA)

    def find(self, view: bytes | memoryview) -> list[tuple[int, int, int]]:
        """(number of the needle, start, end) of each hit, in order of the ends."""
        return self._search.find_matches_as_indexes(view, overlapping=self._overlapping)
