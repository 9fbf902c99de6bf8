import { Emitter } from "../lib/emitter.js";
import { t } from "../lib/i18n.js";
import { Slots } from "../lib/slots.js";
import { wait } from "../lib/timers.js";
import { FileUpload } from "./file_upload.js";
import { fileProblem, takenName } from "./file_words.js";
import { OwnPictures } from "./own_pictures.js";
import { mayGoAsItIs } from "./pictures.js";

const PREFIX = "attachments.";
const AT_ONCE = 3; // uploads of a room: a picture that is drawn anew takes much memory
const KEPT_MS = 23 * 3600 * 1000; // the service forgets after a day what was not sent

/**
 * The files that a room's next messages will carry. Each goes to the service at once, a few at a time: `prepare(file,
 * {original})` makes it what leaves the browser; `offer`, `post`, `pause` and `most` are those of `FileUpload`. A file that is too large
 * for the service goes in parts. What is uploaded is remembered over a reload; of what was not, the name is. Emits "change" with the room.
 */
export class Attachments extends Emitter {
  #prepare;
  #upload;
  #store;
  #now;
  #rooms = new Map();
  #slots = new Map(); // of each room, so that one that cannot be joined holds up no other
  #pictures = new OwnPictures();
  #count = 0;

  constructor({ prepare, store, now = Date.now, pause = wait, ...upload }) {
    super();
    this.#prepare = prepare;
    this.#upload = new FileUpload({ ...upload, pause, now });
    this.#store = store;
    this.#now = now;
  }

  /** The files of a room's next message: `state` is "uploading", "done" or "failed", `progress` from 0 to 1. */
  of(room) {
    if (!this.#rooms.has(room)) this.#rooms.set(room, this.#kept(room));
    return this.#rooms.get(room);
  }

  /** Begins to upload files; returns why some of them cannot be sent, or null. */
  add(room, files) {
    const problems = [];
    for (const file of files) {
      const problem = fileProblem(file, { scaled: file.type.startsWith("image/") });
      if (problem) problems.push(problem);
      else this.#begin(room, { key: this.#newKey(), file, name: takenName(file.name), bytes: file.size, parts: [] });
    }
    return problems.length > 0 ? [...new Set(problems)].join(" ") : null;
  }

  retry(room, key) {
    const item = this.of(room).find((one) => one.key === key);
    if (item?.file && item.state === "failed") this.#run(room, item);
  }

  /** Sends a picture as it came, or drawn anew again; it is uploaded once more. */
  setOriginal(room, key, original) {
    const item = this.of(room).find((one) => one.key === key);
    if (!item || !mayGoAsItIs(item)) return;
    this.#stop(item);
    Object.assign(item, { original, id: undefined, parts: [], uploadedAt: undefined });
    this.#run(room, item);
  }

  /** Takes all files away that are not sent. */
  removeAll(room) {
    for (const item of this.of(room)) this.#stop(item);
    this.#rooms.set(room, []);
    this.#changed(room);
  }

  /** Takes a file away; what is being uploaded of it stops. */
  remove(room, key) {
    const item = this.of(room).find((one) => one.key === key);
    if (!item) return;
    this.#stop(item);
    this.#rooms.set(room, this.of(room).filter((one) => one !== item));
    this.#changed(room);
  }

  /** True if a file is on its way, so that the message has to wait. */
  isBusy(room) {
    return this.of(room).some(({ state }) => state === "uploading");
  }

  /** True if a file could not be uploaded: somebody has to decide about it. */
  hasFailed(room) {
    return this.of(room).some(({ state }) => state === "failed");
  }

  /** The uploaded files, for the messages that take them along: each is the list of its parts, which has one file as a rule. */
  take(room) {
    const files = this.of(room).filter(({ state }) => state === "done");
    this.#rooms.set(room, []);
    this.#changed(room);
    return files.map((item) => (item.parts.length > 1 ? item.parts : [described(item)]));
  }

  /** The address of a picture that this page uploaded itself, or undefined. */
  preview(id) {
    return this.#pictures.of(id);
  }

  forget() {
    for (const room of this.#rooms.keys()) this.removeAll(room);
    for (const key of this.#store.keys(PREFIX)) this.#store.remove(key);
    this.#pictures.forget();
  }

  /** What is being uploaded of a file ends, and its picture is let go. */
  #stop({ abort, id }) {
    abort?.abort();
    this.#pictures.drop(id);
  }

  #begin(room, item) {
    this.of(room).push(item);
    this.#run(room, item);
  }

  async #run(room, item) {
    Object.assign(item, { state: "uploading", progress: 0, problem: null, abort: new AbortController() });
    const { signal } = item.abort;
    this.#changed(room);
    if (!this.#slots.has(room)) this.#slots.set(room, new Slots(AT_ONCE));
    await this.#slots.get(room).run(() => this.#bring(room, item, signal));
  }

  async #bring(room, item, signal) {
    try {
      signal.throwIfAborted();
      const { blob, ...about } = await this.#prepare(item.file, { original: item.original });
      signal.throwIfAborted();
      Object.assign(item, about, { name: takenName(about.name), bytes: blob.size });
      const problem = fileProblem({ name: item.name, size: blob.size });
      if (problem) throw new Error(problem);
      const told = { onProgress: (progress) => this.#tell(room, item, progress), onWait: (words) => this.#wait(room, item, words) };
      const [{ id }] = await this.#upload.run(room, blob, { name: item.name, type: item.type, done: item.parts, signal, ...told });
      if (item.width && item.parts.length === 1) this.#pictures.keep(id, blob);
      Object.assign(item, { id, state: "done", progress: 1, file: mayGoAsItIs(item) ? item.file : null, uploadedAt: this.#now() });
    } catch (error) {
      if (signal.aborted) return;
      Object.assign(item, { state: "failed", problem: error.message });
    }
    this.#changed(room);
  }

  #tell(room, item, progress) {
    item.progress = progress;
    this.emit("progress", room);
  }

  #wait(room, item, words) {
    item.problem = words;
    this.#changed(room);
  }

  #changed(room) {
    const kept = this.of(room).map((item) => Object.assign(described(item), { parts: item.parts, uploadedAt: item.uploadedAt }));
    if (kept.length > 0) this.#store.set(PREFIX + room, kept);
    else this.#store.remove(PREFIX + room);
    this.emit("change", room);
  }

  /** What an earlier page left: uploaded files can still be sent, others have to be chosen again. */
  #kept(room) {
    const found = this.#store.get(PREFIX + room, []).filter(({ uploadedAt }) => !uploadedAt || this.#now() - uploadedAt < KEPT_MS);
    return found.map((item) => {
      const end = item.id ? { state: "done", progress: 1, problem: null } : { state: "failed", progress: 0, problem: t("files.lost") };
      return Object.assign(item, end, { key: this.#newKey(), parts: item.parts ?? [] });
    });
  }

  #newKey() {
    this.#count += 1;
    return `file-${this.#count}`;
  }
}

/** What a message says of a file. */
function described({ id, name, type, bytes, width, height }) {
  return { id, name, type, bytes, width, height };
}
