"""Why was it returned, refused, withdrawn, revoked? The pick-lists of reason codes (domain facts, 2.5)."""

from relief.domain.errors import RuleBroken
from relief.domain.labels import label
from relief.domain.sentences import Sentence

REASONS: dict[str, dict[str, Sentence]] = {
    "return": {
        "R01": label("Papers are missing"),
        "R02": label("ID or name does not match"),
        "R03": label("Income cannot be verified"),
        "R04": label("Signature or seal is missing"),
        "R05": label("Fewer than two people at the visit"),
        "R06": label("Notice is wrong (days or content)"),
        "R07": label("Minutes of the meeting are missing"),
        "R08": label("Amount does not follow the standard"),
        "R09": label("Bank card details are wrong"),
    },
    "refuse": {
        "J01": label("Above the standard"),
        "J02": label("An exclusion applies"),
        "J03": label("Not a worker or member"),
        "J04": label("Already helped for the same cause"),
        "J05": label("Untrue papers"),
        "J06": label("Refused the checks"),
        "J07": label("The year's limit is used up"),
        "J08": label("The objection was upheld"),
        "J09": label("Outside the window"),
    },
    "withdraw": {
        "W01": label("The applicant gave it up"),
        "W02": label("The situation improved"),
        "W03": label("Helped through another channel"),
        "W04": label("Submitted twice"),
    },
    "revoke": {
        "X01": label("Fraud"),
        "X02": label("Paid by mistake"),
        "X03": label("Paid after death"),
        "X04": label("Paid twice"),
        "X05": label("Wrong standard applied"),
    },
    "end": {
        "E01": label("The re-check after three months did not come"),
        "E02": label("The re-check found that the hardship is over"),
        "E03": label("The household asks to end it"),
        "E04": label("Helped through another channel"),
        "E05": label("The payee died, and nobody takes their place"),
    },
    "void": {
        "V01": label("Printed wrongly"),
        "V02": label("Payment came back"),
        "V03": label("Details were wrong"),
    },
    "bounce": {
        "B01": label("Name or ID does not match"),
        "B02": label("Account number is wrong"),
        "B03": label("Account is frozen"),
        "B04": label("Account is closed"),
        "B05": label("Account is dormant"),
        "B09": label("Other reason given by the bank"),
        "G01": label("Nobody was there to receive it"),
        "G02": label("The household did not want it"),
        "G03": label("The goods were missing or damaged"),
    },
}


def returned_reasons(way: str) -> dict[str, Sentence]:
    """Why something came back, in this way of giving: the bank's reasons for money, others for goods."""
    first = "G" if way == "goods" else "B"
    return {code: words for code, words in REASONS["bounce"].items() if code.startswith(first)}


def judge_reason(family: str, code: str | None) -> str:
    """The code when it belongs to the family; RuleBroken on `reason` when it is missing or foreign."""
    if not code or code not in REASONS[family]:
        raise RuleBroken("reason", "Choose a reason from the list.")
    return code
