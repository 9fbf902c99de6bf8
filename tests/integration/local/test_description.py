"""Applications are imported as Lambda would import their package, and a failure is one sentence."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local.application import Application
from local.description import describe
from local.environment import worker_python
from local.errors import StackError
from local.lambdas.sandbox import Endpoints, Sandbox
from local.package import unpack

ECHO = Path(__file__).parent / "apps" / "echo"
CHALICE = "from chalice import Chalice\napp = Chalice(app_name='x')\n"

Describe = Callable[..., Application]


@pytest.fixture(scope="session")
def python() -> Path:
    """Interpreter of the shared stack's functions."""
    return worker_python(ECHO, lambda line: None)


@pytest.fixture
def sandbox_of(tmp_path: Path, python: Path) -> Callable[..., Sandbox]:
    """Where an application of these files runs: ``sandbox_of({"app.py": "…"}, TABLE="t")``."""

    def make(files: dict[str, str], **variables: str) -> Sandbox:
        project = tmp_path / "project"
        config = {"app_name": "x", "environment_variables": variables}
        for name, text in {".chalice/config.json": json.dumps(config), **files}.items():
            path = project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        unpack(project, tmp_path / "task")
        return Sandbox(
            python=worker_python(project, print) if "requirements.txt" in files else python,
            task_root=tmp_path / "task",
            project=project,
            home=tmp_path,
            region="us-east-1",
            endpoints=Endpoints(aws="http://127.0.0.1:1", functions="http://127.0.0.1:1", management=""),
            extra={},
        )

    return make


@pytest.fixture
def described(sandbox_of: Callable[..., Sandbox]) -> Describe:
    """Describe an application of these files."""
    return lambda files, **variables: asyncio.run(describe("dev", sandbox_of(files, **variables)))


@pytest.fixture
def refused(described: Describe, tmp_path: Path) -> Callable[..., str]:
    """The sentence with which an application of these files is refused; ``PROJECT`` is its directory."""

    def run(files: dict[str, str], **variables: str) -> str:
        with pytest.raises(StackError) as error:
            described(files, **variables)
        sentence = str(error.value)
        assert "\n" not in sentence
        return sentence.replace(str(tmp_path / "project"), "PROJECT")

    return run


@pytest.mark.parametrize(
    "files",
    [
        {"vendor/mylib/__init__.py": "", "app.py": "import mylib\n"},
        {"vendor/single.py": "", "chalicelib/__init__.py": "import single", "app.py": "import chalicelib\n"},
        {
            "vendor/mylib/__init__.py": "from pathlib import Path\nPath(__file__).with_name('d.txt').open()",
            "vendor/mylib/d.txt": "data",
            "vendor/mylib/sub/thing.py": "",
            "app.py": "from mylib.sub import thing\nopen('mylib/d.txt')\n",
        },
    ],
)
def test_what_is_in_vendor_is_importable_at_the_root(described: Describe, files: dict[str, str]) -> None:
    described(files | {"app.py": files["app.py"] + CHALICE})


@pytest.mark.parametrize(
    ("files", "module", "beside"),
    [
        ({"helpers.py": "", "app.py": "import helpers\n"}, "helpers", "helpers.py lies"),
        ({"lib/db.py": "", "app.py": "from lib.db import x\n"}, "lib", "lib/ lies"),
        ({"tests/__init__.py": "", "app.py": "import tests\n"}, "tests", "tests/ lies"),
    ],
)
def test_a_module_beside_app_py_is_missing_with_the_reason(
    refused: Any, files: dict[str, str], module: str, beside: str
) -> None:
    sentence = refused(files)
    assert f"PROJECT/app.py, line 1, `{files['app.py'].strip()}`, fails when the" in sentence
    assert f"ModuleNotFoundError: No module named '{module}': {beside} beside app.py" in sentence
    assert f"import chalicelib.{module}" in sentence


def test_vendor_itself_is_no_module(refused: Any) -> None:
    sentence = refused({"vendor/mylib/__init__.py": "", "app.py": "import vendor.mylib\n"})
    assert "imported without 'vendor.'" in sentence


def test_a_directory_beside_app_py_is_missing_with_the_reason(refused: Any) -> None:
    for read in ("os.listdir('templates')", "list(os.scandir('templates'))"):
        sentence = refused({"templates/a.html": "", "app.py": f"import os\n{read}\n"})
        assert "PROJECT/app.py, line 2" in sentence and "it lies beside app.py" in sentence


@pytest.mark.parametrize(
    "read", ["open('data.json')", "open(os.path.join(os.path.dirname(__file__), 'data.json'))"]
)
def test_a_file_beside_app_py_is_missing_with_the_reason(refused: Any, read: str) -> None:
    sentence = refused({"data.json": "{}", "app.py": f"import os\n{read}\n"})
    assert "PROJECT/app.py, line 2" in sentence
    assert "FileNotFoundError: [Errno 2] No such file or directory: it lies beside app.py" in sentence


def test_an_application_may_do_without_what_is_not_packaged(described: Describe) -> None:
    code = """
import importlib.util, os
try:
    import settings_local
except ImportError:
    pass
assert importlib.util.find_spec("settings_local") is None
assert not os.path.exists("settings_local.py")
open("written.txt", "w").close()
"""
    described({"settings_local.py": "", "written.txt": "", "app.py": code + CHALICE})


