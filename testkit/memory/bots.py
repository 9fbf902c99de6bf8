"""Bots and hooks in memory."""

from chalicelib.domain.bots import Bot, Hook
from chalicelib.service.ports import Clock


class MemoryBots:
    """The port `BotRegister`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bots: dict[str, dict[str, Bot]] = {}

    def add(self, owner_id: str, bot: Bot) -> None:
        self._bots.setdefault(owner_id, {})[bot.user.id] = bot

    def of(self, owner_id: str) -> list[Bot]:
        now = self._clock.now() // 1000
        bots = self._bots.get(owner_id, {})
        return [bots[one] for one in sorted(bots) if bots[one].expires > now]

    def remove(self, owner_id: str, bot_id: str) -> Bot | None:
        return self._bots.get(owner_id, {}).pop(bot_id, None)


class MemoryHooks:
    """The port `Hooks`."""

    def __init__(self) -> None:
        self._hooks: dict[str, Hook] = {}

    def add(self, key: str, hook: Hook) -> None:
        self._hooks[key] = hook

    def find(self, key: str) -> Hook | None:
        return self._hooks.get(key)

    def of(self, room: str) -> list[Hook]:
        return sorted((hook for hook in self._hooks.values() if hook.room == room), key=lambda hook: hook.id)

    def remove(self, room: str, hook_id: str) -> bool:
        found = [key for key, hook in self._hooks.items() if (hook.room, hook.id) == (room, hook_id)]
        for key in found:
            del self._hooks[key]
        return bool(found)
