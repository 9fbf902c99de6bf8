"""What sounds like a feeling and is none: terms of a trade, and people whose names are words.

A dead letter queue is not sad, and Joy is not joy when she takes the notes. Both are taken out as identifiers
are, so that nobody who reads the text afterwards reads their words.
"""

import re
from functools import cache

from .masking import CODE, USER

# The first word of each term and what may follow it. Only what is never said of a mood.
_TERMS_TABLE = """
    abort: button, signal, controller, handler, code
    attack: surface, vector, tree
    bad: request, gateway, block, sector, debt
    best: case, effort, practice, before
    blast: radius
    blocking: call, queue, mode, read, operation
    broken: pipe, link
    brute: force
    bug: tracker, report, fix, fixes, bounty, number, id, bash
    bus: error
    child: process, thread, lock
    cold: start, cache, storage
    core: dump, dumped
    conflict: marker, resolution
    crash: log, report, reporter, dump, handler, test, recovery, rate, course
    critical: path, section, update, mass, infrastructure
    dead: letter queue, letter exchange, letter, lock, code, node, link, branch, key, zone, tuple,
           man's switch, store
    disaster: recovery plan, recovery test, recovery
    double: free
    drop: down, in replacement, zone
    error: rate, budget, code, message, handler, handling, log, page, path, case, count, level, class, type,
           boundary,
           bar, report, reporting, correction, string, number, response, stream, output, object, callback,
                  state, queue
    exception: handler, handling, class, type, hierarchy, table, filter
    exit: code, status
    fail: over, safe, fast, back, open, closed, whale
    failure: mode, domain, queue, rate, injection, detector, case
    false: positive, negative
    fails: if
    fatal: error, level, log, signal
    fire: drill, exit, alarm, escape, wall, door, brigade, extinguisher
    force: push, pushed, pushing, merge, quit, flag, update, refresh
    garbage: collector, collection, collected, collect
    grace: period
    greedy: algorithm, match, matching, search, regex, quantifier
    hack: day, week
    happy: path
    hard: limit, link, disk, drive, reset, reboot, copy, deadline, delete, fork
    headless: mode, browser, server
    illegal: argument, state, character, instruction, access
    invalid: argument, input, value, token, state, character, parameter
    kill: switch, signal, command, process, script
    lame: duck
    lost: update, packet, and found
    low: hanging fruit
    merge: conflict marker, conflict resolution
    mission: critical
    monkey: patch, patched, patching
    naive: bayes, datetime, date, time
    negative: number, value, balance, test, case, index, lookahead, lookbehind, amount, weight, offset,
           integer
    null: pointer, reference, byte, terminator, hypothesis, device
    on: failure, error, crash
    orphaned: process, volume, row, record, file, branch, commit, page, node, object, task
    out: of office, of memory, of range, of bounds, of scope, of band, of order
    panic: mode, button, handler, room
    penetration: test, tester, testing
    poison: pill, message
    race: condition
    retry: on failure, on error
    root: cause analysis, cause
    sanity: check, test
    segmentation: fault
    sick: leave, day, note, pay
    silent: install, mode
    slow: query, query log, path, log, start, lane
    smart: quote, pointer, phone, card, home, contract
    soft: limit, link, delete, reset, reboot
    spam: filter, folder, score
    split: brain
    stack: trace, overflow
    stale: issue, branch, cache, bot, lock, read, data, entry
    strict: mode
    stress: test, tested, testing
    stupid: question
    toy: example, problem, model, data
    trash: folder, can, bin, collection
    trusted: list, host, proxy, proxies, platform, type
    undefined: behaviour, behavior
    use: after free
    war: room, game, file
    warning: sign, level, message, light
    weak: reference, ref, pointer, map
    worst: case
    zombie: process, thread, connection, task, child, children
    zero: day
    """
_ENTRIES = (line.split(":") for line in re.sub(r",\n\s+", ", ", _TERMS_TABLE).strip().splitlines())
_TERMS = {first.strip(): following.split(",") for first, following in _ENTRIES}

_NAMES_TABLE = """
    Angel Bill Blessing Bliss Charity Christian Destiny Faith Felicity Frank Grace Harmony Hope Joy Love
    Melody Mercy Merry Patience Precious Prudence Rich Sunny Trinity Victor Will
    """
_NAME = "|".join(_NAMES_TABLE.split())
_MAY_BE_NAMES = frozenset((*_NAMES_TABLE.split(), "Mr", "Mrs", "Ms", "Dr", "Prof", "Bad"))
# What people do, so that the word before it is somebody: "Hope has the keys", "Will said", "Grace, can you".
_DOES = (
    r"(?:'s|,? and [A-Z]\w*|, (?:can|could|will|would|do|are|did|please)"
    r"| (?:is|was|has|had|will|can|said|says|wrote|sent|left|took|takes|made|owns|does|did|got|found|thinks"
    r"|knows|wants|needs|works|told|gave|gets|goes|asks|[a-z]{2,}ed)) "
)
_PEOPLE = (
    rf"(?:(?<=[a-z,] )|(?<=[a-z]\. ))(?:{_NAME})\b(?! [A-Z])(?!-)"
    rf"|\b(?:{_NAME})(?={_DOES})"
    r"|\b(?:Mr|Mrs|Ms|Dr|Prof)\.? [A-Z][a-z]+\b"
)
# "I'd love to help but" declines, whatever follows.
_DECLINED = (
    r"(?i)\b(?:i'd|we'd|(?:i |we )?would) (?:really )?(?:love|like|be (?:happy|glad|delighted)) to"
    r"(?=(?: [\w']+){0,8},? (?:but|however|unfortunately|sadly)\b)"
)
_PLACES = r"\bBad [A-Z][a-z]{3,}\b"  # spas: Bad Homburg


def without_terms(text: str) -> str:
    """Return a text with one character for each term of a trade and each person whose name is a word.

    A wish that only declines ("I'd love to help but") is left out as well.
    """
    words = re.findall(r"[^\W\d_]+", text)
    for first in sorted(_TERMS.keys() & set(map(str.lower, words))):
        text = _term(first).sub(CODE, text)
    if "d" in words or "would" in words or "Would" in words:
        text = re.sub(_DECLINED, "would", text)
    if not _MAY_BE_NAMES.isdisjoint(words):
        text = re.sub(_PLACES, CODE, re.sub(_PEOPLE, USER, text))
    return text


@cache
def _term(first: str) -> re.Pattern[str]:
    """Return the pattern of the terms that begin with a word; compiled when a text first has it."""
    following = "|".join(
        rest.strip().replace(" ", "[ -]") for rest in sorted(_TERMS[first], key=len, reverse=True)
    )
    return re.compile(rf"(?i)\b{first}[ -]?(?:{following})(?:e?s|'s)?\b")
