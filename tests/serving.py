"""A real server on a free loopback port, for tests that speak HTTP to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from kaoju.api.app import create_app
from kaoju.api.server import listening
from kaoju.knowledge_base import KnowledgeBase


@contextmanager
def serving(kb: KnowledgeBase) -> Iterator[httpx.Client]:
    """Serve a shelf while the block runs; the client knows the address."""
    with listening("127.0.0.1", 0) as taken:
        config = uvicorn.Config(
            create_app(kb), log_level="critical", access_log=False, lifespan="off", ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        try:
            with httpx.Client(base_url=base, timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(timeout=30)
    assert not thread.is_alive()
