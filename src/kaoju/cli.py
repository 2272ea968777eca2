"""Arguments in, lines out: each command is one method of the knowledge base.

Results go to stdout, all else to stderr. ``--json`` prints one object a line. Exit codes:
0 fine, 1 something failed (an article that could not go in, an index that differs), 2 misuse.
``kaoju check`` ends with 1 only when a figure is contradicted, and with 2 whatever else failed.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kaoju import __version__
from kaoju.codec import to_json
from kaoju.errors import (
    InputError,
    InvalidFilterError,
    KaojuError,
    NotFoundError,
    UnreadableArticleError,
)
from kaoju.settings import Settings, load_settings
from kaoju.types import (
    AddRow,
    AddStatus,
    Answer,
    Citation,
    Entity,
    Figure,
    Hit,
    Span,
    Status,
)

if TYPE_CHECKING:
    from datetime import date

    from kaoju.knowledge_base import KnowledgeBase
    from kaoju.reports import Report

F = TypeVar("F", bound=Callable[..., Any])


class _Commands(click.Group):
    """Turns our errors into one line on stderr and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except KaojuError as error:
            click.echo(f"kaoju: {error}", err=True)
            misuse = isinstance(error, InputError | InvalidFilterError | NotFoundError)
            context.exit(2 if misuse else self._failed(context))
        except sqlite3.Error as error:
            click.echo(
                f"kaoju: the shelf's record cannot be used ({error}): 'kaoju verify' tells more;"
                " restore kaoju.sqlite from a copy if it is damaged",
                err=True,
            )
            context.exit(self._failed(context))
        except KeyboardInterrupt:
            click.echo(
                "kaoju: interrupted; what was reported is safe, run the same command to go on",
                err=True,
            )
            context.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            context.exit(0)

    @staticmethod
    def _failed(context: click.Context) -> int:
        return 2 if context.invoked_subcommand == "check" else 1


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kaoju")
@click.pass_context
def main(context: click.Context) -> None:
    """考据: what do the articles say, in which exact words, and is this figure right?"""
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _shelf(function: F) -> F:
    return click.option(
        "--shelf", metavar="DIR", help="The shelf's folder (or KAOJU_SHELF); by default ./shelf."
    )(function)


def _encoder(function: F) -> F:
    return click.option(
        "--encoder", metavar="NAME-OR-PATH", help="A sentence-transformers model for the shelf."
    )(function)


