/** A checkbox that shows what is typed in fields of passwords, until `off()`. */
export function showTyped(box, fields) {
  const apply = () => {
    for (const field of fields) field.type = box.checked ? "text" : "password";
  };
  box.addEventListener("change", apply);
  return {
    off: () => {
      box.checked = false;
      apply();
    },
  };
}
