"""An organisation's own name, logo and colour, in a copy of the site."""

import base64
import json
import re
from pathlib import Path

import pytest

from deploy_extras import site
from deploy_extras.cloud import Cloud
from deploy_extras.errors import DeployError
from deploy_extras.look import Look, dressed
from deploy_extras.look.colours import DARK_GROUNDS, LIGHT_GROUNDS, contrast, hexadecimal, parse, themes
from deploy_extras.look.own import MOST_LOGO_BYTES, checked_logo
from deploy_extras.look.style import MOST_STYLE_BYTES, checked_style
from deploy_extras.release import deployment
from tests.unit.deploy.stage import BUCKET
from tests.unit.service.test_profiles import png

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'
STYLE = ":root{--radius:0;}\n"
COLOURS = ["#5b2245", "#ffee00", "#000000", "#ffffff", "#00ff00", "#0000ff", "#e01b24", "#777777", "#11aabb"]


@pytest.mark.parametrize("colour", COLOURS)
def test_the_shades_of_any_colour_can_be_read_in_both_themes(colour: str) -> None:
    for grounds, theme in zip((LIGHT_GROUNDS, DARK_GROUNDS), themes(parse(colour)), strict=True):
        for ground in (*grounds, theme.own, theme.on_accent):
            assert contrast(theme.accent, ground) >= 4.5, (theme.accent, ground)
        assert contrast(theme.strong, theme.on_accent) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    light, dark = themes(parse("#5b2245"))
    assert hexadecimal(light.accent) == "#5b2245"
    assert dark.accent.hue == pytest.approx(parse("#5b2245").hue, abs=1)
    assert hexadecimal(parse("#1a2b3c")) == "#1a2b3c"


def test_the_grounds_are_those_of_the_page() -> None:
    tokens = (site.FOLDER / "styles" / "tokens.css").read_text("utf-8")
    found = [
        re.search(rf"--{name}: light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)", tokens)
        for name in ("paper", "surface", "code-paper")
    ]
    for place, grounds in ((1, LIGHT_GROUNDS), (2, DARK_GROUNDS)):
        written = [tuple(map(float, match[place].split())) for match in found if match]
        assert written == [tuple(ground) for ground in grounds]


