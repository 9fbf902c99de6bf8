"""What the trainer says when it cannot go on."""


class TrainerError(Exception):
    """A sentence for the person at the terminal; the command ends with exit code 2."""
