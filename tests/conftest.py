"""What several rooms' tests share: the real corpus on a real shelf, and no leaking settings."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# What a shell starts in the background ignores Ctrl-C, and so would what the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("KAOJU_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def corpus_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf that holds the bundled corpus; tests that write must take `own_shelf`."""
    from kaoju.knowledge_base import KnowledgeBase

    folder = tmp_path_factory.mktemp("corpus") / "shelf"
    with KnowledgeBase.open(folder) as kb:
        report = kb.add(ROOT / "corpus" / "articles")
    assert report.ok, [row.reason for row in report.rows]
    return folder


@pytest.fixture
def own_shelf(corpus_shelf: Path, tmp_path: Path) -> Path:
    """A copy of the corpus shelf that a test may change."""
    return Path(shutil.copytree(corpus_shelf, tmp_path / "shelf"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; a test that asks for it is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the shared development data is not beside this checkout")
    return SHARED
