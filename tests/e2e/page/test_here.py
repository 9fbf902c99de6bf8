"""Who is in the room: in its head, its panel, the list of rooms and an empty room."""

from playwright.sync_api import Page, expect

from .conftest import JoinAs, Run
from .fake_server import FakeServer

GRACE = {"id": "u-grace", "name": "Grace", "role": "member"}
ADA = {"id": "u-ada", "name": "Ada", "role": "member"}
GUS = {"id": "u-gus", "name": "Gus", "role": "guest"}


def here(page: Page) -> list[str]:
    return page.locator("#here-list .person-name").all_inner_texts()


def test_the_number_of_people_opens_who_they_are_and_is_kept_while_they_come_and_go(
    join_as: JoinAs, server: FakeServer
) -> None:
    server.here["general"] = [GRACE, ADA]
    page = join_as("Ada")
    server.count(2)
    page.get_by_role("button", name="2 people here").click()
    panel = page.get_by_role("dialog", name="general")
    expect(panel.get_by_role("heading", name="Here now")).to_be_focused()
    expect(page.locator("#here-list li")).to_have_text(["AAdayou", "GGrace"])
    expect(
        panel.get_by_role("heading", name="Members")
    ).to_be_hidden()  # there are none, and Ada can add none
    grace = panel.get_by_role("button", name="Grace")
    grace.click()
    card = page.locator("#here-card")
    expect(card.get_by_role("menuitem", name="Message privately")).to_be_focused()
    server.tell("general", {"event": "presence", "room": "general", "online": 3, "joined": [GUS]})
    expect(page.locator("#here-list li")).to_have_count(3)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(grace).to_be_focused()
    server.tell("general", {"event": "presence", "room": "general", "online": 2, "left": [GRACE]})
    expect(panel.get_by_role("button", name="Grace")).to_have_count(0)
    assert here(page) == ["Ada", "Gus"]
    expect(panel.get_by_role("heading", name="Here now")).to_be_focused()
    assert server.here_asked == 1
    expect(page.locator("#room-people")).to_have_text("2 people here")


def test_a_direct_room_says_whether_the_other_is_online_and_with_whom_nothing_was_said(
    join_as: JoinAs, server: FakeServer
) -> None:
    about = {"title": "", "access": "direct", "role": "member", "people": [ADA, GRACE]}
    server.room("dm-1")
    server.abouts["dm-1"] = {"room": "dm-1", "topic": "", "archived": False, **about}
    page = join_as("Ada", room="dm-1")
    expect(page.locator("#room-people")).to_have_text("Only you are here")
    expect(page.get_by_role("log")).to_contain_text("You and Grace have not said anything to each other yet.")
    server.count(2, room="dm-1")
    expect(page.locator("#room-people")).to_have_text("Grace is online")


HERE_NOW = """
  const { Emitter } = await import("/scripts/lib/emitter.js");
  const presence = Object.assign(new Emitter(), { users: null, certain: false, named: () => presence.users, isCertain: () => presence.certain });
  const later = [];
  const timeout = window.setTimeout;
  window.setTimeout = (action, pause) => later.push([pause, action]);
  let asked = 0, fails = false;
  const learn = async () => {
    asked += 1;
    if (fails) throw new Error("No network.");
    Object.assign(presence, { certain: true, users: [{ id: "z", name: "Zoe" }, { id: "a", name: "ada" }] });
  };
  const now = new here_now.HereNow({ presence, learn });
  const names = () => now.people.map(({ name }) => name).join(" ");
  const pass = async () => { const [pause, action] = later.shift(); action(); await new Promise((resolve) => timeout(resolve)); return pause; };
"""  # noqa: E501 -- JavaScript, as it is formatted in the page


def test_who_is_here_is_asked_again_once_it_is_in_doubt_and_less_often_while_nobody_answers(run: Run) -> None:
    body = f"""{HERE_NOW}
      try {{
        await now.open("general");
        const seen = [names(), later.length];
        presence.certain = false;
        presence.emit("change", "other");
        presence.emit("change", "general");
        presence.emit("change", "general");
        fails = true;
        seen.push(later.length, await pass(), now.problem, names());
        fails = false;
        seen.push(await pass(), now.problem, later.length, asked);
        now.close();
        presence.certain = false;
        presence.emit("change", "general");
        return [...seen, later.length, names()];
      }} finally {{
        window.setTimeout = timeout;
      }}
    """
    expected = ["ada Zoe", 0, 1, 3000, "No network.", "ada Zoe", 10000, None, 0, 3, 0, ""]
    assert run("models/here_now.js", body) == expected
