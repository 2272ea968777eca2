"""The commands that look at a shelf, and decide on its names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from kaoju.cli.lines import citation_line, figure_line
from kaoju.cli.options import json_option, open_shelf, print_json, shelf_option
from kaoju.errors import InputError
from kaoju.types import Entity, Span

if TYPE_CHECKING:
    from kaoju.knowledge_base import KnowledgeBase


@click.command("list")
@shelf_option
@json_option
def list_articles(shelf: str | None, as_json: bool) -> None:
    """List the articles of the shelf, newest first."""
    with open_shelf(shelf) as kb:
        found = kb.articles()
    for article in found:
        if as_json:
            print_json(article)
        else:
            day = article.published_on.isoformat() if article.published_on else "undated   "
            click.echo(f"{article.id}  {day}  {article.language}  {article.title}")


@click.command()
@click.argument("article_id", metavar="ID")
@shelf_option
@json_option
def show(article_id: str, shelf: str | None, as_json: bool) -> None:
    """Show one article with its passages, claims, entities and figures."""
    with open_shelf(shelf) as kb:
        detail = kb.article(article_id)
    if as_json:
        print_json(detail)
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
            click.echo(f"    figure  {figure_line(figure).strip()}")
        names = dict.fromkeys(f"{m.surface} ({m.kind})" for m in filter(inside, detail.mentions))
        if names:
            click.echo(f"    names   {', '.join(names)}")


def _inside(span: Span) -> Callable[[Any], bool]:
    return lambda found: span.contains(found.span)


@click.command()
@click.argument("words", nargs=-1, metavar="[NAME | link A B | split A NAME... | rename A NAME]")
@click.option(
    "--article", metavar="ID", default="", help="With split: hold it in one article only."
)
@click.option("--who", metavar="EDITOR", help="Kept with a decision; by default the user's name.")
@shelf_option
@json_option
def entities(
    words: tuple[str, ...], article: str, who: str | None, shelf: str | None, as_json: bool
) -> None:
    """List the entities of the shelf, what is known of one, or decide on their names.

    With a NAME in either language: its names, roles, mentions, claims and figures. With
    link, split or rename: an editor's decision, which wins over every other evidence and is
    kept in the record.
    """
    with open_shelf(shelf) as kb:
        if words and words[0] in _DECISIONS:
            for entity in _DECISIONS[words[0]](kb, words[1:], article, who or _user()):
                _print_entity(entity, as_json)
        elif words:
            detail = kb.entity_detail(" ".join(words))
            if as_json:
                print_json(detail)
            else:
                click.echo("\n".join(_entity_lines(detail)))
        else:
            for entity in kb.entities():
                _print_entity(entity, as_json)


def _print_entity(entity: Entity, as_json: bool) -> None:
    if as_json:
        print_json(entity)
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
            yield f"         {citation_line(citation)}"
    for figure, citation in detail.figures:
        yield f"  figure {figure_line(figure).strip()}"
        yield f"         {citation_line(citation)}"


@click.command()
@shelf_option
@json_option
def stats(shelf: str | None, as_json: bool) -> None:
    """Count what the shelf holds, and tell the state of its indexes."""
    with open_shelf(shelf) as kb:
        found = kb.stats()
    if as_json:
        print_json(found)
        return
    for name, value in found.items():
        if isinstance(value, dict):
            for inner, told in value.items():
                click.echo(f"{name}.{inner}: {told}")
        else:
            click.echo(f"{name}: {value}")
