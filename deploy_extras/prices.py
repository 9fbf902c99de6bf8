"""AWS's list prices of us-east-1, without free tiers, taxes and discounts."""

from dataclasses import dataclass

AS_OF = "2026-11-22"
"""The date on which the sources were read; other regions differ by up to a third, most are dearer."""


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for `per` units, and the address of the source."""

    dollars: float
    per: float
    unit: str
    source: str

    def of(self, units: float) -> float:
        """Return the dollars of a number of units."""
        return units * self.dollars / self.per


_GATEWAY = "https://aws.amazon.com/api-gateway/pricing/"
_LAMBDA = "https://aws.amazon.com/lambda/pricing/"
_DYNAMODB = "https://aws.amazon.com/dynamodb/pricing/on-demand/"
_CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/"
_EC2 = "https://aws.amazon.com/ec2/pricing/on-demand/"
_EBS = "https://aws.amazon.com/ebs/pricing/"
_TRANSFER = "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer"
_XRAY = "https://aws.amazon.com/xray/pricing/"
_IPV4 = "https://aws.amazon.com/vpc/pricing/"

PRICES = {
    "websocket_message": Price(1.00, 1e6, "messages of 32 KB", _GATEWAY),
    "connection_minute": Price(0.25, 1e6, "connection minutes", _GATEWAY),
    "rest_request": Price(3.50, 1e6, "REST requests", _GATEWAY),
    "lambda_request": Price(0.20, 1e6, "Lambda requests", _LAMBDA),
    "lambda_gb_second": Price(0.0000133334, 1, "GB-seconds on arm64", _LAMBDA),
    "write_unit": Price(0.625, 1e6, "write request units", _DYNAMODB),
    "read_unit": Price(0.125, 1e6, "read request units", _DYNAMODB),
    "table_gb": Price(0.25, 1, "GB-months in tables", _DYNAMODB),
    "recovery_gb": Price(0.20, 1, "GB-months of point-in-time recovery", _DYNAMODB),
    "log_gb": Price(0.50, 1, "GB of logs", _CLOUDWATCH),
    "alarm": Price(0.10, 1, "alarms", _CLOUDWATCH),
    "metric": Price(0.30, 1, "custom metrics", _CLOUDWATCH),
    "dashboard": Price(3.00, 1, "dashboards", _CLOUDWATCH),
    "trace": Price(5.00, 1e6, "traces", _XRAY),
    "transfer_gb": Price(0.09, 1, "GB to the internet", _TRANSFER),
    "trainer_hour": Price(0.0336, 1, "hours of a t4g.medium", _EC2),
    "address_hour": Price(0.005, 1, "hours of a public IPv4 address", _IPV4),
    "disk_gb": Price(0.08, 1, "GB-months of gp3", _EBS),
}
