"""What a page says of itself is read as text, whatever is in it, and in time that grows with its length."""

import time

import pytest

from chalicelib.adapters.previews.head import head_of
from chalicelib.domain.previews import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, Preview


def read_as(page: bytes, declared: str | None) -> Preview | None:
    found = head_of(page, declared)
    return found and found.preview


def read(page: str) -> Preview | None:
    return read_as(page.encode(), "utf-8")


@pytest.mark.parametrize(
    ("page", "title", "description"),
    [
        ("<title>Plain</title>", "Plain", None),
        ("<TITLE>\n Two\n lines </TITLE>", "Two lines", None),
        ("<title>Tom &amp; Jerry&#39;s</title>", "Tom & Jerry's", None),
        ("<title></title>", None, None),
        ("<title>&#x202e; &#0; \u200b</title>", None, None),
        ("<title>Never closed", "Never closed", None),
        ("<title>One</title><title>Two</title>", "One", None),
        ("<title>HTML</title><meta property='og:title' content='Graph'>", "Graph", None),
        ("<meta property='og:title' content=' '><title>HTML</title>", "HTML", None),
        ("<meta name=twitter:title content=Card><title>HTML</title>", "Card", None),
        ("<meta property=og:title content=1><meta property=og:title content=2>", "1", None),
        ("<meta name='Description' content='About'><title>T</title>", "T", "About"),
        (
            "<title>T</title><meta property=og:description content=a><meta name=description content=b>",
            "T",
            "a",
        ),
        ("<script>'<title>no</title>'</script><title>yes</title>", "yes", None),
        ("<!-- <title>no</title> --><title>yes</title>", "yes", None),
        ("<title>T</title><![if IE]><meta property=og:title content=x>", "x", None),
        ("<title>T</title><![<![<meta property=og:title content=x>", "T", None),
        ("<title>T</title><meta property=og:url content='javascript:alert(1)'>", "T", None),
    ],
)
def test_a_page_is_called_what_it_says_first(page: str, title: str | None, description: str | None) -> None:
    found = read(page)
    assert found == (None if title is None else Preview(title, description))


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        ("<meta property=og:image content='/a.png?b=1&amp;c=2'>", "/a.png?b=1&c=2"),
        ("<meta name=twitter:image content=b><meta property=og:image content=a>", "a"),
        ("<meta property=og:image content=a><meta property=og:image:secure_url content=s>", "s"),
        ("<meta name='twitter:image:src' content=' c '>", "c"),
        ("<meta property=og:image content=''>", None),
        (f"<meta property=og:image content='{'x' * 2000}'>", None),
        ("<meta property=og:image:width content=9>", None),
    ],
    ids=range(7),
)
def test_a_page_says_where_its_picture_is(page: str, picture: str | None) -> None:
    found = head_of(f"<title>T</title>{page}".encode(), None)
    assert found is not None
    assert found.picture == picture


def test_markup_in_a_title_is_text() -> None:
    found = read(
        "<meta property=og:title content='&lt;script&gt;alert(1)&lt;/script&gt; <b>&quot;x&quot;</b>'>"
    )
    assert found == Preview('<script>alert(1)</script> <b>"x"</b>', None)


def test_what_turns_the_direction_of_words_is_left_out() -> None:
    assert read("<title>safe\u202egpj.exe\u2066 \u061cx\x1b[31m</title>") == Preview(
        "safe gpj.exe x [31m", None
    )


def test_joiners_of_scripts_and_of_emoji_stay() -> None:
    assert read("<title>می‌خواهم 👩‍💻</title>") == Preview("می‌خواهم 👩‍💻", None)


def test_a_megabyte_of_title_is_cut() -> None:
    found = read(f"<title>{'word ' * 200_000}</title><meta name=description content='{'x' * 300_000}'>")
    assert found is not None
    assert found.description is not None
    assert (len(found.title), found.title[-6:]) == (MAX_TITLE_LENGTH, " word…")
    assert (len(found.description), found.description[-2:]) == (MAX_DESCRIPTION_LENGTH, "x…")


@pytest.mark.parametrize(
    ("page", "declared"),
    [
        ("<title>Grüße €</title>".encode("cp1252"), "iso-8859-1"),
        ("<title>Grüße €</title>".encode("cp1252"), "windows-1252"),
        ("<meta charset=windows-1252><title>Grüße €</title>".encode("cp1252"), None),
        ('<meta http-equiv=x content="text/html; charset=utf-8"><title>Grüße €</title>'.encode(), None),
        ("<title>Grüße €</title>".encode("utf-8-sig"), "koi8-r"),
        ("<title>Grüße €</title>".encode("utf-16"), "utf-8"),
        ("<title>Grüße €</title>".encode(), "no-such-thing"),
        ("<title>Grüße €</title>".encode(), "\x00"),
        ("<title>Grüße €</title>".encode(), "punycode"),
        ("<title>Grüße €</title>".encode(), "hex"),
        ("<title>Grüße €</title>".encode(), "rot13"),
        ("<title>Grüße €</title>".encode(), "unicode_escape"),
        ("<title>Grüße €</title>".encode(), None),
    ],
)
def test_a_page_is_read_in_its_character_set(page: bytes, declared: str | None) -> None:
    assert read_as(page, declared) == Preview("Grüße €", None)


def test_a_wrong_character_set_spoils_letters_alone() -> None:
    assert read_as("<title>Grüße</title>".encode("cp1252"), "utf-8") == Preview("Gr e", None)
    assert read_as(bytes(range(256)) * 10, "shift_jis") is None


PIECES = (
    *("<", "</", "<!", "<!--", "<!-", "<?", "<![", "<![CDATA[", "<a", "<a ", "<a x=", "<a x='", "</a "),
    *('<meta content="', "<title>", "<script>", "</script", "&", "&a", "&#", " a='", "a=", "='", "'\""),
    *("/", " ", ">"),
)


@pytest.mark.parametrize("begin", ["", "<a ", '<meta content="', "<title>", "<!--"])
def test_reading_takes_no_more_than_in_proportion_to_the_length(begin: str) -> None:
    """Eight times as much takes eight times as long, where the square would take 64 times."""
    for piece in PIECES:
        if _seconds(begin + piece * (2**14 // len(piece))) > 0.01:  # what takes less cannot be worth a look
            short, long = (
                min(_seconds(begin + piece * (length // len(piece))) for _ in range(3))
                for length in (2**12, 2**15)
            )
            assert long < 32 * short, piece


def _seconds(page: str) -> float:
    begun = time.thread_time()
    read(page)
    return time.thread_time() - begun
