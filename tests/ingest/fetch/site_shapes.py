"""The shapes of eighteen sites, each with decisions that should be found and much beside them that should not."""

from __future__ import annotations

from dataclasses import replace

from tests.ingest.fetch.served_sites import Resource, Shape, decision_page, html, links, pdf, word


def all_shapes() -> list[Shape]:
    """Every site that has a profile."""
    return [
        mopac(), cleveland(), surrey(), greater_manchester(), warwickshire(), lancashire(), west_midlands(), norfolk(),
        leicestershire(), south_yorkshire(), hampshire(), cambridgeshire(), north_yorkshire(), northamptonshire(),
        west_mercia(), devon_and_cornwall(), kent(), staffordshire(),
    ]  # fmt: skip


def listed(shape: Shape, register: str, per_page: list[list[str]], pager: str) -> None:
    """A register of several pages whose entries are pages of decisions; the last of a page stands on the next too."""
    at = [register, *(pager.format(page + 1) for page in range(1, len(per_page)))]
    menu = "".join(f'<a href="{path}">{number}</a>' for number, path in enumerate(at, start=1))
    for number, paths in enumerate(per_page):
        shown = [*(per_page[number - 1][-1:] if number else []), *paths]
        body = links({path: f"Decision {path.rstrip('/').rsplit('/', 1)[-1]}" for path in shown})
        shape.pages[at[number]] = html("Decisions", body + f'<p><a href="{register}#top">Top</a></p>', menu=menu)
    for number, path in enumerate((path for paths in per_page for path in paths), start=1):
        shape.pages.setdefault(path, decision_page(number))
        shape.decisions.add(path)


def mopac() -> Shape:
    shape = Shape("mopac", "www.london.gov.uk", robots="User-agent: *\nDisallow: /search\nDisallow: /*/pcd-1504*\n")
    root = (
        "/programmes-strategies/mayors-office-policing-and-crime-mopac/mopac-governance-and-decision-making"
        "/mopac-decisions"
    )
    listed(shape, root, [[f"{root}/pcd-{n}-grant" for n in page] for page in ((1500, 1501, 1502), (1503, 1504))],
           root + "?page={}")  # fmt: skip
    shut = f"{root}/pcd-1504-grant"
    shape.decisions.remove(shut)
    shape.forbidden |= {shut, "/search?q=drive"}
    return shape


def cleveland() -> Shape:
    shape = Shape("cleveland", "www.cleveland.pcc.police.uk")
    root = "/working-for-you/decisions/decision-notices/"
    pages = [[f"{root}decision-2026-000{n}-funding/" for n in page] for page in ((1, 2), (3, 4), (5,))]
    listed(shape, root, pages, root + "page/{}/")
    shape.pages[root] = replace(shape.pages[root], mark="nothing")
    return shape


def surrey() -> Shape:
    shape = Shape("surrey", "www.surrey-pcc.gov.uk")
    listed(shape, "/decisions/", [["/decisions/08-2026-fund/", "/decisions/09-2026-fund/"]], "/decisions/page/{}/")
    return shape


def greater_manchester() -> Shape:
    shape = Shape("greater-manchester", "democracy.greatermanchester-ca.gov.uk")
    root = "/mgDelegatedDecisions.aspx?RP=0&K=0&V=1&DM=0&HD=0&DS=2&Next=true&META=mgdelegateddecisions"
    at = {n: f"{root}&DR={n:02d}%2f01%2f2026" for n in range(2, 12)}
    at[1] = root
    for n, path in at.items():  # a calendar, of which only the first periods have decisions, leads on to the end
        held = links({f"ieDecisionDetails.aspx?ID={n}{k}": f"Decision {n}{k}" for k in range(2 if n < 3 else 0)})
        later = f'<p><a href="{at[n + 1]}">Later</a></p>' if n + 1 in at else ""
        shape.pages[path] = html("Officer decisions", held + later)
    for n, k in ((1, 0), (1, 1), (2, 0), (2, 1)):
        paper = f"documents/s{n}{k}/Report.pdf"
        shared = "documents/s99/Shared terms.pdf"
        page = f"/ieDecisionDetails.aspx?ID={n}{k}"
        shape.pages[page] = decision_page(n * 10 + k, links({paper: "Report", shared: "Terms"}))
        shape.pages[f"/{paper}"] = pdf(f"report {n}{k}")
        shape.decisions |= {page, f"/{paper}"}
    shape.pages["/documents/s99/Shared%20terms.pdf"] = pdf("terms")
    shape.decisions.add("/documents/s99/Shared%20terms.pdf")
    return shape


