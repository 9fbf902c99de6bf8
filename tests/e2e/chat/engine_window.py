"""A window of Firefox or WebKit in the few words that a scenario needs, driven by WebDriver."""

import json
import time
from typing import Any

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from tests.e2e.conftest import TIMEOUT_MS

# What goes wrong in the page is noted where a reload does not lose it.
_LISTEN = """
  const note = (words) => sessionStorage.setItem(
    "test.problems", JSON.stringify([...JSON.parse(sessionStorage.getItem("test.problems") ?? "[]"), words]));
  addEventListener("error", ({ message }) => note(`error: ${message}`));
  addEventListener("unhandledrejection", ({ reason }) => note(`rejected: ${reason?.stack ?? reason}`));
  document.addEventListener("securitypolicyviolation", (event) => note(
    `policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Window:
    """Elements are named by CSS selectors; what is pressed is pressed as by a person."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver

    def open(self, address: str) -> None:
        self._driver.get(address)
        self.run(_LISTEN)

    def reload(self) -> None:
        self._driver.refresh()
        self.run(_LISTEN)

    def click(self, selector: str) -> None:
        """Click on the first such element once it is shown, with the pointer over it.

        What is drawn anew just then is looked for again: nothing has been pressed yet.
        """
        end = time.monotonic() + TIMEOUT_MS / 1000
        while True:
            self.see(selector)
            try:
                ActionChains(self._driver).move_to_element(self._first(selector)).click().perform()
            except (StaleElementReferenceException, NoSuchElementException):
                assert time.monotonic() < end, f"{selector} is drawn anew all the time"
            else:
                return

    def type(self, selector: str, text: str) -> None:
        """Press the keys of a text in a field; for a field of files it is a path."""
        self._first(selector).send_keys(text)

    def press(self, key: str) -> None:
        """Press a key on what has the focus, by its name in `Keys`."""
        ActionChains(self._driver).send_keys(getattr(Keys, key)).perform()

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a select."""
        Select(self._first(selector)).select_by_value(value)

    def run(self, body: str, *given: Any) -> Any:
        """Return what the body of a function returns; ``given`` is the list of its arguments."""
        return self._driver.execute_script(f"const given = [...arguments]; {body}", *given)

    def wait_for(self, body: str, *given: Any) -> Any:
        """Wait until the body of a function returns something, and return that."""
        end = time.monotonic() + TIMEOUT_MS / 1000
        while not (found := self.run(body, *given)):
            assert time.monotonic() < end, f"With {given} this did not come true: {body}\n{self.problems()}"
            time.sleep(0.05)
        return found

    def see(self, selector: str, words: str = "") -> None:
        """Wait until an element is shown, with these words in it."""
        self.wait_for(
            """return [...document.querySelectorAll(given[0])].some(
                 (one) => one.checkVisibility() && one.textContent.includes(given[1]))""",
            selector,
            words,
        )

    def miss(self, selector: str) -> None:
        """Wait until no such element is shown."""
        self.wait_for(
            "return ![...document.querySelectorAll(given[0])].some((one) => one.checkVisibility())", selector
        )

    def problems(self) -> list[str]:
        """Return the errors and violations of the policy since the page was opened."""
        found: list[str] = json.loads(self.run("return sessionStorage.getItem('test.problems')") or "[]")
        return found

    def _first(self, selector: str) -> WebElement:
        return self._driver.find_element(By.CSS_SELECTOR, selector)
