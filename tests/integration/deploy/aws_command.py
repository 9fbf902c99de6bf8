"""The calls of the AWS command line that the trainer's script makes, for a machine without that program."""

import sys
from pathlib import Path

import boto3

service, operation, *rest = sys.argv[1:]
options = dict(zip(rest[::2], rest[1::2], strict=False)) if rest and rest[0].startswith("--") else {}
if (service, operation) == ("ssm", "get-parameter"):
    value = boto3.client("ssm").get_parameter(Name=options["--name"])["Parameter"]["Value"]
    sys.stdout.write(f"{value}\n")
elif (service, operation) == ("s3", "cp"):
    source, target = rest
    if source.startswith("s3://"):
        bucket, _, key = source.removeprefix("s3://").partition("/")
        boto3.client("s3").download_file(bucket, key, target)
    else:
        bucket, _, key = target.removeprefix("s3://").partition("/")
        boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=Path(source).read_bytes())
elif (service, operation) == ("cloudwatch", "put-metric-data"):
    name, _, value = options["--dimensions"].partition("=")
    boto3.client("cloudwatch").put_metric_data(
        Namespace=options["--namespace"],
        MetricData=[
            {
                "MetricName": options["--metric-name"],
                "Dimensions": [{"Name": name, "Value": value}],
                "Value": float(options["--value"]),
            }
        ],
    )
else:
    raise SystemExit(f"aws {service} {operation}: not here")
