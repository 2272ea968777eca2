"""The commands that fill, empty, repair and serve a shelf."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from kaoju.cli.options import (
    encoder_option,
    json_option,
    open_shelf,
    print_json,
    settings_of,
    shelf_option,
)
from kaoju.errors import InputError
from kaoju.types import AddRow, AddStatus


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@shelf_option
@encoder_option
@json_option
def add(paths: tuple[str, ...], shelf: str | None, encoder: str | None, as_json: bool) -> None:
    """Put files and folders of articles on the shelf."""
    progress = _Progress(quiet=as_json)

    def report(row: AddRow) -> None:
        progress.clear()
        if as_json:
            print_json(row)
        else:
            click.echo(_add_line(row))
        progress.count(row)

    with open_shelf(shelf, encoder, create=True) as kb:
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


@click.command()
@click.argument("article_id", metavar="ID")
@shelf_option
def remove(article_id: str, shelf: str | None) -> None:
    """Take an article off the shelf, with all that was found in it."""
    with open_shelf(shelf) as kb:
        kb.remove(article_id)
    click.echo(f"removed    {article_id}")


@click.command()
@shelf_option
@encoder_option
def sync(shelf: str | None, encoder: str | None) -> None:
    """Repair the indexes from the record, after a crash or for another encoder."""
    with open_shelf(shelf, encoder) as kb:
        report = kb.sync()
    click.echo(
        f"{report.encoded} passages encoded, {report.added} added to the indexes,"
        f" {report.deleted} taken out; {report.read_again} articles read again"
    )


@click.command()
@shelf_option
def verify(shelf: str | None) -> None:
    """Compare the record with the indexes and print what differs; exit 1 when anything does."""
    with open_shelf(shelf) as kb:
        problems = kb.verify()
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("the record and the indexes agree")


@click.command()
@click.option("--host", metavar="ADDRESS", help="Address to listen on; 127.0.0.1 by default.")
@click.option("--port", type=int, metavar="N", help="Port to listen on; 8000 by default.")
@shelf_option
@encoder_option
def serve(host: str | None, port: int | None, shelf: str | None, encoder: str | None) -> None:
    """Serve the page and the HTTP API."""
    from kaoju.api import run

    settings = settings_of(shelf, encoder)
    with open_shelf(shelf, encoder) as kb:
        run(
            kb,
            host=host if host is not None else settings.host,
            port=port if port is not None else settings.port,
        )
