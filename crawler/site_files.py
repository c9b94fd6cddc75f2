"""The files that declare sites, each loaded by itself: one that is broken costs the others nothing."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from scrapy import Spider
from scrapy.spiderloader import SpiderLoader

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

# What a mistake in a declaration raises when it is imported; a script that ends its process is none.
MISTAKES: tuple[type[BaseException], ...] = (
    *(ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, NameError, OSError),
    *(RuntimeError, SyntaxError, SystemExit, TypeError, ValueError),
)


class SiteLoader(SpiderLoader):
    """Loads what can be loaded; `broken` says of each other file what is wrong with it."""

    def __init__(self, settings: BaseSettings) -> None:
        self.broken: dict[str, str] = {}
        super().__init__(settings)
        for name, places in self._found.items():
            if len(places) > 1:  # whichever came last would be crawled into the archive of the other
                del self._spiders[name]
                modules = " and ".join(sorted(module for module, _ in places))
                self.broken[modules] = f"both declare a site called {name!r}; rename one"

    def _load_all_spiders(self) -> None:
        for name in self.spider_modules:
            self._load_file(name)

    def _load_file(self, name: str) -> None:
        """Load the module *name* and, where it is a package, those in it."""
        try:
            loaded = import_module(name)
            self._load_spiders(loaded)
        except MISTAKES as error:
            self.broken[name] = described(error, name)
            return
        if nameless := nameless_sites(loaded):
            self.broken[name] = f"{nameless[0]} has no name; write: name = {name.rpartition('.')[2]!r}"
        for file in modules_in(getattr(loaded, "__path__", ())):
            self._load_file(f"{name}.{file.stem}")


def nameless_sites(module: ModuleType) -> list[str]:
    """Return the classes of *module* that declare a site and have no name by which it could be crawled."""
    own = [each for each in vars(module).values() if getattr(each, "__module__", None) == module.__name__]
    classes = [each for each in own if isinstance(each, type) and issubclass(each, Spider)]
    return [
        each.__name__ for each in classes if getattr(each, "site", None) and not getattr(each, "name", None)
    ]


def modules_in(folders: Iterable[str]) -> list[Path]:
    """Return the modules in *folders*, and the folders in them that hold some, `__init__.py` or not."""
    files = (file for folder in folders for file in Path(folder).iterdir())
    visible = (file for file in files if file.stem != "__init__" and "." not in file.stem)
    return sorted(file for file in visible if file.suffix == ".py" or any(file.glob("*.py")))


def described(error: BaseException, module: str) -> str:
    """Return *error*, raised by the import of *module*, in one line, with the line of its file."""
    if isinstance(error, SyntaxError):  # says so itself
        return f"SyntaxError: {error}"
    file = f"{module.rpartition('.')[2]}.py"
    places = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).name == file]
    return f"{type(error).__name__}: {error}" + (f" (line {places[-1].lineno})" if places else "")
