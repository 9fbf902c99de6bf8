const CHARACTERS = new Intl.Segmenter(); // making one takes longer than all the rest

/** Shows a person as an initial on a colour of their own; decoration, since the name stands beside it. */
export function paintAvatar(element, user) {
  const [initial = "?"] = CHARACTERS.segment(user.name.trim());
  element.textContent = (initial.segment ?? initial).toLocaleUpperCase();
  element.style.setProperty("--hue", hueOf(user.id));
}

function hueOf(id) {
  let hash = 7;
  for (const character of id) hash = (hash * 31 + character.codePointAt(0)) % 360_007;
  return hash % 360;
}
