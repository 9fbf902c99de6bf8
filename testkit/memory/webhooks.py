"""Where bots are called, in memory."""

from chalicelib.domain.webhooks import Webhook


class MemoryWebhooks:
    """The port `Webhooks`; `asked` are the bots that were asked about together."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self._kept: dict[str, Webhook] = {}

    def keep(self, bot_id: str, webhook: Webhook) -> None:
        self._kept[bot_id] = webhook

    def of(self, bot_id: str) -> Webhook | None:
        return self._kept.get(bot_id)

    def of_each(self, bot_ids: list[str]) -> dict[str, Webhook]:
        self.asked.append(bot_ids)
        return {one: self._kept[one] for one in bot_ids if one in self._kept}

    def drop(self, bot_id: str) -> bool:
        return self._kept.pop(bot_id, None) is not None

    def failed(self, bot_id: str, url: str, at: int, problem: str) -> None:
        known = self._kept.get(bot_id)
        if known is not None and known.url == url:
            self._kept[bot_id] = known._replace(failures=known.failures + 1, failed=at, problem=problem)

    def answered(self, bot_id: str, url: str) -> None:
        known = self._kept.get(bot_id)
        if known is not None and known.url == url:
            self._kept[bot_id] = known._replace(failures=0)
