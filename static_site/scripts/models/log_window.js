const OPENED_ENTRIES = 60; // what a room shows when it is opened: more than the tallest window holds
const STEP_ENTRIES = 40; // by how much the window moves: so few that building them holds no frame up
const FOLLOWED_ENTRIES = 80; // what it has at most while somebody reads the newest message, where nothing is scrolled
const MAX_ENTRIES = 120; // each row that is there costs every frame something

/**
 * Which entries of a timeline are in the document: those near what the reader looks at. It is held by `seq`, so that it stays
 * where it is when messages come before or after it; a window at the end takes in what arrives.
 */
export class LogWindow {
  #line;
  #from = null; // the lowest `seq` that it shows, null for whatever comes first
  #to = null; // the highest, null for a window at the end
  #fitted = 0; // how many entries it had when it was last looked at

  constructor(timeline) {
    this.#line = timeline;
  }

  /** True if the newest message is in it, and what arrives will be. */
  get atEnd() {
    return this.#to === null;
  }

  /** The index of its first entry, and the one after its last. */
  get range() {
    const start = this.#from === null ? 0 : this.#line.indexOf(this.#from);
    return { start, end: this.atEnd ? this.#line.length : Math.max(start, this.#line.indexOf(this.#to + 1)) };
  }

  /** True if it can be larger by a step without giving anything up. */
  get canGrow() {
    const { start, end } = this.range;
    return end - start + STEP_ENTRIES <= MAX_ENTRIES;
  }

  toEnd() {
    this.#to = null;
    this.#begin(this.#line.storedLength - OPENED_ENTRIES);
    this.#note();
  }

  /** Moves so that a message is in the middle. */
  around(seq) {
    const index = this.#line.indexOf(seq);
    this.#end(index + OPENED_ENTRIES / 2);
    this.#begin(index - OPENED_ENTRIES / 2);
  }

  /** Moves up by a step; false if nothing is there. */
  earlier() {
    const { start } = this.range;
    if (start === 0) return false;
    this.#begin(start - STEP_ENTRIES);
    this.fit(() => this.#from);
    return true;
  }

  /** Moves down by a step; false if it is at the end. */
  later() {
    if (this.atEnd) return false;
    const { end } = this.range;
    this.#end(end + STEP_ENTRIES);
    this.fit(() => this.#line.seqAt(end - 1));
    return true;
  }

  /**
   * Takes note that the timeline changed, and gives up what is too much, on the side that is further from the message that
   * the reader looks at: `lookedAt()` is its `seq`, or null at the bottom.
   */
  fit(lookedAt) {
    if (this.#from === null) this.#begin(0); // what comes before what is shown is not to be shown
    const { start, end } = this.range;
    const burst = end - start - this.#fitted > OPENED_ENTRIES;
    if (start === end) this.toEnd(); // the log is another one, begun anew
    else if (end - start > (this.atEnd ? FOLLOWED_ENTRIES : MAX_ENTRIES) || burst) this.#giveUp(start, end, lookedAt());
    this.#note();
  }

  #note() {
    const { start, end } = this.range;
    this.#fitted = end - start;
  }

  /**
   * At the bottom it begins anew, as when the room was opened: the fewer rows there are, the less a message costs, and no
   * frame builds more of them than that.
   */
  #giveUp(start, end, seq) {
    if (seq === null && this.atEnd) return this.toEnd();
    if (end - start <= MAX_ENTRIES) return;
    const index = seq === null ? end : this.#line.indexOf(seq);
    if (index - start < end - index) this.#end(start + MAX_ENTRIES - STEP_ENTRIES);
    else this.#begin(end - MAX_ENTRIES + STEP_ENTRIES);
  }

  #begin(index) {
    const last = this.#line.storedLength - 1;
    this.#from = last < 0 ? null : this.#line.seqAt(Math.min(Math.max(index, 0), last));
  }

  #end(index) {
    this.#to = index >= this.#line.storedLength ? null : this.#line.seqAt(index - 1);
  }
}