def test_name_logo_and_colour_are_in_their_places_and_nothing_runs(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(DRAWING)
    look = Look.chosen("Böll & Söhne", str(tmp_path / "logo.svg"), "#ffee00").over(Look())
    notes = dressed(site.FOLDER, look, tmp_path / "site")
    files = {file.key: file for file in deployment(tmp_path / "site")}
    document = files["index.html"].body.decode()
    assert "<title>Böll &amp; Söhne</title>" in document
    assert 'name="application-name" content="Böll &amp; Söhne"' in document
    assert "Undertone" not in document and "apple-touch-icon" not in document
    assert not [key for key in files if key.startswith("images/icon-")]
    manifest = json.loads(files["manifest.webmanifest"].body)
    assert (manifest["name"], [icon["src"] for icon in manifest["icons"]]) == (
        "Böll & Söhne",
        ["images/logo.svg"],
    )
    for name in ("logo", "logo-unread", "logo-mentions"):
        drawing = files[f"images/{name}.svg"].body
        assert b"<script" not in drawing
        assert b"data:image/svg+xml;base64," + base64.b64encode(DRAWING) in drawing
    (styles,) = [file for key, file in files.items() if key.endswith("one.css")]
    assert styles.body.decode().rindex("--accent: light-dark(") > styles.body.decode().index("--sans")
    assert [note for note in notes if "#ffee00" in note and "light theme" in note and "darker" in note]
    assert [note for note in notes if "iPhone" in note]


def test_a_large_square_png_is_the_icon_of_the_installed_page(tmp_path: Path) -> None:
    assert dressed(site.FOLDER, Look(logo=checked_logo(png(192), "It")), tmp_path / "site") == []
    manifest = json.loads((tmp_path / "site" / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["icons"][1] == {
        "src": "images/icon-192.png",
        "sizes": "192x192",
        "type": "image/png",
        "purpose": "any",
    }
    for name in ("icon-192", "icon-apple-180"):
        assert (tmp_path / "site" / "images" / f"{name}.png").read_bytes() == png(192)


def test_what_is_left_out_stays_and_what_is_empty_goes() -> None:
    before = Look("Acme", checked_logo(png(8), "It"), "#123456", STYLE)
    assert Look.chosen(None, None, None).over(before) == before
    assert Look.chosen("", "", "", "").over(before) == Look()
    assert not Look().is_own


def test_a_later_deployment_has_the_look_without_the_file(cloud: Cloud) -> None:
    assert Look.load(cloud, BUCKET) == Look()
    look = Look("Acme", checked_logo(png(8), "It"), "#123456", STYLE)
    look.save(cloud, BUCKET)
    assert Look.load(cloud, BUCKET) == look
    Look.chosen(None, "", None, "").over(look).save(cloud, BUCKET)
    assert Look.load(cloud, BUCKET) == Look("Acme", None, "#123456")


@pytest.mark.parametrize(
    ("name", "accent", "why"),
    [
        ("x" * 41, None, "40 visible"),
        ("a\nb", None, "visible"),
        (None, "red", "#5b2245"),
        (None, "#12345", "six"),
    ],
)
def test_what_cannot_be_meant_is_refused(name: str | None, accent: str | None, why: str) -> None:
    with pytest.raises(DeployError, match=why):
        Look.chosen(name, None, accent)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GIF89a", "a PNG, or an SVG"),
        (b"<html/>", "a PNG, or an SVG"),
        (b'<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "document type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
        (b"\x89PNG" + bytes(MOST_LOGO_BYTES), "131,072"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", "a PNG, or an SVG"),
        (
            '<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'.encode("utf-16"),
            "a PNG",
        ),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(DeployError, match=why):
        checked_logo(content, "It")


def test_a_logo_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match=r"nowhere\.png cannot be read"):
        Look.chosen(None, str(tmp_path / "nowhere.png"), None)


def test_a_style_sheet_stands_behind_those_of_the_page_in_the_same_file(tmp_path: Path) -> None:
    own = tmp_path / "own.css"
    picture = "url(data:image/gif;base64,R0lGODlhAQABAAAAACw=)"
    own.write_text(
        f"/* no @import */ .room:hover > a {{ background: {picture} }}\n@media print {{ p {{ top: 0 }} }}"
    )
    look = Look.chosen(None, None, "#0b6e4f", str(own)).over(Look())
    dressed(site.FOLDER, look, tmp_path / "site")
    (styles,) = [file for file in deployment(tmp_path / "site") if file.key.endswith("one.css")]
    text = styles.body.decode()
    assert text.endswith(f".room:hover > a {{ background: {picture} }}\n@media print {{ p {{ top: 0 }} }}\n")
    assert text.rindex("--accent: light-dark(") < text.index(".room:hover")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a{}\n@import 'x.css';", "line 2: @import is not allowed"),
        (b"@\\69mport url(#x);", "line 1: @import is not allowed"),
        (b"a{b:url( https://example.org/a.png )}", r"'https://example\.org/a\.png' is not allowed"),
        (b"a{&:hover{b:u\\72l('//example.org')}}", "'//example.org' is not allowed"),
        (b"a{b:image-set('a.png' 1x)}", "'a.png' is not allowed: pictures stand in this file"),
        (b"@font-face{src:url(data:font/woff2;base64,AAAA)}", "data:font/woff2.* is not allowed"),
        (b"@media print{a{b:url(#ok);c:url(logo.svg)}}", "'logo.svg' is not allowed"),
        (b"a{}\n\n}", "line 3: this is no CSS"),
        (b"a{b:'c\n}", "line 1: this is no CSS"),
        (b"a\xff{}", "not UTF-8: byte 1 is 0xff"),
        (b" " * (MOST_STYLE_BYTES + 1), "65,537 bytes: a style sheet may have 65,536"),
    ],
)
def test_a_style_sheet_that_would_load_something_or_is_none_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(DeployError, match=why):
        checked_style(content, "own.css")


def test_the_properties_on_which_a_style_sheet_may_rely_are_those_of_the_page() -> None:
    tokens = (site.FOLDER / "styles" / "tokens.css").read_text("utf-8")
    told = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")
    names = re.findall(r"^  (--[\w-]+):", tokens, re.MULTILINE)
    of_the_page = set(names) - {"--keyboard"}  # set by a script
    assert set(re.findall(r"`(--[a-z][\w-]*)`", told)) == of_the_page
