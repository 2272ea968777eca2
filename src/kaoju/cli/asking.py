"""The commands that ask: questions, searches, and the figures of a text."""

from __future__ import annotations

from typing import Any

import click

from kaoju.cli.lines import citation_line, figure_line, hit_line
from kaoju.cli.options import (
    day_of,
    filter_options,
    json_option,
    open_shelf,
    print_json,
    shelf_option,
    tell_waiting,
)
from kaoju.codec import to_json
from kaoju.errors import UnreadableArticleError
from kaoju.types import Answer, Citation


@click.command()
@click.argument("question")
@click.option("-k", default=10, show_default=True, help="How many passages are considered.")
@filter_options
@shelf_option
@json_option
def ask(question: str, k: int, shelf: str | None, as_json: bool, **filters: str | None) -> None:
    """Answer a question in the articles' own words, or say that they do not."""
    with open_shelf(shelf) as kb:
        tell_waiting(kb)
        answer = kb.ask(question, k=k, **filters)
    if as_json:
        print_json(answer_json(answer))
    else:
        click.echo(_answer_text(answer))


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer with its derived fields ``text`` and ``citations``, ready for ``json``."""
    return {**to_json(answer), "text": answer.text, "citations": to_json(answer.citations)}


def _answer_text(answer: Answer) -> str:
    lines: list[str] = []
    read = [f"{r.name} = {r.read_as} ({r.evidence} {r.confidence:.2f})" for r in answer.readings]
    if answer.abstained:
        lines += [answer.reason or "", *read]
        if answer.hits:
            lines += ["", "最接近的段落 / nearest passages:"]
            lines += [f"  {hit_line(hit)}" for hit in answer.hits[:3]]
        return "\n".join(lines)
    if answer.value is not None:
        lines += [click.style(answer.value.text, bold=True), ""]
    lines += [answer.text, *(["", *read] if read else [])]
    for number, citation in enumerate(answer.citations, start=1):
        lines += ["", f"[{number}] {citation_line(citation)}", f"    {_in_context(citation)}"]
    return "\n".join(lines)


def _in_context(citation: Citation) -> str:
    quote = click.style(citation.quote, underline=True)
    return " ".join(f"…{citation.prefix}{quote}{citation.suffix}…".split("\n"))


@click.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, help="How many passages.")
@filter_options
@shelf_option
@json_option
def search(query: str, k: int, shelf: str | None, as_json: bool, **filters: str | None) -> None:
    """Find the passages nearest to a query, in either language."""
    with open_shelf(shelf) as kb:
        tell_waiting(kb)
        hits = kb.search(query, k=k, **filters)
    for hit in hits:
        if as_json:
            print_json(hit)
        else:
            click.echo(hit_line(hit))
            told = ", ".join(f"{r.ranking} {r.rank} ({r.score:.3g})" for r in hit.sources)
            click.echo(f"      {told}")
    if not hits:
        click.echo("no passage matches", err=True)


@click.command()
@click.argument("file", metavar="TEXT-FILE", type=click.File("rb"))
@click.option("--reference-date", metavar="DATE", help="What 今年 or 'last week' count from.")
@json_option
def figures(file: Any, reference_date: str | None, as_json: bool) -> None:
    """List the figures in a text, without a shelf; - reads stdin."""
    from kaoju.decoding import decode
    from kaoju.figures import find_figures

    day = day_of(reference_date, "--reference-date")
    try:
        text = decode(file.read()).text
    except UnreadableArticleError as error:
        raise UnreadableArticleError(f"{file.name}: {error}") from error
    for figure in find_figures(text, reference_date=day):
        if as_json:
            print_json(figure)
        else:
            click.echo(figure_line(figure))
