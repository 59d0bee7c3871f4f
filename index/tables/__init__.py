"""Tables to records: one TableRow a printed row, every value beside the name of its column.

Three ways in, by how much the source still knows of the grid: `from_grid` (html, docx, md, pdf),
`from_cell_lines` (one cell a line, with or without tabs), and `join` for a table that goes on
over pages. `describe` words a row for the index, `numeric` reads a cell as a number.

Where a cell belongs is never guessed: a row whose columns cannot be told keeps its text and has
no cells, and lines without a trustworthy grid give no table at all. Knows nothing of files,
headings or questions.
"""

from index.tables.cell_lines import from_cell_lines
from index.tables.grids import from_grid
from index.tables.joining import join
from index.tables.values import numeric, unit_of
from index.tables.wording import describe

__all__ = ["describe", "from_cell_lines", "from_grid", "join", "numeric", "unit_of"]
