"""The manifests of real tools are read as they are, and what is wrong with one is said before anybody is served."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from graphql import GraphQLError, build_schema, parse, validate

from api.documents import TrustedDocuments
from core.settings import ConfigurationError

MANIFESTS = Path(__file__).parent / "manifests"
SCHEMA = Path(__file__).parents[3] / "schema.graphql"
NAMES = ("codegen-sha1", "codegen-sha256", "relay-md5", "relay-sha256", "apollo")
TEXT = "query Roles { viewer { roles } }"
DIGEST = sha256(TEXT.encode()).hexdigest()


def written(folder: Path, content: object, name: str = "app.json") -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def apollo(*operations: object, version: object = 1, named: str = "apollo-persisted-query-manifest") -> object:
    return {"format": named, "version": version, "operations": operations}


def ids_and_texts(name: str) -> dict[str, str]:
    manifest = json.loads((MANIFESTS / f"{name}.json").read_text())
    if name == "apollo":
        return {operation["id"]: operation["body"] for operation in manifest["operations"]}
    return dict(manifest)


def hindrance(*paths: Path) -> str:
    with pytest.raises(ConfigurationError) as refused:
        TrustedDocuments.load(paths)
    (line,) = str(refused.value).splitlines()
    assert line.startswith("TRUSTED_DOCUMENTS: ")
    return line.removeprefix("TRUSTED_DOCUMENTS: ")


@pytest.mark.parametrize("name", NAMES)
def test_a_tools_manifest_is_read_as_it_is(name: str) -> None:
    trusted = TrustedDocuments.load([MANIFESTS / f"{name}.json"])
    expected = ids_and_texts(name)
    assert list(trusted) == list(expected.values())
    assert len(trusted) == 3
    by_digest = {sha256(text.encode()).hexdigest(): text for text in expected.values()}
    prefixed = {f"sha256:{digest}": text for digest, text in by_digest.items()}
    assert trusted.by_id == {**expected, **by_digest, **prefixed}


def test_a_folder_of_manifests(tmp_path: Path) -> None:
    trusted = TrustedDocuments.load([MANIFESTS])
    everything = [ids_and_texts(name) for name in sorted(NAMES)]
    assert set(trusted) == {text for manifest in everything for text in manifest.values()}
    assert all(trusted.by_id[key] == text for manifest in everything for key, text in manifest.items())
    # the two of graphql-codegen hold the same texts, and so do the two of Relay
    assert len(trusted) == 9
    again = written(tmp_path, ids_and_texts("relay-md5"))
    assert len(TrustedDocuments.load([MANIFESTS, again])) == 9


def test_no_manifest_at_all() -> None:
    assert len(TrustedDocuments.load([])) == 0


def check(text: str) -> list[GraphQLError]:
    return validate(build_schema(SCHEMA.read_text()), parse(text))


def test_the_schema_takes_what_the_tools_wrote_for_it() -> None:
    assert list(TrustedDocuments.load([MANIFESTS]).refused_by(check)) == []


def test_a_document_that_the_schema_refuses_is_named_and_kept(tmp_path: Path) -> None:
    file = written(tmp_path, {"old": "{ viewer { shoeSize hatSize } }", "new": TEXT})
    trusted = TrustedDocuments.load([file])
    refused = list(trusted.refused_by(check))
    assert refused == [f"{file}: old: Cannot query field 'shoeSize' on type 'Viewer'."]
    assert trusted.by_id["old"] == "{ viewer { shoeSize hatSize } }"


def test_the_other_of_two_manifests_may_say_the_same(tmp_path: Path) -> None:
    relay = written(tmp_path, {"a": TEXT}, "a.json")
    other = written(tmp_path, apollo({"id": "a", "name": "Roles", "type": "query", "body": TEXT}), "b.json")
    trusted = TrustedDocuments.load([relay, other])
    assert trusted.by_id == {"a": TEXT, DIGEST: TEXT, f"sha256:{DIGEST}": TEXT}


def test_two_texts_under_one_id(tmp_path: Path) -> None:
    first = written(tmp_path, {"a": TEXT}, "first.json")
    second = written(tmp_path, {"b": TEXT, "a": "{ __typename }"}, "second.json")
    assert hindrance(tmp_path) == f"{second}: a has another text than {first}: a, under the same id a"


def test_two_texts_under_one_id_in_one_manifest(tmp_path: Path) -> None:
    file = written(tmp_path, '{"a": "{ __typename }", "a": "{ viewer { roles } }"}')
    assert hindrance(file) == f"{file}: a has another text than {file}: a, under the same id a"


@pytest.mark.parametrize("written_as", ["{}", "sha256:{}"])
@pytest.mark.parametrize("digits", ["0" * 64, DIGEST[:-1] + "x", DIGEST[:-1], DIGEST, DIGEST.upper()])
def test_an_id_that_looks_like_a_sha256_is_one(tmp_path: Path, digits: str, written_as: str) -> None:
    identifier = written_as.format(digits)
    file = written(tmp_path, {identifier: TEXT})
    if digits == "0" * 64:
        expected = f"{file}: {identifier} has an id that looks like a SHA-256, but its text has {DIGEST}"
        assert hindrance(file) == expected
    else:
        assert TrustedDocuments.load([file]).by_id[identifier] == TEXT


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "FILE is no JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[" * 100_000, "FILE is no JSON: "),
        ("[]", 'FILE is no manifest: it should be {"id": "query …"} or of the format apollo-persisted-query-manifest'),
        ('"query"', "FILE is no manifest"),
        ({"a": 1}, "FILE: a has no text of an operation"),
        ({"a": ""}, "FILE: a has no text of an operation"),
        ({"": TEXT}, "FILE: has no id"),
        ({"a": "query {"}, "FILE: a cannot be parsed: Syntax Error: Expected Name, found <EOF>. (line 1, column 8)"),
        ({"a": "{ x" * 20_000}, "FILE: a cannot be parsed: "),
        ({"a": "fragment F on Query { __typename }"}, "FILE: a holds no operation"),
        ({"a": "type Query { a: Int }"}, "FILE: a holds no operation"),
        (apollo({"id": "a", "body": TEXT}, "b"), 'FILE: operations[1] is no object such as {"id": "…", "body": "query'),
        (apollo({"name": "Roles", "body": TEXT}), "FILE: operations[0] (Roles) has no id"),
        (apollo({"id": "a", "name": "Roles"}), "FILE: operations[0] (Roles) has no text of an operation"),
        (apollo({"id": "a", "name": "Roles", "body": "{"}), "FILE: operations[0] (Roles) cannot be parsed: Syntax"),
        (apollo(version=2), "FILE is of format apollo-persisted-query-manifest and version 2; what is read is"),
        (apollo(named="other"), "FILE is of format other and version 1; what is read is"),
    ],
)
def test_what_is_wrong_with_a_manifest(tmp_path: Path, content: object, line: str) -> None:
    file = written(tmp_path, content)
    told = hindrance(file)
    assert told.startswith(line.replace("FILE", str(file)))
    assert len(told) < 400


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert hindrance(nowhere) == f"{nowhere} is neither a file nor a folder"
    assert hindrance(tmp_path) == f"{tmp_path} holds no manifest, *.json"
