"""Whether the process lives, whether it can answer, and what it has counted."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse, PlainTextResponse

from kaoju import wire
from kaoju.api import monitoring
from kaoju.api.parts import KB, Counted
from kaoju.api.problems import KINDS, ProblemError

router = APIRouter(tags=["health"])


@router.get("/livez", response_model=wire.Liveness)
def livez() -> Response:
    """Say that the process runs."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz", response_model=wire.Readiness)
def readyz(request: Request, kb: KB) -> Response:
    """Say that a search can be answered now, from which generation of the indexes.

    A search is really made, so a model that cannot be loaded or indexes that do not match
    are found here: a 503 that says why.
    """
    kb.search("ready", k=1)
    stats = kb.stats()
    waiting = stats.get("pending", 0)
    # While this server writes, passages wait for a moment and readers see the state before.
    if waiting and not request.app.state.turn.locked():
        raise ProblemError(
            "index-mismatch", f"{waiting} passages wait to be indexed: run 'kaoju sync'"
        )
    told = {name: stats[name] for name in ("articles", "passages", "indexes")}
    return JSONResponse({"status": "ready", **told})


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(kb: KB, counted: Counted) -> Response:
    """Tell requests, latencies, answers and the shelf's counts in Prometheus' text format."""
    return Response(counted.text(kb.stats()), media_type=monitoring.MEDIA_TYPE)


@router.get("/problems/{name}", response_class=PlainTextResponse)
def explain_problem(name: str) -> Response:
    """Explain a kind of problem: what the ``type`` of an error leads to."""
    if name not in KINDS:
        raise ProblemError("not-found", f"no kind of problem is called {name!r}")
    kind = KINDS[name]
    return PlainTextResponse(f"{kind.title} ({kind.status})\n\n{kind.meaning}\n")
