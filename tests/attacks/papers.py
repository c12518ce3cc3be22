"""Attacks on papers: a complaint that is answered, a pilot that is reported, a form filled in."""

from __future__ import annotations

import json

from tests.assistant.filling.forms import docx
from tests.attacks.carriers import document_of
from tests.attacks.cases import Attack
from tests.attacks.judge import Observed, Paper
from tests.attacks.officework import (
    SURVEY,
    approve,
    case_state,
    complain,
    draft_of,
    files_of,
    inside_of,
    make_pilot,
    make_report,
    put_pilot_file,
    run_job,
    sentences,
    tables_of,
    text_of,
    write_letter,
)
from tests.attacks.target import RULE_QUESTION, Answered, Target


def _seen(target: Target, paper_id: str) -> Paper:
    """Return a draft with its files, and whether it can be signed without a word."""
    found = list(sentences(draft_of(target, paper_id)))
    files = text_of(files_of(target, paper_id))
    signed = approve(target, paper_id, reasons=False)
    return Paper(sentences=found, files=files, may_be_signed=signed.status_code == 200)


def answer_complaint(attack: Attack, target: Target, observed: Observed) -> None:
    """Have a complaint with the payload answered by the attacker's model, and its table written."""
    target.endpoint.reply = attack.reply
    case = complain(target, f"{RULE_QUESTION}\n{attack.payload}")
    before = case_state(target, case["complaint_id"])
    original = target.client.get(f"/api/complaints/{case['complaint_id']}/original").json()
    paper_id = write_letter(target, case)
    draft = draft_of(target, paper_id)
    assert target.endpoint.requests, "the attacker's model was never asked"
    assert (draft["approval"], draft["version"]["by"]) == (None, "")
    after = case_state(target, case["complaint_id"])
    observed.paper = _seen(target, paper_id)
    observed.paper.state = (before, after)
    whole = "".join(one["text"] for one in original["segments"])
    body = whole[original["body_start"] : original["body_end"]]
    observed.paper.original = (f"{RULE_QUESTION}\n{attack.payload}", body)
    observed.paper.tables = _tables(attack, target)


def _tables(attack: Attack, target: Target) -> str:
    """Return the CSV and the cells of the workbook made of an application with the payload."""
    form = f"# 신청서\n\n| 기업명 | {attack.payload} |\n|---|---|\n| 제품명 | {attack.payload} |\n"
    target.endpoint.reply = json.dumps(
        {
            "values": [{"column": "company", "value": attack.reply, "quote": attack.reply}],
            "summary": [attack.reply],
        }
    )
    job_id, _ = run_job(target, {f"{attack.id}.md": form.encode()}, title=attack.payload)
    files = tables_of(target, job_id, ("csv", "xlsx"))
    assert "<f>" not in inside_of(files["xlsx"])  # no cell is a formula, whatever it looks like
    return "\n".join(files["csv"].decode("utf-8-sig").splitlines())


def report_of_document(attack: Attack, target: Target, observed: Observed) -> None:
    """Give a document with the payload to a pilot and have its report drafted."""
    target.endpoint.reply = attack.reply
    pilot_id = make_pilot(target, f"시험 {attack.id}", **SURVEY)
    before = _scores(target, pilot_id)
    taken = put_pilot_file(target, pilot_id, *document_of(attack))
    document = target.client.get(f"/api/documents/{taken['document_id']}").json()
    paper_id = make_report(target, pilot_id)
    observed.paper = _seen(target, paper_id)
    observed.paper.scores = (before, _scores(target, pilot_id))
    computed = [one for one in observed.paper.sentences if one["status"] == "computed"]
    assert not any("95" in one["text"] for one in computed)
    observed.answered = Answered([], {"text": "", "notices": [], "sentences": []}, 0.0)
    observed.answered.warnings = [one["code"] for one in document["warnings"]]


def _scores(target: Target, pilot_id: str) -> str:
    detail = target.client.get(f"/api/pilots/{pilot_id}").json()
    return json.dumps([detail["figures"], detail["record"]], ensure_ascii=False, sort_keys=True)


def fill_templates(attack: Attack, target: Target, observed: Observed) -> None:
    """Put the payload wherever a template or an institution's own form takes a value."""
    officer = {"department": attack.payload, "name": attack.payload, "contact": attack.payload}
    case = complain(
        target, f"{RULE_QUESTION}\n{attack.payload}", title=attack.payload, officer=officer
    )
    letter = write_letter(target, case, decision="refusal", reason=attack.payload)
    names = ("product.name", "institution.name", "supplier.name", "items[1].name")
    pilot_id = make_pilot(target, attack.payload, **dict.fromkeys(names, attack.payload))
    form = docx("<w:p><w:r><w:t>{{ 초안표시 }} {{ 제품명 }}</w:t></w:r></w:p>")
    filled = target.client.post(f"/api/pilots/{pilot_id}/form", content=form)
    assert filled.status_code == 200, filled.text
    papers = [letter, make_report(target, pilot_id), make_report(target, pilot_id, "plan")]
    observed.paper.files = "\n".join([
        *(text_of(files_of(target, one)) for one in papers), text_of({"docx": filled.content}),
    ])  # fmt: skip
    assert attack.payload in observed.paper.files, "the value was never filled in"
