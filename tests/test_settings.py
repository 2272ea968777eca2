"""Settings from defaults, a file and the environment."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kaoju.errors import InputError
from kaoju.settings import Settings, load_settings


def test_the_environment_outweighs_the_file_and_the_file_the_default(tmp_path: Path) -> None:
    file = tmp_path / "kaoju.toml"
    file.write_text('[kaoju]\nport = 9000\nshelf = "here"\n', encoding="utf-8")
    found = load_settings({"KAOJU_SETTINGS": str(file), "KAOJU_SHELF": "there"})
    assert (found.port, found.shelf, found.host) == (9000, "there", "127.0.0.1")


def test_a_name_that_is_no_setting_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kaoju.toml"
    file.write_text("[kaoju]\nprot = 9000\n", encoding="utf-8")
    with pytest.raises(InputError, match="prot"):
        load_settings({"KAOJU_SETTINGS": str(file)})


def test_a_value_of_the_wrong_kind_names_the_setting() -> None:
    with pytest.raises(InputError, match="port must be of kind int, got 'eighty'"):
        load_settings({"KAOJU_PORT": "eighty"})


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        load_settings({"KAOJU_SETTINGS": "nowhere.toml"})


def test_every_setting_has_help() -> None:
    assert all(knob.metadata["help"].endswith(".") for knob in fields(Settings))
