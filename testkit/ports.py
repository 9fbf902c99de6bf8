"""The one place where tests and benches put the application's ports together."""

from typing import Any

from chalicelib.service.file_ports import FilePorts
from chalicelib.service.ports import Clock
from chalicelib.service.push_ports import PushPorts
from chalicelib.world import Ports
from testkit import memory
from testkit.fakes import CountedMetrics, FakeClassifier, FakeHeralds, FakeInvoker, FakePusher
from testkit.gateway import MemoryGateway
from testkit.memory.files import MemoryBucket, MemoryUploads
from testkit.memory.purges import purge_ports
from testkit.memory.pushes import MemoryPushKeys, MemoryPushSubscriptions


def ports(clock: Clock, **replaced: Any) -> Ports:
    """Return ports in memory; `replaced` are used in place of the fakes, by their field's name."""
    gateway = MemoryGateway()
    pushes = PushPorts(MemoryPushSubscriptions(clock), MemoryPushKeys(), FakePusher())
    made: dict[str, Any] = {
        "clock": clock,
        "poster": gateway,
        "closer": gateway,
        "invoker": FakeInvoker(),
        "classifier": FakeClassifier(),
        "metrics": CountedMetrics(),
        "pushes": lambda: pushes,
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
        files = FilePorts(uploads, MemoryBucket())
        made["files"] = lambda: files
    return Ports(**made)
