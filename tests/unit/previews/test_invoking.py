"""What the preview function answers is treated like a stranger's word."""

import base64
import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from chalicelib.adapters.aws import Aws
from chalicelib.adapters.previews.invoking import InvokedPreviewer
from chalicelib.domain.previews import MAX_TITLE_LENGTH, FoundPage, Preview, checked_thumbnail
from chalicelib.errors import Unavailable
from testkit.pages import PageServer, html
from tests.unit.service.test_profiles import png

PATH = "/2015-03-31/functions/fetcher/invocations"


class Lambda(NamedTuple):
    """Lambda's own side, and what invokes it."""

    server: PageServer
    previewer: InvokedPreviewer

    def answering(self, answer: bytes) -> FoundPage | None:
        """Return what comes of an answer of the function."""
        self.server.answers[PATH] = answer
        return self.previewer.preview("https://example.org/")


@pytest.fixture(scope="module")
def service() -> Iterator[Lambda]:
    with PageServer().running() as server, pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "x")
        patch.setenv("AWS_ENDPOINT_URL_LAMBDA", server.origin)
        yield Lambda(server, InvokedPreviewer(Aws("eu-central-1"), "fetcher"))


def test_the_answer_is_cut_once_more(service: Lambda) -> None:
    told = {"title": "x\u202e" * MAX_TITLE_LENGTH, "description": ["no text"], "more": "x"}
    page = service.answering(html(json.dumps({"preview": told}), kind="application/json"))
    assert page is not None
    found = page.preview
    assert (len(found.title), found.title[:3], found.description) == (MAX_TITLE_LENGTH, "x x", None)


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (png(64), True),
        (b"<script>", False),
        (png(9000, height=40), False),
        (png(64, more=b" " * 400_000), False),
    ],
    ids=["picture", "page", "wide", "heavy"],
)
def test_a_picture_is_looked_at_once_more(service: Lambda, content: bytes, kept: bool) -> None:
    told = {"title": "A page", "picture": base64.b64encode(content).decode()}
    expected = FoundPage(Preview("A page", None), checked_thumbnail(content) if kept else None)
    assert service.answering(html(json.dumps({"preview": told}), kind="application/json")) == expected


@pytest.mark.parametrize("picture", [None, 7, "no Base64!", "AAAA"])
def test_whatever_else_stands_for_it_is_none(service: Lambda, picture: object) -> None:
    told = {"title": "A page", "picture": picture}
    found = service.answering(html(json.dumps({"preview": told}), kind="application/json"))
    assert found == FoundPage(Preview("A page", None))


@pytest.mark.parametrize("told", [{"preview": None}, {"preview": "x"}, {"preview": {}}, {}, [], None])
def test_whatever_else_it_answers_is_no_preview(service: Lambda, told: object) -> None:
    assert service.answering(html(json.dumps(told), kind="application/json")) is None


@pytest.mark.parametrize(
    "answer",
    [
        html('{"errorMessage": "Timed out"}', "X-Amz-Function-Error: Unhandled", kind="application/json"),
        html("no JSON", kind="application/json"),
        b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\n\r\n{}",
    ],
    ids=["fault", "nonsense", "throttled"],
)
def test_that_a_function_fails_is_no_answer(service: Lambda, answer: bytes) -> None:
    with pytest.raises(Unavailable):
        service.answering(answer)
