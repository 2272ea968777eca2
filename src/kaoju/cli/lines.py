"""Nouns as lines for people."""

from __future__ import annotations

from kaoju.types import Citation, Figure, Hit


def citation_line(citation: Citation) -> str:
    """Where a quote stands: title, day, source and offsets."""
    day = citation.published_on.isoformat() if citation.published_on else "undated"
    return (
        f"{citation.title} · {day} · {citation.source}"
        f" · {citation.document_id}[{citation.span.start}:{citation.span.end}]"
    )


def hit_line(hit: Hit) -> str:
    """A ranked passage, cut short."""
    text = " ".join(hit.text.split())
    short = text if len(text) <= 120 else text[:119] + "…"
    return f"{hit.rank:>2}  {hit.score:.3f}  {hit.language}  {hit.title}: {short}"


def figure_line(figure: Figure) -> str:
    """A figure as printed and as read."""
    value = figure.period if figure.value is None else f"{figure.value:f}"
    upper = f" to {figure.upper:f}" if figure.upper is not None else ""
    told = [f"{value}{upper} {figure.unit}".strip(), str(figure.dimension)]
    for extra in (figure.qualifier, figure.relation, figure.direction, figure.per):
        if extra and extra not in ("exact", "level"):
            told.append(str(extra))
    return f"{figure.span.start:>6}-{figure.span.end:<6} {figure.surface}  =  {' · '.join(told)}"
