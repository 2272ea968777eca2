"""Articles as read to documents: their headline, identity, version and day of publication.

Part of `reading`. An id comes from what names the article for good: an id in its front
matter, else its address, else the place of its file. A version comes from all that a
reader would call a change.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256

from kaoju.dateline import day_in_name, printed_day
from kaoju.layout import Kind, is_headline, is_title, lines_of
from kaoju.markup import Body
from kaoju.metadata import Metadata
from kaoju.text import fold, language_of
from kaoju.types import Document, Heading, Span

# An id that a front matter gives is the article's own where it can stand in a URL as it is.
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from and what is known of them from outside."""

    source: str
    identity: str
    name: str
    media_type: str | None
    modified_on: date | None = None
    charset: str | None = None
    file: str = ""
    given: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """An article read, before it is named."""

    body: Body
    metadata: Metadata


def keys_of(articles: list[ArticleRead]) -> list[str]:
    """What tells the articles of one file apart: their headlines, whatever their order."""
    if len(articles) == 1:
        return [""]
    seen: dict[str, int] = {}
    keys = []
    for article in articles:
        headline = " ".join(fold(_title(article)).text.split())
        seen[headline] = seen.get(headline, 0) + 1
        again = f"#{seen[headline]}" if seen[headline] > 1 else ""
        keys.append(f"#{headline}{again}")
    return keys


def _title(article: ArticleRead) -> str:
    """The headline: as stated, else the first heading or headline-shaped line."""
    if article.metadata.title:
        return article.metadata.title
    text = article.body.text
    if article.body.headings:
        first = article.body.headings[0]
        if first.level == 1 or not text[: first.span.start].strip():
            return " ".join(first.span.of(text).split())
    lines = lines_of(text)
    shaped = next((n for n, line in enumerate(lines[:3]) if is_headline(line)), None)
    # A short first line is the headline, not the name of a column above it, unless the line
    # below has the shape of a headline and prose after it.
    below = lines[shaped + 1 : shaped + 2] if shaped else []
    if shaped is not None and (
        not shaped or not is_title(lines[0]) or (below and below[0].kind is not Kind.SHORT)
    ):
        return lines[shaped].text
    opening = lines[0].text if lines else text.strip()
    return opening if len(opening) <= 60 else f"{opening[:59].rstrip()}…"


def _short(identity: str) -> str:
    return f"a-{sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def document_of(
    article: ArticleRead,
    origin: Origin,
    key: str,
    *,
    encoding: str,
    media_type: str,
    content_sha256: str,
    shared: bool = False,
) -> Document:
    """Name an article that was read.

    Args:
        article: What was read.
        origin: Where it comes from and what is known of it from outside.
        key: What tells it from the other articles of its file; empty when it is alone.
        encoding: That the file was decoded from.
        media_type: That it was read as.
        content_sha256: Of the file's bytes.
        shared: Whether another article of the file claims the same id or address.
    """
    stated = article.metadata
    # A title or an address given from outside is of one article, not of all in a file.
    given = Metadata(published_on=origin.given.published_on) if key else origin.given
    known = given.over(stated)
    title = known.title or _title(article)
    text = article.body.text
    published_on, notes = _published(known, text, origin)
    if known.id:
        identity = f"id:{known.id}"
    elif known.url:
        identity = f"url:{_canonical(known.url)}"
    else:
        identity = f"file:{origin.identity}"
    own_id = known.id if known.id and _PLAIN_ID.fullmatch(known.id) and not shared else None
    alone = bool(known.id or known.url) and not shared
    source = known.source or origin.source
    headings = _with_title_heading(article.body, title)
    content = [
        text,
        title,
        published_on.isoformat() if published_on else None,
        known.url,
        known.authors,
        known.source,
        [(h.span.start, h.span.end, h.level) for h in headings],
    ]
    return Document(
        id=own_id or _short(identity if alone else f"{identity}{key}"),
        version=sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()[:16],
        text=text,
        title=title,
        source=source,
        media_type=media_type,
        language=known.language or language_of(text),
        authors=known.authors,
        published_on=published_on,
        read_at=datetime.now(UTC),
        encoding=encoding,
        content_sha256=content_sha256,
        headings=headings,
        url=known.url,
        notes=(*known.notes, *notes),
        file=origin.file,
    )


def _published(known: Metadata, text: str, origin: Origin) -> tuple[date | None, tuple[str, ...]]:
    """The day of publication with a note on where it was found, when it was not stated."""
    if known.published_on is not None:
        return known.published_on, ()
    printed = printed_day(text)
    if printed is not None:
        return printed, (f"published date {printed} from the printed date line",)
    named = day_in_name(origin.name)
    if named is not None:
        return named, (f"published date {named} from the file's name",)
    if origin.modified_on is not None:
        return None, (f"no published date found; the file is dated {origin.modified_on}",)
    return None, ()


def _canonical(url: str) -> str:
    """An address without what does not name the page: fragment, tracking, trailing slash."""
    from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not re.match(r"utm_|fbclid|gclid|spm$|from$", name)
    ]
    return urlunsplit(
        (parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/"), urlencode(query), "")
    )


def _with_title_heading(body: Body, title: str) -> tuple[Heading, ...]:
    """The headings, the headline among them when it opens the text."""
    first = lines_of(body.text[:2000])[:1]
    if first and " ".join(first[0].text.split()) == title:
        span = Span(first[0].span.start, first[0].span.end)
        if not any(h.span.start <= span.start < h.span.end for h in body.headings):
            return (Heading(span, 1), *body.headings)
    return body.headings
