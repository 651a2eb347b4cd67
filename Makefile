# Two commands: `make serve` shows the page, `make test` proves it. Everything else is for developers.
