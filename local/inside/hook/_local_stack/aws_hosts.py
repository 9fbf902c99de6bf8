"""Which hosts are AWS itself, in every partition."""

# Suffixes of botocore's partitions.json, and those of services with domains of their own.
_SUFFIXES = (
    *(".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".amazonaws-eusc.eu"),
    *(".api.aws", ".api.amazonwebservices.com.cn", ".api.amazonwebservices.eu", ".on.aws"),
    *(".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov"),
    *(".api.aws.ic.gov", ".api.aws.scloud", ".api.cloud-aws.adc-e.uk", ".api.aws.hci.ic.gov"),
    ".amazoncognito.com",
)
# Metadata and credentials of instances, containers and Lambda's own services.
_ADDRESSES = ("169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23")


def is_aws(name: str) -> bool:
    """Whether a host name belongs to AWS."""
    return f".{name.rstrip('.').lower()}".endswith(_SUFFIXES)


def is_metadata(address: str) -> bool:
    """Whether an address is one of those at which AWS tells programs who they are."""
    return address in _ADDRESSES


def host_of(url: str) -> str:
    """The host of a URL, without port and user."""
    authority = url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0]
