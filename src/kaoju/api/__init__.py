"""The page and the HTTP API of one shelf: parse, ask the knowledge base, print."""

from kaoju.api.app import create_app
from kaoju.api.server import run

__all__ = ["create_app", "run"]
