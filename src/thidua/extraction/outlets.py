"""Which outlet a text comes from, by its sign or address, and which province's outlet it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from thidua.extraction.document import Document
from thidua.extraction.grammar import grammar
from thidua.text import fold

_KIND = re.compile(r"(?:tinh|thanh pho) ")


def host_of(url: str | None) -> str | None:
    """The host of a web address, small letters, without "www."; None where there is none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").rstrip(".") if host and "." in host else None


def outlet_name(sign: str | None, url: str | None) -> str | None:
    """The name of the outlet with this sign, else with this address; None where the table knows neither."""
    entry = next(iter(_by_sign(sign) or _by_host(host_of(url))), None)
    return str(entry["name"]) if entry else None


def outlet_place(document: Document, provinces: Iterable[str]) -> str | None:
    """The province whose outlet published the text; None for outlets of the whole country, and where it cannot be told.

    A text that names its original ("Nguồn: http://…") speaks from the place of that; else its address counts, else the
    outlet's name.

    Args:
        provinces: names of provinces and cities, with or without "Tỉnh", "Thành phố"; one of them is returned as it is given.
            Where two differ in that only, the first counts: give those of the day of publication.
    """
    by_key: dict[str, str] = {}
    for name in provinces:
        by_key.setdefault(_key(name), name)
    known = document.republished_from or host_of(document.url)
    if known is not None:
        return _place_of_host(known, document.published, by_key)
    return _place_of_name(document.publisher, document.published, by_key)


@lru_cache(maxsize=256)
def _key(province: str) -> str:
    """A province's name as addresses write it: "Tỉnh Bà Rịa - Vũng Tàu" → "bariavungtau"."""
    return _KIND.sub("", fold(province), count=1).replace(" ", "")


def _place_of_host(host: str, published: str | None, provinces: dict[str, str]) -> str | None:
    entries = _by_host(host)
    if entries:
        return _place_of_entries(entries, published, provinces)
    addresses = grammar("outlets")["addresses"]
    shared = max((one for one in addresses["shared"] if host.endswith(f".{one}")), key=len, default=None)
    if shared is None:
        return None
    labels = [label.replace("-", "") for label in host.removesuffix(f".{shared}").split(".")]
    named = _named(labels[-1], provinces)
    if named is None and shared in addresses["offices"]:
        return next((provinces[label] for label in reversed(labels) if label in provinces), None)
    return named


def _named(label: str, provinces: dict[str, str]) -> str | None:
    """The province that one word of an address is made of, with or without what usually stands around it."""
    addresses = grammar("outlets")["addresses"]
    for before in ("", *addresses["before"]):
        for after in ("", *addresses["after"]):
            if len(label) > len(before) + len(after) and label.startswith(before) and label.endswith(after):
                middle = label[len(before) : len(label) - len(after)]
                middle = _key(addresses["aliases"].get(middle, middle))
                if middle in provinces:
                    return provinces[middle]
    return None


def _place_of_name(name: str | None, published: str | None, provinces: dict[str, str]) -> str | None:
    if name is None:
        return None
    wanted = fold(name)
    entries = [entry for entry in grammar("outlets")["outlets"] if fold(entry["name"]) == wanted]
    if entries:
        return _place_of_entries(entries, published, provinces)
    for begins in grammar("outlets")["addresses"]["names"]:
        rest = wanted.removeprefix(f"{fold(begins)} ").removesuffix(" dien tu").removesuffix(" online")
        if rest != wanted and _key(rest) in provinces:
            return provinces[_key(rest)]
    return None


def _place_of_entries(entries: list[dict[str, Any]], published: str | None, provinces: dict[str, str]) -> str | None:
    """The province of the first entry that holds on the day of publication; one with bounds holds on no unknown day."""
    for entry in entries:
        since, until = entry.get("since"), entry.get("until")
        if (since or until) and published is None:
            continue
        first, last = ((published or "") + rest[len(published or "") :] for rest in ("0000-01-01", "9999-12-31"))
        if (since is None or since <= first) and (until is None or last <= until):
            return provinces.get(_key(entry["province"])) if "province" in entry else None
    return None


def _by_sign(sign: str | None) -> list[dict[str, Any]]:
    return _tables()[0].get(fold(sign), []) if sign else []


def _by_host(host: str | None) -> list[dict[str, Any]]:
    """The entries of the longest known domain that is `host` or above it."""
    labels = host.split(".") if host else []
    return next((found for i in range(len(labels)) if (found := _tables()[1].get(".".join(labels[i:])))), [])


@cache
def _tables() -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]]]:
    """The outlets by sign (folded) and by domain."""
    by_sign: dict[str, list[dict[str, Any]]] = {}
    by_host: dict[str, list[dict[str, Any]]] = {}
    for entry in grammar("outlets")["outlets"]:
        for sign in entry.get("signs", []):
            by_sign.setdefault(fold(sign), []).append(entry)
        for domain in entry.get("domains", []):
            by_host.setdefault(domain, []).append(entry)
    return by_sign, by_host