def warwickshire() -> Shape:
    shape = Shape("warwickshire", "www.warwickshire-pcc.gov.uk", robots="User-agent: *\nCrawl-delay: 0\nAllow: /\n")
    root = "/your-pcc/decision-making/"
    years = {2024: (41, 42), 2025: (43,)}
    logs = {f"{root}decisions-log-{year}/": f"Decisions of {year}" for year in years}
    shape.pages[root] = html("Decision making", links(logs) + links({f"{root}decision-policy/": "Policy"}))
    for year, numbers in years.items():
        at = f"{root}decisions-log-{year}/"
        paths = {f"{at}wpcc4-00{n}-grants/": f"WPCC4 00{n}" for n in numbers}
        shape.pages[at] = html(f"Decisions of {year}", links(paths))
        shape.pages |= {path: decision_page(number) for path, number in zip(paths, numbers, strict=True)}
        shape.decisions |= set(paths)
    return shape


def lancashire() -> Shape:
    shape = Shape("lancashire", "www.lancashire-pcc.gov.uk")
    root = "/transparency/decisions/"
    quarters = {"": (7, 8), "april-2026-to-june-2026/": (5, 6), "january-2026-to-march-2026/": (4,)}
    for quarter, numbers in quarters.items():
        entries = ""
        for n in numbers:
            notice, report = (
                f"/wp-content/uploads/2026/0{n}/2026-{n}-Notice.PDF",
                f"/wp-content/uploads/2026-{n}-R.docx",
            )
            entries += (
                f"<h3>Decision Ref: 2026/{n}</h3><p>Decision papers: {links({notice: 'Notice', report: 'Report'})}"
            )
            shape.pages |= {notice: pdf(f"notice {n}"), report: word(f"report {n}")}
            shape.decisions |= {notice, report}
        entries += "<h3>Decision Ref: 2026/99</h3><p>RESTRICTED: this paper is not published.</p>"
        archive = links({root + other: other or "now" for other in quarters})
        shape.pages[root + quarter] = html("Decisions", entries + archive)
    return shape


def west_midlands() -> Shape:
    shape = Shape("west-midlands", "www.westmidlands-pcc.gov.uk")
    root = "/governance/decisions/"
    listed(shape, root, [["/pcc-decision-021-2026/", "/pcc-decision-020-2026/"], ["/decision-019-2026-drive/"]],
           root + "page/{}/")  # fmt: skip
    for path in ("/pcc-decision-021-2026/", "/decision-019-2026-drive/"):
        paper = f"/wp-content/uploads/2026{path.rstrip('/')}.pdf"
        shape.pages[path] = decision_page(20, links({paper: "Read the decision"}))
        shape.pages[paper] = pdf(path, mark="nothing")
        shape.decisions ^= {path, paper}
    return shape  # 020 is confidential and has no paper, so that its page is kept


def papers_on_a_page(shape: Shape, register: str, papers: dict[str, Resource], more: str = "") -> None:
    """A register whose entries are the papers themselves."""
    rows = "".join(
        f'<tr><td>{number}</td><td>Decision {number}</td><td><a href="{path}">Download</a></td></tr>'
        for number, path in enumerate(papers, start=1)
    )
    shape.pages[register] = html("Decisions", f"<table>{rows}</table>{more}")
    shape.pages |= papers
    shape.decisions |= set(papers)


def norfolk() -> Shape:
    shape = Shape("norfolk", "www.norfolk-pcc.gov.uk", robots="User-agent: *\nDisallow: /assets/restricted/\n")
    papers = {f"/assets/decisions/2026-{n}%20decision.pdf": pdf(f"norfolk {n}") for n in range(1, 6)}
    more = links({"/assets/decision-making-policy.pdf": "Policy", "/assets/restricted/1.pdf": "Shut"})
    papers_on_a_page(shape, "/key-information/transparency/decisions", papers, more)
    shape.pages |= {"/assets/decision-making-policy.pdf": pdf("policy"), "/assets/restricted/1.pdf": pdf("shut")}
    shape.forbidden.add("/assets/restricted/1.pdf")
    return shape


def leicestershire() -> Shape:
    shape = Shape("leicestershire", "www.leics.pcc.police.uk")
    papers = {f"/Document-Library/Decisions/2026/EXE00{n}.pdf": pdf(f"leics {n}", mark="date") for n in (35, 36)}
    papers["/Document-Library/Decisions/2026/EXE0037.docx"] = word("leics 37")
    papers_on_a_page(shape, "/Transparency/Decisions.aspx", papers, links({"Decisions/Earlier-2025.aspx": "2025"}))
    old = {"/Document-Library/Decisions/2025/EXE0001.pdf": pdf("leics 1")}
    papers_on_a_page(shape, "/Transparency/Decisions/Earlier-2025.aspx", old, links({"../Decisions.ASPX": "Back"}))
    shape.pages["/Transparency/Decisions.ASPX"] = shape.pages["/Transparency/Decisions.aspx"]
    return shape


def south_yorkshire() -> Shape:
    shape = Shape("south-yorkshire", "www.southyorkshire-pcc.gov.uk")
    papers = {f"/Document-Library/Transparency/16-00{n}.pdf": pdf(f"south yorkshire {n}") for n in (1, 2, 3)}
    papers_on_a_page(shape, "/Transparency/Decision-Log.aspx", papers)
    return shape


