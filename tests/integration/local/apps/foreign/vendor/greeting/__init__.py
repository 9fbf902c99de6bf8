"""A library that the project brings along."""

from pathlib import Path


def greet(name: str) -> str:
    """Greet somebody in the words of the library's own file."""
    return Path(__file__).with_name("words.txt").read_text().strip() + " " + name
