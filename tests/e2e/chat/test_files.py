"""Files between two people on the running chat: picked, pasted and dropped, shown and downloaded."""

import base64
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pasting import paste_text
from tests.e2e.recording import RECORD
from tests.unit.domain.test_media import wav

from .conftest import JoinAs
from .people import expect_stored, message

HOSTILE = {
    "page.html": ("text/html", b"<!doctype html><script>document.title='run'</script>"),
    "drawing.svg": ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "both.gif": ("image/gif", b"GIF89a" + struct.pack("<HH", 9, 9) + b"<script>alert(1)</script>"),
}


def png(width: int, height: int) -> bytes:
    """Return a picture of stripes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((200, 40 + 3 * (y % 60), 120)) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def a_file(name: str, kind: str, content: bytes) -> Any:
    return {"name": name, "mimeType": kind, "buffer": content}


def pick(page: Page, *files: Any) -> None:
    """Pick files as the dialog of the browser does, and wait until they are uploaded."""
    page.get_by_label("Files to attach").set_input_files(list(files))
    expect(page.locator(".attached")).to_have_count(len(files))
    expect(page.locator(".attached[data-state=done]")).to_have_count(len(files))


def drop(page: Page, kind: str, name: str, content: bytes, event: str) -> None:
    """Let the page get a file by a drop, or by a paste."""
    page.evaluate(
        """([event, name, type, base64]) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type }));
          const about = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
          const Kind = event === "paste" ? ClipboardEvent : DragEvent;
          const at = document.getElementById("message");
          if (event === "drop") at.dispatchEvent(new Kind("dragover", about));
          at.dispatchEvent(new Kind(event, about));
        }""",
        [event, name, kind, base64.b64encode(content).decode()],
    )


def own(page: Page) -> Locator:
    return page.locator("article[data-own]").last


def test_a_picture_is_scaled_sent_shown_and_looked_at(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    pick(ada, a_file("stripes.png", "image/png", png(3000, 1500)))
    ada.get_by_role("textbox", name="Message").press("Enter")
    expect(own(ada)).to_have_attribute("data-state", "stored")
    shown = bob.get_by_role("button", name="Picture stripes.png")
    expect(shown.locator("img")).to_have_js_property("naturalWidth", 2560)
    assert shown.locator("img").evaluate("image => [image.width, image.height]") == [360, 180]
    expect(shown).to_have_attribute("data-there", "")
    shown.press("Enter")
    viewer = bob.get_by_role("dialog", name="stripes.png")
    expect(viewer.get_by_role("img")).to_have_js_property("naturalHeight", 1280)
    bob.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(shown).to_be_focused()


CAMERA = """() => new Promise((resolve) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 40 });
  canvas.getContext("2d").fillRect(0, 0, 60, 40);
  const read = (bytes) => resolve([...new Uint8Array(bytes)]);
  canvas.toBlob((blob) => blob.arrayBuffer().then(read), "image/jpeg");
})"""


def test_a_picture_leaves_without_what_the_camera_wrote_unless_the_original_shall_go(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    picture = bytes(ada.evaluate(CAMERA))
    secret = b"Exif\0\0here is where I live"
    with_exif = picture[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(secret)) + secret + picture[2:]
    pick(ada, a_file("home.jpg", "image/jpeg", with_exif))
    ada.get_by_role("button", name="Send").click()
    shown = bob.get_by_role("button", name="Picture home.jpg").locator("img")
    expect(shown).to_have_js_property("naturalWidth", 60)
    got = bob.request.get(str(shown.get_attribute("src"))).body()
    assert got[:3] == picture[:3]
    assert b"where I live" not in got
    pick(ada, a_file("home again.jpg", "image/jpeg", with_exif))
    ada.get_by_label("Send the original").check()
    expect(ada.locator(".attached[data-state=done]")).to_contain_text("with what the camera noted")
    ada.get_by_role("button", name="Send").click()
    original = bob.get_by_role("button", name="Picture home again.jpg").locator("img")
    expect(original).to_have_js_property("naturalWidth", 60)
    assert bob.request.get(str(original.get_attribute("src"))).body() == with_exif


def test_a_picture_stays_within_the_window_of_a_phone(join_as: JoinAs) -> None:
    ada = join_as("Ada", viewport={"width": 360, "height": 640})
    pick(ada, a_file("stripes.png", "image/png", png(900, 300)))
    ada.get_by_role("button", name="Send").click()
    # The picture as it was picked makes room for the one that the service has.
    expect(ada.locator("article[data-own]")).to_have_attribute("data-state", "stored")
    picture = ada.get_by_role("button", name="Picture stripes.png")
    expect(picture).to_have_attribute("data-there", "")
    box = picture.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360
    assert box["height"] == pytest.approx(box["width"] / 3, abs=1)


def test_arrows_lead_from_picture_to_picture(join_as: JoinAs) -> None:
    ada = join_as("Ada")
    pick(ada, *(a_file(f"{name}.png", "image/png", png(40, 30)) for name in ("one", "two")))
    ada.get_by_role("textbox", name="Message").fill("two pictures")
    ada.keyboard.press("Enter")
    expect_stored(ada, "two pictures")
    ada.get_by_role("button", name="Picture one.png").click()
    ada.keyboard.press("ArrowRight")
    viewer = ada.get_by_role("dialog", name="two.png")
    expect(viewer.get_by_text("2 of 2")).to_be_visible()
    ada.keyboard.press("ArrowRight")
    expect(viewer).to_be_visible()
    ada.keyboard.press("ArrowLeft")
    expect(ada.get_by_role("dialog", name="one.png")).to_be_visible()
    address = ada.url
    ada.go_back()
    expect(ada.get_by_role("dialog")).to_have_count(0)
    assert ada.url == address, "going back closes the picture and leads nowhere else"


def test_a_video_and_a_sound_play_in_their_place_once_somebody_asks(join_as: JoinAs, tmp_path: Path) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    video, sound = bytes(ada.evaluate(RECORD)), wav(samples=40_000)
    pick(ada, a_file("party.webm", "video/webm", video), a_file("call.wav", "audio/wav", sound))
    ada.get_by_role("textbox", name="Message").press("Enter")
    play = bob.get_by_role("button", name="Play the video party.webm")
    expect(play).to_be_enabled()
    still = bob.locator("video")
    expect(still).to_have_js_property("videoWidth", 64)
    expect(bob.locator(".media-stage").first).to_have_attribute("data-still", "")
    assert still.evaluate("video => [video.paused, video.muted, video.controls]") == [True, True, False]
    assert bob.locator("audio").count() == 0, "a sound has nothing to show"
    place = bob.locator(".media").first
    before = place.bounding_box()
    play.click()
    expect(bob.locator("video.media-player")).to_have_js_property("muted", False)
    expect(bob.locator("video")).to_have_count(1)
    assert place.bounding_box() == before
    bob.get_by_role("button", name="Play call.wav").click()
    expect(bob.locator("audio")).to_have_js_property("duration", 5)
    expect(bob.locator("audio")).to_have_js_property("paused", False)
    expect(bob.locator("audio")).not_to_have_js_property("currentTime", 0)
    expect(bob.locator("video")).to_have_js_property("paused", True)
    with bob.expect_download() as started:
        bob.get_by_role("button", name="Download call.wav").click()
    started.value.save_as(tmp_path / "call.wav")
    assert (tmp_path / "call.wav").read_bytes() == sound


def test_a_file_larger_than_the_service_takes_goes_in_parts_and_is_one_file(
    join_as: JoinAs, tmp_path: Path
) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    sound = wav(samples=13_200_000)
    (tmp_path / "call.wav").write_bytes(sound)
    ada.get_by_label("Files to attach").set_input_files(tmp_path / "call.wav")
    expect(ada.locator(".attached[data-state=done]")).to_have_text(re.compile("^call.wav26 MB"))
    ada.reload()
    expect(ada.locator(".attached[data-state=done]")).to_have_count(1)
    ada.get_by_role("textbox", name="Message").press("Enter")
    expect(bob.locator("article .file-name")).to_have_text(["call.wav"])
    expect(bob.locator("article .file-about")).to_have_text("WAV · 26 MB")
    bob.get_by_role("button", name="Play call.wav").click()
    player = bob.locator("audio")
    expect(player).to_have_js_property("duration", 1650)
    expect(player).not_to_have_js_property("currentTime", 0)
    with bob.expect_download() as started:
        bob.get_by_role("button", name="Download call.wav").click()
    assert started.value.suggested_filename == "call.wav"
    started.value.save_as(tmp_path / "got.wav")
    assert (tmp_path / "got.wav").read_bytes() == sound


def test_what_could_run_is_downloaded_as_it_was_and_never_opened(join_as: JoinAs, tmp_path: Path) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    pick(ada, *(a_file(name, *about) for name, about in HOSTILE.items()))
    ada.get_by_role("textbox", name="Message").fill("look at these")
    ada.keyboard.press("Enter")
    expect_stored(bob, "look at these")
    assert message(bob, "look at these").locator("img").count() == 0
    address = bob.url
    for name, (_, content) in HOSTILE.items():
        with bob.expect_download() as started:
            bob.get_by_role("button", name=name).click()
        assert started.value.suggested_filename == name
        started.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes() == content
    assert (bob.url, bob.title()) == (address, bob.title())


@pytest.mark.parametrize("event", ["drop", "paste"])
def test_a_file_comes_by_drop_and_by_paste(join_as: JoinAs, event: str) -> None:
    ada = join_as("Ada")
    drop(ada, "text/plain", "notes.txt", b"hello", event)
    expect(ada.locator(".attached[data-state=done]")).to_contain_text("notes.txt")
    ada.get_by_role("button", name="Send").click()
    expect(own(ada).get_by_role("button", name="notes.txt")).to_contain_text("TXT · 5 bytes")


def test_uploaded_files_outlive_a_reload_and_can_be_taken_away(join_as: JoinAs) -> None:
    ada = join_as("Ada")
    pick(ada, *(a_file(f"{name}.txt", "text/plain", b"hello") for name in ("one", "two")))
    ada.reload()
    expect(ada.locator(".attached[data-state=done]")).to_have_count(2)
    ada.get_by_role("button", name="Remove one.txt").click()
    ada.get_by_role("textbox", name="Message").press("Enter")
    expect(own(ada).locator(".file")).to_have_count(1)
    expect(own(ada)).to_have_attribute("data-state", "stored")


def test_a_deleted_message_shows_no_file(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    pick(ada, a_file("notes.txt", "text/plain", b"hello"))
    ada.get_by_role("textbox", name="Message").fill("a mistake")
    ada.keyboard.press("Enter")
    expect_stored(bob, "a mistake")
    message(ada, "a mistake").get_by_role("button", name="React or change").press("Enter")
    ada.get_by_role("menu", name="Message").get_by_role("menuitem", name="Delete").click()
    ada.get_by_role("button", name="Delete", exact=True).click()
    expect(bob.get_by_text("Message deleted")).to_be_visible()
    expect(bob.locator(".file")).to_have_count(0)


def test_more_files_than_four_go_as_several_messages_in_order(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    many = [a_file(f"{n}.txt", "text/plain", b"x") for n in range(9)]
    ada.get_by_label("Files to attach").set_input_files([*many, a_file("no.txt", "text/plain", b"")])
    expect(ada.locator("#composer-notice")).to_have_text("no.txt is empty.")
    expect(ada.locator("#composer-files-many")).to_have_text("They go as 3 messages, in this order.")
    expect(ada.locator(".attached[data-state=done]")).to_have_count(9)
    ada.get_by_role("textbox", name="Message").fill("nine of them")
    ada.keyboard.press("Enter")
    sent = bob.locator("article[data-seq]")
    expect(sent).to_have_count(3)
    expect(sent.first).to_contain_text("nine of them")
    expect(bob.locator("article .file-name")).to_have_text([f"{n}.txt" for n in range(9)])


def test_a_long_text_becomes_a_file_whose_first_lines_are_shown(join_as: JoinAs) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    box = ada.get_by_role("textbox", name="Message")
    rows = "\n".join(f"- row {number} <b>" for number in range(600))
    paste_text(box, f"# Log\n{rows}")
    ada.get_by_role("button", name="Make it a file").click()
    expect(ada.locator(".attached[data-state=done]")).to_contain_text("message.md")
    box.press("Enter")
    sent = bob.get_by_role("article").filter(has_text="message.md")
    expect(sent.get_by_role("heading", name="Log")).to_be_visible()
    shown = sent.locator(".file-prose")
    expect(shown).to_have_text("\n".join(["# Log", *rows.split("\n")[:7]]))
    sent.get_by_role("button", name="Show all").click()
    expect(shown).to_contain_text("- row 599 <b>")
    expect(shown.locator("b")).to_have_count(0)
    expect(sent.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    sent.get_by_role("button", name="Show less").click()
    expect(shown).not_to_contain_text("- row 8 <b>")
