const NAME_TAKEN = "Somebody here already has that name, or had it in the last week. Please choose another one.";
const CODE_NEEDED = "This chat needs an access code.";
const CODE_WRONG = "That access code is not right. Please check it and try again.";

/** Beside which field a refused sign-in is explained ("name", "code" or "admin"), and how. `codeAsked` says whether an access code was asked for. */
export function signInRefusal({ code, message, retryAfter }, { codeAsked }) {
  if (code === "name_taken") return { field: "name", words: NAME_TAKEN };
  if (code === "access_denied" && /admin code/i.test(message)) return { field: "admin", words: message };
  if (code === "access_denied" && /access code/i.test(message)) return { field: "code", words: codeAsked ? CODE_WRONG : CODE_NEEDED };
  return { field: "name", words: retryAfter ? `${message} Try again in ${Math.ceil(retryAfter)} s.` : message };
}
