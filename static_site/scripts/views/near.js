/** Tells when elements of the log come near to what is shown of it, and when they go from there or out of the document. */
export class Near {
  #told = new WeakMap(); // element -> {come, go}
  #observer;

  /** `margin` is how near, in parts of the log's height. */
  constructor(log, margin = "100%") {
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { root: log, rootMargin: `${margin} 0px` });
  }

  /** Calls `come()` when the element comes near: each time if there is `go()` for when it goes, otherwise once. */
  watch(element, come, go = null) {
    this.#told.set(element, { come, go });
    this.#observer.observe(element);
  }

  #moved(entries) {
    for (const { target, isIntersecting } of entries) {
      const { come, go } = this.#told.get(target);
      if (!isIntersecting) go?.();
      else {
        if (!go) this.#observer.unobserve(target);
        come();
      }
    }
  }
}
