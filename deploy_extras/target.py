"""What Lambda runs: versions of Python, processors, and the wheels that fit them."""

import re
from dataclasses import dataclass

PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
"""The versions of Python with which Undertone can be packaged."""

ARCHITECTURES = {"arm64": "aarch64", "x86_64": "x86_64"}
"""Lambda's names of processors, and those in the names of wheels."""

_OLD_MANYLINUX = {"1": (2, 5), "2010": (2, 12), "2014": (2, 17)}
_MANYLINUX = re.compile(r"manylinux(?:_(\d+)_(\d+)|(1|2010|2014))_(x86_64|aarch64)")
_FIRST_MINOR = 17  # of glibc 2: every wheel for manylinux today has this one or a later one


@dataclass(frozen=True, slots=True)
class Target:
    """One version of Python on one processor."""

    python: tuple[int, int]
    architecture: str

    def __str__(self) -> str:
        return f"python{self.version}-{self.architecture}"

    @property
    def version(self) -> str:
        """Return the version of Python, such as 3.13."""
        return ".".join(map(str, self.python))

    @property
    def glibc(self) -> tuple[int, int]:
        """Return the C library's version: that of Amazon Linux 2 up to Python 3.11, then 2023's."""
        return (2, 26) if self.python < (3, 12) else (2, 34)

    @property
    def platforms(self) -> list[str]:
        """Return the platforms whose wheels fit, as pip wants them."""
        machine = ARCHITECTURES[self.architecture]
        minors = range(self.glibc[1], _FIRST_MINOR - 1, -1)
        return [*(f"manylinux_2_{minor}_{machine}" for minor in minors), f"manylinux2014_{machine}"]

    @property
    def marker(self) -> dict[str, str]:
        """Return what a requirement's marker may ask for."""
        return {"python_version": self.version, "python_full_version": f"{self.version}.0"}

    def fits(self, tag: str) -> bool:
        """Whether a wheel with this tag, such as `cp313-cp313-manylinux_2_28_aarch64`, can be loaded."""
        interpreter, abi, platform = tag.split("-")
        if platform == "any":
            return True
        found = _MANYLINUX.fullmatch(platform)
        if found is None or found[4] != ARCHITECTURES[self.architecture]:
            return False
        glibc = _OLD_MANYLINUX[found[3]] if found[3] else (int(found[1]), int(found[2]))
        own = f"cp{self.python[0]}{self.python[1]}"
        return glibc <= self.glibc and (interpreter == own or abi == "abi3")
