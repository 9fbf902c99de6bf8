"""What a deployment chose and later ones keep, besides the parameters of the template."""

import json
from dataclasses import asdict, dataclass

from botocore.exceptions import ClientError

from deploy_extras.cloud import Cloud, error_code

_KEY = "deployment/choices.json"


@dataclass(frozen=True, slots=True)
class Choices:
    """None leaves a choice to the project."""

    trainer: bool | None = None
    architecture: str | None = None

    @classmethod
    def load(cls, cloud: Cloud, bucket: str) -> "Choices":
        """Return the choices of the last deployment; none before the first."""
        try:
            body = cloud.client("s3").get_object(Bucket=bucket, Key=_KEY)["Body"].read()
        except ClientError as error:
            if error_code(error) in ("NoSuchKey", "NoSuchBucket", "404"):
                return cls()
            raise
        found = json.loads(body)
        return cls(found.get("trainer"), found.get("architecture"))

    def over(self, before: "Choices") -> "Choices":
        """Return these choices, and those of before where these leave something open."""
        return Choices(
            before.trainer if self.trainer is None else self.trainer,
            self.architecture or before.architecture,
        )

    def save(self, cloud: Cloud, bucket: str) -> None:
        """Store them."""
        cloud.client("s3").put_object(
            Bucket=bucket, Key=_KEY, Body=json.dumps(asdict(self)).encode(), ContentType="application/json"
        )
