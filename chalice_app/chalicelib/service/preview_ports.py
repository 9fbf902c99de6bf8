"""What the use case of link previews needs from the world."""

from typing import NamedTuple, Protocol

from chalicelib.domain.previews import FoundPage, Preview, Thumbnail


class KnownPage(NamedTuple):
    """What is known of a page: its preview, None if it has none; or that somebody fetches it just now."""

    preview: Preview | None
    pending: bool = False


class Previews(Protocol):
    """What was found at addresses, for a while: a page is fetched once for everybody."""

    def find(self, address: str) -> KnownPage | None:
        """Return what is known of a page, if anything; may be some moments old."""

    def claim(self, address: str, seconds: int) -> bool:
        """Return whether the caller is to fetch the page: for so long nobody else is."""

    def keep(self, address: str, preview: Preview | None, seconds: int) -> None:
        """Keep what was found, or that nothing was, for so long."""


class Previewer(Protocol):
    """Fetches pages of others, apart from everything that is ours."""

    def preview(self, address: str) -> FoundPage | None:
        """Return the preview of a page and its picture, None if it has none.

        Raises
        ------
        Unavailable
            Nobody could be asked.
        """


class Thumbnails(Protocol):
    """Where the pictures of pages are, somewhat longer than what was found; they never change."""

    def put(self, picture: Thumbnail) -> None:
        """Keep a picture, from now on for as long as any; raises `Unavailable`."""

    def address(self, picture_id: str, seconds: int) -> str:
        """Return the address at which whoever knows it gets a picture for a while."""


class PreviewPorts(NamedTuple):
    """Those that belong together; without ``thumbnails``, previews have no pictures."""

    pages: Previews
    previewer: Previewer
    thumbnails: Thumbnails | None = None
