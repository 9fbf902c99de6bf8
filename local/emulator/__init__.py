"""Storage of the stack: emulators of DynamoDB and S3, and the tables and buckets of a template in them."""
