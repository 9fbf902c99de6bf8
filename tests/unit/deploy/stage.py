"""What several of these tests have in common."""

from deploy_extras.cloud import Cloud

BUCKET = "undertone-dev-models-123456789012"


def make_table(cloud: Cloud, name: str) -> None:
    """Make a table with the keys that both tables of a stage have."""
    cloud.client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    )
