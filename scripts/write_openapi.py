"""Write docs/openapi.json: the OpenAPI document that the server gives out."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from kaoju.api import create_app
from kaoju.knowledge_base import KnowledgeBase

PATH = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def main() -> None:
    """Write the document of this version of kaoju."""
    with tempfile.TemporaryDirectory() as folder, KnowledgeBase.open(Path(folder) / "shelf") as kb:
        document = create_app(kb).openapi()
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {PATH.relative_to(PATH.parent.parent)}: {len(document['paths'])} paths")


if __name__ == "__main__":
    main()
