"""What the shape check finds, in plain words."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from charter.catalogue.findings import Finding

_WORDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not known here; check its spelling, or take it out",
    "string_type": "must be text in quotation marks",
    "int_type": "must be a whole number, without quotation marks",
    "bool_type": "must be true or false, without quotation marks",
    "tuple_type": "must be a list in square brackets, or tables with double square brackets",
    "model_type": "must be a table of its own",
    "model_attributes_type": "must be a table of its own",
    "string_too_long": "is too long; it may have {max_length} characters at most",
    "too_short": "must have at least one entry",
    "greater_than_equal": "is too small; it may be {ge} or more",
    "less_than_equal": "is too large; it may be {le} or less",
    "enum": "must be one of: {expected}",
}


def findings_of(error: ValidationError) -> list[Finding]:
    """Turn every mistake of shape into a finding.

    Args:
        error: What the shape check raised.

    Returns:
        One finding a mistake, in the order of the file's tables. None of them repeats the file's own values.
    """
    details = error.errors(include_url=False, include_input=False)
    return [Finding(detail["loc"], _reason(detail)) for detail in details]


def _reason(detail: ErrorDetails) -> str:
    words = _WORDS.get(detail["type"])
    if words is None:
        return detail["msg"]
    context = {key: str(value).replace("'", '"') for key, value in detail.get("ctx", {}).items()}
    return words.format_map(context)
