import { savesData } from "../lib/data_saving.js";
import { assign, h } from "../lib/dom.js";

const AT_SECONDS = 0.1; // some browsers draw nothing at the very beginning

/**
 * The first picture of a video behind its button: a video that does not play, and of which no more is loaded than that takes. It is
 * there only near what is shown of the log, for each one holds a decoder; and not at all if data is saved.
 */
export class VideoStill {
  #stage;
  #address;
  #tellLength;
  #video = null;
  #taken = false;

  /** `stage` gets the video; `address()` resolves with where the file can be had; `tellLength(seconds)` hears how long it is. */
  constructor({ stage, address, tellLength }) {
    this.#stage = stage;
    this.#address = address;
    this.#tellLength = tellLength;
  }

  /** Shows it. Whatever fails leaves the button as it is: who presses it is told why. */
  async load() {
    if (this.#video || this.#taken || savesData()) return;
    const video = h("video", { class: "media-still", preload: "metadata", playsinline: true, tabindex: "-1", "aria-hidden": "true" });
    this.#video = video;
    video.muted = true;
    video.addEventListener("loadedmetadata", () => this.#isStill(video) && Number.isFinite(video.duration) && this.#tellLength(video.duration));
    video.addEventListener("loadeddata", () => this.#isStill(video) && this.#stage.toggleAttribute("data-still", video.videoWidth > 0));
    video.addEventListener("error", () => this.#isStill(video) && this.unload());
    try {
      const address = await this.#address();
      if (!this.#isStill(video)) return;
      video.src = `${address}#t=${AT_SECONDS}`;
      this.#stage.prepend(video);
    } catch {
      this.unload();
    }
  }

  /** Gives it up, with what was loaded. */
  unload() {
    const video = this.#video;
    if (!video) return;
    this.#video = null;
    delete this.#stage.dataset.still;
    video.remove();
    video.removeAttribute("src");
    video.load(); // otherwise the browser keeps its decoder for as long as it likes
  }

  /** The video, to be played from its beginning by whoever takes it; null if there is none. */
  take() {
    const video = this.#video;
    this.#taken = true;
    if (!video?.isConnected) {
      this.unload();
      return null;
    }
    this.#video = null;
    delete this.#stage.dataset.still;
    assign(video, { "aria-hidden": null });
    video.muted = false;
    video.currentTime = 0;
    return video;
  }

  #isStill(video) {
    return this.#video === video;
  }
}
