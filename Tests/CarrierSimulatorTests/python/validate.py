"""The simulator's answers against the carriers' OpenAPI documents: validate.py URL FOLDER

The folder holds documents whose names begin with `twilio` and `telnyx` and end in
`.openapi.json`. Where the documents are known to differ from what the carriers send, the
difference is named here, and the carriers are followed.
"""

import base64
import json
import pathlib
import sys
import urllib.error
import urllib.request
from urllib.parse import quote

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from checks import check, finish, let_time_pass

SIMULATOR, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
SID = "AC00000000000000000000000000000002"
TWILIO = "Basic " + base64.b64encode(f"{SID}:demo-customer-auth-token".encode()).decode()
TELNYX = "Bearer KEYdemo-customer-api-key"
ACCOUNT = f"/2010-04-01/Accounts/{SID}"

# Declared as numbers, sent as strings, as the documents' own examples show.
STRINGS = {"base_price", "current_price"}
# Declared as strings, null where there is nothing.
NULLABLE = {
    "connection_id", "connection_name", "messaging_profile_id", "messaging_profile_name",
    "billing_group_id", "customer_reference", "external_pin", "emergency_address_id",
    "channel_limit", "outbound_voice_profile_id", "sip_subdomain", "activated_at",
    "webhook_url", "webhook_failover_url", "alpha_sender",
}


def draft(schema, name=""):
    """An OpenAPI 3.0 schema as JSON Schema, with the differences above."""
    if isinstance(schema, list):
        return [draft(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for key, value in schema.items():
        if key in ("example", "description", "discriminator", "xml", "externalDocs"):
            continue
        if key == "properties":
            result[key] = {each: draft(value[each], each) for each in value}
        else:
            result[key] = draft(value)
    if name in STRINGS:
        return {"type": "string"}
    if result.pop("nullable", False) or name in NULLABLE:
        enum = result.get("enum")
        if enum and None not in enum:
            result["enum"] = enum + [None]
        return {"anyOf": [result, {"type": "null"}]}
    return result


class Document:
    def __init__(self, carrier, prefix, authorization):
        (path,) = FOLDER.glob(f"{carrier}*.openapi.json")
        self.document = json.loads(path.read_text())
        self.prefix, self.authorization = prefix, authorization
        self.converted = {key: draft(value) for key, value in self.document.items()
                          if key != "paths"}
        resource = Resource.from_contents(self.converted, default_specification=DRAFT202012)
        self.registry = Registry().with_resource("doc:", resource)
        self.seen = set()

    def schema(self, template, method, status):
        operation = self.document["paths"][template][method.lower()]
        response = operation["responses"][str(status)]
        while "$ref" in response:
            where = self.document
            for part in response["$ref"][2:].split("/"):
                where = where[part]
            response = where
        if "content" not in response:
            return None
        text = json.dumps(draft(response["content"]["application/json"]["schema"]))
        return json.loads(text.replace('"$ref": "#/', '"$ref": "doc:#/'))

    def ask(self, method, template, status=200, query="", body=None, **values):
        """Sends what a template says, and holds the answer against its schema."""
        path = self.prefix + template.format(
            **{name: quote(value) for name, value in values.items()})
        headers = {"Authorization": self.authorization}
        data = None
        if isinstance(body, str):
            data = body.encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(SIMULATOR + path + query, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                found, content = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            found, content = error.code, error.read()
        sentence = f"{method} {template}"
        self.seen.add(sentence)
        check(f"{sentence} answers {status}", found == status, found, content[:300])
        if found != status or not content:
            return {}
        value = json.loads(content)
        schema = self.schema(template, method, status)
        if schema is not None:
            validator = jsonschema.Draft202012Validator(schema, registry=self.registry)
            errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:160]}"
                      for e in validator.iter_errors(value)]
            check(f"{sentence} is as documented", not errors, *errors[:6])
            check(f"{sentence} has a documented content", isinstance(value, dict) and value)
        return value


