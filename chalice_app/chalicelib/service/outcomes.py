"""Why a write was not done that may be made anew, or never."""


class Archived(Exception):
    """The room can be read, and nobody writes there any more."""


class Deleted(Archived):
    """The room exists for nobody any more."""


class WriteConflict(Exception):
    """Somebody else wrote first."""


class PositionTaken(WriteConflict):
    """The position in the log is not empty any more."""


class FilesTaken(Exception):
    """A file of the message was sent in another one, or there is no such file any more."""


class MessageChanged(WriteConflict):
    """The message has a newer state than the one the change was made from."""
