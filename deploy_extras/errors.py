"""What can go wrong in a deployment, as sentences."""


class DeployError(Exception):
    """The deployment cannot go on; the message says what is wrong and what would be right."""
