"""The same reading step with the usual Python libraries: every table of a file as rows of texts.

    pip install python-docx openpyxl pdfplumber beautifulsoup4 lxml
    python benches/peers.py FILE

It only extracts cells, without finding forms, and is the yardstick of `jixiao extract FILE` (see benches/README.md).
"""

import sys


def docx(path):
    from docx import Document

    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(path).tables]


def xlsx(path):
    from openpyxl import load_workbook

    book = load_workbook(path)
    return [[[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)] for sheet in book]


def pdf(path):
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def html(path):
    from bs4 import BeautifulSoup

    with open(path, "rb") as file:
        soup = BeautifulSoup(file, "lxml")
    return [[[cell.get_text() for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
            for table in soup.find_all("table")]


if __name__ == "__main__":
    path = sys.argv[1]
    tables = globals()[path.rsplit(".", 1)[-1]](path)
    print(len(tables), "tables", sum(len(table) for table in tables), "rows")
