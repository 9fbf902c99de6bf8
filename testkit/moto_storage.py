"""Tables and a model bucket that answer on loopback, for benches that need storage but do not measure it."""

import logging
from pathlib import Path
from typing import Self

import boto3
from moto.server import ThreadedMotoServer

from local.emulator.cloudformation import apply_template

TEMPLATE = Path(__file__).parents[1] / "deploy_extras" / "template.yaml"
REGION = "us-east-1"


class Storage:
    """A moto server with the resources of the template; starts on entering, stops on leaving."""

    connections_table = "undertone-local-connections"
    messages_table = "undertone-local-messages"
    models_bucket = "bench-models"

    def __enter__(self) -> Self:
        logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it would print every request
        self._server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.url = f"http://{host}:{port}"
        apply_template(TEMPLATE, {"Stage": "local"}, stack="bench", url=self.url, region=REGION)
        keys = {"aws_access_key_id": "bench", "aws_secret_access_key": "bench"}
        boto3.client("s3", endpoint_url=self.url, region_name=REGION, **keys).create_bucket(
            Bucket=self.models_bucket
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()
