"""What Chalice does not make: the tables and buckets, and the checked package of the functions."""
