"""The route that checks: a draft to a verdict for each of its figures."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.responses import JSONResponse

from kaoju import wire
from kaoju.api import telling
from kaoju.api.parts import JSON_ONLY, KB, Counted

router = APIRouter(prefix="/v1", tags=["check"])


@router.post("/check", response_model=wire.Check, dependencies=[JSON_ONLY])
def check(kb: KB, asked: wire.Draft, counted: Counted) -> Response:
    """Check every figure of a draft against the articles.

    Each verdict that an article decides carries verbatim citations, the deciding one first.
    Spans of figures and sentences are on the draft as given, which is never changed or kept.
    """
    verdicts = kb.check(asked.text, **asked.model_dump(exclude={"text"}))
    counted.checked(verdicts)
    return JSONResponse(telling.checked(asked.text, verdicts))
