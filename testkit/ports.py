"""The one place where tests and benches put the application's ports together."""

from typing import Any

from chalicelib.service.file_ports import FilePorts
from chalicelib.service.ports import Clock
from chalicelib.service.push_ports import PushPorts
from chalicelib.service.webhook_ports import WebhookPorts
from chalicelib.wiring import Chat
from chalicelib.world import Ports
from testkit import memory
from testkit.fakes import (
    CountedMetrics,
    FakeCaller,
    FakeCallFunction,
    FakeClassifier,
    FakeHeralds,
    FakeInvoker,
    FakePusher,
)
from testkit.gateway import MemoryGateway
from testkit.memory.files import MemoryBucket, MemoryPictures, MemoryUploads
from testkit.memory.passwords import password_ports
from testkit.memory.purges import purge_ports
from testkit.memory.pushes import MemoryPushKeys, MemoryPushSubscriptions
from testkit.memory.webhooks import MemoryWebhooks


def ports(clock: Clock, **replaced: Any) -> Ports:
    """Return ports in memory; `replaced` are used in place of the fakes, by their field's name."""
    gateway = MemoryGateway()
    pushes = PushPorts(MemoryPushSubscriptions(clock), MemoryPushKeys(), FakePusher())
    passwords = password_ports()
    webhooks = WebhookPorts(MemoryWebhooks(), FakeCaller(), FakeCallFunction(_no_chat))
    made: dict[str, Any] = {
        "clock": clock,
        "poster": gateway,
        "closer": gateway,
        "invoker": FakeInvoker(),
        "classifier": FakeClassifier(),
        "metrics": CountedMetrics(),
        "pushes": lambda: pushes,
        "webhooks": lambda: webhooks,
        "passwords": lambda: passwords,
        "heralds": FakeHeralds,
    }
    if "repositories" not in replaced:
        made["repositories"] = memory.repositories(clock)
    made |= replaced
    if "purges" not in made:
        purges = purge_ports(made["repositories"], clock)
        made["purges"] = lambda: purges
    if "files" not in made:
        log = made["repositories"].log
        uploads = log.uploads if isinstance(log, memory.MemoryLog) else MemoryUploads()
        files = FilePorts(uploads, MemoryBucket(), MemoryPictures())
        made["files"] = lambda: files
    return Ports(**made)


def _no_chat() -> Chat:
    raise LookupError("Nobody calls bots on these ports; `World` does.")
