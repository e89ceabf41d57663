#!/usr/bin/env python3
"""Cuts the requests that Baton makes out of the services' OpenAPI documents.

    excerpt.py FOLDER   reads FOLDER/{hubspot,openai,pinecone}.json, writes the excerpts beside this file

Kept are the parameters and request bodies of the operations listed below and the schemas that these reach. Answers,
descriptions, examples and vendor extensions are left out: the excerpts judge requests and nothing else.
"""
import json
import pathlib
import sys

CRM = "/crm/objects/2026-09/"
RECORDS = {kind: ["", "/{objectId}", "/search", "/batch/read", "/batch/create", "/batch/update"]
           for kind in ("contacts", "companies")}
RECORDS["deals"] = ["/{objectId}", "/search", "/batch/read"]
# Calls, e-mails and meetings are in no document that we have; HubSpot takes one shape for all kinds, so they are judged
# as deals are.
ALIKE = {CRM + kind + "/batch/read": CRM + "deals/batch/read" for kind in ("calls", "emails", "meetings")}
RECORDS["notes"] = RECORDS["tasks"] = ["", "/{objectId}", "/search", "/batch/create"]

OPERATIONS = {
    "hubspot": [CRM + kind + path for kind, paths in RECORDS.items() for path in paths] + [
        CRM + "{fromObjectType}/{fromObjectId}/associations/default/{toObjectType}/{toObjectId}",
        "/crm/associations/2026-09/{fromObjectType}/{toObjectType}/batch/associate/default",
        "/crm/associations/2026-09/{fromObjectType}/{toObjectType}/batch/read",
        "/crm/owners/2026-09",
        "/crm/properties/2026-09/{objectType}",
        "/crm/properties/2026-09/{objectType}/groups",
        "/crm/lists/2026-09/{listId}/memberships/add",
        "/automation/sequences/2026-09",
        "/automation/sequences/2026-09/enrollments",
        "/automation/sequences/2026-09/enrollments/contact/{contactId}",
        "/account-info/2026-09/details",
    ] + list(ALIKE),
    "openai": ["/chat/completions", "/embeddings", "/models"],
    "pinecone": ["/describe_index_stats", "/query", "/vectors/delete", "/vectors/fetch", "/vectors/list",
                 "/vectors/update", "/vectors/upsert", "/indexes", "/indexes/{index_name}"],
}
METHODS = ("get", "post", "put", "patch", "delete")
# Words about a schema, which allow and forbid nothing. They are names of properties too, so they are dropped only
# where a schema's own keywords stand.
REMARKS = ("description", "title", "example", "examples", "default", "externalDocs", "deprecated", "discriminator")
NAMED = ("properties", "schemas", "parameters", "patternProperties")


def stripped(value, of_names=False):
    if isinstance(value, list):
        return [stripped(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: stripped(item, of_names=not of_names and key in NAMED) for key, item in value.items()
            if of_names or (key not in REMARKS and not key.startswith("x-"))}


def references(value):
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref":
                yield item
            else:
                yield from references(item)


def target(document, reference):
    for part in reference.removeprefix("#/").split("/"):
        document = document[part]
    return document


def excerpt(document, wanted):
    paths = {}
    for path in wanted:
        item = document["paths"][ALIKE.get(path, path)]
        paths[path] = {method: stripped({key: item[method][key] for key in ("parameters", "requestBody")
                                         if key in item[method]})
                       for method in METHODS if method in item}
        if "parameters" in item:
            paths[path]["parameters"] = stripped(item["parameters"])
    components, queue = {}, list(references(paths))
    while queue:
        reference = queue.pop()
        _, section, name = reference.removeprefix("#/").split("/")
        if name in components.setdefault(section, {}):
            continue
        components[section][name] = stripped(target(document, reference))
        queue += references(components[section][name])
    info = {key: document["info"][key] for key in ("title", "version", "license")}
    return {"openapi": document["openapi"], "info": info, "paths": paths,
            "components": {section: dict(sorted(named.items())) for section, named in sorted(components.items())}}


if __name__ == "__main__":
    source, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    for name, wanted in OPERATIONS.items():
        document = json.loads((source / (name + ".json")).read_text())
        text = json.dumps(excerpt(document, wanted), indent=1, ensure_ascii=False)
        (here / (name + ".json")).write_text(text + "\n")
