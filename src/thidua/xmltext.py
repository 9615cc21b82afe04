"""Text that goes into XML: what XML 1.0 cannot hold is made visible, never dropped."""

from __future__ import annotations

import re

# XML 1.0, 2.2: all but these may stand in a document, escaped or not.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")


def one_line(words: str) -> str:
    """`words` on one line, as a label has to be: breaks as a blank, what XML cannot hold as U+FFFD; all else as it is."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", _BREAKS.sub(" ", words)).strip()
