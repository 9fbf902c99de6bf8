"""What the page says stands in the tables of its languages, and nowhere else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chalicelib.protocol import errors as protocol_errors

SITE = Path(__file__).parents[3] / "static_site"
INDEX = (SITE / "index.html").read_text("utf-8")
SCRIPTS = SITE / "scripts"
TABLES = sorted((SCRIPTS / "languages").glob("*.js"))
# Those of programming languages are words of code.
WORDS_OF_CODE = SCRIPTS / "models" / "markup" / "languages.js"
MODULES = sorted(path for path in SCRIPTS.rglob("*.js") if path not in {*TABLES, WORDS_OF_CODE})
KEYS = re.findall(r'^  "([^"]+)":', (SCRIPTS / "languages" / "en.js").read_text("utf-8"), re.MULTILINE)
MARKED = re.compile(r"data-(?:text|name|tip|hint)$")
TEXTS = ("aria-label", "title", "placeholder", "alt")
NAMES = {"Undertone"}
LETTERS = re.compile(r"[^\W\d_]")
# A key of a table, in a call or in a list of such keys; a template stands for all that begin as it does.
QUOTED = re.compile(r'"([a-z_]+(?:\.[a-z_0-9]+)*)"')
TEMPLATE = re.compile(r"`([a-z_]+\.[a-z_.]*)\$\{")
ASKED = re.compile(r'(?:(?<![\w.#])|(?<=\.\.\.))(?:t|parts|spoken)\("([^"]+)"')
COMMENTS = re.compile(r"^\s*(?:/\*\*.*?\*/|//[^\n]*)|(?<=[;{},)] )//[^\n]*", re.MULTILINE | re.DOTALL)
# What reaches people: a literal that is put where it is read, or that is a sentence.
SINKS = re.compile(
    r"(?:textContent|placeholder|\.title|ariaLabel) = [\"`]\w"
    r"|(?:\"aria-label\"|\btitle|\balt|\bplaceholder): [\"`]\w"
)
SENTENCE = re.compile(
    r"[\"`](?:[A-Z][a-z'’]+(?: [\w'’$(){}.,:;-]+)+[.…:!?]?|[A-Z]\w+…)[\"`]"
    r"|(?<!class: )(?<!rel: )(?<!NAME = )[\"`][^\"`]*[a-z]{2,} [a-z]{2,} [a-z]{2,}[^\"`]*[\"`]"
)
# Sentences for who develops: on the console, or of a mistake in the page or in its deployment.
FOR_DEVELOPERS = re.compile(
    r"console\.(?:info|warn)\(|headers\.Authorization|reject\(new Error\(`The network"
)
DEVELOPERS_MODULES = {"codewords.js", "config.js", "dom.js", "i18n.js"}


class _Texts(HTMLParser):
    """Collects the texts of a document, and the keys that its elements name."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.keys: list[str] = []
        self.without_script: list[tuple[str, str]] = []
        self._inside: list[str] = []
        self._language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        for name, value in attrs:
            if MARKED.match(name) and value:
                self.keys.append(value)
            if name in TEXTS and value:
                self.texts.append(value)
            if name == "lang" and value:
                self._language = value

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not data.strip():
            return
        if "noscript" in self._inside:
            self.without_script.append((self._language, data.strip()))
        else:
            self.texts.append(data.strip())


@pytest.fixture(scope="module")
def document() -> _Texts:
    reader = _Texts()
    reader.feed(INDEX)
    return reader


def test_the_document_has_no_text_but_a_name(document: _Texts) -> None:
    assert {text for text in document.texts if LETTERS.search(text)} == NAMES


def test_who_has_no_scripts_is_told_so_in_every_language(document: _Texts) -> None:
    assert sorted(language for language, _ in document.without_script) == [path.stem for path in TABLES]


def test_every_key_of_the_document_is_in_the_table(document: _Texts) -> None:
    assert set(document.keys) <= set(KEYS)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_text_stands_outside_the_tables(module: Path) -> None:
    code = COMMENTS.sub("", module.read_text("utf-8"))
    said = [line.strip() for line in code.splitlines() if SINKS.search(line) or SENTENCE.search(line)]
    if module.name in DEVELOPERS_MODULES:
        said = [line for line in said if "new Error(" not in line]
    assert [line for line in said if not FOR_DEVELOPERS.search(line)] == []


def test_a_text_in_a_module_would_be_found() -> None:
    for line in (
        'button.textContent = "copied";',
        "note.textContent = `${name} is here`;",
        'h("b", { title: "edited" })',
        'h("button", {}, "Lift ban")',
        'say("Your report is on its way.");',
        'h("p", {}, "Asking…")',
        "say(`“${title}” is not followed any more.`)",
    ):
        text = line.replace("${name} is", "x is")
        assert SINKS.search(text) or SENTENCE.search(text), line


def test_every_message_that_is_asked_for_is_in_the_table_and_each_is_used(document: _Texts) -> None:
    code = "\n".join(path.read_text("utf-8") for path in MODULES)
    assert set(ASKED.findall(code)) <= set(KEYS)
    used = set(QUOTED.findall(code)) | set(document.keys)
    beginnings = tuple(TEMPLATE.findall(code))
    assert [key for key in KEYS if key not in used and not key.startswith(beginnings)] == []


def test_every_error_of_the_service_has_words() -> None:
    codes = {code for code, _ in protocol_errors._CODES.values()}
    assert {f"error.{code}" for code in codes} <= set(KEYS)


def test_a_language_is_known_before_the_first_paint_and_where_its_table_is_loaded() -> None:
    first = (SCRIPTS / "first_paint.js").read_text("utf-8")
    loader = (SCRIPTS / "language.js").read_text("utf-8")
    [early] = re.findall(r"LANGUAGES = new Set\(\[([^\]]*)\]\)", first)
    later = re.findall(r"^  (\w+): async", loader, re.MULTILINE)
    assert re.findall(r'"(\w+)"', early) == later
    assert sorted(later) == [path.stem for path in TABLES]


def test_only_english_is_loaded_with_the_page() -> None:
    assert re.findall(r'modulepreload" href="scripts/languages/(\w+)\.js', INDEX) == ["en"]
