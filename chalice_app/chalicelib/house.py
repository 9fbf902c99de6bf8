"""The use cases of people and rooms, which only the REST API has, put together."""

from typing import NamedTuple

from chalicelib.service.announcing import Announcing
from chalicelib.service.attempts import AttemptLimit
from chalicelib.service.attendance import Attendance
from chalicelib.service.bots import Bots
from chalicelib.service.broadcasting import Broadcasting
from chalicelib.service.changing import Changing
from chalicelib.service.choosing import Choosing
from chalicelib.service.deeds import Deeds
from chalicelib.service.departures import Departures
from chalicelib.service.device_links import DeviceLinking
from chalicelib.service.erasing import Erasing, MessagesOfSomebody
from chalicelib.service.eviction import Eviction
from chalicelib.service.file_sharing import FileSharing
from chalicelib.service.here import PeopleHere
from chalicelib.service.hooks import HookKeeping
from chalicelib.service.inviting import Inviting
from chalicelib.service.keeping import RoomKeeping
from chalicelib.service.leaving import SessionEnding
from chalicelib.service.mood import MoodOverTime
from chalicelib.service.networks import Networks
from chalicelib.service.news import News
from chalicelib.service.opening import Opening
from chalicelib.service.order import Order
from chalicelib.service.passwords import Passwords
from chalicelib.service.people import Directory
from chalicelib.service.presence import PresenceTracking
from chalicelib.service.previewing import LinkPreviews
from chalicelib.service.profiles import Profiles
from chalicelib.service.provider_sign_in import ProviderSignIn
from chalicelib.service.pulse import PulseReading
from chalicelib.service.purging import Purging
from chalicelib.service.push_keeping import PushKeeping
from chalicelib.service.reactors import Reactors
from chalicelib.service.reading import Reading
from chalicelib.service.removing import RoomsOfSomebody
from chalicelib.service.room_deleting import RoomDeleting, RoomRemains
from chalicelib.service.searching import Searching
from chalicelib.service.sending import Sending
from chalicelib.service.sessions import Sessions
from chalicelib.service.webhook_keeping import WebhookKeeping
from chalicelib.world import Ports


class House(NamedTuple):
    """Who belongs here, and who keeps order."""

    keeping: RoomKeeping
    choosing: Choosing
    inviting: Inviting
    order: Order
    ending: SessionEnding
    directory: Directory
    here: PeopleHere
    bots: Bots
    hooks: HookKeeping
    files: FileSharing
    searching: Searching
    reactors: Reactors
    mood: MoodOverTime
    pulse: PulseReading
    pushes: PushKeeping
    previews: LinkPreviews
    webhooks: WebhookKeeping
    purging: Purging
    deleting: RoomDeleting
    erasing: Erasing
    provider_sign_in: ProviderSignIn | None
    profiles: Profiles
    device_links: DeviceLinking
    passwords: Passwords


def furnish(
    world: Ports,
    sessions: Sessions,
    networks: Networks,
    attendance: Attendance,
    presence: PresenceTracking,
    sending: Sending,
    reading: Reading,
    opening: Opening,
    announcing: Announcing,
    departures: Departures,
    changing: Changing,
    broadcasting: Broadcasting,
) -> House:
    """Put the use cases together."""
    stored, clock, files, purges = world.repositories, world.clock, world.files, world.purges
    provided, news = world.provided(), News(world.invoker)
    register, people, connections = stored.register, stored.people, stored.connections
    deeds = Deeds(stored.audit, clock)
    eviction = Eviction(
        connections,
        stored.audiences,
        attendance,
        stored.rooms,
        people,
        register,
        stored.choices,
        presence,
        news,
    )
    keeping = RoomKeeping(register, stored.rooms, people, eviction, news, deeds, opening, announcing, clock)
    ending = SessionEnding(people, departures, presence, news)
    bots = Bots(stored.bots, sessions, ending)
    rooms = stored.rooms
    purging = Purging(
        purges,
        {
            "room": RoomRemains(purges, files, rooms, register, people, eviction, news, clock),
            "person": RoomsOfSomebody(register, rooms, stored.hooks, people, eviction, clock),
            "messages": MessagesOfSomebody(
                stored.log, rooms, register, people, changing, broadcasting, clock
            ),
        },
        world.invoker,
        clock,
    )
    return House(
        keeping,
        Choosing(stored.choices, keeping, stored.rooms, people, news, clock),
        Inviting(stored.invites, register, people, keeping, sessions, clock),
        Order(
            register,
            people,
            connections,
            attendance,
            keeping,
            ending,
            networks,
            bots,
            purging,
            stored.audit,
            deeds,
            clock,
        ),
        ending,
        Directory(people, register),
        PeopleHere(stored.audiences, stored.rooms),
        bots,
        HookKeeping(stored.hooks, keeping, sending, stored.attempts, clock),
        FileSharing(files, stored.log, keeping, stored.attempts, clock),
        Searching(stored.log, reading, stored.rooms, clock),
        Reactors(stored.log, people),
        MoodOverTime(stored.log, reading, stored.rooms, clock),
        PulseReading(stored.pulses, stored.log, stored.rooms, clock),
        PushKeeping(world.pushes, clock),
        LinkPreviews(world.previews, stored.log, keeping, stored.attempts, clock, world.metrics),
        WebhookKeeping(world.webhooks, bots, stored.log, keeping, stored.attempts, clock),
        purging,
        RoomDeleting(keeping, register, rooms, eviction, deeds, purging, clock),
        Erasing(keeping, people, purging, deeds),
        provided and ProviderSignIn(*provided, sessions, people, AttemptLimit(stored.attempts, clock), clock),
        Profiles(people, bots, files, stored.attempts, deeds, clock),
        DeviceLinking(
            stored.device_links,
            people,
            sessions,
            news,
            deeds,
            stored.attempts,
            clock,
            by_provider=provided is not None,
        ),
        Passwords(
            world.passwords,
            stored.names,
            people,
            sessions,
            ending,
            news,
            deeds,
            AttemptLimit(stored.attempts, clock),
            clock,
        ),
    )
