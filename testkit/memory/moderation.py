"""Invites, deeds and reports in memory."""

from chalicelib.domain.access import Invitation
from chalicelib.domain.audit import Deed, Report


class MemoryInvites:
    """The port `Invites`."""

    def __init__(self) -> None:
        self._invites: dict[str, tuple[Invitation, int, int]] = {}

    def add(self, key: str, invitation: Invitation, expires: int, uses: int) -> None:
        self._invites[key] = (invitation, expires, uses)

    def find(self, key: str, now: int) -> Invitation | None:
        if key not in self._invites:
            return None
        invitation, expires, uses = self._invites[key]
        return invitation if expires > now and uses > 0 else None

    def use(self, key: str, now: int) -> bool:
        if self.find(key, now) is None:
            return False
        invitation, expires, uses = self._invites[key]
        self._invites[key] = (invitation, expires, uses - 1)
        return True


class MemoryAudit:
    """The port `Audit`."""

    def __init__(self) -> None:
        self._deeds: list[Deed] = []
        self._reports: list[Report] = []

    def note(self, deed: Deed) -> None:
        self._deeds.append(deed._replace(at=_free(deed.at, {known.at for known in self._deeds})))

    def report(self, report: Report) -> None:
        self._reports.append(report._replace(at=_free(report.at, {known.at for known in self._reports})))

    def deeds(self, before: int | None, limit: int) -> list[Deed]:
        found = sorted(self._deeds, key=lambda deed: -deed.at)
        return [deed for deed in found if before is None or deed.at < before][:limit]

    def reports(self, before: int | None, limit: int) -> list[Report]:
        found = sorted(self._reports, key=lambda report: -report.at)
        return [report for report in found if before is None or report.at < before][:limit]


def _free(at: int, taken: set[int]) -> int:
    while at in taken:
        at += 1
    return at
