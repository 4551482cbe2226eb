"""What the peers of the side-by-side benchmark have in common: requests and answers as JSON lines."""

import json
import os
import sys


def serve(make, versions) -> None:
    """Answers requests by what `make` makes, whose `answer` is given them one by one, until one of them is "exit".

    `versions` is what the first line, unasked, says of them.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed must not get between the answers
    def say(answer: dict) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    peer = make()
    say({"ok": True, "versions": versions})
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["op"] == "exit":
                return
            say({"ok": True} | peer.answer(request))
        except Exception as problem:  # the caller decides what to do about it
            say({"ok": False, "error": f"{type(problem).__name__}: {problem}"})
