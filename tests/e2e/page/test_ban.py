"""The question before a ban."""

from playwright.sync_api import Page, expect

from tests.e2e.axe import faults

from .conftest import Run

ASK = """
  window.answers = [];
  window.question = new reason_dialog.ReasonDialog();
  const noted = (answer) => answers.push(answer);
  window.ask = (more) => question.open({ title: "Ban Eve?", words: "", action: "Ban", ...more }, noted);
  ask({ lasts: true, ofNetworks: true });
"""


def test_a_ban_closes_networks_only_if_somebody_says_so_each_time(empty_page: Page, run: Run) -> None:
    run("views/reason_dialog.js", ASK)
    box = empty_page.get_by_label("Also close their networks to new names")
    expect(box).not_to_be_checked()
    assert faults(empty_page) == []
    for checked in (True, False):
        empty_page.get_by_label("Reason").fill("adverts")
        box.set_checked(checked)
        empty_page.get_by_role("button", name="Ban").click()
        expect(empty_page.locator("#reason-dialog")).to_be_hidden()
        empty_page.evaluate("ask({ lasts: true, ofNetworks: true })")
        expect(box).not_to_be_checked()  # nothing of the time before is kept
    answers = empty_page.evaluate("answers")
    assert [answer["addresses"] for answer in answers] == [True, False]
    empty_page.evaluate("document.querySelector('#reason-dialog').close(); ask({})")
    expect(box).to_be_hidden()
    empty_page.evaluate("document.querySelector('#reason-dialog').close()")
