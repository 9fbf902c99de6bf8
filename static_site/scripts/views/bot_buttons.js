import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { attempt } from "./attempt.js";

/** The buttons below a bot's message, or null. `press(value)` calls the bot; one is pressed at a time, and what fails is said. */
export function botButtons(buttons, { name, press }) {
  if (buttons.length === 0) return null;
  const problem = h("p", { class: "field-problem", role: "alert" });
  const done = h("p", { class: "bot-pressed", role: "status" });
  let pressed = false;
  const row = h("div", { class: "bot-buttons", role: "group", "aria-label": t("bot.buttons", { name }), "aria-live": "off" });
  const one = ({ label, value }) => {
    const button = h("button", { class: "button button-small", type: "button", dir: "auto" }, label);
    button.addEventListener("click", async () => {
      if (pressed) return;
      pressed = true;
      row.dataset.pressed = "";
      done.textContent = "";
      if (await attempt({ button, problem }, () => press(value))) done.textContent = t("bot.pressed", { label });
      pressed = false;
      delete row.dataset.pressed;
    });
    return button;
  };
  row.append(...buttons.map(one));
  return h("div", { class: "bot-answers" }, row, done, problem);
}
