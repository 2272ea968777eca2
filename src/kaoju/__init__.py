"""kaoju 考据: a bilingual article knowledge base whose every answer can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Where each public name lives. Imported on first use, so that `import kaoju` stays light.
_HOMES = {
    "Answer": "types",
    "Article": "types",
    "Citation": "types",
    "Claim": "types",
    "Difference": "types",
    "Entity": "types",
    "Figure": "types",
    "Hit": "types",
    "KaojuError": "errors",
    "KnowledgeBase": "knowledge_base",
    "Span": "types",
    "Status": "types",
    "Verdict": "types",
    "compare_figures": "comparison",
    "find_figures": "figures",
    "rank_names": "names",
}
__all__ = [
    "Answer",
    "Article",
    "Citation",
    "Claim",
    "Difference",
    "Entity",
    "Figure",
    "Hit",
    "KaojuError",
    "KnowledgeBase",
    "Span",
    "Status",
    "Verdict",
    "compare_figures",
    "find_figures",
    "rank_names",
]

if TYPE_CHECKING:
    from kaoju.comparison import compare_figures
    from kaoju.errors import KaojuError
    from kaoju.figures import find_figures
    from kaoju.knowledge_base import KnowledgeBase
    from kaoju.names import rank_names
    from kaoju.types import (
        Answer,
        Article,
        Citation,
        Claim,
        Difference,
        Entity,
        Figure,
        Hit,
        Span,
        Status,
        Verdict,
    )


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"kaoju.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'kaoju' has no attribute {name!r}")
