let context = null;

/** The page's way to sound, which all sounds share. A browser stays silent until somebody has touched the page. */
export function audio() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {});
  return context;
}
