/** Keeps the page above the on-screen keyboard if the browser lays the keyboard over the page (iOS). */
export function followVisualViewport(viewport = globalThis.visualViewport) {
  if (!viewport) return;
  const follow = () => {
    const covered = viewport.scale === 1 ? Math.max(0, innerHeight - viewport.height - viewport.offsetTop) : 0;
    document.documentElement.style.setProperty("--keyboard", `${Math.round(covered)}px`);
  };
  viewport.addEventListener("resize", follow);
  viewport.addEventListener("scroll", follow);
}
