"""Training data: Chinese-English pairs, passages joined from them, and written questions.

What may be shipped decides what is here: sources with open terms alone (tier A of
``shared/data/train/SOURCES.md``, where each is described) and passages written for kaoju.
Caps weigh down law, interfaces, names and dictionaries, which would swamp the rest.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kaoju.encoder import readable_text
from training.templates import made_pairs

ROOT = Path(__file__).resolve().parents[2]
# Passages and questions in the register of news, some of invented content, for training alone.
NEWS = Path(__file__).with_name("news.jsonl")
# Invented news with questions in other words than its own, their answers and near misses.
PASSAGES = Path(__file__).with_name("passages.jsonl")
# A passage's longest side; kaoju's own passages reach 400 Chinese characters.
LONGEST_PASSAGE = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A file of pairs.

    Attributes:
        name: Of the file, without its ending.
        terms: As SOURCES.md gives them.
        cap: Most pairs taken, drawn evenly; None takes all.
        ordered: Whether neighbouring lines come from one document, so that joined they
            make passages.
    """

    name: str
    terms: str
    cap: int | None = None
    ordered: bool = False


# Prose whose passages also answer a sentence taken out of them.
CROPPED = (
    "bitcoinops_newsletters", "ethereum_org", "bitcoin_org", "plurality_book", "hf_course",
    "tico19", "nextstrain_sitreps", "opensource_guide", "game_wesnoth", "dyn365_projops",
)  # fmt: skip

SOURCES = (
    Source("tatoeba_cmn", "CC BY 2.0 FR (Tatoeba)"),
    Source("3am_captions", "MIT", 8_000),
    Source("kubernetes_docs", "CC BY 4.0", 10_000, ordered=True),
    Source("python_docs", "PSF licence, translations CC0", 6_000, ordered=True),
    Source("electron_docs", "MIT", 2_000, ordered=True),
    Source("dyn365_projops", "CC BY 4.0", ordered=True),
    Source("taiwan_law", "no copyright (statutes, official translations)", 10_000),
    Source("taiwan_law_titles", "no copyright (statutes)", 1_500),
    Source("bitcoinops_newsletters", "MIT", 18_000, ordered=True),
    Source("ethereum_org", "MIT", 20_000, ordered=True),
    Source("ethereum_org_ui", "MIT", 1_000),
    Source("bitcoin_org", "MIT", ordered=True),
    Source("bitcoin_org_pages", "MIT", ordered=True),
    Source("plurality_book", "CC0 1.0", ordered=True),
    Source("hf_course", "Apache-2.0", ordered=True),
    Source("tico19", "CC0 1.0", ordered=True),
    Source("tico19_terms", "CC0 1.0"),
    Source("nextstrain_sitreps", "CC BY 4.0", ordered=True),
    Source("opensource_guide", "CC BY 4.0", ordered=True),
    Source("cncf_glossary", "Apache-2.0", ordered=True),
    Source("cc_legalcode", "no copyright asserted (Creative Commons)"),
    Source("bible_cuv_bbe", "public domain", 4_000, ordered=True),
    Source("game_wesnoth", "GPL-2.0", 12_000, ordered=True),
    Source("game_shattered_pixel", "GPL-3.0", 4_000),
    Source("game_dcss", "GPL-2.0 or later", 4_000),
    Source("game_cdda_nocts_mod", "CC BY-SA 3.0"),
    Source("game_thrive", "GPL-3.0 or later"),
    Source("stellarium_skycultures", "CC BY-SA / GPL, per culture"),
    Source("odoo_i18n", "LGPL-3.0", 5_000),
    Source("gnucash_po", "GPL-2.0 or later", 1_000),
    Source("dolibarr_erp", "GPL-3.0 or later", 1_500),
    Source("mediawiki_i18n", "GPL-2.0 or later", 800),
    Source("wikibase_i18n", "GPL-2.0 or later", 300),
    Source("pkp_publishing", "GPL-3.0", 400),
    Source("hanleylee_finance_terms", "MIT"),
    Source("cldr_names", "Unicode-3.0", 3_000),
    Source("cedict", "CC BY-SA 4.0 (CC-CEDICT)", 30_000),
    Source("cedpane", "public domain", 16_000),
)


@dataclass(frozen=True, slots=True)
class Data:
    """Everything that a run trains on, texts folded as kaoju folds them.

    Attributes:
        pairs: (Chinese, English): sentences, terms and passages of a meaning.
        written: Written passages and those of `crops`, with ``id``, ``zh``, ``en``, ``q_zh``
            and ``q_en``.
        taken: How many pairs came from each source.
        digest: SHA-256 over all of it, in order.
    """

    pairs: list[tuple[str, str]]
    written: list[dict[str, Any]]
    taken: dict[str, int]
    digest: str


def read_pairs(shared: Path, source: Source) -> list[tuple[str, str]]:
    """All pairs of a source in file order, folded."""
    path = shared / "data" / "train" / f"{source.name}.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        split = (line.rstrip("\n").split("\t") for line in lines)
        return [(_folded(row[0]), _folded(row[1])) for row in split if len(row) == 2]


