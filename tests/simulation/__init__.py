"""A seeded scheduler that interleaves the real use cases at every call that they make to the world."""
