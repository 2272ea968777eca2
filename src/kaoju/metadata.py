"""What a source says about an article: front matter, HTML meta, JSON-LD, printed lines.

Part of `reading`. Nothing is guessed silently: a date that is not stated as the day of
publication comes with a note that says where it was found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaoju.dateline import as_day
from kaoju.errors import UnreadableArticleError
from kaoju.types import Language

_MAX_FRONT_MATTER = 64 * 1024
_FENCE = re.compile(
    r"(?:\A|(?<=\n))---[ \t]*\n(?=[ \t#\n]*[\w\u4e00-\u9fff-]+[ \t]*:(?:\s|$))"
    r"(?P<block>(?:(?!(?:---|\.\.\.)[ \t]*(?:\n|\Z))[^\n]*\n)*)"
    r"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
# A line that was meant as it stands: a bare value, nothing of YAML's own in front of it.
_SIMPLE_LINE = re.compile(
    r"^([\w\u4e00-\u9fff-]+)[ \t]*:[ \t]+(?![\[{|>&*!\"'\n])(\S[^\n]*)$", re.MULTILINE
)
_KEYS = {
    **dict.fromkeys(("title", "headline", "标题"), "title"),
    **dict.fromkeys(("source", "publisher", "site", "来源"), "source"),
    **dict.fromkeys(
        (
            *("published", "published_on", "published_at", "publish_date", "pubdate", "date"),
            *("日期", "发布日期", "发布时间"),
        ),
        "published_on",
    ),
    **dict.fromkeys(("url", "link", "canonical", "canonical_url", "链接", "网址"), "url"),
    **dict.fromkeys(("author", "authors", "by", "byline", "作者"), "authors"),
    **dict.fromkeys(("language", "lang", "语言"), "language"),
    **dict.fromkeys(("id", "identifier"), "id"),
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; None or empty where nothing is said."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    url: str | None = None
    source: str | None = None
    language: Language | None = None
    id: str | None = None
    notes: tuple[str, ...] = ()

    def over(self, other: Metadata) -> Metadata:
        """This, with what it leaves open taken from ``other``; notes of both."""
        return Metadata(
            title=self.title or other.title,
            authors=self.authors or other.authors,
            published_on=self.published_on or other.published_on,
            url=self.url or other.url,
            source=self.source or other.source,
            language=self.language or other.language,
            id=self.id or other.id,
            notes=(*self.notes, *other.notes),
        )


# Front matter ---------------------------------------------------------------------------


def front_matter_blocks(text: str) -> list[tuple[int, int, str]]:
    """Find the blocks of front matter in a text.

    Returns:
        (start, end, YAML) of each, in order. One that does not open the text counts only
        when it names a title, so that a printed table between rules is left alone.
    """
    found = []
    at = len(text) - len(text.lstrip())
    for match in _FENCE.finditer(text):
        block = match["block"]
        named = re.search(r"^(?:title|headline|标题)[ \t]*:", block, re.MULTILINE | re.IGNORECASE)
        if match.start() <= at or named:
            found.append((match.start(), match.end(), block))
    return found


def read_front_matter(block: str) -> Metadata:
    """Read one block of front matter.

    Unknown keys are ignored. Lines such as ``title: Rates: a history``, which are not YAML
    and often written, are read as they are meant.

    Raises:
        UnreadableArticleError: Neither YAML nor plain ``key: value`` lines.
    """
    import yaml

    if len(block) > _MAX_FRONT_MATTER:
        raise UnreadableArticleError(
            f"front matter of {len(block):,} characters is no front matter"
        )
    try:
        values = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        try:
            values = yaml.safe_load(_SIMPLE_LINE.sub(_quoted, block))
        except (yaml.YAMLError, ValueError, RecursionError):
            mark = getattr(error, "problem_mark", None)
            where = f", line {mark.line + 2}" if mark is not None else ""
            problem = getattr(error, "problem", None) or str(error).split("\n")[0]
            if isinstance(error, yaml.constructor.ConstructorError) and "tag" in problem:
                raise UnreadableArticleError(
                    f"the front matter asks for more than plain values ({problem}{where}); "
                    "write the value as text, without a YAML tag such as !!name"
                ) from error
            raise UnreadableArticleError(
                f"the front matter is not YAML ({problem}{where}); "
                "put a value that holds a colon or a quotation mark into quotation marks"
            ) from error
    if values is None:
        return Metadata()
    if not isinstance(values, dict):
        raise UnreadableArticleError(
            "the front matter is not a list of keys and values, such as 'title: ...'"
        )
    return _from_mapping(values)


def _quoted(line: re.Match[str]) -> str:
    """A line ``key: value`` with its value in quotation marks."""
    return f"{line[1]}: {json.dumps(line[2].strip(), ensure_ascii=False)}"


def _from_mapping(values: dict[Any, Any]) -> Metadata:
    known: dict[str, Any] = {}
    for key, value in values.items():
        name = _KEYS.get(str(key).strip().lower().replace("-", "_"))
        if name and value is not None and name not in known:
            known[name] = value
    notes: tuple[str, ...] = ()
    published = known.get("published_on")
    day = as_day(published)
    if published is not None and day is None:
        notes = (f"the front matter's date {_line(published)!r} could not be read",)
    return Metadata(
        title=_line(known.get("title")),
        authors=_names(known.get("authors")),
        published_on=day,
        url=_line(known.get("url")),
        source=_line(known.get("source")),
        language=as_language(_line(known.get("language"))),
        id=_line(known.get("id")),
        notes=notes,
    )


def _line(value: object) -> str | None:
    """A scalar as one line of text; None for nothing and for anything nested."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return None
    # JSON and YAML can spell half a surrogate pair, which is no text.
    whole = re.sub("[\ud800-\udfff]", "\ufffd", str(value))
    return " ".join(whole.split())[:1000] or None


