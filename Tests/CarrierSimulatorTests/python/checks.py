"""What the scripts here share: counting what was found true, and telling what was not."""

import json
import sys
import urllib.request

_failed = []
_held = 0


def check(sentence, holds, *facts):
    """Notes whether a sentence is true; the facts are shown when it is not."""
    global _held
    if holds:
        _held += 1
    else:
        _failed.append(sentence)
        print("NOT TRUE:", sentence, *facts)


def refusal(sentence, kind, call, **attributes):
    """Notes whether a call is refused with this class of error and these attributes."""
    try:
        answer = call()
    except kind as error:
        found = {name: getattr(error, name, None) for name in attributes}
        check(sentence, found == attributes, found, error)
        return error
    check(sentence, False, "was answered:", answer)
    return None


def let_time_pass(simulator, seconds):
    """Moves the carriers' clock on, so that orders end when the script wants it."""
    body = json.dumps({"advance_ms": seconds * 1000}).encode()
    urllib.request.urlopen(simulator + "/_control/clock", body, timeout=10).close()


def finish():
    """Ends the script: 0 only when all was true."""
    print(f"{_held} true, {len(_failed)} not")
    sys.exit(1 if _failed or _held == 0 else 0)
