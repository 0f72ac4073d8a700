"""The words of the field for what is stored as a key: techniques, statuses, states, blanks, signs."""

from __future__ import annotations

from qualcoder_lite import signs
from qualcoder_lite.i18n import N_, _

WORDS = {
    "interview": N_("Interview"),
    "focus_group": N_("Focus group"),
    "observation": N_("Observation"),
    "document": N_("Document"),
    "not_started": N_("not started"),
    "in_progress": N_("in progress"),
    "done": N_("done"),
    "interviewer": N_("Interviewer"),
    "informant": N_("Informant"),
    "descriptive": N_("Descriptive notes"),
    "reflective": N_("Reflective notes"),
    "key": N_("key informant"),
    "main": N_("main informant"),
    "additional": N_("additional informant"),
    "given": N_("given"),
    "withdrawn": N_("withdrawn"),
    "dimension": N_("Dimension"),
    "factor": N_("Factor"),
    "indicator": N_("Indicator"),
    "category": N_("Category"),
    "theme": N_("Theme"),
    "context": N_("Context"),
    "etic": N_("etic (from theory)"),
    "emic": N_("emic (in the informants’ words)"),
    "account": N_("account"),
    "event": N_("event"),
    "provision": N_("provision"),
    "agree": N_("agree"),
    "partial": N_("partial"),
    "oppose": N_("oppose"),
    "silent": N_("silent"),
    "one_technique": N_("one technique"),
    "unjudged": N_("not judged yet"),
    "aligned": N_("aligned"),
    "gap": N_("gap"),
    "emic_only": N_("emic only"),
    "etic_only": N_("etic only"),
    "no_evidence": N_("no evidence"),
    "supported": N_("supported"),
    "unsupported": N_("not supported"),
    "changes": N_("changes the claim"),
    "explained": N_("explained"),
    "elsewhere": N_("not of this matter"),
    "because": N_("because"),
    "leads_to": N_("leads to"),
    "hinders": N_("hinders"),
    "supports": N_("supports"),
    "contradicts": N_("contradicts"),
    "agrees": N_("agrees"),
    "corrects": N_("corrects"),
    "rejects": N_("rejects"),
    "top": N_("top codes"),
    "all": N_("all codes"),
}

BLANKS = {
    "uncoded": N_("not coded yet"),
    "silent": N_("asked, did not come up"),
    "not_asked": N_("not asked"),
    "not_applicable": N_("not applicable"),
}
FILTERED = N_("left out by the filter")  # no blank of the study, hence not among them
SILENT_EITHER = N_("did not come up (informants: though asked)")  # nobody asks texts
SILENT_WITHOUT_GUIDE = N_("did not come up in the data")


SIGN_WORDS, SIGN_MARKS = signs.SIGN_WORDS, signs.SIGN_MARKS


def word(key: str) -> str:
    """The word for a stored key in the language now spoken; an unknown key is its own word."""
    return _(WORDS[key]) if key in WORDS else key


def blank_word(mark: str, guide: bool = True, texts: bool = False) -> str:
    """What a blank means; without an interview guide nobody can tell that something was asked.

    `texts`: among what it is said of are observation and documents, whom nobody asks.
    """
    if mark == "filtered":
        return _(FILTERED)
    if mark == "silent" and guide and texts:
        return _(SILENT_EITHER)
    return _(SILENT_WITHOUT_GUIDE if mark == "silent" and not guide else BLANKS[mark])
