"""What functions must not do with their roles: which of them, and how it is tried."""

from collections.abc import Callable
from typing import Any

from deploy_extras import names
from tests.integration.deploy import emulators

KEY = {"pk": {"S": "x"}, "sk": {"S": "x"}}
SECRET = {"pk": {"S": "secret"}, "sk": {"S": "token"}}
PUSH_KEY = {"pk": {"S": "push-key"}, "sk": {"S": "push-key"}}
PASSWORD = {"pk": {"S": "passwords"}, "sk": {"S": "u-ada"}}
# The functions that neither sign nor check tokens.
WITHOUT_TOKENS = {"websocket_message", "websocket_disconnect", "deliver", "push", "call", "purge", "preview"}
MESSAGES = "undertone-dev-messages"
MODELS = f"undertone-dev-models-{emulators.ACCOUNT}"
Call = Callable[[Callable[[str], Any]], Any]
FORBIDDEN: dict[str, tuple[set[str], Call]] = {
    "read another stage's messages": (
        set(names.FUNCTIONS),
        lambda c: c("dynamodb").get_item(TableName="undertone-prod-messages", Key=KEY),
    ),
    "read the keys of tokens": (
        WITHOUT_TOKENS,
        lambda c: c("dynamodb").get_item(TableName=MESSAGES, Key=SECRET),
    ),
    "read the keys of tokens among other items": (
        WITHOUT_TOKENS,
        lambda c: c("dynamodb").batch_get_item(RequestItems={MESSAGES: {"Keys": [KEY, SECRET]}}),
    ),
    "read the key of pushes": (
        {
            "websocket_connect",
            "websocket_message",
            "websocket_disconnect",
            "deliver",
            "call",
            "purge",
            "preview",
        },
        lambda c: c("dynamodb").get_item(TableName=MESSAGES, Key=PUSH_KEY),
    ),
    "read the hash of a password": (
        set(names.FUNCTIONS) - {"api_handler"},
        lambda c: c("dynamodb").get_item(TableName=MESSAGES, Key=PASSWORD),
    ),
    "query the keys of tokens": (
        WITHOUT_TOKENS,
        lambda c: c("dynamodb").query(
            TableName=MESSAGES,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": "secret"}},
        ),
    ),
    "replace the keys of tokens": (
        WITHOUT_TOKENS,
        lambda c: c("dynamodb").put_item(TableName=MESSAGES, Item=SECRET),
    ),
    "replace the keys of tokens in a transaction": (
        WITHOUT_TOKENS,
        lambda c: c("dynamodb").transact_write_items(
            TransactItems=[{"Put": {"TableName": MESSAGES, "Item": item}} for item in (KEY, SECRET)]
        ),
    ),
    "read messages during the handshake": (
        {"websocket_connect"},
        lambda c: c("dynamodb").get_item(TableName=MESSAGES, Key=KEY),
    ),
    "read messages or connections while fetching pages of others": (
        {"preview"},
        lambda c: [
            c("dynamodb").get_item(TableName=table, Key=KEY)
            for table in (MESSAGES, "undertone-dev-connections")
        ],
    ),
    "delete messages": (
        set(names.FUNCTIONS),
        lambda c: c("dynamodb").delete_item(TableName="undertone-dev-messages", Key=KEY),
    ),
    "delete messages in a batch": (
        set(names.FUNCTIONS) - {"purge"},
        lambda c: c("dynamodb").batch_write_item(RequestItems={MESSAGES: [{"DeleteRequest": {"Key": KEY}}]}),
    ),
    "scan the messages": (
        set(names.FUNCTIONS),
        lambda c: c("dynamodb").scan(TableName="undertone-dev-messages"),
    ),
    "delete a table": (
        set(names.FUNCTIONS),
        lambda c: c("dynamodb").delete_table(TableName="undertone-dev-connections"),
    ),
    "replace a model": (
        set(names.FUNCTIONS),
        lambda c: c("s3").put_object(Bucket=MODELS, Key="pointer.json", Body=b"{}"),
    ),
    "read a model": (
        {"websocket_connect", "websocket_disconnect", "deliver", "push", "purge", "preview"},
        lambda c: c("s3").get_object(Bucket=MODELS, Key="pointer.json"),
    ),
    "read Chalice's record": (
        set(names.FUNCTIONS),
        lambda c: c("s3").get_object(Bucket=MODELS, Key="deployment/chalice.json"),
    ),
    "post to a connection": (
        {"api_handler", "websocket_connect", "push", "call", "purge", "preview"},
        lambda c: c("apigatewaymanagementapi").post_to_connection(ConnectionId="abcdefgh=", Data=b"x"),
    ),
    "hand a delivery over": (
        {"websocket_connect", "push", "preview"},
        lambda c: c("lambda").invoke(FunctionName="undertone-dev-deliver", InvocationType="Event"),
    ),
    "have something pushed": (
        set(names.FUNCTIONS) - {"api_handler", "websocket_message", "call"},
        lambda c: c("lambda").invoke(FunctionName="undertone-dev-push", InvocationType="Event"),
    ),
    "have a bot called": (
        set(names.FUNCTIONS) - {"api_handler", "push"},
        lambda c: c("lambda").invoke(FunctionName="undertone-dev-call", InvocationType="Event"),
    ),
    "have something deleted for good": (
        set(names.FUNCTIONS) - {"api_handler", "purge"},
        lambda c: c("lambda").invoke(FunctionName="undertone-dev-purge", InvocationType="Event"),
    ),
    "have a page fetched": (
        set(names.FUNCTIONS) - {"api_handler"},
        lambda c: c("lambda").invoke(FunctionName="undertone-dev-preview"),
    ),
}
