"""The page in the languages of its people: tables that fit each other, and a page that speaks one of them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import JoinAs, OpenPage, Run
from .fake_server import FakeServer
from .openers import OPENERS
from .pseudo_language import speak_in_brackets, texts_of_nobody
from .test_pulse import USUAL, hour

LANGUAGES = {"de": "GERMAN", "es": "SPANISH", "ja": "JAPANESE", "ar": "ARABIC"}
# A module of its own beside that of the page, so that what it speaks is heard in no other test.
SPEAKING = (
    "const own = await import('/scripts/lib/i18n.js?' + argument.code); "
    "const table = (await import(`/scripts/languages/${argument.code}.js`))[argument.name]; "
    "const { code, preferred } = argument; "
    "own.speak(code, table, { rightToLeft: code === 'ar', preferred }); "
)
# Names that people have given, and what `Intl` says in German.
OF_PEOPLE = {
    "Undertone",
    "Ada",
    "Grace",
    "general",
    "tea-room",
    "here",
    "notes.txt",
    "TXT",
    "pulse-model",
    "for us all",
}
OF_INTL = {
    "kB",
    "MB",
    "Minuten",
    "Tage",
    "Stunde",
    "Tag",
    "Woche",
    "und",
    "Di",
    "Mi",
    "Do",
    "Fr",
    "Sa",
    "So",
    "Mo",
    "Nov.",
}


# Presses a button, whatever dialog is before it.
PRESS = """(opener) => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  document.querySelector(opener).click();
}"""


def spoken(run: Run, code: str, body: str, preferred: tuple[str, ...] = ()) -> Any:
    argument = {"code": code, "name": LANGUAGES[code], "preferred": list(preferred)}
    return run("lib/i18n.js", SPEAKING + body, argument)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_table_has_the_messages_the_places_and_the_plurals_that_it_needs(run: Run, code: str) -> None:
    body = """
      const { ENGLISH } = await import('/scripts/languages/en.js');
      const holes = (words) => [...new Set(words.match(/\\{\\w+\\}/g) ?? [])].sort().join();
      const counts = new Intl.PluralRules(argument.code).resolvedOptions().pluralCategories.sort().join();
      const missing = Object.keys(ENGLISH).filter((key) => !Object.hasOwn(table, key));
      const unknown = Object.keys(table).filter((key) => !Object.hasOwn(ENGLISH, key));
      const free = (key) => key.startsWith("error.") || key === "join.admin_wrong"; // may say less
      const wrong = Object.entries(ENGLISH).flatMap(([key, message]) => {
        const own = table[key] ?? "";
        const plural = typeof message !== "string";
        if (plural !== (typeof own !== "string")) return [`${key}: one of the two has plurals`];
        const forms = plural ? Object.keys(own).sort().join() : counts;
        if (forms !== counts) return [`${key}: ${forms} instead of ${counts}`];
        const [wanted, found] = plural ? [message.other, own.other] : [message, own];
        if (!free(key) && holes(wanted) !== holes(found)) return [`${key}: ${holes(found)}`];
        const all = plural ? Object.values(own) : [own];
        const strange = (form) => holes(form).split(",").some((hole) => !wanted.includes(hole));
        return all.filter((form) => form === "" || strange(form)).map((form) => `${key}: ${form}`);
      });
      return [...missing, ...unknown, ...wrong];
    """
    assert spoken(run, code, body) == []


@pytest.mark.parametrize(
    ("code", "count", "words"),
    [
        ("de", 1, "1 neue Nachricht"),
        ("de", 1234, "1.234 neue Nachrichten"),
        ("es", 2, "2 mensajes nuevos"),
        ("es", 1_000_000, "1.000.000 de mensajes nuevos"),
        ("ja", 3, "新着メッセージ 3 件"),
        ("ar", 1, "رسالة جديدة"),
        ("ar", 2, "رسالتان جديدتان"),
        ("ar", 5, "5 رسائل جديدة"),
        ("ar", 11, "11 رسالة جديدة"),
    ],
)
def test_numbers_have_the_plural_and_the_form_of_the_language(
    run: Run, code: str, count: int, words: str
) -> None:
    assert spoken(run, code, f"return own.t('log.new', {{ count: {count} }});", (f"{code}-XX", "en")) == words


def test_a_word_of_the_other_direction_turns_nothing_around_it(run: Run) -> None:
    say = "return own.t('notice', { name: argument.code === 'ar' ? 'Ada' : 'سارة', title: 'Tea' });"
    assert spoken(run, "ar", say) == "\u2068Ada\u2069 في \u2068Tea\u2069"
    assert spoken(run, "de", say) == "\u2068سارة\u2069 in Tea"


def test_dates_are_written_as_in_the_reader_s_region(run: Run) -> None:
    body = "return own.intl('DateTimeFormat', { dateStyle: 'short', timeZone: 'UTC' }).format(new Date(0));"
    assert spoken(run, "de", body, ("en-GB", "de-AT")) == "01.01.70"
    assert spoken(run, "es", body, ("es-MX",)) == "01/01/70"
    assert spoken(run, "es", body, ("es-ES",)) == "1/1/70"


def test_a_refusal_is_said_by_its_code_and_with_the_service_s_words_where_they_are_needed(run: Run) -> None:
    say = """
      const say = (code) => own.t(`error.${code}`, { detail: 'You are muted.' });
      return ['rate_limited', 'forbidden', 'other'].map(say);
    """
    assert spoken(run, "de", say) == [
        "Das ging zu schnell.",
        "Das darfst du nicht: You are muted.",
        "Der Dienst hat das abgelehnt: You are muted.",
    ]
    unknown = "return refusals.refusalWords({ code: 'new_code', message: 'Not now.' });"
    assert run("models/refusals.js", unknown) == "Not now."
    english = "return refusals.refusalWords({ code: 'rate_limited', message: 'Wait a little.' });"
    assert run("models/refusals.js", english) == "Wait a little."


@pytest.mark.parametrize(
    ("typed", "room", "title"),
    [
        ("Café at Noon!", "cafe-at-noon", "Café at Noon!"),
        (" book-club ", "book-club", None),
        ("Große Straße", "grosse-strasse", "Große Straße"),
        ("読書会", "room-x1y2", "読書会"),
        ("نادي الكتاب", "room-x1y2", "نادي الكتاب"),
        ("Team 日本", "team-x1y2", "Team 日本"),
        ("!?", "", None),
    ],
)
def test_a_room_may_be_called_by_any_script(run: Run, typed: str, room: str, title: str | None) -> None:
    assert run("models/text.js", "return text.roomCalled(argument, 'x1y2');", typed) == {
        "room": room,
        "title": title,
    }


def begin(page: Page, server: FakeServer, name: str = "Ada") -> None:
    """Join in whatever language."""
    page.goto(server.url)
    page.locator("#join-name").fill(name)
    page.locator("#join-submit").click()
    expect(page.locator("#connection")).to_have_attribute("data-connection", "online")


def test_every_text_of_the_page_is_a_message_of_its_table(open_page: OpenPage, server: FakeServer) -> None:
    first = server.say("Grace", "@here lovely day for us all", replyTo=None)
    server.say("Grace", "a reply", replyTo={"seq": first["seq"], "user": first["user"], "text": "lovely"})
    server.say(
        "Grace", "a file", files=[{"id": "f1", "name": "notes.txt", "type": "text/plain", "bytes": 2_000}]
    )
    server.say("Grace", "I changed this", editedAt="2026-11-20T10:00:00Z", reactions={"👍": 2})
    server.say("Ada", "awful and terrible, for us all")
    server.say("Grace", "gone", deleted=True)
    server.say("Grace", "elsewhere", room="tea-room")
    server.pulse = {
        "from": "2026-11-20T00:00:00Z",
        "to": "2026-11-27T14:00:00Z",
        "usual": USUAL,
        "hours": [hour("2026-11-27T11:00:00.000Z", 0.4, direction="warmer", positive=12)],
        "terms": [{"term": "general", "weight": 0.5, "count": 3}],
        "moments": [{"seq": first["seq"], "score": 0.8}],
    }
    page = open_page(locale="de-DE", allow=("404",))
    speak_in_brackets(page)
    page.goto(server.url)
    said = OF_PEOPLE | OF_INTL
    expect(page.locator("#join-submit")).to_have_text("⟦Join⟧")
    assert texts_of_nobody(page, said) == set()
    begin(page, server)
    message = page.locator("article").nth(3)
    expect(message).to_be_visible()
    page.locator("#message").fill("@here")
    for opener in (
        "#composer-here",
        ".message-more",
        "#message-menu .menu-face:last-child",
        "button.undertone",
        *OPENERS,
        "#sign-out",
    ):
        page.evaluate(PRESS, opener)
        expect(page.get_by_text("⟦One moment…⟧")).to_have_count(0)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert texts_of_nobody(page, said) == set(), opener


def test_a_browser_s_language_is_spoken_and_another_one_can_be_chosen(
    open_page: OpenPage, server: FakeServer
) -> None:
    server.say("Grace", "good morning")
    page = open_page(locale="ar")
    begin(page, server)
    root = page.locator("html")
    expect(root).to_have_attribute("dir", "rtl")
    expect(root).to_have_attribute("lang", "ar")
    expect(page.get_by_role("button", name="إرسال", exact=True)).to_be_visible()
    sidebar, room = page.locator("#sidebar").bounding_box(), page.locator("#room").bounding_box()
    assert sidebar and room and sidebar["x"] > room["x"]
    page.get_by_role("textbox", name="رسالة").fill("not sent yet")
    page.get_by_role("button", name="الإعدادات").click()
    page.get_by_label("اللغة").select_option("de")
    expect(page.get_by_role("dialog", name="Einstellungen"), "open as it was").to_be_visible()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("textbox", name="Nachricht")).to_be_focused()
    expect(page.get_by_role("dialog", name="Einstellungen")).to_be_hidden()
    expect(root).to_have_attribute("dir", "ltr")
    expect(page.get_by_role("textbox", name="Nachricht")).to_have_value("not sent yet")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in loaded if "/languages/" in name] == [f"{server.url}scripts/languages/de.js"]


def test_settings_show_at_once_and_are_kept(join_as: JoinAs, server: FakeServer) -> None:
    server.say("Grace", "lovely, wonderful day")
    server.say("Grace", "the train leaves at nine")
    page = join_as("Ada", color_scheme="light")
    background = "getComputedStyle(document.body.parentElement).backgroundColor"
    day = page.evaluate(background)
    felt, neutral = (
        page.locator('.undertone[data-label="positive"]'),
        page.locator('.undertone[data-label="neutral"]'),
    )
    expect(neutral).to_be_visible()
    height = page.locator("article").first.bounding_box()
    opener = page.get_by_role("button", name="Settings")
    opener.click()
    page.get_by_label("Dark").check()
    page.get_by_label("Compact").check()
    page.get_by_label("Only what is not neutral").check()
    assert page.evaluate(background) != day
    expect(neutral).to_be_hidden()
    expect(felt).to_be_visible()
    compact = page.locator("article").first.bounding_box()
    assert height and compact and compact["height"] < height["height"]
    page.get_by_role("radio", name="Off").check()
    expect(felt).to_be_hidden()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-density", "compact")
    assert page.evaluate(background) != day
    expect(page.locator("article")).to_have_count(2)
    expect(felt).to_be_hidden()
