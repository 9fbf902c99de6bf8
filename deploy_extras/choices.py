"""What a deployment chose and later ones keep, besides the parameters of the template."""

import json
from dataclasses import asdict, dataclass

from deploy_extras.cloud import Cloud, stored

_KEY = "deployment/choices.json"


@dataclass(frozen=True, slots=True)
class Choices:
    """None leaves a choice to the project."""

    trainer: bool | None = None
    architecture: str | None = None

    @classmethod
    def load(cls, cloud: Cloud, bucket: str) -> "Choices":
        """Return the choices of the last deployment; none before the first."""
        body = stored(cloud.client("s3"), bucket, _KEY)
        if body is None:
            return cls()
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
