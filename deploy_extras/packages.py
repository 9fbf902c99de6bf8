"""The last packages of a stage, kept in the model bucket so that code can be rolled back."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from deploy_extras.cloud import Cloud, stored

KEPT = 3
_INDEX = "deployment/packages.json"
_FOLDER = "deployment/packages"


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was deployed: its hash, the application's version, and what it was made for."""

    sha256: str
    version: str
    runtime: str
    architecture: str
    deployed: str = ""

    @property
    def key(self) -> str:
        """Return its key in the bucket."""
        return f"{_FOLDER}/{self.sha256}.zip"

    def __str__(self) -> str:
        return f"{self.version} of {self.deployed} ({self.runtime}, {self.architecture}, {self.sha256[:12]})"


class Packages:
    """The packages of one stage: those kept, the newest first, and the live one."""

    def __init__(self, cloud: Cloud, bucket: str) -> None:
        self._s3 = cloud.client("s3")
        self._bucket = bucket

    def load(self) -> tuple[Package | None, list[Package]]:
        """Return the live package and all that are kept; before the first deployment, None and none."""
        body = stored(self._s3, self._bucket, _INDEX)
        if body is None:
            return None, []
        found = json.loads(body)
        kept = [Package(**each) for each in found["packages"]]
        return next((p for p in kept if p.sha256 == found["live"]), None), kept

    def keep(self, file: Path, *, version: str, runtime: str, architecture: str) -> None:
        """Keep a package that has been deployed, and the two that were live before it."""
        body = file.read_bytes()
        made = Package(sha256(body).hexdigest(), version, runtime, architecture)
        live, kept = self.load()
        if live is not None and live.sha256 == made.sha256:
            return
        self._s3.put_object(Bucket=self._bucket, Key=made.key, Body=body)
        made = replace(made, deployed=datetime.now(UTC).isoformat(timespec="seconds"))
        # What was rolled back from comes after what it was rolled back to.
        others = sorted((p for p in kept if p.sha256 != made.sha256), key=lambda p: p != live)
        self._save(made, [made, *others[: KEPT - 1]])
        for dropped in others[KEPT - 1 :]:
            self._s3.delete_object(Bucket=self._bucket, Key=dropped.key)

    def make_live(self, package: Package) -> None:
        """Note that the functions run this package."""
        self._save(package, self.load()[1])

    def _save(self, live: Package, kept: list[Package]) -> None:
        content = {"live": live.sha256, "packages": [asdict(p) for p in kept]}
        self._s3.put_object(
            Bucket=self._bucket,
            Key=_INDEX,
            Body=json.dumps(content, indent=2).encode(),
            ContentType="application/json",
        )