def training_data(
    shared: Path,
    seed: int,
    made_size: int = 9_000,
    caps: float = 1,
    cropped: int = 20,
) -> Data:
    """Read, cap, join and digest the training data.

    Args:
        shared: Folder with ``data/train`` and ``data/written``.
        seed: Of every draw.
        made_size: How often a template is filled.
        caps: Times as many pairs as the caps of the sources say.
        cropped: Most passages of a source without two of their sentences.
    """
    pairs: list[tuple[str, str]] = []
    asking: list[dict[str, Any]] = []
    taken: dict[str, int] = {}
    for source in SOURCES:
        rows = read_pairs(shared, source)
        draw = random.Random(f"{seed} {source.name}")
        most = len(rows) if source.cap is None else min(len(rows), round(source.cap * caps))
        found = rows if most == len(rows) else draw.sample(rows, most)
        if source.ordered:
            found = found + passages(rows, draw, limit=max(400, len(found) // 8))
        if source.name in CROPPED:
            asking += crops(source.name, rows, draw, cropped)
        taken[source.name] = len(found)
        pairs += found
    made = [(_folded(zh), _folded(en)) for zh, en in made_pairs(random.Random(seed), made_size)]
    taken["templates written for kaoju"] = len(made)
    train, _, _ = held_out(written_passages(shared))
    train += folded_passages(NEWS) + folded_passages(PASSAGES)
    whole = [(row["zh"], row["en"]) for row in train]
    sentences = [pair for row in train for pair in sentence_pairs(row)]
    taken["passages written for kaoju"] = len(whole)
    taken["sentences of these"] = len(sentences)
    taken["passages with a sentence taken out"] = len(asking)
    pairs += made + 2 * (whole + sentences)
    asked = train + asking
    digest = hashlib.sha256(json.dumps([pairs, asked], ensure_ascii=False).encode())
    return Data(pairs, asked, taken, digest.hexdigest())


def passages(
    rows: Sequence[tuple[str, str]], draw: random.Random, limit: int
) -> list[tuple[str, str]]:
    """Join neighbouring pairs of a document into passages of 60 to 400 Chinese characters.

    A first line without a full stop stands as a heading on a line of its own, as titles do
    before kaoju's passages.
    """
    found = []
    at = 0
    while at < len(rows):
        size = draw.randint(60, LONGEST_PASSAGE)
        chosen: list[tuple[str, str]] = []
        while at < len(rows) and sum(len(zh) for zh, _ in chosen) < size:
            chosen.append(rows[at])
            at += 1
        zh, en = (list(side) for side in zip(*chosen, strict=True))
        cut = "\n" if not zh[0].endswith(tuple("。.!?:;；")) else None
        found.append(
            (
                zh[0] + (cut or "") + "".join(zh[1:]),
                en[0] + (cut or " ") + " ".join(en[1:]),
            )
        )
    found = [(zh, en) for zh, en in found if len(zh) <= LONGEST_PASSAGE + 200]
    return draw.sample(found, min(limit, len(found)))


def crops(
    name: str, rows: Sequence[tuple[str, str]], draw: random.Random, limit: int = 20
) -> list[dict[str, Any]]:
    """Passages without two of their sentences, which ask for them as questions do.

    Lee et al. (Latent retrieval for weakly supervised open domain question answering, ACL 2019)
    call it the inverse cloze task. One sentence asks in Chinese, another in English.

    Args:
        name: Of the source; the rows are numbered after it.
        rows: Neighbouring sentences.
        draw: The source of chance.
        limit: Most passages made.
    """
    found: list[dict[str, Any]] = []
    at = 0
    while at < len(rows):
        size = draw.randint(4, 8)
        chosen, at = list(rows[at : at + size]), at + size
        asking = [i for i, (zh, en) in enumerate(chosen) if len(zh) >= 12 and len(en) >= 30]
        if len(asking) < 4:
            continue
        first, second = draw.sample(asking, 2)
        rest = [pair for i, pair in enumerate(chosen) if i not in (first, second)]
        found.append(
            {
                "zh": "".join(zh for zh, _ in rest),
                "en": " ".join(en for _, en in rest),
                "q_zh": [chosen[first][0]],
                "q_en": [chosen[second][1]],
            }
        )
    found = [row for row in found if len(row["zh"]) <= LONGEST_PASSAGE]
    found = draw.sample(found, min(limit, len(found)))
    return [{"id": f"{name}-{i:03}", **row} for i, row in enumerate(found)]


def written_passages(shared: Path) -> list[dict[str, Any]]:
    """Every written passage of ``data/written``, folded, in order of its id."""
    paths = sorted((shared / "data" / "written").glob("*.jsonl"))
    rows = [row for path in paths for row in folded_passages(path)]
    return sorted(rows, key=lambda row: str(row["id"]))


def folded_passages(path: Path) -> list[dict[str, Any]]:
    """The passages of a file with their questions, folded, in its order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        for side in ("zh", "en"):
            row[side] = _folded(row[side])
            row[f"q_{side}"] = [_folded(question) for question in row[f"q_{side}"]]
    return rows


def held_out(
    rows: Iterable[dict[str, Any]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Tell written passages apart: to train on, for validation, and in the gold shelf.

    Those of ``corpus/gold/written_articles.jsonl`` are never trained on; of the others a
    fifth, by the digest of the id, is for validation.
    """
    articles = ROOT / "corpus" / "gold" / "written_articles.jsonl"
    lines = articles.read_text(encoding="utf-8").splitlines()
    gold_ids = {json.loads(line)["id"] for line in lines}
    train: list[dict[str, Any]] = []
    valid: list[dict[str, Any]] = []
    gold: list[dict[str, Any]] = []
    for row in rows:
        first = hashlib.sha256(row["id"].encode()).digest()[0]
        (gold if row["id"] in gold_ids else valid if first < 51 else train).append(row)
    return train, valid, gold


def sentence_pairs(row: dict[str, Any]) -> list[tuple[str, str]]:
    """The sentences of a written passage in pairs; none where the sides differ in number."""
    from kaoju.text import sentences

    sides = [[span.of(row[side]).strip() for span in sentences(row[side])] for side in ("zh", "en")]
    if len(sides[0]) != len(sides[1]) or len(sides[0]) < 2:
        return []
    return list(zip(*sides, strict=True))


def _folded(text: str) -> str:
    return readable_text(text, folded=True)
