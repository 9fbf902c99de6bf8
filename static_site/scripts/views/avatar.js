const CHARACTERS = new Intl.Segmenter(); // making one takes longer than all the rest

const initials = new Map(); // by name: a log shows the same few people over and over

/** Shows a person as an initial on a colour of their own; decoration, since the name stands beside it. */
export function paintAvatar(element, user) {
  if (!initials.has(user.name)) initials.set(user.name, initialOf(user.name.trim()));
  element.textContent = initials.get(user.name);
  element.style.setProperty("--hue", hueOf(user.id));
}

function initialOf(name) {
  const [initial = "?"] = CHARACTERS.segment(name);
  return (initial.segment ?? initial).toLocaleUpperCase();
}

function hueOf(id) {
  let hash = 7;
  for (const character of id) hash = (hash * 31 + character.codePointAt(0)) % 360_007;
  return hash % 360;
}
