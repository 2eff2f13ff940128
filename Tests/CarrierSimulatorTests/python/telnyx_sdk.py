"""Telnyx's own Python SDK against the simulator: telnyx_sdk.py URL

Orders must be pending for an hour there (order delay): the script moves the clock.
"""

import sys

import telnyx
from telnyx import Telnyx

from checks import check, finish, let_time_pass, refusal

SIMULATOR = sys.argv[1]


def client(key="KEYdemo-customer-api-key"):
    return Telnyx(api_key=key, base_url=SIMULATOR + "/v2", max_retries=0,
                  default_headers={"Host": "api.telnyx.com"})


def money_and_search():
    carrier = client()
    check("the balance is read", carrier.balance.retrieve().data.balance == "500.00")
    refusal("a wrong key is refused", telnyx.AuthenticationError,
            client("KEYwrong").balance.retrieve, status_code=401)
    found = carrier.available_phone_numbers.list(
        filter={"country_code": "US", "features": ["sms", "voice"], "limit": 5,
                "phone_number": {"contains": "555"}})
    check("numbers are found", len(found.data) == 5 and found.meta.total_results == 5)
    first = found.data[0]
    check("what they can do is told", "sms" in [each.name for each in first.features])
    check("prices are strings", first.cost_information.monthly_cost.count(".") == 1)
    refusal("a country is needed", telnyx.BadRequestError,
            lambda: carrier.available_phone_numbers.list(filter={"limit": 1}), status_code=400)
    countries = carrier.country_coverage.retrieve().data
    check("countries are told by name", countries["United States"].code == "US")
    check("a country is told", carrier.country_coverage.retrieve_country("DE").data.code == "DE")
    coverage = carrier.inventory_coverage.list(filter={"country_code": "US"})
    check("stock is told by area", len(coverage.data) > 10)


def search(carrier, country="US", **filters):
    return carrier.available_phone_numbers.list(
        filter={"country_code": country, "limit": 1, **filters}).data[0].phone_number


def life_of_a_number():
    carrier = client()
    application = carrier.texml_applications.create(
        friendly_name="SDK", voice_url="https://example.com/voice").data
    check("an application is made", application.voice_method == "post")
    e164 = search(carrier)
    order = carrier.number_orders.create(
        phone_numbers=[{"phone_number": e164}], connection_id=application.id,
        customer_reference="intent-9").data
    check("an order is pending at first", order.status == "pending")
    listed = carrier.number_orders.list(filter={"customer_reference": "intent-9"}).data
    check("it is found by its reference", [each.id for each in listed] == [order.id])
    pending = carrier.phone_numbers.list(filter={"phone_number": e164[1:]}).data[0]
    check("its number is being bought", pending.status == "purchase-pending")
    let_time_pass(SIMULATOR, 3600)
    done = carrier.number_orders.retrieve(order.id).data
    check("it succeeds", done.status == done.phone_numbers[0].status == "success")
    number = carrier.phone_numbers.list(filter={"phone_number": e164[1:]}).data[0]
    check("the number is active", number.status == "active" and number.id.isdigit())
    check("its id is not the order line's", number.id != done.phone_numbers[0].id)
    check("its type is of the old kind at first", number.phone_number_type == "longcode")
    refusal("it is not sold twice", telnyx.UnprocessableEntityError,
            lambda: carrier.number_orders.create(phone_numbers=[{"phone_number": e164}]),
            status_code=422)
    settings_of(carrier, number)
    check("it is released", carrier.phone_numbers.delete(number.id).data.status == "deleted")
    refusal("then it is not there", telnyx.NotFoundError,
            lambda: carrier.phone_numbers.retrieve(number.id), status_code=404)
    check("the application goes too",
          carrier.texml_applications.delete(application.id).data.id == application.id)


def settings_of(carrier, number):
    other = carrier.texml_applications.create(
        friendly_name="Other", voice_url="https://example.com/other").data
    carrier.phone_numbers.update(number.id, connection_id=other.id, tags=["sdk"])
    read = carrier.phone_numbers.retrieve(number.id).data
    check("the connection is set", read.connection_id == other.id and read.tags == ["sdk"])
    check("the connection shows in voice",
          carrier.phone_numbers.voice.retrieve(number.id).data.connection_id == other.id)
    profile = carrier.messaging_profiles.create(
        name="SDK", whitelisted_destinations=["US"], webhook_url="https://example.com/sms").data
    carrier.phone_numbers.messaging.update(number.id, messaging_profile_id=profile.id)
    check("the messaging profile is set", carrier.phone_numbers.messaging.retrieve(
        number.id).data.messaging_profile_id == profile.id)
    carrier.phone_numbers.messaging.update(number.id, messaging_profile_id="")
    check("the messaging profile is taken away", carrier.phone_numbers.messaging.retrieve(
        number.id).data.messaging_profile_id is None)
    carrier.texml_applications.update(
        other.id, friendly_name="Other", voice_url="https://example.com/new")
    check("an application is changed", carrier.texml_applications.retrieve(
        other.id).data.voice_url == "https://example.com/new")
    check("applications are listed", other.id in [
        each.id for each in carrier.texml_applications.list()])


def paging():
    carrier = client()
    numbers = list(carrier.phone_numbers.list(page_size=7))
    check("pages lead to all numbers, each once",
          len(numbers) == len({each.id for each in numbers}) == 60, len(numbers))
    slim = list(carrier.phone_numbers.slim_list(page_size=50))
    check("the slim list has them too", len(slim) == 60)


def refusals():
    carrier = client()
    refusal("a number must have been searched", telnyx.UnprocessableEntityError,
            lambda: carrier.number_orders.create(
                phone_numbers=[{"phone_number": "+14155550000"}]), status_code=422)
    swedish = search(carrier, "SE")
    refusal("a requirement group is asked for", telnyx.UnprocessableEntityError,
            lambda: carrier.number_orders.create(phone_numbers=[{"phone_number": swedish}]),
            status_code=422)
    empty = client("KEYdemo-empty-api-key")
    e164 = search(empty)
    refusal("without money nothing is sold", telnyx.APIStatusError,
            lambda: empty.number_orders.create(phone_numbers=[{"phone_number": e164}]),
            status_code=402)
    refusal("a suspended account is refused", telnyx.PermissionDeniedError,
            client("KEYdemo-suspended-api-key").balance.retrieve, status_code=403)
    held = search(carrier, reservable=True)
    reservation = carrier.number_reservations.create(
        phone_numbers=[{"phone_number": held}], customer_reference="hold").data
    check("a number is reserved", reservation.phone_numbers[0].status == "success")
    extended = carrier.number_reservations.actions.extend(reservation.id).data
    check("the reservation is extended", extended.phone_numbers[0].expired_at
          > reservation.phone_numbers[0].expired_at)


money_and_search()
paging()
life_of_a_number()
refusals()
finish()
