"""The table of messages that a stage uses, which is another one after a restore."""

from chalicelib.adapters.dynamodb.table import Table
from chalicelib.metrics import NoMetrics
from deploy_extras import names
from deploy_extras.cloud import Cloud
from deploy_extras.stack import Stacks


def messages_table(cloud: Cloud, stage: str) -> Table:
    """Return the table that the stack of a stage names; without a stack, the one that it makes."""
    stack = Stacks(cloud).find(names.stack(stage))
    outputs = stack.outputs if stack else {}
    in_use = outputs.get("MessagesTable", f"{names.stack(stage)}-messages")
    return Table(cloud.client("dynamodb"), in_use, NoMetrics())
