"""What is known of all of England, beside a review's own figures: said in words, and never on their axis."""

from charter.catalogue.fields import first_day
from charter.outcomes_data.indicators import shipped_indicators

_INFLUENCE = "influence-positive-england"


def context_sentences() -> tuple[str, str]:
    """Say the national figure with its coverage and its response, and where it comes from."""
    file = shipped_indicators()
    measured = next(each for each in file.indicators if each.key == _INFLUENCE)
    (figure,) = file.figures_of(_INFLUENCE)
    document = file.document(figure.source.document)
    coverage = figure.coverage[:1].lower() + figure.coverage[1:]
    said = (
        f"In {measured.area} in {first_day(figure.when).year}, {figure.value}% of the groups that answered the same "
        f"question said “positive” or “very positive”. {figure.replies:,} answered, {figure.percent_response}% of "
        f"those asked. They were {coverage} "
        "That is another place and another time, so it is no measure of better or worse here."
    )
    return said, f"Source: {document.title}. {document.issued_by}, {first_day(document.dated).year}."
