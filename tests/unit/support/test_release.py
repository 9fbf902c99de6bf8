"""`make release` on a small repository of its own."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from tools.release import CHANGELOG, VERSION_FILE, ReleaseError, current_version, main, release

TODAY = date(2026, 12, 1)
CHANGES = (
    "# Changelog\n\n## [Unreleased]\n\n### Added\n- A thing.\n\n## [0.1.0] - 2026-11-22\n\n- The first.\n"
)


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(root: Path) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "Begin")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a clean repository at version 0.1.0 on main."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    (tmp_path / VERSION_FILE).parent.mkdir(parents=True)
    (tmp_path / VERSION_FILE).write_text('"""Chat."""\n\n__version__ = "0.1.0"\n')
    (tmp_path / CHANGELOG).write_text(CHANGES)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "config", "user.name", "Ada")
    git(tmp_path, "config", "user.email", "ada@example.org")
    commit(tmp_path)
    return tmp_path


def refused(root: Path, version: str) -> str:
    """Return why a release is refused, and check that it left nothing behind."""
    before = (git(root, "rev-parse", "HEAD"), git(root, "tag"), git(root, "status", "--porcelain"))
    with pytest.raises(ReleaseError) as error:
        release(root, version, TODAY)
    assert before == (git(root, "rev-parse", "HEAD"), git(root, "tag"), git(root, "status", "--porcelain"))
    return str(error.value)


def test_a_release_sets_the_version_and_dates_the_changelog(repository: Path) -> None:
    release(repository, "0.2.0", TODAY)
    assert current_version(repository) == "0.2.0"
    expected = CHANGES.replace("[Unreleased]\n", "[Unreleased]\n\n## [0.2.0] - 2026-12-01\n")
    assert (repository / CHANGELOG).read_text() == expected


def test_a_release_is_one_commit_with_an_annotated_tag(repository: Path) -> None:
    before = git(repository, "rev-parse", "HEAD")
    assert release(repository, "0.2.0", TODAY) == "v0.2.0"
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "log", "-1", "--format=%s %P") == f"Release 0.2.0 {before}"
    assert git(repository, "cat-file", "-t", "v0.2.0") == "tag"
    assert git(repository, "rev-parse", "v0.2.0^{commit}") == git(repository, "rev-parse", "HEAD")


def test_a_release_is_not_pushed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    origin = tmp_path_factory.mktemp("origin")
    git(origin, "init", "--quiet", "--bare", "--initial-branch", "main")
    git(repository, "remote", "add", "origin", str(origin))
    git(repository, "push", "--quiet", "--set-upstream", "origin", "main")
    pushed = git(origin, "rev-parse", "main")
    release(repository, "0.2.0", TODAY)
    assert (git(origin, "rev-parse", "main"), git(origin, "tag")) == (pushed, "")


def test_the_command_says_what_to_do_next(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["0.2.0"], repository) == 0
    assert "git push origin main v0.2.0" in capsys.readouterr().out
    assert main(["0.2.0"], repository) == 1
    assert "0.2.0 is not newer than 0.2.0" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["", "v0.2.0", "0.2", "0.2.0; true"])
def test_something_else_than_a_version_is_refused(repository: Path, version: str) -> None:
    assert "VERSION=0.2.0" in refused(repository, version)


@pytest.mark.parametrize("version", ["0.0.9", "0.1.0"])
def test_a_version_that_is_not_newer_is_refused(repository: Path, version: str) -> None:
    assert "is not newer than 0.1.0" in refused(repository, version)


def test_a_tree_with_changes_is_refused(repository: Path) -> None:
    (repository / "new.txt").touch()
    assert "new.txt" in refused(repository, "0.2.0")


def test_another_branch_than_main_is_refused(repository: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "feature")
    assert "The branch is feature" in refused(repository, "0.2.0")


def test_a_tag_that_exists_is_refused(repository: Path) -> None:
    git(repository, "tag", "v0.2.0")
    assert "v0.2.0 exists" in refused(repository, "0.2.0")


@pytest.mark.parametrize(
    "changes", ["# Changelog\n", "# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n- One.\n"]
)
def test_a_changelog_without_unreleased_changes_is_refused(repository: Path, changes: str) -> None:
    (repository / CHANGELOG).write_text(changes)
    commit(repository)
    assert "[Unreleased]" in refused(repository, "0.2.0")


def test_a_commit_that_a_hook_refuses_leaves_the_tree_as_it_was(repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no >&2\nexit 1\n")
    hook.chmod(0o755)
    assert "git commit failed: no" in refused(repository, "0.2.0")