def twilio():
    ask = Document("twilio", "", TWILIO).ask
    account = "/2010-04-01/Accounts/{AccountSid}"
    at = {"AccountSid": SID}
    ask("GET", "/2010-04-01/Accounts/{Sid}.json", Sid=SID)
    for rest in ["/Balance", "/AvailablePhoneNumbers", "/Keys", "/Addresses",
                 "/IncomingPhoneNumbers"]:
        ask("GET", account + rest + ".json", **at)
    country = account + "/AvailablePhoneNumbers/{CountryCode}"
    ask("GET", country + ".json", **at, CountryCode="GB")
    for kind in ["Local", "TollFree", "Mobile", "National"]:
        found = ask("GET", f"{country}/{kind}.json", **at, CountryCode="GB")
        check(f"{kind} numbers are found", found["available_phone_numbers"])
    key = ask("POST", account + "/Keys.json", 201, body="FriendlyName=key", **at)
    ask("GET", account + "/Keys/{Sid}.json", **at, Sid=key["sid"])
    ask("DELETE", account + "/Keys/{Sid}.json", 204, **at, Sid=key["sid"])
    address = ask("POST", account + "/Addresses.json", 201, **at, body=(
        "CustomerName=A&Street=S&City=B&Region=B&PostalCode=1&IsoCountry=DE"))
    ask("GET", account + "/Addresses/{Sid}.json", **at, Sid=address["sid"])
    bought = ask("POST", account + "/IncomingPhoneNumbers.json", 201, **at,
                 body="AreaCode=415&FriendlyName=x&VoiceUrl=https%3A%2F%2Fexample.com%2Fv")
    number = account + "/IncomingPhoneNumbers/{Sid}.json"
    ask("GET", number, **at, Sid=bought["sid"])
    ask("POST", number, **at, Sid=bought["sid"], body="SmsUrl=https%3A%2F%2Fexample.com%2Fs")
    route = "/v2/PhoneNumbers/{PhoneNumber}"
    ask("POST", route, body="VoiceRegion=ie1", PhoneNumber=bought["phone_number"])
    ask("GET", route, PhoneNumber=bought["phone_number"])
    ask("DELETE", number, 204, **at, Sid=bought["sid"])
    ask("GET", "/v1/PhoneNumbers/Countries")
    ask("GET", "/v1/PhoneNumbers/Countries/{IsoCountry}", IsoCountry="US")


def telnyx():
    document = Document("telnyx", "/v2", TELNYX)
    ask = document.ask
    ask("GET", "/balance")
    # The list of countries is an object by name; the document still has it as a list.
    ask("GET", "/country_coverage/countries/{country_code}", country_code="US")
    ask("GET", "/inventory_coverage", query="?filter%5Bcountry_code%5D=US")
    searched = ask("GET", "/available_phone_numbers", query="?filter%5Bcountry_code%5D=US")
    e164, held = (each["phone_number"] for each in searched["data"][:2])
    application = ask("POST", "/texml_applications", 201,
                      body={"friendly_name": "v", "voice_url": "https://example.com/v"})
    at = {"id": application["data"]["id"]}
    ask("GET", "/texml_applications")
    ask("GET", "/texml_applications/{id}", **at)
    ask("PATCH", "/texml_applications/{id}", **at,
        body={"friendly_name": "w", "voice_url": "https://example.com/w"})
    profile = ask("POST", "/messaging_profiles",
                  body={"name": "p", "whitelisted_destinations": ["US"]})["data"]["id"]
    ask("GET", "/messaging_profiles")
    ask("GET", "/messaging_profiles/{id}", id=profile)
    ask("PATCH", "/messaging_profiles/{id}", id=profile, body={"name": "q"})
    order = ask("POST", "/number_orders", body={
        "phone_numbers": [{"phone_number": e164}], "connection_id": at["id"],
        "messaging_profile_id": profile, "customer_reference": "r"})["data"]
    ask("GET", "/number_orders")
    ask("GET", "/number_orders/{number_order_id}", number_order_id=order["id"])
    ask("PATCH", "/number_orders/{number_order_id}", number_order_id=order["id"],
        body={"customer_reference": "s"})
    part = {"sub_number_order_id": order["sub_number_orders_ids"][0]}
    ask("GET", "/sub_number_orders")
    ask("GET", "/sub_number_orders/{sub_number_order_id}", **part)
    line = order["phone_numbers"][0]["id"]
    ask("GET", "/number_order_phone_numbers")
    ask("GET", "/number_order_phone_numbers/{number_order_phone_number_id}",
        number_order_phone_number_id=line)
    let_time_pass(SIMULATOR, 3600)
    number = ask("GET", "/phone_numbers",
                 query="?filter%5Bphone_number%5D=" + e164[1:])["data"][0]["id"]
    for rest in ["", "/slim", "/voice", "/messaging"]:
        ask("GET", "/phone_numbers" + rest)
    for rest in ["", "/voice", "/messaging"]:
        ask("GET", "/phone_numbers/{id}" + rest, id=number)
    ask("PATCH", "/phone_numbers/{id}", id=number, body={"tags": ["t"]})
    ask("PATCH", "/phone_numbers/{id}/voice", id=number, body={"tech_prefix_enabled": True})
    ask("PATCH", "/phone_numbers/{id}/messaging", id=number, body={"messaging_profile_id": ""})
    ask("DELETE", "/phone_numbers/{id}", id=number)
    ask("DELETE", "/texml_applications/{id}", **at)
    reservation = ask("POST", "/number_reservations", body={
        "phone_numbers": [{"phone_number": held}], "customer_reference": "h"})["data"]["id"]
    ask("GET", "/number_reservations")
    ask("GET", "/number_reservations/{number_reservation_id}", number_reservation_id=reservation)
    ask("POST", "/number_reservations/{number_reservation_id}/actions/extend",
        number_reservation_id=reservation)
    ask("GET", "/phone_numbers_regulatory_requirements",
        query="?filter%5Bphone_number%5D=" + quote(held))
    ask("GET", "/regulatory_requirements", query="?filter%5Bcountry_code%5D=SE")


twilio()
telnyx()
finish()
