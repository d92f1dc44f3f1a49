"""The documentation as a site: every page in it, every link in it leads somewhere."""

import re
import subprocess

import pytest


def test_the_list_of_decisions_names_each_by_its_title(project):
    folder = project / "docs" / "decisions"
    pages = sorted(folder.glob("[0-9]*.md"))
    titles = [page.read_text().partition("\n")[0].removeprefix(f"# {int(page.name[:4])}. ") for page in pages]
    listed = re.findall(r"^- (\d+): \[(.+)\]\((.+)\)$", (folder / "README.md").read_text(), re.MULTILINE)
    assert listed == [(str(int(page.name[:4])), title, page.name) for page, title in zip(pages, titles, strict=True)]


def test_the_site_has_every_page_of_the_documentation(project):
    menu = (project / "mkdocs.yml").read_text().partition("\nnav:")[2]
    pages = {f"docs/{page.name}" for page in (project / "docs").glob("*.md")}
    assert pages <= set(re.findall(r"docs/[\w-]+\.md", menu))


@pytest.mark.slow
def test_the_site_is_built_and_no_link_in_it_leads_nowhere(project, tmp_path):
    done = subprocess.run(
        ["make", "docs", f"DOCS={tmp_path}"], check=False, cwd=project, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site" / "docs" / "citing.html").read_text()
    assert "<h1" in page
    assert "cdnjs" not in page
