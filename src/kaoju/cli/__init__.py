"""Arguments in, lines out: each command is one method of the knowledge base.

Results go to stdout, all else to stderr. ``--json`` prints one object a line. Exit codes:
0 fine, 1 something failed (an article that could not go in, an index that differs), 2 misuse.
``kaoju check`` ends with 1 only when a figure is contradicted, and with 2 whatever else failed.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from typing import Any

import click

from kaoju import __version__
from kaoju.cli import asking, checking, filling, looking
from kaoju.errors import InputError, InvalidFilterError, KaojuError, NotFoundError

__all__ = ["main"]

# New objects after which Python looks for garbage, instead of 700: a question makes some 100,000
# that it keeps, and looking through them 150 times is a twentieth of its time.
_GARBAGE = 50_000


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
    gc.set_threshold(_GARBAGE, *gc.get_threshold()[1:])
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


for _command in (
    *(filling.add, filling.remove, filling.sync, filling.verify, filling.serve),
    *(asking.ask, asking.search, asking.figures),
    checking.check,
    *(looking.list_articles, looking.show, looking.entities, looking.stats),
):
    main.add_command(_command)
