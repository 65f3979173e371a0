"""What is promised on the form: who sees the answers, and from how many groups on a score is shown."""


def seen_by_few(threshold: int) -> str:
    """Say in two sentences what is promised to groups.

    Args:
        threshold: the number of groups below which no score is shown.
    """
    return (
        "Your answers, your comments and how far you have come are seen only by your group and the coordinator, "
        "who runs the review: never by the council, another public body, a funder, the monitoring group or an "
        "administrator. "
        f"Only totals are published: how many groups answered, and scores of {threshold} groups or more; "
        "and a comment is quoted only if you tick that it may be."
    )


def by_name(body: str) -> str:
    """Say what is promised to a public body.

    Args:
        body: its name, escaped for where it is shown.
    """
    return (
        f"Public bodies answer by name: {body} stands beside your answers. The monitoring "
        "group reviews them first, and after that they are published."
    )
