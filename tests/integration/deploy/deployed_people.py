"""The client of the protocol, connected to a deployment on the emulators."""

import json
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from testkit.client import Event, People
from tests.integration.deploy.deployed import Deployed


class DeployedPeople(People):
    """People who use the deployed site and its APIs.

    Two things are replaced because of the emulators. AWS's host names are not resolved here, so requests go
    to MiniStack's port with the name as `Host`, or to MiniStack's path for WebSockets. And the REST API is
    moto's, which invokes no function, so each request invokes the function as API Gateway would.
    """

    def __init__(self, http: aiohttp.ClientSession, deployed: Deployed, site: str) -> None:
        super().__init__(http, deployed.ministack)
        self._deployed = deployed
        self._host = urlsplit(site).netloc

    async def page(self, path: str) -> tuple[aiohttp.ClientResponse, bytes]:
        """Get a path of the site from the distribution."""
        headers = {"Host": self._host, "X-Forwarded-Proto": "https"}
        async with self.http.get(f"{self._deployed.ministack}{path}", headers=headers) as response:
            return response, await response.read()

    async def config(self) -> Event:
        if not self._config:
            _, body = await self.page("/config.json")
            self._config = json.loads(body)
            api = urlsplit(self._config["websocketUrl"]).netloc.split(".")[0]
            port = urlsplit(self._deployed.ministack).port
            self._config["websocketUrl"] = f"ws://127.0.0.1:{port}/_aws/execute-api/{api}/api"
        return self._config

    async def rest(
        self, method: str, path: str, *, token: str | None = None, **options: Any
    ) -> tuple[int, Event]:
        event = {
            "resource": path,
            "path": path,
            "httpMethod": method,
            "headers": {"content-type": "application/json"}
            | ({"authorization": f"Bearer {token}"} if token else {}),
            "multiValueHeaders": {},
            "queryStringParameters": None,
            "multiValueQueryStringParameters": None,
            "pathParameters": None,
            "stageVariables": None,
            "requestContext": {
                "httpMethod": method,
                "resourcePath": path,
                "identity": {"sourceIp": "192.0.2.1"},
            },
            "body": json.dumps(options["json"]) if "json" in options else None,
            "isBase64Encoded": False,
        }
        answer = self._deployed.client("lambda").invoke(
            FunctionName="undertone-dev", Payload=json.dumps(event)
        )
        found = json.loads(answer["Payload"].read())
        assert "statusCode" in found, found
        return found["statusCode"], json.loads(found["body"])
