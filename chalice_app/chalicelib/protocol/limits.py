"""Sizes and ranges that the contract names."""

CLIENT_FRAME_BYTES = 16 * 1024
SERVER_FRAME_BYTES = 32 * 1024

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 50
MAX_REF_LENGTH = 64
MAX_POSITION = 2**53 - 1  # what JavaScript can count to
