"""The one exception that ends the stack with a sentence for people instead of a traceback."""


class StackError(Exception):
    """The stack cannot start or go on; the message says what is wrong and what would be right."""
