"""The command that checks a draft."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaoju.cli.options import (
    day_of,
    json_option,
    open_shelf,
    print_json,
    shelf_option,
    tell_waiting,
)
from kaoju.errors import InputError, UnreadableArticleError
from kaoju.types import Status

if TYPE_CHECKING:
    from kaoju.reports import Report


@click.command()
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
@shelf_option
@json_option
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
    from kaoju.draft import read_draft
    from kaoju.reports import Report, summary

    if as_json and output != "text":
        raise InputError(f"--json and --format {output} are two ways to print: choose one")
    dated = day_of(day, "--date")
    text, told = _read_draft(draft)
    form = form or told
    with open_shelf(shelf) as kb:
        tell_waiting(kb)
        verdicts = kb.check(text, form=form, reference_date=dated, **filters)
    name = "stdin" if draft == "-" else _printable_name(draft)
    today = date.today()  # noqa: DTZ011 - the editor's own day
    report = Report(name, read_draft(text, form), verdicts, checked_on=today, dated=dated)
    if as_json:
        for verdict in verdicts:
            print_json(verdict)
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


def _print_report(report: Report, output: str) -> None:
    from kaoju import export
    from kaoju.cli.verdicts import verdict_lines

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
