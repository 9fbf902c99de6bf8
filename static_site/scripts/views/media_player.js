import { assign, h, say } from "../lib/dom.js";
import { sideBySide, t } from "../lib/i18n.js";
import { endingOf, lengthWords, sizeWords } from "../models/file_words.js";
import { icon } from "./icons.js";
import { JoinedLoading } from "./joined_loading.js";
import { VideoStill } from "./video_still.js";

const RENEWED_AT_MOST_EVERY_MS = 60_000; // a file that cannot be played must not be asked for again and again

/** Plays the videos and sounds of messages in their place: a card until somebody presses it, that of a video with its first picture, and one at a time. */
export class MediaPlayer {
  #addresses;
  #joined;
  #near;
  #download;
  #say;
  #playing = null;
  #whole = null; // what plays from memory, {address, stage, play}: one file, for each may be large

  /** `addresses` has `of(room, id)` and `anew(room, id)`; `joined` are `JoinedFiles`; `near` tells what is near in the log; `download(message, file, load)` saves one, `say(words)` tells a problem. */
  constructor({ addresses, joined, near, download, say }) {
    this.#addresses = addresses;
    this.#joined = joined;
    this.#near = near;
    this.#download = download;
    this.#say = say;
  }

  /** The card of a file that plays. `stored` says that the service can be asked for it. */
  element(message, file, stored) {
    const { name, bytes, plays } = file;
    const mark = h("span", { class: "media-mark" }, icon("play"));
    const play = h("button", { class: "media-play", type: "button", "aria-label": t(`files.play.${plays}`, { name }), disabled: !stored }, mark);
    const stage = h("div", { class: "media-stage" }, play);
    const about = h("span", { class: "file-about", "aria-live": "off" }, sideBySide(endingOf(name), sizeWords(bytes)));
    const tellLength = (seconds) => say(about, sideBySide(endingOf(name), sizeWords(bytes), lengthWords(seconds)));
    const still = new VideoStill({ stage, address: () => this.#addresses.of(message.room, file.id), tellLength });
    const loading = file.parts && new JoinedLoading({ joined: this.#joined, room: message.room, file, place: about });
    if (stored && plays === "video" && !loading) this.#near.watch(stage, () => still.load(), () => still.unload());
    play.addEventListener("click", () => (loading ? this.#playWhole(message, file, { stage, play, still, load: () => loading.run(play, mark) }) : this.#play(message, file, { stage, play, still })));
    const save = h("button", { class: "icon-button", type: "button", "aria-label": t("files.download.of", { name }), title: t("files.download.of", { name }), disabled: !stored }, icon("down"));
    save.addEventListener("click", () => this.#download(message, file, loading && (() => loading.run(save, save))));
    const words = h("div", { class: "file-words" }, h("bdi", { class: "file-name" }, name), about);
    return h("div", { class: "media", "data-plays": plays }, stage, h("div", { class: "media-about" }, words, save));
  }

  /** Gives up what plays from memory. */
  forget() {
    if (this.#whole === null) return;
    const { address, stage, play } = this.#whole;
    this.#whole = null;
    stage.replaceChildren(play);
    URL.revokeObjectURL(address);
  }

  async #playWhole(message, file, { stage, play, still, load }) {
    try {
      const blob = await load();
      if (blob === null) return;
      this.forget();
      this.#whole = { address: URL.createObjectURL(blob), stage, play };
      await this.#play(message, file, { stage, play, still, address: this.#whole.address });
    } catch (error) {
      this.#say(t("files.unreachable", { name: file.name, problem: error.message }));
    }
  }

  async #play({ room }, file, { stage, play, still, address = null }) {
    play.disabled = true;
    try {
      const player = still.take() ?? h(file.plays);
      assign(player, { class: "media-player", controls: true, preload: "metadata", playsinline: true, tabindex: "0", "aria-label": file.name });
      const anew = async () => (address ? null : this.#addresses.anew(room, file.id));
      this.#follow(player, anew, () => {
        stage.replaceChildren(play);
        this.#say(t("files.unplayable", { name: file.name }));
      });
      if (!player.src) player.src = address ?? (await this.#addresses.of(room, file.id));
      if (!player.isConnected) stage.append(player);
      play.remove();
      player.focus({ preventScroll: true });
      begin(player);
    } catch (error) {
      this.#say(t("files.unreachable", { name: file.name, problem: error.message }));
    }
    play.disabled = false;
  }

  /** An address that has ended is asked for again, and the player goes on where it was. */
  #follow(player, anew, giveUp) {
    let renewedAt = Number.NEGATIVE_INFINITY;
    player.addEventListener("play", () => {
      if (this.#playing !== player) this.#playing?.pause();
      this.#playing = player;
    });
    player.addEventListener("error", async () => {
      const { currentTime, paused } = player;
      const address = performance.now() - renewedAt > RENEWED_AT_MOST_EVERY_MS ? await anew().catch(() => null) : null;
      if (address === null) {
        giveUp();
        return;
      }
      renewedAt = performance.now();
      player.src = address;
      player.currentTime = currentTime;
      if (!paused) begin(player);
    });
  }
}

/** A browser may want a press of its own before it plays: the controls are there for it. */
function begin(player) {
  player.play().catch(() => {});
}
