"""The error of a deployment."""


class DeployError(Exception):
    """The command cannot continue; the message says what is wrong and how to fix it."""
