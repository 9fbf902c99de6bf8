"""What people at work say, as the model inside the application reads it: kinds of text, not single ones.

Of each kind a share must be right, for a linear model that is trained again moves single texts.
"""

import pytest

from tests.unit.sentiment.test_default_model import MODEL

KINDS: dict[str, tuple[float, dict[str, list[str]]]] = {
    "technical": (0.8, {"neutral": [
        "the error rate is back at its usual level", "kill -15 first, then -9", "how do I kill a hung process?",
        "the dead letter queue is in another region", "git push --force-with-lease", "the critical path has four steps",
        "a negative balance is shown in red", "the test fails if the token is wrong, as expected",
        "the job was aborted by the timeout", "drop the index before the import", "the parser throws if a bracket is missing",
        "which exception do I have to catch?", "dead nodes are removed after a minute", "the crash log is attached",
        "invalid tokens are rejected with 401", "taking sick leave until Wednesday",
        "does the worker block while the lock is taken?", "set the limit to zero to disable it",
    ]}),
    "log lines": (0.8, {"neutral": [
        "ERROR 2025-11-02 10:11:12 worker-3 connection reset by peer", "FATAL: role \"app\" does not exist",
        "panic: runtime error: invalid memory address", "Segmentation fault (core dumped)",
        "Traceback (most recent call last):", "WARN deprecated option, use --strict",
    ]}),
    "complaints": (0.75, {"negative": [
        "the build is broken again and nobody looks at it", "I hate this ticket system", "this is driving me mad",
        "the site has been down since this morning", "third crash today, I give up", "the documentation is useless",
        "what a waste of time", "I'm so fed up with these flaky tests", "support never answers", "we lost all the data",
        "this code is horrible", "I'm really disappointed", "the new version is a disaster", "so slow, it's painful",
    ]}),
    "praise": (0.8, {"positive": [
        "great work, everyone", "you saved my week", "thanks, that helped a lot", "works perfectly now", "lgtm",
        "what a beautiful piece of code", "congrats on the release", "so happy with the new setup", "nice catch!",
        "I love the new dashboard",
    ]}),
    "negated praise": (0.75, {"positive": [
        "never seen such a clean deploy", "couldn't have gone better", "no complaints at all, it's great",
        "can't thank you enough", "not bad at all!", "haven't seen a better demo", "couldn't be happier",
    ], "negative": ["not happy with this", "that's not helpful", "I don't like it", "not good", "it isn't getting any better"]}),
    "idioms": (0.7, {"positive": [
        "she killed it on stage", "I'm dying 😂", "that demo blew me away", "hats off to the team", "works like a charm",
    ], "negative": ["that's the last straw", "I'm at my wits' end", "somebody dropped the ball", "it's like pulling teeth"],
       "neutral": ["let's touch base on Friday", "let's call it a day", "bear with me a second", "I'll take a stab at it"]}),
    "short answers": (0.85, {"neutral": [
        "no", "fine", "ok", "yes", "no rush", "nothing blocking", "not yet", "later", "noted", "on it", "sure", "hi", "hmm",
    ]}),
    "shortcodes": (0.85, {"positive": [":tada:", ":thumbsup:", "+1 :rocket:", ":heart: :heart:", ":clap:"],
                          "negative": [":thumbsdown:", ":rage:", ":cry:"]}),
    "politeness": (0.75, {"neutral": [
        "could you please send me the link?", "would you mind taking a look?", "kind regards", "sorry, wrong channel",
        "I'd love to help but I'm booked until Friday", "thanks in advance", "please find the minutes attached",
    ]}),
    "names": (0.8, {"neutral": [
        "Joy will take the notes", "Grace is out until Monday", "I asked Will about the keys", "Hope has the recording",
        "Faith joined the channel",
    ]}),
    "sarcasm": (0.75, {"negative": [
        "great, another outage", "oh wonderful, the network is down again", "nice, my branch was deleted",
        "fantastic, the backup is empty", "awesome, it crashed again", "perfect, the disk is full",
    ], "positive": ["great, it works", "wonderful, thank you", "nice, that was quick", "perfect, that fixed it"]}),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_most_texts_of_a_kind_are_read_rightly(kind: str) -> None:
    floor, texts = KINDS[kind]
    rows = [(text, label) for label, several in texts.items() for text in several]
    wrong = [(text, label, MODEL.classify(text).label) for text, label in rows if MODEL.classify(text).label != label]
    assert 1 - len(wrong) / len(rows) >= floor, wrong


@pytest.mark.parametrize("kind", ["technical", "log lines", "names", "short answers"])
def test_what_says_nothing_of_a_mood_is_not_called_strongly_negative(kind: str) -> None:
    texts = KINDS[kind][1]["neutral"]
    assert [text for text in texts if MODEL.classify(text).score < -0.6] == []
