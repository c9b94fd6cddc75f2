"""One module a site, in a package a country."""
