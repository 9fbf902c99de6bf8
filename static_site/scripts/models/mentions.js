import { parse } from "./markup/blocks.js";

export const HERE = Object.freeze({ id: "@here", name: "here" }); // no user's id begins with an @
export const MAX_MENTIONS = 20;

/**
 * Whom a text mentions, as the log will show it: `people` are those it may mean, best ones first, and `present` those whom
 * `@here` means. Returns at most as many people as a message may mention, those named first.
 */
export function mentionsIn(text, people, present) {
  if (!text.includes("@")) return [];
  const named = idsIn(parse(text, [...people, HERE]));
  const byId = new Map(people.map((person) => [person.id, person]));
  const meant = [...named].filter((id) => byId.has(id)).map((id) => byId.get(id));
  if (named.has(HERE.id)) meant.push(...present.filter(({ id }) => !named.has(id)));
  return meant.slice(0, MAX_MENTIONS);
}

/** True if a text says `@here`, outside code, and nobody of that name is meant. */
export function saysHere(text, people = []) {
  return text.includes("@here") && idsIn(parse(text, [...people, HERE])).has(HERE.id);
}

/** True if a message mentions somebody. */
export function isMentioned({ mentions = [], deleted }, userId) {
  return !deleted && mentions.some(({ id }) => id === userId);
}

/** A message's text as who wrote it saw it: with the names of the people whom it mentions by their ids. */
export function withNames({ text, mentions = [] }) {
  return mentions.reduce((words, { id, name }) => words.replaceAll(`@[${id}]`, `@${name}`), text);
}

function idsIn(nodes, found = new Set()) {
  for (const node of nodes ?? []) {
    if (node.kind === "mention") found.add(node.id);
    idsIn(node.rows ? [node.head, ...node.rows].flat(2) : (node.children ?? node.blocks ?? node.items), found);
  }
  return found;
}
