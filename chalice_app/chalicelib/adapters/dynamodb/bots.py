"""Bots and hooks, in the messages table. What has ended is marked and not deleted."""

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.table import ConditionFailed, Table, write_put
from chalicelib.adapters.dynamodb.transactions import transact
from chalicelib.adapters.dynamodb.values import Item
from chalicelib.domain.bots import Bot, Hook
from chalicelib.domain.messages import User
from chalicelib.service.ports import Clock


class DynamoBots:
    """The port `BotRegister` on DynamoDB."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def add(self, owner_id: str, bot: Bot) -> None:
        values = {"name": bot.user.name, "session_id": bot.session, "expires": bot.expires}
        self._table.put(keys.bot(owner_id, bot.user.id), values)

    def of(self, owner_id: str) -> list[Bot]:
        rows = self._table.query(keys.person(owner_id), "begins_with(sk, :kind)", kind=keys.BOT)
        now = self._clock.now() // 1000
        return [_bot(row) for row in rows if "ended" not in row and int(row["expires"]) > now]

    def remove(self, owner_id: str, bot_id: str) -> Bot | None:
        try:
            return _bot(
                self._table.update(
                    keys.bot(owner_id, bot_id), "SET ended = :yes", "attribute_exists(pk)", yes=True
                )
            )
        except ConditionFailed:
            return None


class DynamoHooks:
    """The port `Hooks` on DynamoDB: an item by secret, and one with its room."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def add(self, key: str, hook: Hook) -> None:
        values = {"hook_id": hook.id, "room": hook.room, "name": hook.name, "made_by": hook.by}
        writes = [
            write_put(self._table, keys.hook(key), values),
            write_put(self._table, keys.hook_of(hook.room, hook.id), {**values, "secret_hash": key}),
        ]
        transact(self._table, self._clock, writes)

    def find(self, key: str) -> Hook | None:
        item = self._table.get(keys.hook(key))
        return None if item is None or "ended" in item else _hook(item)

    def of(self, room: str) -> list[Hook]:
        rows = self._table.query(keys.room_partition(room), "begins_with(sk, :kind)", kind=keys.HOOK)
        return [_hook(row) for row in rows if "ended" not in row]

    def remove(self, room: str, hook_id: str) -> bool:
        try:
            item = self._table.update(
                keys.hook_of(room, hook_id),
                "SET ended = :yes",
                "attribute_exists(pk) AND attribute_not_exists(ended)",
                yes=True,
            )
        except ConditionFailed:
            return False
        self._table.update(keys.hook(item["secret_hash"]), "SET ended = :yes", yes=True)
        return True


def _bot(row: Item) -> Bot:
    user = User(row["sk"].removeprefix(keys.BOT), row["name"], bot=True)
    return Bot(user, row["session_id"], int(row["expires"]))


def _hook(item: Item) -> Hook:
    return Hook(item["hook_id"], item["room"], item["name"], item["made_by"])
