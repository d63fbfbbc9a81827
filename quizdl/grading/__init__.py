"""(item, response) -> verdict; a module per kind."""
