"""The colours of code, without a page."""

import pytest

from .conftest import Run
from .hostile import HOSTILE


def test_the_time_of_colouring_grows_with_the_length_of_the_code_and_not_with_its_square(run: Run) -> None:
    body = (
        f"{HOSTILE} const {{ LANGUAGES }} = await import('/scripts/models/markup/languages.js'); "
        "return Object.keys(LANGUAGES).flatMap((one) => slow((text) => highlight.highlight(text, one)));"
    )
    assert run("models/markup/highlight.js", body) == []


CODE = [
    (
        "python",
        "@a\ndef f(x=0x1F): # n\n  return f'''y\n'''",
        "name:@a keyword:def number:0x1F comment:# n keyword:return string:f'''y\n'''",
    ),
    ("js", "const a = `x\n${1}` // n", "keyword:const string:`x\n${1}` comment:// n"),
    ("tsx", "interface A { b: string } /* c\n*/", "keyword:interface keyword:string comment:/* c\n*/"),
    ("java", "@Override int a = 'b';", "name:@Override keyword:int string:'b'"),
    ("c", "#include <a>\nint a = NULL;", "name:#include keyword:int number:NULL"),
    ("C++", "template auto a = 1.5e3f;", "keyword:template keyword:auto number:1.5e3f"),
    ("c#", 'var a = @"b\\";', 'keyword:var string:@"b\\"'),
    ("go", "func a() { b := `c\n` }", "keyword:func string:`c\n`"),
    ("rs", "fn a<'b>(c: &'b str) { 'd' }", "keyword:fn name:'b name:'b keyword:str string:'d'"),
    ("rb", "def a; @b = :c # d", "keyword:def name:@b name::c comment:# d"),
    ("php", "FUNCTION a() { $b = null; }", "keyword:FUNCTION name:$b number:null"),
    ("kt", 'val a = """b"""', 'keyword:val string:"""b"""'),
    ("swift", "guard let a = nil", "keyword:guard keyword:let number:nil"),
    (
        "SQL",
        "select 'it''s' from \"a\" -- b",
        "keyword:select string:'it''s' keyword:from name:\"a\" comment:-- b",
    ),
    (
        "sh",
        'if a#b; then echo "$c" $d # e',
        'keyword:if keyword:then keyword:echo string:"$c" name:$d comment:# e',
    ),
    ("json", '{"a": ["b", true, -1.5]}', 'name:"a" string:"b" number:true number:1.5'),
    ("yml", "a: 'b' # c\nd: it's", "name:a string:'b' comment:# c name:d"),
    (
        "xml",
        '<a b="c">don\'t</a><!-- d -->',
        'keyword:<a name:b string:"c" keyword:> keyword:</a> comment:<!-- d -->',
    ),
    (
        "css",
        "@media a { color: #fff; width: 3px }",
        "keyword:@media name:color number:#fff name:width number:3px",
    ),
    ("diff", "@@ 1 @@\n+a\n-b\n c", "keyword:@@ 1 @@ added:+a removed:-b"),
    ("docker", 'FROM a\nRUN b ${C} "d"', 'keyword:FROM keyword:RUN name:${C} string:"d"'),
    ("__proto__", "if 1", ""),
    ("unknown", "if 1", ""),
]


@pytest.mark.parametrize(("language", "code", "found"), CODE, ids=[language for language, *_ in CODE])
def test_code_is_coloured_by_its_language(run: Run, language: str, code: str, found: str) -> None:
    pieces = run("models/markup/highlight.js", "return highlight.highlight(...argument);", [code, language])
    assert "".join(piece["text"] for piece in pieces) == code
    assert " ".join(f"{piece['kind']}:{piece['text']}" for piece in pieces if piece["kind"]) == found


def test_no_language_loses_a_character_of_hostile_code(run: Run) -> None:
    body = (
        f"{HOSTILE} const {{ LANGUAGES }} = await import('/scripts/models/markup/languages.js'); "
        "const said = (code, one) => highlight.highlight(code, one).map(({ text }) => text).join(''); "
        "return Object.keys(LANGUAGES).filter((one) => texts(256).some((code) => said(code, one) !== code));"
    )
    assert run("models/markup/highlight.js", body) == []