def _names(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in items:
        name = _line(item.get("name") if isinstance(item, dict) else item)
        if name and not name.startswith(("http://", "https://")) and name not in names:
            names.append(name)
    return tuple(names)


# Values ---------------------------------------------------------------------------------


def as_language(value: str | None) -> Language | None:
    """The language that a BCP 47 tag or a name means; None for one that kaoju does not read."""
    primary = re.split(r"[-_\s]", (value or "").strip().lower())[0]
    if primary in ("zh", "cmn", "chi", "zho", "chinese", "中文", "汉语", "yue"):
        return Language.ZH
    return Language.EN if primary in ("en", "eng", "english", "英文", "英语") else None


# Web pages ------------------------------------------------------------------------------

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting)$")


def from_meta(meta: dict[str, list[str]], canonical: str | None) -> Metadata:
    """Read the metadata of a page's ``<meta>`` elements.

    Args:
        meta: Contents by lower-case name or property, in order of appearance.
        canonical: The address that ``<link rel=canonical>`` gives.
    """

    def first(*names: str) -> str | None:
        return next((v for n in names for v in meta.get(n, ()) if v.strip()), None)

    authors = [a for n in ("author", "article:author", "dc.creator") for a in meta.get(n, ())]
    return Metadata(
        title=_line(first("og:title", "twitter:title", "dc.title", "headline", "title")),
        authors=_names(authors),
        published_on=as_day(
            first(
                "article:published_time",
                "datepublished",
                "pubdate",
                "publishdate",
                "publish-date",
                "publish_date",
                "parsely-pub-date",
                "sailthru.date",
                "dc.date.issued",
                "dcterms.issued",
                "dc.date",
                "og:pubdate",
                "weibo: article:create_at",
                "weibo:article:create_at",
                "date",
            )
        ),
        url=web_address(canonical) or web_address(first("og:url")),
        source=_line(first("og:site_name", "application-name", "dc.publisher")),
    )


def from_json_ld(scripts: Iterable[str]) -> tuple[Metadata, str | None]:
    """Read the first article that a page's JSON-LD describes, and its body where given."""
    for node in _nodes(scripts):
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if not any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds):
            continue
        publisher = node.get("publisher")
        page = node.get("mainEntityOfPage")
        address = page.get("@id") if isinstance(page, dict) else page
        body = node.get("articleBody")
        return Metadata(
            title=_line(node.get("headline")) or _line(node.get("name")),
            authors=_names(node.get("author")),
            published_on=as_day(node.get("datePublished")) or as_day(node.get("dateCreated")),
            url=web_address(_line(node.get("url"))) or web_address(_line(address)),
            source=_line(publisher.get("name") if isinstance(publisher, dict) else publisher),
            language=as_language(_line(node.get("inLanguage"))),
        ), body if isinstance(body, str) and body.strip() else None
    return Metadata(), None


def _nodes(scripts: Iterable[str]) -> Iterator[dict[str, Any]]:
    for script in scripts:
        try:
            # Newlines inside strings are common in the wild, and forbidden.
            value = json.loads(script.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [value]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                yield node
                waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def web_address(value: str | None) -> str | None:
    """A page's own http address; None for a relative one and for a site's front page."""
    if not value or not re.match(r"https?://[^/\s]+/[^\s]", value.strip()):
        return None
    return value.strip()
