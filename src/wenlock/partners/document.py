"""The OpenAPI document, and the same made ready to be read by people."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wenlock.partners.api import api
from wenlock.partners.codes import KINDS, LARGEST, REMEMBERED, SCOPES, Kind
from wenlock.partners.problems import MEDIA_TYPE

FORMATS = {
    "date": "a day, YYYY-MM-DD",
    "date-time": "an instant with its offset, as RFC 3339 has it",
    "uuid": "a UUID",
}
RETRY_AFTER = {"description": "Whole seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
CHALLENGE = {"description": "How to say who you are.", "schema": {"type": "string"}}
PLACE = {
    "description": "Where to ask what became of it.",
    "schema": {"type": "string", "format": "uri-reference"},
}
OWN_WORDS = {
    "id": "statement-20417",
    "words": "I like it when my brother comes. I want him to come more.",
    "written_at": "2026-11-20T16:05:00+00:00",
    "form": "Before a meeting",
    "child": {"first_name": "Alfie", "surname": "Marlow", "date_of_birth": "2017-05-03"},
}
CONTACT = {
    "words": "Alfie came in without a coat again, and says nobody was at home last night.",
    "danger": "today",
    "agreed": "not-asked",
    "sent_by": {"name": "Pat Rowe", "role": "Designated safeguarding lead", "reach": "01632 960123"},
    "children": [
        {"first_name": "Alfie", "surname": "Marlow", "date_of_birth": "2017-05-03", "relationship": "pupil"}
    ],
    "adults": [{"first_name": "Jo", "surname": "Marlow", "relationship": "mother"}],
}


EXAMPLES = {"/api/v1/contacts": CONTACT, "/api/v1/own-words": OWN_WORDS}


@dataclass(frozen=True)
class FieldLine:
    """A field of a body: where it is, whether it must be there, what it takes, and what it means."""

    name: str
    needed: bool
    takes: str
    says: str


@dataclass(frozen=True)
class OperationRead:
    """One operation, for people: how it is asked, what it takes, and each answer it may give."""

    code: str
    title: str
    says: str
    method: str
    path: str
    needs_key: bool
    fields: tuple[FieldLine, ...]
    good: str
    problems: tuple[Kind, ...]
    example: str


@cache
def document() -> Mapping[str, Any]:
    """The OpenAPI 3.1 document of version 1, whole."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    for _, _, operation in _operations(made):
        for status, answer in operation["responses"].items():
            _complete(int(status), answer)
    for path, example in EXAMPLES.items():
        made["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"] = example
    return made


def operations() -> tuple[OperationRead, ...]:
    """Every operation, in the order of the document."""
    whole = document()
    return tuple(_read(whole, path, method, each) for path, method, each in _operations(whole))


def as_markdown() -> str:
    """The reference page of the interface, written from the document."""
    lines = [
        "# The interface for partners",
        "",
        "Written by `wenlock reference` from the OpenAPI document; do not edit.",
        "",
    ]
    lines += [
        f"A body is at most {LARGEST // 1024} KB. A repeat is known for one for {REMEMBERED.days} days.",
        "",
    ]
    lines += [
        "| scope of a key | lets it |",
        "|---|---|",
        *(f"| `{code}` | {says} |" for code, says in SCOPES.items()),
        "",
    ]
    for each in operations():
        lines += [f"## {each.title}", "", f"`{each.method} {each.path}`", "", each.says, ""]
        if each.fields:
            lines += ["| field | needed | takes | means |", "|---|---|---|---|"]
            lines += [
                f"| `{one.name}` | {'yes' if one.needed else ''} | {one.takes} | {one.says} |"
                for one in each.fields
            ]
            lines += [""]
        lines += ["```sh", each.example, "```", "", f"It answers {each.good}, or:", ""]
        lines += [f"- {kind.status} `{kind.code}`: {kind.title}" for kind in each.problems]
        lines += [""]
    return "\n".join(lines)


