"""Twilio's own Python SDK against the simulator: twilio_sdk.py URL"""

import sys
from urllib.parse import urlsplit, urlunsplit

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from checks import check, finish, refusal

SIMULATOR = sys.argv[1]
SID = "AC00000000000000000000000000000002"
TOKEN = "demo-customer-auth-token"


class Redirected(TwilioHttpClient):
    """Sends to the simulator what is meant for Twilio, with the host's name in the header."""

    def request(self, method, url, params=None, data=None, headers=None, **rest):
        meant, there = urlsplit(url), urlsplit(SIMULATOR)
        headers = dict(headers or {}, Host=meant.netloc)
        url = urlunsplit((there.scheme, there.netloc, meant.path, meant.query, ""))
        return super().request(method, url, params, data, headers, **rest)


def client(user=SID, password=TOKEN, account=SID, **options):
    return Client(user, password, account_sid=account, http_client=Redirected(), **options)


def account_and_keys():
    twilio = client()
    account = twilio.api.accounts(SID).fetch()
    check("the account is read", account.sid == SID and account.status == "active")
    check("dates are understood", account.date_created.year == 2025)
    check("the balance is read", twilio.api.accounts(SID).balance.fetch().currency == "USD")
    key = twilio.new_keys.create(friendly_name="made here")
    check("a key is made with its secret", key.sid.startswith("SK") and key.secret)
    check("keys are listed", key.sid in [each.sid for each in twilio.keys.list()])
    standard = client(key.sid, key.secret)
    check("the key lists numbers", len(standard.incoming_phone_numbers.list(limit=5)) == 5)
    refusal("the key does not read the account", TwilioRestException,
            lambda: standard.api.accounts(SID).fetch(), status=401, code=20003)
    check("the key is deleted", twilio.keys(key.sid).delete())
    refusal("a wrong token is refused", TwilioRestException,
            lambda: client(password="wrong").api.accounts(SID).fetch(), status=401, code=20003)


def search_and_prices():
    twilio = client()
    countries = twilio.available_phone_numbers.list()
    check("countries are listed", {"US", "GB", "DE"} <= {each.country_code for each in countries})
    germany = twilio.available_phone_numbers("DE").fetch()
    check("a country tells its types", "mobile" in germany.subresource_uris)
    us = twilio.available_phone_numbers("US")
    found = us.local.list(area_code=415, sms_enabled=True, limit=10)
    check("local numbers are found", len(found) == 10
          and all(each.phone_number.startswith("+1415") for each in found))
    check("a search is a sample", len(us.local.list()) <= 30)
    check("a pattern narrows it", all(
        each.phone_number.endswith("7") for each in us.local.list(contains="555***7$")))
    check("toll-free numbers are found", us.toll_free.list(limit=1)[0].capabilities["voice"])
    check("mobile numbers are found", twilio.available_phone_numbers("GB").mobile.list(limit=1))
    check("national numbers are found",
          twilio.available_phone_numbers("GB").national.list(limit=1))
    prices = twilio.pricing.v1.phone_numbers.countries("US").fetch()
    check("prices are strings by type", {"local", "toll free"} == {
        each["number_type"] for each in prices.phone_number_prices})
    check("priced countries are listed",
          len(twilio.pricing.v1.phone_numbers.countries.list()) == len(countries))


def life_of_a_number():
    twilio = client()
    e164 = twilio.available_phone_numbers("US").local.list(limit=1)[0].phone_number
    bought = twilio.incoming_phone_numbers.create(
        phone_number=e164, friendly_name="intent-7", voice_url="https://example.com/voice")
    check("a number is bought", bought.phone_number == e164 and bought.sid.startswith("PN"))
    refusal("it cannot be bought twice", TwilioRestException,
            lambda: twilio.incoming_phone_numbers.create(phone_number=e164),
            status=400, code=21422)
    check("it is found by its name", [each.sid for each in twilio.incoming_phone_numbers.list(
        friendly_name="intent-7")] == [bought.sid])
    check("it is found by a part of it", bought.sid in [
        each.sid for each in twilio.incoming_phone_numbers.list(phone_number=e164[:8] + "*")])
    twilio.incoming_phone_numbers(bought.sid).update(sms_url="https://example.com/sms")
    read = twilio.incoming_phone_numbers(bought.sid).fetch()
    check("settings are kept", (read.voice_url, read.sms_url) == (
        "https://example.com/voice", "https://example.com/sms"))
    routes = twilio.routes.v2.phone_numbers(e164)
    refusal("no region was ever set", TwilioRestException, routes.fetch, status=404, code=20404)
    check("a region is set", routes.update(voice_region="ie1").voice_region == "ie1")
    check("a region is read", routes.fetch().voice_region == "ie1")
    ireland = client(password=TOKEN + "-ie1", region="ie1", edge="dublin")
    there = ireland.incoming_phone_numbers(bought.sid)
    check("a region has its own record", there.fetch().voice_url == "")
    there.update(voice_url="https://ie.example.com/voice")
    check("which is set there", there.fetch().voice_url == "https://ie.example.com/voice")
    check("and not here", twilio.incoming_phone_numbers(
        bought.sid).fetch().voice_url == "https://example.com/voice")
    check("it is released", twilio.incoming_phone_numbers(bought.sid).delete())
    refusal("a second time it is not there", TwilioRestException,
            twilio.incoming_phone_numbers(bought.sid).delete, status=404, code=20404)


def paging():
    everything = client().incoming_phone_numbers.list(page_size=7)
    check("pages lead to all numbers, each once", len(everything) == 60
          and len({each.sid for each in everything}) == 60, len(everything))


def refusals():
    twilio = client()
    numbers = twilio.incoming_phone_numbers
    british = twilio.available_phone_numbers("GB").mobile.list(limit=1)[0].phone_number
    refusal("a bundle is asked for", TwilioRestException,
            lambda: numbers.create(phone_number=british), status=400, code=21649)
    local = twilio.available_phone_numbers("DE").local.list(limit=1)[0].phone_number
    refusal("an address is asked for", TwilioRestException,
            lambda: numbers.create(phone_number=local), status=400, code=21631)
    address = twilio.addresses.create("Acme", "Platz 1", "Berlin", "Berlin", "10115", "DE")
    check("with an address it is sold", numbers.create(
        phone_number=local, address_sid=address.sid).address_sid == address.sid)
    refusal("nonsense is no number", TwilioRestException,
            lambda: numbers.create(phone_number="+1abc"), status=400, code=21421)
    empty = "AC00000000000000000000000000000003"
    refusal("without money nothing is sold", TwilioRestException,
            lambda: client(empty, "demo-empty-auth-token", empty).incoming_phone_numbers.create(
                area_code="415"), status=403, code=20005)
    test = "AC00000000000000000000000000000005"
    magic = client(test, "demo-test-auth-token", test)
    refusal("the magic number is taken", TwilioRestException,
            lambda: magic.incoming_phone_numbers.create(phone_number="+15005550000"),
            status=400, code=21422)
    check("the magic number is sold", magic.incoming_phone_numbers.create(
        phone_number="+15005550006").status == "new")
    refusal("test credentials do nothing else", TwilioRestException,
            magic.incoming_phone_numbers("PN" + "a" * 32).fetch, status=403, code=20008)


account_and_keys()
search_and_prices()
paging()
life_of_a_number()
refusals()
finish()
