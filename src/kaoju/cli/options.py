"""What commands share: their options, the opening of a shelf, JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kaoju.codec import to_json
from kaoju.errors import InputError
from kaoju.settings import Settings, load_settings

if TYPE_CHECKING:
    from kaoju.knowledge_base import KnowledgeBase

F = TypeVar("F", bound=Callable[..., Any])


def shelf_option(function: F) -> F:
    """Add ``--shelf``."""
    return click.option(
        "--shelf", metavar="DIR", help="The shelf's folder (or KAOJU_SHELF); by default ./shelf."
    )(function)


def encoder_option(function: F) -> F:
    """Add ``--encoder``."""
    return click.option(
        "--encoder", metavar="NAME-OR-PATH", help="A sentence-transformers model for the shelf."
    )(function)


def json_option(function: F) -> F:
    """Add ``--json``, as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(function)


def filter_options(function: F) -> F:
    """Add the options that choose passages."""
    for option in (
        click.option("--language", type=click.Choice(["zh", "en"]), help="Only passages in it."),
        click.option("--since", metavar="DATE", help="Published on or after, as 2025-11-05."),
        click.option("--until", metavar="DATE", help="Published on or before."),
        click.option("--entity", metavar="NAME", help="Passages that mention it, in any language."),
        click.option("--source", metavar="WORDS", help="Articles whose source or URL has them."),
    ):
        function = option(function)
    return function


def settings_of(shelf: str | None, encoder: str | None = None) -> Settings:
    """The settings, the command's own options before all others."""
    settings = load_settings()
    return replace(settings, shelf=shelf or settings.shelf, encoder=encoder or settings.encoder)


def open_shelf(
    shelf: str | None, encoder: str | None = None, *, create: bool = False
) -> KnowledgeBase:
    """Open the shelf that the option or the settings name."""
    from kaoju.knowledge_base import KnowledgeBase

    return KnowledgeBase.open(create=create, settings=settings_of(shelf, encoder))


def tell_waiting(kb: KnowledgeBase) -> None:
    """Say on stderr that some passages cannot be found yet."""
    if waiting := kb.waiting():
        click.echo(f"kaoju: {waiting} passages are not in the indexes: run 'kaoju sync'", err=True)


def day_of(value: str | None, option: str) -> date | None:
    """The day that an option gives; None where it is not given."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise InputError(f"{option} must be a date as 2025-11-05, got {value!r}") from error


def print_json(value: Any) -> None:
    """Print a noun as one line of JSON."""
    click.echo(json.dumps(to_json(value), ensure_ascii=False))
