"""The routes that ask: questions, searches, figures, claims and entities."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import JSONResponse

from kaoju import types as nouns
from kaoju import wire
from kaoju.api import telling
from kaoju.api.paging import Key, linked, newest_first, page
from kaoju.api.parts import JSON_ONLY, KB, Counted, citer
from kaoju.codec import to_json
from kaoju.knowledge_base import KnowledgeBase

router = APIRouter(prefix="/v1", tags=["ask"])


@router.post("/ask", response_model=wire.Answer, dependencies=[JSON_ONLY])
def ask(kb: KB, asked: wire.Ask, counted: Counted) -> Response:
    """Answer a question in the articles' own words, or decline with the reason.

    Every sentence carries verbatim citations; a declined question carries the nearest passages.
    """
    answer = kb.ask(asked.question, **asked.model_dump(exclude={"question"}))
    counted.answer(abstained=answer.abstained)
    return JSONResponse(telling.answer(answer, citer(kb)))


@router.get("/search", response_model=wire.SearchResult)
def search(kb: KB, wanted: Annotated[wire.SearchFields, Query()]) -> Response:
    """Find the passages nearest to a query, best first, with the scores of each ranking."""
    hits = kb.search(wanted.query, **wanted.model_dump(exclude={"query"}))
    cite = citer(kb)
    return JSONResponse({"query": wanted.query, "hits": [telling.hit(h, cite) for h in hits]})


@router.post("/figures", response_model=wire.FigureList, dependencies=[JSON_ONLY])
def read_figures(given: wire.TextIn) -> Response:
    """Read the figures in a text, without asking the shelf."""
    from kaoju.figures import find_figures

    figures = find_figures(
        given.text,
        language=nouns.Language(given.language) if given.language else None,
        reference_date=date.fromisoformat(given.reference_date) if given.reference_date else None,
    )
    return JSONResponse({"figures": to_json(figures)})


@router.get("/figures", response_model=wire.FigurePage)
def list_figures(
    request: Request, kb: KB, wanted: Annotated[wire.FigureFields, Query()]
) -> Response:
    """List the stored figures whose value, or range, meets [minimum, maximum]."""
    found = kb.figures(**wanted.model_dump(exclude={"limit", "cursor"}))
    return _cited_page(request, kb, "figures", found, wanted)


@router.get("/claims", response_model=wire.ClaimPage)
def list_claims(request: Request, kb: KB, wanted: Annotated[wire.ClaimFields, Query()]) -> Response:
    """List the stored claims, of a speaker or about somebody."""
    found = kb.claims(**wanted.model_dump(exclude={"limit", "cursor"}))
    return _cited_page(request, kb, "claims", found, wanted)


def _cited_page(
    request: Request, kb: KnowledgeBase, name: str, found: list[Any], wanted: wire.Page
) -> Response:
    published = {article.id: article.published_on for article in kb.articles()}

    def key(row: Any) -> Key:
        return (
            newest_first(published.get(row.document_id)),
            row.document_id,
            row.span.start,
            row.id,
        )

    rows, following = page(found, key, name=name, limit=wanted.limit, cursor=wanted.cursor)
    cite = citer(kb)
    pairs = [(row, cite(row.document_id, row.span)) for row in rows]
    # A row whose article went or changed since it was listed has nothing left to quote.
    told = [telling.cited(row, c) for row, c in pairs if c is not None]
    return linked(request, JSONResponse({name: told, "next": following}), following)


@router.get("/entities", response_model=wire.EntityPage)
def list_entities(
    request: Request, kb: KB, wanted: Annotated[wire.EntityFields, Query()]
) -> Response:
    """List the entities of the shelf, most mentioned first, or those that a name can mean."""
    rows, following = page(
        kb.entities(wanted.name),
        lambda entity: (-entity.mention_count, entity.id),
        name="entities",
        limit=wanted.limit,
        cursor=wanted.cursor,
    )
    told = {"entities": to_json(rows), "next": following}
    return linked(request, JSONResponse(told), following)


@router.get("/entities/{entity_id}", response_model=wire.EntityDetail)
def get_entity(kb: KB, entity_id: str) -> Response:
    """Tell what the shelf knows of an entity, by its id or a name in either language."""
    found = kb.entity_detail(entity_id)
    told = to_json(found)
    for name in ("said", "about", "figures"):
        told[name] = [[to_json(row), telling.citation(c)] for row, c in getattr(found, name)]
    return JSONResponse(told)
