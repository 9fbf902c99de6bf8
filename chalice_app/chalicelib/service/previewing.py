"""Previews of the pages to which messages link, if the deployment has them."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.domain.previews import MAX_ADDRESS_LENGTH, FoundPage, Preview, linked_page
from chalicelib.domain.sessions import Session
from chalicelib.errors import Invalid, NotFound, RateLimited, Unavailable
from chalicelib.metrics import Metric, Metrics
from chalicelib.service.identity_ports import Attempts
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.ports import Clock, RoomLog
from chalicelib.service.preview_ports import PreviewPorts
from chalicelib.service.quota import Quota

FOUND_SECONDS = 24 * 3600
NOTHING_SECONDS = 3600
UNASKED_SECONDS = 60
"""How long a page is not fetched again that was found, that has no preview, or that nobody could fetch."""

ADDRESS_SECONDS = 300
"""How long the address of a picture holds."""

CLAIM_SECONDS = 15
PENDING_SECONDS = 2
"""After how long it makes sense to ask again for a page that is being fetched."""

WINDOW_SECONDS = 300
PER_PERSON = 60
PER_CHAT = 300
"""How many pages are fetched in a window, for one person and for everybody."""

EVERYBODY = "previews"


class Answer(NamedTuple):
    """The preview, None if there is none; or, if it is being fetched, when to ask again (seconds).

    ``picture`` is where its picture can be had for `ADDRESS_SECONDS`.
    """

    preview: Preview | None
    retry_after: int | None = None
    picture: str | None = None


class LinkPreviews:
    """The use case of `GET /rooms/{room}/messages/{seq}/preview`."""

    def __init__(
        self,
        ports: Callable[[], PreviewPorts | None],
        log: RoomLog,
        keeping: RoomKeeping,
        attempts: Attempts,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._ports = ports
        self._log = log
        self._keeping = keeping
        self._metrics = metrics
        self._per_person = Quota(attempts, clock, PER_PERSON, WINDOW_SECONDS)
        self._per_chat = Quota(attempts, clock, PER_CHAT, WINDOW_SECONDS)

    def of(self, session: Session, room: str, seq: int, link: str) -> Answer:
        """Return the preview of a page to which a message links.

        Only such a page is fetched: so it stands in the log who had it fetched, and nobody else can have
        the function look at addresses one by one.

        Raises
        ------
        Invalid
            It is no link.
        NotFound
            The asker may not read the message, it has no such link, or this chat shows no previews.
        RateLimited
            Too many pages were fetched.
        Unavailable
            Nobody could fetch it.
        """
        address = linked_page(link)
        if address is None:
            raise Invalid(
                f"url must be a link of the message: http or https, {MAX_ADDRESS_LENGTH} characters"
            )
        self._keeping.read(session, room, lambda: self._check(room, seq, link))
        ports = self._ports()
        if ports is None:
            raise NotFound("This chat shows no previews of links.")
        known = ports.pages.find(address)
        if known is not None:
            return _pending() if known.pending else _answer(ports, known.preview)
        self._per_person.count(
            f"previews-{session.user.id}", f"At most {PER_PERSON} pages are fetched for you in five minutes."
        )
        # Of a crowd that reads a message at once, one has its page fetched.
        if not ports.pages.claim(address, CLAIM_SECONDS):
            return _pending()
        return _answer(ports, self._fetched(ports, address))

    def _check(self, room: str, seq: int, link: str) -> None:
        message = self._log.message(room, seq)
        if message is None or message.deleted or link not in message.text:
            raise NotFound(f"There is no message {seq} in {room} with this link.")

    def _fetched(self, ports: PreviewPorts, address: str) -> Preview | None:
        try:
            self._per_chat.count(EVERYBODY, f"At most {PER_CHAT} pages are fetched in five minutes.")
            found = ports.previewer.preview(address)
        except (RateLimited, Unavailable):
            self._metrics.count(Metric.PREVIEWS_FAILED)
            ports.pages.keep(address, None, UNASKED_SECONDS)
            raise
        preview = found and _kept(ports, found)
        self._metrics.count(Metric.PREVIEWS_NOT_FOUND if preview is None else Metric.PREVIEWS_FOUND)
        ports.pages.keep(address, preview, NOTHING_SECONDS if preview is None else FOUND_SECONDS)
        return preview


def _kept(ports: PreviewPorts, found: FoundPage) -> Preview:
    """Keep the picture of a page; without it the words are shown."""
    if found.picture is None or ports.thumbnails is None:
        return found.preview
    try:
        ports.thumbnails.put(found.picture)
    except Unavailable:
        return found.preview  # whoever stores it has logged why
    return found.preview._replace(picture=found.picture.id)


def _answer(ports: PreviewPorts, preview: Preview | None) -> Answer:
    if preview is None or preview.picture is None or ports.thumbnails is None:
        return Answer(preview)
    return Answer(preview, picture=ports.thumbnails.address(preview.picture, ADDRESS_SECONDS))


def _pending() -> Answer:
    return Answer(None, PENDING_SECONDS)
