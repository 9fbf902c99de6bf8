"""The Content-Security-Policy of the site, whose directives stand in `template.yaml` alone.

``python -m deploy_extras.content_security_policy`` prints the policy for a site that has the same origin as
its APIs: `make run` serves it that way.
"""

import sys
from functools import cache
from typing import Any

import yaml

from deploy_extras.template import TEMPLATE

_API_ORIGINS = "${Apis}"  # only `connect-src` has it: CloudFormation puts the APIs' origins in its place
_FILES_ORIGIN = "${Files}"  # the bucket's origin: `connect-src` for uploads, `img-src`, `media-src`
# The emulator of S3 has another port whenever it starts.
_LOCAL_FILES_ORIGIN = " http://127.0.0.1:*"
_PATH = (
    "Resources",
    "SiteHeaders",
    "Properties",
    "ResponseHeadersPolicyConfig",
    "SecurityHeadersConfig",
    "ContentSecurityPolicy",
    "ContentSecurityPolicy",
)


def same_origin() -> str:
    """Return the policy for a site whose APIs have its own origin, and whose files are on this machine."""
    return from_template().replace(_API_ORIGINS, "").replace(_FILES_ORIGIN, _LOCAL_FILES_ORIGIN)


@cache
def from_template() -> str:
    """Return the policy as the template has it, with a place for the origins of the APIs."""
    # Reads the nodes of the YAML alone, in a few milliseconds: cfn-lint would cost `make run` half a second.
    node: Any = yaml.compose(TEMPLATE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    for name in _PATH:
        node = next(value for key, value in node.value if key.value == name)
    return str(node.value[0].value)


if __name__ == "__main__":
    sys.stdout.write(f"{same_origin()}\n")