def _operations(whole: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _complete(status: int, answer: dict[str, Any]) -> None:
    """Say of an answer what the library leaves out: its headers, and that a problem is of its own media type."""
    kinds = [kind for kind in KINDS if kind.status == status]
    if kinds:
        answer["description"] = " ".join(f"{kind.code}: {kind.title}" for kind in kinds)
        answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
    if any(kind.retry for kind in kinds):
        answer["headers"] = {"Retry-After": RETRY_AFTER}
    if status == 401:
        answer["headers"] = {"WWW-Authenticate": CHALLENGE}
    if status == 201:
        answer["headers"] = {"Location": PLACE}
        answer["links"] = {
            "progress": {"operationId": "read_contact", "parameters": {"contact": "$response.body#/id"}}
        }


def _read(whole: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> OperationRead:
    statuses = {int(status) for status in operation["responses"]}
    good = min(statuses)
    return OperationRead(
        code=operation["operationId"],
        title=operation["summary"],
        says=operation["description"],
        method=method,
        path=path,
        needs_key="security" in operation,
        fields=(*_parameters(operation), *_body(whole, operation)),
        good=f"{good} with {', '.join(_answered(whole, operation, good))}",
        problems=tuple(kind for kind in KINDS if kind.status in statuses),
        example=_example(path, method, operation),
    )


def _parameters(operation: Mapping[str, Any]) -> Iterator[FieldLine]:
    for each in operation["parameters"]:
        says = each.get("description", "The id that was answered when the contact was sent.")
        yield FieldLine(f"{each['in']}.{each['name']}", each["required"], _takes({}, each["schema"]), says)


def _body(whole: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[FieldLine]:
    if "requestBody" in operation:
        yield from _fields(whole, operation["requestBody"]["content"]["application/json"]["schema"], "")


def _fields(whole: Mapping[str, Any], schema: Mapping[str, Any], before: str) -> Iterator[FieldLine]:
    found = _followed(whole, schema)
    for name, each in found["properties"].items():
        yield FieldLine(
            before + name, name in found.get("required", ()), _takes(whole, each), each["description"]
        )
        inner = _followed(whole, each)
        listed = _followed(whole, inner.get("items", {}))
        if "properties" in inner:
            yield from _fields(whole, inner, f"{before}{name}.")
        elif "properties" in listed:
            yield from _fields(whole, listed, f"{before}{name}.0.")


def _followed(whole: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema a reference leads to, however it is written; any other schema is itself."""
    (named,) = schema.get("allOf", [schema])
    name = named.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = whole["components"]["schemas"][name] if name else schema
    return found


def _takes(whole: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(schema["enum"])
    if "anyOf" in schema:
        return _takes(whole, schema["anyOf"][0])
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if schema.get("type") == "array":
        return f"at most {schema['maxItems']} of them"
    if schema.get("type") == "string":
        return f"text of at most {schema['maxLength']:,} letters"
    return "true or false" if schema.get("type") == "boolean" else "an object"


def _answered(whole: Mapping[str, Any], operation: Mapping[str, Any], status: int) -> Iterator[str]:
    content = operation["responses"][str(status)]["content"]["application/json"]["schema"]
    yield from _followed(whole, content)["properties"]


def _example(path: str, method: str, operation: Mapping[str, Any]) -> str:
    lines = ["curl --fail-with-body"]
    if "security" in operation:
        lines.append('  --header "Authorization: Bearer $WENLOCK_KEY"')
    if method == "POST":
        lines.append('  --header "Idempotency-Key: $(uuidgen)"')
        lines.append(
            f"  --json @{path.rpartition('/')[2].removesuffix('s') if path.endswith('contacts') else 'own-words'}.json"
        )
    lines.append(f'  "$WENLOCK{path.replace("{contact}", "$CONTACT")}"')
    return " \\\n".join(lines)
