#!/usr/bin/env python3
"""Play the requests of this folder, in order, against a running server. Standard library only; see README.md."""

import argparse
import json
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path


def at(value, path):
    """Walk a dotted path; numbers index lists."""
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def contains(actual, wanted):
    """Objects by their named keys, lists by length and order, everything else exactly."""
    if isinstance(wanted, dict) and isinstance(actual, dict):
        return all(key in actual and contains(actual[key], value) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(actual, list):
        return len(actual) == len(wanted) and all(map(contains, actual, wanted))
    return actual == wanted


def fill(value, names):
    """Replace "@name" by what was captured under that name."""
    if isinstance(value, dict):
        return {key: fill(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, names) for item in value]
    if isinstance(value, str) and value.startswith("@"):
        return names[value[1:]]
    return value


class Player:
    def __init__(self, url, token_command):
        self.url, self.token_command, self.tokens, self.names = url, token_command, {}, {}

    def token(self, seat):
        if seat not in self.tokens:
            command = shlex.split(self.token_command.replace("{seat}", shlex.quote(seat)))
            self.tokens[seat] = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        return self.tokens[seat]

    def send(self, seat, query, variables):
        headers = {"content-type": "application/json", "accept": "application/json"}
        if seat != "nobody":
            headers["authorization"] = f"Bearer {self.token(seat)}"
        body = json.dumps({"query": query, "variables": variables}).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url, body, headers), timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return {"http": error.code, "body": error.read().decode(errors="replace")[:2000]}
        except urllib.error.URLError as error:
            raise SystemExit(f"no answer from {self.url}: {error.reason}") from None

    def play(self, file):
        """Send one file's request; return what was not as expected, or None."""
        year = date.today().year
        text = file.read_text().replace("{last_year}", str(year - 1)).replace("{next_year}", str(year + 1))
        lines = [line[3:].strip() for line in text.splitlines() if line.startswith("#:")]
        word = lambda name: [line[len(name) + 1 :] for line in lines if line.startswith(name + " ")]
        variables = fill(json.loads((word("variables") or ["{}"])[0]), self.names)
        answer = self.send(word("seat")[0], text, variables)
        for rule in word("expect"):
            path, sign, wanted = re.fullmatch(r"(\S+) (==|~) (.*)", rule).groups()
            try:
                actual = at(answer, path)
            except (KeyError, IndexError, TypeError, ValueError):
                return f"no {path} in {json.dumps(answer)[:1500]}"
            wanted = fill(json.loads(wanted), self.names)
            if not (actual == wanted if sign == "==" else contains(actual, wanted)):
                return f"{path} {sign} {json.dumps(wanted)}\n      got {json.dumps(actual)[:1500]}"
        if "errors" in answer and not any("errors" in rule for rule in word("expect")):
            return f"errors: {json.dumps(answer['errors'])[:1500]}"
        for rule in word("capture"):
            name, path = rule.split(" = ")
            self.names[name] = at(answer, path)
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000/graphql")
    parser.add_argument("--token-command", default=".venv/bin/chapterhouse token {seat}")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent)
    parser.add_argument("--captured", type=Path, help="a file to write the captured names to, as JSON")
    options = parser.parse_args()
    player, files = Player(options.url, options.token_command), sorted(options.folder.glob("*.graphql"))
    for done, file in enumerate(files):
        if wrong := player.play(file):
            print(f"✗ {file.stem}: {wrong}\n{done} of {len(files)} as expected")
            return 1
        print(f"✓ {file.stem}", flush=True)
    if options.captured:
        options.captured.write_text(json.dumps(player.names))
    print(f"{len(files)} of {len(files)} as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
