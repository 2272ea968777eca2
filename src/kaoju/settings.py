"""Every knob, with its default, its unit and one line of help.

A value comes from, in rising order of trust: the default here, the `[kaoju]` table of a
TOML file named by ``KAOJU_SETTINGS``, an environment variable ``KAOJU_<NAME>``, a
command's option. Nothing is read at import.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kaoju.errors import InputError


def _knob(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process."""

    shelf: str = _knob("shelf", "Folder of the record and its indexes.")
    encoder: str = _knob(
        "", "A sentence-transformers model by name or path; empty: the shipped one."
    )
    host: str = _knob("127.0.0.1", "Address that page and API listen on.")
    port: int = _knob(8000, "Port that page and API listen on.")
    lock_timeout_s: float = _knob(30.0, "How long a second writer waits for the first, in seconds.")
    batch_passages: int = _knob(64, "Passages encoded and indexed together while adding.")
    max_question_characters: int = _knob(2000, "Longest question or search, in characters.")
    max_draft_characters: int = _knob(200_000, "Longest draft to check, in characters.")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Args:
        environ: Instead of the process's own environment.

    Raises:
        InputError: A settings file that cannot be read, a name that is no setting or a
            value of the wrong kind.
    """
    environ = os.environ if environ is None else environ
    settings = Settings()
    path = environ.get("KAOJU_SETTINGS")
    if path:
        settings = _with(settings, _table(Path(path)), origin=path)
    known = {f"KAOJU_{knob.name.upper()}": knob.name for knob in fields(Settings)}
    given = {name: environ[variable] for variable, name in known.items() if environ.get(variable)}
    return _with(settings, given, origin="the environment")


def _table(path: Path) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("kaoju", {})
    except (OSError, ValueError) as error:
        raise InputError(f"KAOJU_SETTINGS names {path}, which cannot be read: {error}") from error
    if not isinstance(table, dict):
        raise InputError(f"{path}: [kaoju] must be a table")
    return table


def _with(settings: Settings, given: Mapping[str, Any], origin: str) -> Settings:
    defaults = Settings()
    values: dict[str, Any] = {}
    for name, value in given.items():
        if not hasattr(defaults, name):
            raise InputError(f"{origin}: {name!r} is no setting of kaoju")
        kind = type(getattr(defaults, name))
        try:
            values[name] = kind(value)
        except (TypeError, ValueError) as error:
            raise InputError(
                f"{origin}: {name} must be of kind {kind.__name__}, got {value!r}"
            ) from error
    return replace(settings, **values)
