"""DynamoDB and S3: MiniStack as a child process, and the tables and buckets of a CloudFormation template."""
