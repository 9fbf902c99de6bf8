"""What kind of text feelings stand in: whether it is about technology, and whether somebody means them.

In a technical text errors, failures and things that are killed are subjects, while what is horrible, useless
or a nightmare is somebody's opinion there too, and a face always is. What is only considered ("to avoid the
worst case") or said of the reader ("you may be worried about …") is no complaint.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .text import Token
from .valence import Feeling

_TECHNICAL_WORDS = """
    abstract access accessor adapter admin ajax algorithm alias allocate allocated allocation android
    annotation ansible apache api apis append applet application applications architecture argument
    arguments array arrays ascii asp assembly assert assertion assign assigned assignment async
    asynchronous attribute attributes authentication authorization aws azure backend backport backup
    base64 bash batch binary binding bindings blob bool boolean bootstrap boundary branches breakpoint
    broker browser browsers bucket buffer buffers bundle byte bytecode bytes cache cached caches caching
    callback callbacks caller cast casting certificate char charset checkbox checkout checksum chrome
    class classes classpath cli client clients clone closure cluster cmake code codebase codes columns
    combobox command commands commit commits compile compiled compiler compilers compiling component
    components concurrency concurrent config configuration configure configured connection connections
    connector console const constant constants constraint constraints constructor constructors container
    containers context controller controllers cookie cookies cpu cron crud css csv ctrl cursor daemon
    dashboard database databases dataset datatype datetime db deadlock debug debugger debugging
    declaration declare declared decorator delegate delete deleted deletes deleting delimiter
    dependencies dependency deploy deployed deploying deployment dereference deserialize developers
    dialog dict dictionary diff dir directive directories directory dispatcher div django dll dns docker
    dockerfile documentation dom dotnet drivers dropdown dtd duplicate duplicates eclipse editor element
    elements emacs emulator encode encoded encoder encoding endpoint endpoints enum environment eof
    excel exception exceptions exe executable execute executed executes executing execution export
    expression expressions factory fields file filename files filesystem filters firefox firewall flag
    flags float folder folders font foreach formats framework frameworks frontend function functionality
    functions gcc getter git github gitlab global gpu gradle grammar grep gui gzip handler handlers hash
    hashes hashmap header headers heap heroku hex hibernate hooks hostname html http https id ide
    identifier ids iframe iis immutable implement implementation implementations implemented
    implementing implements import imported imports include includes index indexed indexes indices
    inherit inheritance init initialize initialized inject injection inline inner inputs insert inserted
    installation installed installer installing instance instances instantiate int integer integers
    intellisense interface interfaces interpreter invoke invoked ios ip iterate iteration iterator jar
    java javac javascript jboss jenkins joins jpeg jpg jquery js json jsp jvm kafka kernel keyboard
    keyword kubernetes lambda laravel latency layer layout libraries library linker linq lint linter
    linux listener listeners lists literal loader localhost locks log logged logger logging logic login
    logs lookup loop loops macro macros makefile mapped mapper mapping margin markup matrix maven
    memcached memory merge merged metadata method methods microservice middleware migration migrations
    mime mock mod models modifier module modules mongodb multithreaded multithreading mutable mutation
    mutex mvc mysql namespace namespaces navigation nested netbeans nginx node nodes notebook npm null
    nullable numpy oauth object objective objects ocr odbc offset oop opcode opengl openssl operand
    operator operators optimization optimize optimized oracle orm os outputs overflow overhead overload
    overloaded overridden override overrides packages packet packets padding pagination pandas parallel
    param parameter parameters params parse parsed parser parses parsing partition password passwords
    paths patterns payload pdf perl permission permissions php phpmyadmin pip pipe pipeline pixel pixels
    plugin plugins png pod pointer pointers polling polymorphism popup ports postgres postgresql prefix
    preprocessor primitive printf procedure processes processor profiler programmer programmers
    programming properties property protocol prototype proxy py python queries query queue queues rails
    ram react readonly rebase reboot records recursion recursive redirect redirects redis redux ref
    refactor refactored refactoring reference referenced references reflection regex regexp registry
    regression releases render rendered rendering replica repo repos repositories repository request
    requests reset resize resolver resource resources response responses restarted retries retry
    returned returning returns revert rollback router routes routing rows rpc ruby runner runtime safari
    sandbox scala schema schemas script scripts scroll sdk selected selector semaphore serialization
    serialize serialized server servers serverside servlet session sessions setter shard silverlight
    singleton snapshot snippet soap socket sockets sorted sorting specs sql sqlite src ssh ssl
    stackoverflow stacktrace staging statement statements static std stderr stdin stdout stored streams
    string strings struct structs stub stylesheet sub subclass subclasses submit subnet subprocess
    subquery subversion sudo suffix svn symbolic sync synchronized syntax systems table tables tcp
    template templates tester textarea textbox thread threading threads throttle thumbnail timeout timer
    timestamp timezone toggle token tokens tomcat toolbar tooltip trace transaction transactions
    transform trigger triggers tuple tuples typed types typescript ubuntu ui unicode unix updated
    updates upgrade upgraded upload uri url urls usage username utf utility validate validation
    validator var variable variables vb vba vbscript vector viewport vim virtual virtualenv vm vpc vpn
    vs webapp webpack webpage webserver websites websocket whitespace widget widgets wildcard windows
    winforms wordpress workspace wpf wrapper wrappers xaml xcode xml xpath yaml zip
    """
_TECHNICAL = frozenset(_TECHNICAL_WORDS.split())

_EVERYDAY_WORDS = """
    account address app apps bit bits block branch build builds character characters click column
    condition content data date default developer disk doc docs domain download driver email engine
    event events extension field filter fork form format graph grid host hosting image images input
    install key keys line list lock map member members menu message messages mode model network
    operation option options output package page panel parent patch path pattern performance port print
    process production profile program programs project projects prompt pull push record refresh release
    remote restart return root route row scope screen section select sequence service services setting
    settings setup shell software sort source spec stack standard state storage store stream structure
    switch symbol system tag tags task tasks terminal test tested testing tests text ticket tree type
    update user users value values version versions view views website word worker workers workflow
    write writing
    """
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
"""Words of technology that other people use as well: one of them tells half as much."""

_ATTITUDE_WORDS = """
    aargh abhor abomination absurd absurdly abysmal afraid agony alas anger angry annoyance annoyed
    annoying annoyingly annoys apologies apologise apologize appalled appalling argh arrgh arrogant
    ashamed atrocious atrociously awful awfully bad badly baffled baffling bewildering bloated bloody
    borked brittle broken buggy bullcrap bullshit bummed bummer catastrophe clueless clumsy clunky
    condescending confused confusing convoluted counterintuitive crap crappiest crappy crazy cry crying
    cryptic cumbersome dammit damn damned damnit depressed depressing despair desperate desperately
    despise detest dire disappointed disappointing disappointingly disappointment disappoints disaster
    disastrous discouraging disgusted disgusting disgusts disheartening dishonest dislike disliked dismal
    distasteful dread dreaded dreadful dreadfully dreading dreads dumb dumbest embarrassed embarrassing
    evil excruciating excruciatingly exhausted exhausting facepalm fear feared fears ffs fragile freaking
    frightening frustrated frustrates frustrating frustratingly frustration fuck fucked fuckin fucking
    furious gah garbage ghastly goddamn grief grim gripe gripes gross gutted hacky hassle hate hated hates
    hating headache headaches heinous hell helpless hideous hopeless hopelessly horrendous horrendously
    horrible horribly horrid horrific horror hosed humiliated humiliating idiot idiotic idiots ignorant
    incompetent inelegant inexcusable infuriated infuriates infuriating infuriatingly insane insanely
    insult insulting irritated irritates irritating janky jerk joke junk kludge kludgy lame laughable lazy
    liar lies loathe lost lousy ludicrous mad maddening maddeningly madness mess messed messes messy
    miserable misery moron moronic morons nasty nightmare nightmares nonsensical outrageous
    overcomplicated overengineered overwhelmed pain painful painfull painfully pains pathetic pissed pita
    pitiful pointless poor poorly preposterous regret regrettable regrettably ridiculous ridiculously
    rubbish rude sad saddened saddens sadly scared scary screwed shame shameful shit shitty shocked shoddy
    sick sigh sloppy sluggish smh sorely sorry spaghetti stressed stressful struggling stuck stupid
    stupidest stupidity stupidly suck sucked sucks sucky tedious terrible terribly terrified terrifying
    tired torture torturous trash ugh uglier ugliest ugliness ugly unacceptable unbearable unfair
    unfortunate unfortunately unhappy unhelpful unintuitive unjust unmaintainable unpleasant
    unprofessional unreadable unreliable unsafe unusable unwelcome unwieldy upset useless waste wasted
    wasting worried worries worrying worse worst worthless wrong wrongly wtf yuck
    """
_ATTITUDES = frozenset(_ATTITUDE_WORDS.split())

_CONSIDERED_WORDS = """
    assuming avoid can case if lest may might need needs no prevent should suppose unless when whether
    will wonder wondering
    """
_CONSIDERED = frozenset(_CONSIDERED_WORDS.split())
_SPEAKER_WORDS = "i i'm i've i'd i'll me my mine myself we we're we've our us"
_SPEAKERS = frozenset(_SPEAKER_WORDS.split())
_READER_WORDS = "you you're you've you'd you'll yourself u"
_READERS = frozenset(_READER_WORDS.split())

_REACH = 6
"""How many words after a considering one are considered."""

_NEAR = 8
"""How many words after a word for the reader are said of them, unless the speaker is named in between."""

_WEAKENED = 0.4
_FEWEST = 1.5
_DENSEST = 0.12


class Stance(NamedTuple):
    """What was found; strengths are those of the negative feelings, as positive numbers.

    ``technical`` is 0 to 1; ``attitudes`` are opinions and faces, less if they are only considered or said of
    the reader, ``states`` all other negative words; ``felt`` is the sum of what the speaker says of
    themselves, without considering it.
    """

    technical: float
    attitudes: list[float]
    states: list[float]
    felt: float


def read(tokens: Sequence[Token], feelings: Sequence[Feeling]) -> Stance:
    """Return the stance of a text."""
    attitudes, states, felt = [], [], 0.0
    sad = [feeling for feeling in feelings if feeling.valence < 0]
    before = _before(tokens) if sad else []
    for feeling in sad:
        strength, position = -feeling.valence, feeling.position
        about = before[position]
        if _is_attitude(tokens[position : position + feeling.length]):
            attitudes.append(strength * _WEAKENED ** (about.considered + about.reader))
        else:
            states.append(strength)
        if about.speaker and not about.considered:
            felt += strength
    return Stance(technical(tokens), attitudes, states, felt)


def technical(tokens: Sequence[Token]) -> float:
    """Return how technical a text is: 1 if every eighth token is a word of technology or code."""
    found = 0.0
    for token in tokens:
        if token.word in _TECHNICAL or token.kind == "code":
            found += 1.0
        elif token.word in _EVERYDAY:
            found += 0.5
    return min(1.0, found / max(_FEWEST, _DENSEST * len(tokens)))


class _About(NamedTuple):
    """Whether something is only considered, and of whom it is said, as far as the words before it tell."""

    considered: bool
    speaker: bool
    reader: bool


def _is_attitude(said: Sequence[Token]) -> bool:
    return said[0].kind in ("face", "emoji") or any(token.word in _ATTITUDES for token in said)


def _before(tokens: Sequence[Token]) -> list[_About]:
    """Tell for each token what its sentence said before it."""
    found = []
    considered, reader, speaker = -1, -1, False
    for position, token in enumerate(tokens):
        found.append(_About(position <= considered, speaker, position <= reader))
        if token.word[0] in ".!?":
            considered, reader, speaker = -1, -1, False
        elif token.word in _CONSIDERED:
            considered = position + _REACH
        elif token.word in _SPEAKERS:
            reader, speaker = -1, True
        elif token.word in _READERS:
            reader, speaker = position + _NEAR, False
    return found
