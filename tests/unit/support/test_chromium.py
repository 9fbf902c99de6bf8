"""The browser for the end-to-end tests is found, or an error says what to do."""

from pathlib import Path

import pytest

from testkit import chromium


def program(path: Path, exit_code: int) -> str:
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return str(path)


def test_a_named_browser_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", program(tmp_path / "chromium", 0))
    assert chromium.found() == str(tmp_path / "chromium")


def test_a_browser_that_does_not_start_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path / "chromium", 1)
    working = program(tmp_path / "google-chrome", 0)
    assert chromium.found() == working


@pytest.mark.parametrize("name", ["missing", "broken"])
def test_an_unusable_named_browser_is_an_error_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    program(tmp_path / "broken", 1)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / name))
    assert chromium.main() == 1
    told = capsys.readouterr().err
    assert "CHROMIUM=/path/to/chromium" in told
    assert "installing" not in told
