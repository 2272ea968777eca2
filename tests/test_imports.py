"""The direction of imports: down, and light at the door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import kaoju

SOURCE = Path(__file__).resolve().parent.parent / "src" / "kaoju"
# From the floor up. A line is a layer: its modules may import each other and what lies below.
# Rooms of one layer that do not belong together are kept apart by APART.
LAYERS = {
    name: height
    for height, names in enumerate(
        [
            "types errors",
            "text settings migrations codec lexicon",
            "tokens numeral_words numeral_writing numerals_zh numerals_en numerals"
            " dates dates_zh dates_en date_patterns_en date_stretches time_words clocks_en"
            " count_nouns units",
            # reading
            "decoding dateline layout metadata markup web_page naming boundaries reading passages"
            # figures
            " figure_found figure_gaps figure_gaps_zh figure_seeds figure_words figure_units_zh"
            " figure_coins_zh figure_tickers figure_places figure_parts_zh figure_alone_en"
            " figure_ages_en figure_run_times figure_units_en"
            " figure_quantities figure_bare figure_qualifiers figure_relations figure_amounts_en"
            " figure_tallies"
            " figure_measures"
            " figure_measures_zh figure_measures_en figure_periods figure_context"
            " figure_shares_en figure_shares_zh figure_traps figure_writing"
            " figures comparison comparison_bands comparison_dates"
            # names
            " gazetteer word_translations chinese_words chinese_roles chinese_brands chinese_people"
            " chinese_organisations chinese_untitled chinese_signs chinese_natives"
            " chinese_foreigners chinese_names english_runs english_roles english_context"
            " english_bodies"
            " english_names entities"
            " transducer sounds sound_index name_habits transliteration names east_asian body_names"
            " translated name_parts decisions cross_language hearing shelf_names linking"
            " asked_names"
            # claims and retrieval
            " concepts draft attribution claims encoder closeness reader"
            " onnx_module"
            " index store metrics",
            "ingest question pivots weighing search focus asked affinity constraints expectations"
            " roles_asked wanted headline topics evidence"
            " scrutiny abstention answer"
            " denials frames derived heard_names short_names periods likeness word_likeness"
            " date_limits draft_dates lengths ends alignment"
            " heads parallels binding blanks contest halves accusation draft_comparison agreement"
            " judgement reckoned sum_parts each_of came_from"
            " changes sizes like_units tickers named_limits"
            " succession speakers tenses timeliness contrasts apiece dates_beside firmness retold"
            " crossed rival_figures dissent disputes takebacks"
            " meant neighbours opinions printed unanswered fitting options trees trust"
            " verdicts"
            " pairing restating verdict_wording factcheck reports export",
            "knowledge_base",
            "cli api wire",
        ]
    )
    for name in names.split()
}
APART = [
    {
        *("decoding", "dateline", "layout", "metadata", "markup", "web_page", "naming"),
        *("boundaries", "reading"),
    },
    {"passages"},
    {name for name in LAYERS if name.startswith(("figure", "comparison"))},
    {
        *("gazetteer", "entities", "transducer", "sounds", "sound_index", "name_habits"),
        "transliteration",
        *("names", "translated", "name_parts", "decisions", "east_asian"),
        *("cross_language", "shelf_names", "linking", "asked_names"),
        *(name for name in LAYERS if name.startswith(("chinese_", "english_"))),
    },
    {"attribution", "claims"},
    {"concepts"},
    {"draft"},
    {"encoder", "onnx_module"},
    {"index"},
    {"store"},
    {"metrics"},
]
HEAVY = "torch sentence_transformers transformers faiss jieba rjieba tantivy onnxruntime tokenizers"
HEAVY += " fastapi pydantic trafilatura opencc babel pypinyin numpy"


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kaoju"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {a.name for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("kaoju.")}
    return {name for name in found if not name.startswith("__")}


def _room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def test_every_room_stands_in_a_layer() -> None:
    rooms = {_room(p) for p in SOURCE.rglob("*.py")} - {"__init__", "__main__"}
    assert rooms - set(LAYERS) == set()


def test_imports_point_down() -> None:
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        room = _room(path)
        if room in ("__init__", "__main__"):
            continue
        for other in _imports(path) & set(LAYERS):
            if other != room and LAYERS[other] > LAYERS[room]:
                wrong.append(f"{path.relative_to(SOURCE)} imports {other}")
    assert wrong == []


def test_rooms_do_not_know_each_other() -> None:
    home = {name: number for number, names in enumerate(APART) for name in names}
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        room = _room(path)
        for other in _imports(path):
            if room in home and other in home and home[room] != home[other]:
                wrong.append(f"{path.relative_to(SOURCE)} imports {other}")
    assert wrong == []


def test_importing_kaoju_loads_nothing_heavy() -> None:
    code = "import sys, kaoju, kaoju.cli; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert loaded & set(HEAVY.split()) == set()


def test_public_names_are_sorted_and_exist() -> None:
    assert kaoju.__all__ == sorted(kaoju.__all__)
    for name in kaoju.__all__:
        assert getattr(kaoju, name).__module__.startswith("kaoju.")