def hampshire() -> Shape:
    shape = Shape("hampshire", "www.hampshire-pcc.gov.uk")
    root = "/transparency/decisions"
    first = {f"/wp-content/uploads/00079{n}.pdf": pdf(f"hampshire {n}") for n in (7, 8)}
    rows = "".join(
        f"<details><summary>{path}</summary><p>In short. <a href={path}>Download PDF</a></details>" for path in first
    )
    shape.pages[root] = html(
        "Decisions", rows + links({f"{root}/estates-decisions": "Estates", f"{root}-policy": "Policy"})
    )
    shape.pages |= first
    shape.decisions |= set(first)
    papers_on_a_page(shape, f"{root}/estates-decisions", {"/wp-content/uploads/PCCML-000485.pdf": pdf("hampshire 485")})
    return shape


def cambridgeshire() -> Shape:
    shape = Shape("cambridgeshire", "www.cambridgeshire-pcc.gov.uk")
    paths = ["/decisions/award-of-grant-one/", "/decisions/award-of-grant-two/"]
    for n, path in enumerate(paths):
        paper = f"/wp-content/uploads/2026/CPCC-2026-00{n}.docx"
        shape.pages[path] = decision_page(n + 1, links({paper: "Decision notice"}))
        shape.pages[paper] = word(f"cambridgeshire {n}")
        shape.decisions.add(paper)
    listed(shape, "/decisions/", [paths], "/decisions/page/{}/")
    return shape


def north_yorkshire() -> Shape:
    shape = Shape("north-yorkshire", "www.northyorkshire-pfcc.gov.uk")
    listed(shape, "/decision-notices/", [["/decision-notices/dn-10-2020-road-safety/"], ["/decision-notices/0732013/"]],
           "/decision-notices/page/{}/")  # fmt: skip
    return shape


def northamptonshire() -> Shape:
    shape = Shape("northamptonshire", "www.northantspfcc.org.uk")
    root = "/key-decisions-and-contracts"
    shape.pages[root] = html("Key decisions", links({f"/decision-records-{year}": str(year) for year in (2022, 2021)}))
    for year, numbers in {2022: (118, 119), 2021: (90,)}.items():
        paths = {f"/decision-record-{n}-voice": f"Decision record {n}" for n in numbers}
        shape.pages[f"/decision-records-{year}"] = html(str(year), links(paths))
        for n, path in zip(numbers, paths, strict=True):
            paper = f"/wp-content/uploads/{year}/DR-{n}.pdf"
            shape.pages[path] = decision_page(n, links({paper: "Record"}))
            shape.pages[paper] = pdf(f"northamptonshire {n}", name=f"Decision record {n}.pdf")
            shape.decisions.add(paper)
    return shape


def west_mercia() -> Shape:
    shape = Shape("west-mercia", "www.westmercia-pcc.gov.uk")
    register = "/key-information/decision-making/"
    paths = ["/record-of-decision-drive/", "/record-of-decision-violence-duty/"]
    listed(shape, register, [paths], register + "page/{}/")
    paper = "/app/uploads/2026/05/Record-Drive.pdf"
    shape.pages["/record-of-decision-drive/"] = decision_page(1, f'<iframe src="{paper}"></iframe>')
    shape.pages[paper] = pdf("west mercia")
    shape.decisions ^= {"/record-of-decision-drive/", paper}
    return shape


def devon_and_cornwall() -> Shape:
    shape = Shape("devon-and-cornwall", "www.devonandcornwall-pcc.gov.uk")
    root = "/information-hub/decisions-and-approvals/"
    papers = {f"/media/{n}/decision-record-{n}.pdf": pdf(f"devon {n}") for n in (11, 12)}
    more = links({f"{root}decisions-2015/": "Earlier", "/media/9/decision-making-process.pdf": "Process"})
    papers_on_a_page(shape, root, papers, more)
    papers_on_a_page(shape, f"{root}decisions-2015/", {"/media/1/decision-record-1.pdf": pdf("devon 1")})
    return shape


def kent() -> Shape:
    shape = Shape("kent", "www.kent-pcc.gov.uk")
    papers = {f"/globalassets/decisions/{n}.-decision": pdf(f"kent {n}") for n in (1, 2)}
    moved = "/globalassets/decisions/3.-decision.pdf"  # the same paper under two addresses, one of which leads on
    papers[moved] = pdf("kent 3")
    papers_on_a_page(shape, "/what-we-do/making-key-decisions/", papers, links({"/globalassets/old/3.pdf": "3"}))
    shape.pages["/globalassets/old/3.pdf"] = Resource(moved=moved, mark="nothing")
    return shape


def staffordshire() -> Shape:
    shape = Shape("staffordshire", "www.staffordshire-pcc.gov.uk")
    papers = {f"/wp-content/uploads/00{n}-{kind}.pdf": pdf(f"{kind} {n}") for n in (1, 2) for kind in ("Form", "Paper")}
    papers_on_a_page(shape, "/decisions/", papers)
    return shape