def test_a_missing_requirement_names_the_requirements(refused: Any) -> None:
    sentence = refused({"app.py": "import numpy\n"})
    assert "ModuleNotFoundError: No module named 'numpy'" in sentence
    assert "what PROJECT/requirements.txt names" in sentence


def test_whatever_the_application_makes_while_it_is_imported_has_a_local_endpoint(
    described: Describe,
) -> None:
    code = """
import boto3
from botocore.config import Config
ignoring = Config(ignore_configured_endpoint_urls=True)
for client in (
    boto3.client("dynamodb"),
    boto3.client("logs", config=ignoring),
    boto3.resource("dynamodb").meta.client,
    boto3.client("s3", endpoint_url="https://s3.eu-west-1.amazonaws.com"),
    boto3.client("lambda"),
):
    assert client.meta.endpoint_url == "http://127.0.0.1:1", client.meta.endpoint_url
assert boto3.client("sqs", endpoint_url="http://localhost:9324").meta.endpoint_url == "http://localhost:9324"
"""
    described({"app.py": code + CHALICE})


def test_a_boto3_that_knows_no_endpoint_variables_has_a_local_endpoint(described: Describe) -> None:
    code = """
import boto3
assert boto3.__version__ == "1.27.0"
for service in ("dynamodb", "sts"):
    assert boto3.client(service).meta.endpoint_url == "http://127.0.0.1:1"
"""
    described({"requirements.txt": "boto3==1.27.0\n", "app.py": code + CHALICE})


@pytest.mark.parametrize(
    "call",
    [
        "urllib.request.urlopen('https://dynamodb.us-east-1.amazonaws.com/')",
        "socket.create_connection(('s3.amazonaws.com', 443))",
        "socket.gethostbyname('example.execute-api.eu-west-1.amazonaws.com')",
        "asyncio.run(asyncio.open_connection('lambda.us-east-1.api.aws', 443))",
    ],
)
def test_a_request_to_aws_ends_at_once_and_with_the_line_that_makes_it(refused: Any, call: str) -> None:
    sentence = refused({"app.py": f"import asyncio, socket, urllib.request\n{call}\n"})
    assert sentence.startswith(f"PROJECT/app.py, line 2, `{call}`, fails") and "is AWS itself" in sentence


def test_an_application_can_tell_that_it_is_only_described(described: Describe) -> None:
    code = "import os\nif 'AWS_CHALICE_CLI_MODE' not in os.environ:\n    raise RuntimeError('running')\n"
    described({"app.py": code + CHALICE})


@pytest.mark.parametrize(
    ("files", "where", "error"),
    [
        ({"app.py": "import os\n\nNAME = os.environ['TABLE']\n"}, "app.py, line 3", "KeyError: 'TABLE'"),
        (
            {"app.py": "import chalicelib.db\n", "chalicelib/db.py": "def f():\n    return 1 / 0\nf()\n"},
            "chalicelib/db.py, line 2",
            "ZeroDivisionError: division by zero",
        ),
        ({"app.py": "x = 1\nthis is no Python\n"}, "app.py, line 2", "SyntaxError: invalid syntax"),
        ({"app.py": "import json\njson.loads('')\n"}, "app.py, line 2", "JSONDecodeError"),
        ({"app.py": "import sys\nsys.exit(3)\n"}, "app.py, line 2", "SystemExit: 3"),
        ({"app.py": "raise ValueError('two\\nlines')\n"}, "app.py, line 1", "ValueError: two lines"),
        (
            {"app.py": "import lib\n", "vendor/lib.py": "\nraise OSError\n"},
            "vendor/lib.py, line 2",
            "OSError",
        ),
    ],
)
def test_a_failing_import_is_one_sentence_with_the_line_of_the_application(
    refused: Any, files: dict[str, str], where: str, error: str
) -> None:
    sentence = refused(files)
    assert sentence.startswith(f"PROJECT/{where}, `") and error in sentence


def test_an_application_without_a_chalice_object_is_told_what_it_lacks(refused: Any) -> None:
    assert "it needs a line like app = Chalice" in refused({"app.py": "application = None\n"})


def test_an_import_that_does_not_end_is_named_with_the_line_at_which_it_is(
    tmp_path: Path, sandbox_of: Callable[..., Sandbox]
) -> None:
    code = "import time\nwhile True:\n    time.sleep(0.1)\n"
    sandbox = sandbox_of({"app.py": code})
    with pytest.raises(StackError, match=r"app\.py, line 3, `time\.sleep\(0\.1\)`, .* running after 0\.5 s"):
        asyncio.run(describe("dev", sandbox, import_seconds=0.5))


def test_threads_of_the_application_do_not_keep_the_description(described: Describe) -> None:
    code = "import threading, time\nthreading.Thread(target=time.sleep, args=(300,)).start()\n"
    described({"app.py": code + CHALICE})


def test_an_application_that_ends_its_own_process_is_named(refused: Any) -> None:
    assert "ended with 7" in refused({"app.py": "import os\nos._exit(7)\n"})
