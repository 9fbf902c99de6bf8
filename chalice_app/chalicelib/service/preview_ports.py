"""What the use case of link previews needs from the world."""

from typing import NamedTuple, Protocol

from chalicelib.domain.previews import Preview


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

    def preview(self, address: str) -> Preview | None:
        """Return the preview of a page, None if it has none.

        Raises
        ------
        Unavailable
            Nobody could be asked.
        """


class PreviewPorts(NamedTuple):
    """The two that belong together."""

    pages: Previews
    previewer: Previewer
