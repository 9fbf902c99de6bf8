const CHARACTERS = new Intl.Segmenter(); // making one takes longer than all the rest

const initials = new Map(); // by name: a log shows the same few people over and over
let profiles = null;

/** From now on, avatars are people's pictures, for those who have one; also those that are in the document already. */
export function showPictures(known) {
  profiles = known;
  known.on("change", (id) => {
    for (const element of document.querySelectorAll(`.avatar[data-person="${CSS.escape(id)}"]`)) wear(element, known.show(id));
  });
}

/** Shows a person as their picture, or as an initial on a colour of their own; decoration, since the name stands beside it. `listed` says that it is in a list of people. */
export function paintAvatar(element, user, how) {
  if (!initials.has(user.name)) initials.set(user.name, initialOf(user.name.trim()));
  element.textContent = initials.get(user.name);
  element.style.setProperty("--hue", hueOf(user.id));
  element.dataset.person = user.id;
  wear(element, profiles?.show(user.id, how) ?? null);
}

function wear(element, url) {
  if (url) element.style.setProperty("--picture", `url("${url}")`);
  else if (element.dataset.pictured !== undefined) element.style.removeProperty("--picture");
  element.toggleAttribute("data-pictured", Boolean(url));
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
