"""The server: one process on one port, ready before it says so, ended by Ctrl-C."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

import click

from kaoju.errors import AddressError

if TYPE_CHECKING:
    from kaoju.knowledge_base import KnowledgeBase


def run(kb: KnowledgeBase, *, host: str, port: int) -> None:
    """Serve the page and the API until interrupted.

    The port is taken before anything is loaded, and the address printed on stdout once a
    question would be answered at once.

    Args:
        kb: The shelf to serve.
        host: A name or address of this machine.
        port: 0 takes a free one.

    Raises:
        AddressError: Nothing can listen on that address.
        IndexMismatchError: The indexes were built with another encoder or analyzer.
        EncoderError: The shelf's encoder cannot be loaded.
    """
    with listening(host, port) as taken:
        try:
            _serve(kb, taken, host)
        except KeyboardInterrupt:
            click.echo("kaoju: stopped", err=True)


def listening(host: str, port: int) -> socket.socket:
    """Take an address.

    Raises:
        AddressError: Another program listens there, or the address is not this machine's.
    """
    if not 0 <= port <= 65535:  # some systems take 70000 for 4464
        raise AddressError(f"--port must lie between 0 and 65535, got {port}")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        taken = socket.socket(family, kind, protocol)
        try:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(address)
            taken.listen(128)
        except BaseException:
            taken.close()
            raise
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressError(
                f"port {port} on {host} is in use: stop what listens there, or choose"
                " another with --port"
            ) from error
        if error.errno == errno.EACCES:
            raise AddressError(
                f"port {port} on {host} may not be used by you: choose one above 1023 with --port"
            ) from error
        raise AddressError(f"cannot listen on {host} port {port}: {error}") from error
    return taken


def _serve(kb: KnowledgeBase, taken: socket.socket, host: str) -> None:
    import uvicorn

    from kaoju.api.app import create_app

    app = create_app(kb)
    kb.search("ready", k=1)  # loads the encoder, the indexes and the dictionaries
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"kaoju is at http://{shown}:{taken.getsockname()[1]}")
    uvicorn.Server(config).run(sockets=[taken])