def _json(function: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(function)


def _filters(function: F) -> F:
    for option in (
        click.option("--language", type=click.Choice(["zh", "en"]), help="Only passages in it."),
        click.option("--since", metavar="DATE", help="Published on or after, as 2025-11-05."),
        click.option("--until", metavar="DATE", help="Published on or before."),
        click.option("--entity", metavar="NAME", help="Passages that mention it, in any language."),
        click.option("--source", metavar="WORDS", help="Articles whose source or URL has them."),
    ):
        function = option(function)
    return function


def _settings(shelf: str | None, encoder: str | None = None) -> Settings:
    from dataclasses import replace

    settings = load_settings()
    return replace(settings, shelf=shelf or settings.shelf, encoder=encoder or settings.encoder)


def _open(shelf: str | None, encoder: str | None = None, *, create: bool = False) -> KnowledgeBase:
    from kaoju.knowledge_base import KnowledgeBase

    return KnowledgeBase.open(create=create, settings=_settings(shelf, encoder))


def _print_json(value: Any) -> None:
    click.echo(json.dumps(to_json(value), ensure_ascii=False))


# Filling --------------------------------------------------------------------------------


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_shelf
@_encoder
@_json
def add(paths: tuple[str, ...], shelf: str | None, encoder: str | None, as_json: bool) -> None:
    """Put files and folders of articles on the shelf."""
    progress = _Progress(quiet=as_json)

    def report(row: AddRow) -> None:
        progress.clear()
        if as_json:
            _print_json(row)
        else:
            click.echo(_add_line(row))
        progress.count(row)

    with _open(shelf, encoder, create=True) as kb:
        done = kb.add([Path(p) for p in paths], progress=report)
    progress.clear()
    if not done.rows:
        raise InputError(
            f"no articles found under {', '.join(paths)}: kaoju reads .txt, .md and .html files"
        )
    counts = ", ".join(f"{done.count(status)} {status}" for status in AddStatus)
    click.echo(f"{len(done.rows)} articles: {counts}", err=True)
    if not done.ok:
        sys.exit(1)


def _add_line(row: AddRow) -> str:
    if row.status is AddStatus.FAILED:
        return f"failed     {row.source}: {row.reason}"
    details = [f"{row.passages} passages"] if row.passages else []
    details += [row.encoding] if row.encoding and row.encoding != "utf-8" else []
    details += row.notes
    told = f"  ({'; '.join(details)})" if details else ""
    return f"{row.status:<10} {row.document_id}  {row.title}{told}"


class _Progress:
    """A line on a terminal's stderr that counts articles and passages as they come."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._articles = self._passages = 0
        self._started_s = time.monotonic()

    def count(self, row: AddRow) -> None:
        self._articles += 1
        self._passages += row.passages
        if self._shown:
            rate = self._passages / max(time.monotonic() - self._started_s, 0.001)
            told = f"{self._articles} articles, {self._passages} passages, {rate:.0f} a second"
            click.echo(f"\r{told}", nl=False, err=True)

    def clear(self) -> None:
        if self._shown:
            click.echo("\r\033[K", nl=False, err=True)


@main.command()
@click.argument("article_id", metavar="ID")
@_shelf
def remove(article_id: str, shelf: str | None) -> None:
    """Take an article off the shelf, with all that was found in it."""
    with _open(shelf) as kb:
        kb.remove(article_id)
    click.echo(f"removed    {article_id}")


@main.command()
@_shelf
@_encoder
def sync(shelf: str | None, encoder: str | None) -> None:
    """Repair the indexes from the record, after a crash or for another encoder."""
    with _open(shelf, encoder) as kb:
        report = kb.sync()
    click.echo(
        f"{report.encoded} passages encoded, {report.added} added to the indexes,"
        f" {report.deleted} taken out; {report.read_again} articles read again"
    )


@main.command()
@_shelf
def verify(shelf: str | None) -> None:
    """Compare the record with the indexes and print what differs; exit 1 when anything does."""
    with _open(shelf) as kb:
        problems = kb.verify()
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("the record and the indexes agree")


# Asking ---------------------------------------------------------------------------------


@main.command()
@click.argument("question")
@click.option("-k", default=10, show_default=True, help="How many passages are considered.")
@_filters
@_shelf
@_json
def ask(question: str, k: int, shelf: str | None, as_json: bool, **filters: str | None) -> None:
    """Answer a question in the articles' own words, or say that they do not."""
    with _open(shelf) as kb:
        _tell_waiting(kb)
        answer = kb.ask(question, k=k, **filters)
    if as_json:
        _print_json(answer_json(answer))
    else:
        click.echo(_answer_text(answer))


def _tell_waiting(kb: KnowledgeBase) -> None:
    if waiting := kb.waiting():
        click.echo(f"kaoju: {waiting} passages are not in the indexes: run 'kaoju sync'", err=True)


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer with its derived fields ``text`` and ``citations``, ready for ``json``."""
    return {**to_json(answer), "text": answer.text, "citations": to_json(answer.citations)}


def _answer_text(answer: Answer) -> str:
    lines: list[str] = []
    if answer.abstained:
        lines.append(answer.reason or "")
        if answer.hits:
            lines += ["", "最接近的段落 / nearest passages:"]
            lines += [f"  {_hit_line(hit)}" for hit in answer.hits[:3]]
        return "\n".join(lines)
    if answer.value is not None:
        lines += [click.style(answer.value.text, bold=True), ""]
    lines.append(answer.text)
    for number, citation in enumerate(answer.citations, start=1):
        lines += ["", f"[{number}] {_citation_line(citation)}", f"    {_in_context(citation)}"]
    return "\n".join(lines)


def _citation_line(citation: Citation) -> str:
    day = citation.published_on.isoformat() if citation.published_on else "undated"
    return (
        f"{citation.title} · {day} · {citation.source}"
        f" · {citation.document_id}[{citation.span.start}:{citation.span.end}]"
    )


def _in_context(citation: Citation) -> str:
    quote = click.style(citation.quote, underline=True)
    return " ".join(f"…{citation.prefix}{quote}{citation.suffix}…".split("\n"))


def _hit_line(hit: Hit) -> str:
    text = " ".join(hit.text.split())
    short = text if len(text) <= 120 else text[:119] + "…"
    return f"{hit.rank:>2}  {hit.score:.3f}  {hit.language}  {hit.title}: {short}"


@main.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, help="How many passages.")
@_filters
@_shelf
@_json
def search(query: str, k: int, shelf: str | None, as_json: bool, **filters: str | None) -> None:
    """Find the passages nearest to a query, in either language."""
    with _open(shelf) as kb:
        _tell_waiting(kb)
        hits = kb.search(query, k=k, **filters)
    for hit in hits:
        if as_json:
            _print_json(hit)
        else:
            click.echo(_hit_line(hit))
            told = ", ".join(f"{r.ranking} {r.rank} ({r.score:.3g})" for r in hit.sources)
            click.echo(f"      {told}")
    if not hits:
        click.echo("no passage matches", err=True)


@main.command()
@click.argument("file", metavar="TEXT-FILE", type=click.File("rb"))
@click.option("--reference-date", metavar="DATE", help="What 今年 or 'last week' count from.")
@_json
def figures(file: Any, reference_date: str | None, as_json: bool) -> None:
    """List the figures in a text, without a shelf; - reads stdin."""
    from kaoju.decoding import decode
    from kaoju.figures import find_figures

    day = _date(reference_date, "--reference-date")
    try:
        text = decode(file.read()).text
    except UnreadableArticleError as error:
        raise UnreadableArticleError(f"{file.name}: {error}") from error
    for figure in find_figures(text, reference_date=day):
        if as_json:
            _print_json(figure)
        else:
            click.echo(_figure_line(figure))


def _figure_line(figure: Figure) -> str:
    value = figure.period if figure.value is None else f"{figure.value:f}"
    upper = f" to {figure.upper:f}" if figure.upper is not None else ""
    told = [f"{value}{upper} {figure.unit}".strip(), str(figure.dimension)]
    for extra in (figure.qualifier, figure.relation, figure.direction, figure.per):
        if extra and extra not in ("exact", "level"):
            told.append(str(extra))
    return f"{figure.span.start:>6}-{figure.span.end:<6} {figure.surface}  =  {' · '.join(told)}"


# Checking -------------------------------------------------------------------------------


@main.command()
@click.argument("draft", metavar="DRAFT")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "markdown", "csv", "claimreview"]),
    default="text",
    show_default=True,
    help="How the verdicts are printed; claimreview is schema.org JSON-LD.",
)
@click.option(
    "--form",
    type=click.Choice(["text", "markdown", "html"]),
    help="How the draft is written; by default as its name says or as it looks.",
)
@click.option("--date", "day", metavar="DATE", help="What 今年 or 'last month' count from.")
@click.option("--language", type=click.Choice(["zh", "en"]), help="Only articles in it.")
@click.option("--since", metavar="DATE", help="Only articles published on or after the day.")
@click.option("--until", metavar="DATE", help="Only articles published on or before the day.")
@click.option("--source", metavar="WORDS", help="Only articles whose source or URL has them.")
@_shelf
@_json
def check(
    draft: str,
    output: str,
    form: str | None,
    day: str | None,
    shelf: str | None,
    as_json: bool,
    **filters: str | None,
) -> None:
    """Check every figure of a draft, a file or - for stdin, against the articles.

    Ends with 1 when any figure is contradicted. The draft is never changed.
    """
    from datetime import date

    from kaoju.draft import read_draft
    from kaoju.reports import Report, summary

    if as_json and output != "text":
        raise InputError(f"--json and --format {output} are two ways to print: choose one")
    dated = _date(day, "--date")
    text, told = _read_draft(draft)
    form = form or told
    with _open(shelf) as kb:
        _tell_waiting(kb)
        verdicts = kb.check(text, form=form, reference_date=dated, **filters)
    name = "stdin" if draft == "-" else _printable_name(draft)
    today = date.today()  # noqa: DTZ011 - the editor's own day
    report = Report(name, read_draft(text, form), verdicts, checked_on=today, dated=dated)
    if as_json:
        for verdict in verdicts:
            _print_json(verdict)
    else:
        _print_report(report, output)
    click.echo(f"kaoju: {summary(report)}", err=True)
    if any(v.status is Status.CONTRADICTED for v in verdicts):
        sys.exit(1)


def _read_draft(name: str) -> tuple[str, str | None]:
    """A draft's text, and the form that its file's name tells."""
    from kaoju.reading import MAX_BYTES, MEDIA_TYPES, decode_file

    shown = "stdin" if name == "-" else _printable_name(name)
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{shown} cannot be read: {told}") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{shown} has more than {MAX_BYTES // 1024**2} MiB, too much for a draft")
    if not data.strip():
        raise InputError(f"{shown} is empty: give the text whose figures are to be checked")
    try:
        text = decode_file(data).text
    except UnreadableArticleError as error:
        raise InputError(f"{shown}: {error}") from error
    media_type = MEDIA_TYPES.get(Path(name).suffix.lower(), "text/plain")
    form = media_type.removeprefix("text/")
    return text, None if form == "plain" else form


def _printable_name(name: str) -> str:
    from kaoju.knowledge_base import printable

    return printable(Path(name))


def _date(value: str | None, option: str) -> date | None:
    from datetime import date

    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise InputError(f"{option} must be a date as 2025-11-05, got {value!r}") from error


def _print_report(report: Report, output: str) -> None:
    from kaoju import export
    from kaoju.terminal import verdict_lines

    if output == "text":
        blocks = ("\n".join(verdict_lines(report, verdict)) for verdict in report.verdicts)
        if report.verdicts:
            click.echo("\n\n".join(blocks))
        return
    writers: dict[str, Callable[[Report], str]] = {
        "markdown": export.markdown,
        "csv": export.csv_table,
        "claimreview": export.claimreview,
    }
    document = writers[output](report)
    # As bytes, since the line ends of CSV are CR LF on every system.
    sys.stdout.buffer.write(document.encode("utf-8", "backslashreplace"))


# Looking --------------------------------------------------------------------------------


@main.command("list")
@_shelf
@_json
def list_articles(shelf: str | None, as_json: bool) -> None:
    """List the articles of the shelf, newest first."""
    with _open(shelf) as kb:
        found = kb.articles()
    for article in found:
        if as_json:
            _print_json(article)
        else:
            day = article.published_on.isoformat() if article.published_on else "undated   "
            click.echo(f"{article.id}  {day}  {article.language}  {article.title}")


@main.command()
@click.argument("article_id", metavar="ID")
@_shelf
@_json
def show(article_id: str, shelf: str | None, as_json: bool) -> None:
    """Show one article with its passages, claims, entities and figures."""
    with _open(shelf) as kb:
        detail = kb.article(article_id)
    if as_json:
        _print_json(detail)
        return
    document = detail.document
    click.echo(f"{document.title}\n{document.id} · version {document.version} · {document.source}")
    click.echo(f"published {document.published_on or 'undated'} · {document.encoding}")
    for passage in detail.passages:
        click.echo(f"\n[{passage.span.start}:{passage.span.end}] {passage.text.strip()}")
        inside = _inside(passage.span)
        for claim in filter(inside, detail.claims):
            by = f"{claim.attributed_to}: " if claim.attributed_to else ""
            click.echo(f"    claim   {by}{' '.join(claim.text.split())}")
        for figure in filter(inside, detail.figures):
            click.echo(f"    figure  {_figure_line(figure).strip()}")
        names = dict.fromkeys(f"{m.surface} ({m.kind})" for m in filter(inside, detail.mentions))
        if names:
            click.echo(f"    names   {', '.join(names)}")


def _inside(span: Span) -> Callable[[Any], bool]:
    return lambda found: span.contains(found.span)


@main.command()
@click.argument("words", nargs=-1, metavar="[NAME | link A B | split A NAME... | rename A NAME]")
@click.option(
    "--article", metavar="ID", default="", help="With split: hold it in one article only."
)
@click.option("--who", metavar="EDITOR", help="Kept with a decision; by default the user's name.")
@_shelf
@_json
def entities(
    words: tuple[str, ...], article: str, who: str | None, shelf: str | None, as_json: bool
) -> None:
    """List the entities of the shelf, what is known of one, or decide on their names.

    With a NAME in either language: its names, roles, mentions, claims and figures. With
    link, split or rename: an editor's decision, which wins over every other evidence and is
    kept in the record.
    """
    with _open(shelf) as kb:
        if words and words[0] in _DECISIONS:
            for entity in _DECISIONS[words[0]](kb, words[1:], article, who or _user()):
                _print_entity(entity, as_json)
        elif words:
            detail = kb.entity_detail(" ".join(words))
            if as_json:
                _print_json(detail)
            else:
                click.echo("\n".join(_entity_lines(detail)))
        else:
            for entity in kb.entities():
                _print_entity(entity, as_json)


def _print_entity(entity: Entity, as_json: bool) -> None:
    if as_json:
        _print_json(entity)
    else:
        names = " = ".join(dict.fromkeys(n for _, n in entity.names))
        click.echo(f"{entity.mention_count:>5}  {entity.kind:<12}  {names}  {entity.id}")


def _link(kb: KnowledgeBase, words: Sequence[str], article: str, who: str) -> list[Entity]:
    if len(words) != 2:
        raise InputError("usage: kaoju entities link ENTITY OTHER")
    return [kb.link_entities(words[0], words[1], who=who)]


def _split(kb: KnowledgeBase, words: Sequence[str], article: str, who: str) -> list[Entity]:
    if len(words) < 2:
        raise InputError("usage: kaoju entities split ENTITY NAME... [--article ID]")
    return kb.split_entity(words[0], words[1:], article=article, who=who)


def _rename(kb: KnowledgeBase, words: Sequence[str], article: str, who: str) -> list[Entity]:
    if len(words) != 2:
        raise InputError("usage: kaoju entities rename ENTITY NAME")
    return [kb.rename_entity(words[0], words[1], who=who)]


_DECISIONS = {"link": _link, "split": _split, "rename": _rename}


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _entity_lines(detail: Any) -> Iterable[str]:
    yield f"{' = '.join(dict.fromkeys(n for _, n in detail.entity.names))}  ({detail.entity.kind})"
    for role, day in detail.entity.roles:
        yield f"  role   {role}{f' ({day})' if day else ''}"
    for mention in detail.mentions:
        yield (
            f"  named  {mention.surface}"
            f"  {mention.document_id}[{mention.span.start}:{mention.span.end}]"
        )
    for heading, rows in (("said", detail.said), ("about", detail.about)):
        for claim, citation in rows:
            yield f"  {heading:<6} {' '.join(claim.text.split())}"
            yield f"         {_citation_line(citation)}"
    for figure, citation in detail.figures:
        yield f"  figure {_figure_line(figure).strip()}"
        yield f"         {_citation_line(citation)}"


@main.command()
@_shelf
@_json
def stats(shelf: str | None, as_json: bool) -> None:
    """Count what the shelf holds, and tell the state of its indexes."""
    with _open(shelf) as kb:
        found = kb.stats()
    if as_json:
        _print_json(found)
        return
    for name, value in found.items():
        if isinstance(value, dict):
            for inner, told in value.items():
                click.echo(f"{name}.{inner}: {told}")
        else:
            click.echo(f"{name}: {value}")


@main.command()
@click.option("--host", metavar="ADDRESS", help="Address to listen on; 127.0.0.1 by default.")
@click.option("--port", type=int, metavar="N", help="Port to listen on; 8000 by default.")
@_shelf
@_encoder
def serve(host: str | None, port: int | None, shelf: str | None, encoder: str | None) -> None:
    """Serve the page and the HTTP API."""
    from kaoju.api import run

    settings = _settings(shelf, encoder)
    with _open(shelf, encoder) as kb:
        run(
            kb,
            host=host if host is not None else settings.host,
            port=port if port is not None else settings.port,
        )
