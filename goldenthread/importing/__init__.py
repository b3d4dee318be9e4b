"""Foreign files in: a map, written in TOML, says how a spreadsheet becomes rows of the data package's tables.

``map_file`` reads maps, ``sheets`` reads files, ``reading`` makes the one into rows by the other, and ``services``
hands the rows to the load service, which checks and keeps them as it does any data package.
"""
