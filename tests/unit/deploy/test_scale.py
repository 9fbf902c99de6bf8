"""The simulation of delivery at scale follows the rules that it simulates."""

from bench.scale import simulate


def test_a_quiet_room_hears_each_message_in_a_frame_of_its_own() -> None:
    found = simulate(connections=100, room_size=100, per_minute=0.1, quota=10_000, most=50, seed=1)
    assert found.posts == found.messages * 100
    assert found.delays[-1] < 0.2


def test_every_message_is_delivered_even_beyond_the_quota() -> None:
    found = simulate(connections=20_000, room_size=100, per_minute=6, quota=10_000, most=5_000, seed=1)
    assert len(found.delays) == found.messages == 5_000


def test_a_small_quota_makes_messages_share_frames_and_wait() -> None:
    enough = simulate(connections=20_000, room_size=100, per_minute=6, quota=1_000_000, most=5_000, seed=1)
    short = simulate(connections=20_000, room_size=100, per_minute=6, quota=10_000, most=5_000, seed=1)
    assert short.posts < enough.posts
    assert short.delays[-1] > enough.delays[-1]


def test_the_same_seed_gives_the_same_run() -> None:
    one, two = (simulate(1_000, 100, 1, 5_000, 200, seed=3) for _ in "12")
    assert one == two
