"""The Content-Security-Policy of the site, whose directives stand in `template.yaml` alone.

``python -m deploy_extras.content_security_policy`` prints the policy for a site that has the same origin as
its APIs: `make run` serves it that way.
"""

import sys

from deploy_extras import template

_API_ORIGINS = "${Apis}"  # only `connect-src` has it: CloudFormation puts the APIs' origins in its place


def same_origin() -> str:
    """Return the policy for a site whose APIs have its own origin."""
    return from_template().replace(_API_ORIGINS, "")


def from_template() -> str:
    """Return the policy as the template has it, with a place for the origins of the APIs."""
    headers = template.load()["Resources"]["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    return str(policy["Fn::Sub"][0])


if __name__ == "__main__":
    sys.stdout.write(f"{same_origin()}\n")
