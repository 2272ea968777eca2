"""Files, bytes and texts to documents: the way in.

A file is decoded (`decoding`), its marks are read (`markup`, `web_page`), what it says about
itself is kept (`metadata`), several articles in it are told apart (`boundaries`), and each
gets its name (`naming`). Text is kept as printed: only line ends, byte order marks and NUL
characters change.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from kaoju.boundaries import markdown_parts_of, parts_of
from kaoju.decoding import Decoded, decode
from kaoju.errors import UnreadableArticleError
from kaoju.layout import headings_of
from kaoju.markup import Body, body_from_markdown
from kaoju.metadata import Metadata, front_matter_blocks, read_front_matter
from kaoju.naming import ArticleRead, Origin, document_of, keys_of
from kaoju.tokens import stopwords, terms
from kaoju.types import Document
from kaoju.web_page import article_from_html

MAX_BYTES = 16 * 1024 * 1024
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
_NOT_ARTICLES = re.compile(r"(?:readme|manifest|license|changelog|contributing)\b", re.IGNORECASE)
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)


# Finding files --------------------------------------------------------------------------


def article_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """Find the files that hold articles.

    Args:
        paths: Files, taken as they are whatever they are called, and folders, walked in
            sorted order for text, Markdown and HTML. Hidden files and folders are left
            out, and so are READMEs, manifests and licences beside the articles, pipes and
            devices.

    Yields:
        Paths of files, each once.

    Raises:
        FileNotFoundError: A path that does not exist.
    """
    seen: set[Path] = set()
    for path in paths:
        path = Path(path)
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist")
        for found in _walk(path) if path.is_dir() else [path]:
            resolved = Path(os.path.realpath(found))  # unlike resolve, lets a ring of links be
            if resolved not in seen:
                seen.add(resolved)
                yield found


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif entry.exists() and not entry.is_file():
            continue  # opening a pipe would wait for ever
        elif entry.suffix.lower() in MEDIA_TYPES and not _NOT_ARTICLES.match(entry.name):
            yield entry


# Reading --------------------------------------------------------------------------------


def read_path(path: Path, *, root: Path | None = None) -> list[Document]:
    """Read the articles of a file.

    Args:
        path: A text, Markdown or HTML file.
        root: The folder it was found under; the documents' ``source`` is relative to it
            where the file does not name its own source.

    Returns:
        One document, or several in order when the file holds several articles.

    Raises:
        UnreadableArticleError: The file holds no article we can read; the message names
            the file and says what to do.
        OSError: The file cannot be opened.
    """
    path = Path(path)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe, a socket or a device"
        raise _unreadable(path, f"this is {kind}, not a file; save the article to a file")
    if status.st_size > MAX_BYTES:
        raise _unreadable(path, _too_large(status.st_size))
    data = path.read_bytes()
    shown = path.relative_to(root) if root is not None and path.is_relative_to(root) else path
    resolved = path.resolve().as_posix()
    try:
        return _documents(
            data,
            Origin(
                source=_as_text(shown),
                identity=resolved,
                name=path.name,
                media_type=MEDIA_TYPES.get(path.suffix.lower()),
                modified_on=datetime.fromtimestamp(status.st_mtime, UTC).date(),
                # Names that differ only in bytes that are no text must stay apart.
                file=resolved.encode("utf-8", "surrogateescape").decode(
                    "utf-8", "backslashreplace"
                ),
            ),
        )
    except UnreadableArticleError as error:
        raise _unreadable(path, error.reason) from error


def read_bytes(
    data: bytes,
    *,
    source: str,
    media_type: str | None = None,
    modified_on: date | None = None,
    title: str | None = None,
    published_on: date | None = None,
    url: str | None = None,
) -> list[Document]:
    """Read the articles of a file's bytes.

    Args:
        data: The whole file.
        source: Where it comes from; names the article when no URL or front matter does.
        media_type: ``text/plain``, ``text/markdown`` or ``text/html``, parameters allowed;
            told from the source's suffix and from the content when None.
        modified_on: The file's own date. Noted, never taken for the day of publication.
        title: Overrides what the file says, as do the next two.
        published_on: The day of publication.
        url: The article's address.

    Raises:
        UnreadableArticleError: The bytes hold no article we can read.
    """
    given = Metadata(title=title, published_on=published_on, url=url)
    suffix = MEDIA_TYPES.get(Path(source).suffix.lower()) if "." in source else None
    kind, _, parameters = (media_type or "").partition(";")
    charset = re.search(r"charset=[\"']?([\w.:-]+)", parameters)
    origin = Origin(
        source=_as_text(source),
        identity=source,
        name=source.rsplit("/", 1)[-1],
        media_type=kind.strip().lower() or suffix,
        modified_on=modified_on,
        charset=charset[1] if charset else None,
        given=given,
    )
    try:
        return _documents(data, origin)
    except UnreadableArticleError as error:
        raise _unreadable(source, error.reason) from error


def read_text(
    text: str,
    *,
    source: str,
    media_type: str = "text/plain",
    title: str | None = None,
    published_on: date | None = None,
    url: str | None = None,
) -> list[Document]:
    """Read the articles of a text; see `read_bytes`."""
    return read_bytes(
        text.encode("utf-8", "replace"),
        source=source,
        media_type=f"{media_type}; charset=utf-8",
        title=title,
        published_on=published_on,
        url=url,
    )


def decode_file(data: bytes, charset: str | None = None) -> Decoded:
    """Decode a text, Markdown or HTML file, its own declaration of an encoding heard.

    Args:
        data: The whole file.
        charset: An encoding that somebody else names for it; it goes before the file's own.

    Raises:
        UnreadableArticleError: It is a file of another kind, or no encoding reads it.
    """
    for magic, name in _BINARY:
        if data.startswith(magic):
            raise UnreadableArticleError(f"this is {name}; save its text as .txt, .md or .html")
    return decode(data, charset or _declared(data))


def _unreadable(where: str | Path, reason: str) -> UnreadableArticleError:
    return UnreadableArticleError(reason, source=_as_text(where))


def _as_text(name: str | Path) -> str:
    """A name as text, also when its bytes are none: Python holds those as surrogates."""
    text = name.as_posix() if isinstance(name, Path) else name
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _too_large(size_bytes: int) -> str:
    return (
        f"{size_bytes / 1e6:.0f} MB is more than an article; "
        f"split it into files of at most {MAX_BYTES // 1024**2} MiB"
    )


def _documents(data: bytes, origin: Origin) -> list[Document]:
    if len(data) > MAX_BYTES:
        raise UnreadableArticleError(_too_large(len(data)))
    if not data.strip():
        raise UnreadableArticleError("the file is empty; there is nothing to add")
    decoded = decode_file(data, origin.charset)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "").replace("\ufeff", "")
    if not text.strip():
        raise UnreadableArticleError("the file is empty; there is nothing to add")
    media_type = origin.media_type or "text/plain"
    if media_type not in MEDIA_TYPES.values() or media_type == "text/plain":
        media_type = "text/html" if _LOOKS_LIKE_HTML.match(text) else "text/plain"
    articles = [a for a in _articles(text, media_type) if _has_words(a.body.text)]
    if not articles:
        raise UnreadableArticleError("there are no words in it, only marks or numbers")
    digest = sha256(data).hexdigest()
    claimed = Counter(a.metadata.id or a.metadata.url for a in articles)
    return [
        document_of(
            article,
            origin,
            key,
            encoding=decoded.encoding,
            media_type=media_type,
            content_sha256=digest,
            shared=claimed[article.metadata.id or article.metadata.url] > 1,
        )
        for article, key in zip(articles, keys_of(articles), strict=True)
    ]


def _has_words(text: str) -> bool:
    return any(map(str.isalpha, text))


def _declared(data: bytes) -> str | None:
    match = _XML_ENCODING.search(data[:1024]) or _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _articles(text: str, media_type: str) -> list[ArticleRead]:
    if media_type == "text/html":
        body, stated = article_from_html(text)
        if body is None:
            raise UnreadableArticleError(
                "the page holds no article text; save the article itself, not a list or an app"
            )
        return [ArticleRead(_with_headings(body, stated.title), stated)]
    markdown = media_type == "text/markdown"
    blocks = front_matter_blocks(text)
    found = []  # articles, and why each begins where it does
    opening = text[: blocks[0][0]] if blocks else text
    if not blocks or opening.strip():
        found += _body_articles(opening, None, markdown=markdown, line=0)
    bounds = [*(start for start, _, _ in blocks), len(text)][1:]
    for (_, end, block), until in zip(blocks, bounds, strict=True):
        stated = read_front_matter(block)
        if text[end:until].strip():
            line = text.count("\n", 0, end)
            found += _body_articles(text[end:until], stated, markdown=markdown, line=line)
        elif len(blocks) == 1:
            raise UnreadableArticleError("front matter and no text after it")
    if len(found) == 1:
        return [found[0][0]]
    return [
        _noted(article, f"article {n} of {len(found)} in the file{why and ': '}{why}")
        for n, (article, why) in enumerate(found, start=1)
    ]


def _body_articles(
    text: str, stated: Metadata | None, *, markdown: bool, line: int
) -> list[tuple[ArticleRead, str]]:
    """The articles of a stretch of text, each with why it begins where it does.

    Args:
        text: What follows one front matter, or the text without any.
        stated: What the front matter says of the first article; None without one.
        markdown: Whether the text is Markdown.
        line: How many lines of the file stand before the text.
    """
    if markdown:
        parts = markdown_parts_of(text, titled=bool(stated and stated.title))
    elif stated is None:
        parts = parts_of(text, terms=_content_terms)
    else:
        parts = []
    if len(parts) <= 1:
        why = "it has front matter of its own" if stated and stated.title else ""
        return [(ArticleRead(_body(text, stated, markdown), stated or Metadata()), why)]
    articles = []
    for n, part in enumerate(parts):
        own = stated if n == 0 else None
        why = f"boundary found at line {line + part.line} ({part.reason})" if part.reason else ""
        body = _body(text[part.start : part.end], own, markdown)
        articles.append((ArticleRead(body, own or Metadata()), why))
    return articles


def _body(text: str, stated: Metadata | None, markdown: bool) -> Body:
    title = stated.title if stated else None
    if markdown:
        return _with_headings(body_from_markdown(text), title)
    text = text.strip("\n")
    return Body(text, headings_of(text, title=(title or "") if stated else None))


def _with_headings(body: Body, title: str | None) -> Body:
    """The body with the headings that its lines look like, where none is marked as one."""
    if any(body.text[: h.span.start].strip() for h in body.headings):
        return body
    found = headings_of(body.text, title=title or "")
    return Body(body.text, found or body.headings)


def _content_terms(text: str) -> list[str]:
    return [term for term in terms(text) if term not in stopwords()]


def _noted(article: ArticleRead, note: str) -> ArticleRead:
    return ArticleRead(article.body, Metadata(notes=(note,)).over(article.metadata))
