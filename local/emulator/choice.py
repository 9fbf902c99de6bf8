"""The emulators that ``--storage`` chooses from."""

from local.emulator.ministack import MiniStack
from local.emulator.port import MakeStorage

DEFAULT_STORAGE = "ministack"
STORAGES: dict[str, MakeStorage] = {
    "ministack": MiniStack,
}
