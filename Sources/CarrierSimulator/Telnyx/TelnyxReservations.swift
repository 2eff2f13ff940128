import Foundation

/// Numbers held for half an hour before they are ordered.
extension Telnyx {
    static let reservationRoutes: [Route] = [
        Route("GET", "/v2/number_reservations", list),
        Route("POST", "/v2/number_reservations", create),
        Route("GET", "/v2/number_reservations/{id}", retrieve),
        Route("POST", "/v2/number_reservations/{id}/actions/extend", extend),
    ]

    private static let holdSeconds: Double = 30 * 60

    @Sendable private static func list(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var found = world.reservations.values.filter { $0.account == call.account.id }
        if let reference = call.filter("customer_reference") {
            found.removeAll { $0.reference != reference }
        }
        if let e164 = call.filter("phone_numbers.phone_number") {
            found.removeAll { !$0.lines.contains { $0.e164 == e164 } }
        }
        found.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        return TelnyxPage.reply(call, found, describe: describe)
    }

    @Sendable private static func retrieve(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describe(try reservation(of: call, in: world))])
    }

    private static func reservation(
        of call: Call, in world: World
    ) throws(Refusal) -> NumberReservation {
        guard let reservation = world.reservations[call["id"]],
            reservation.account == call.account.id
        else { throw TelnyxError.notFound.refusal }
        return reservation
    }

    @Sendable private static func create(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let body = try call.object()
        let e164s = (body["phone_numbers"]?.array ?? []).compactMap { $0["phone_number"]?.string }
        guard !e164s.isEmpty else { throw TelnyxError.missing("phone_numbers").refusal }
        let now = world.clock.now
        let id = Identifier.uuid(of: "\(call.account.id) reservation \(world.ledger.count)")
        var lines: [NumberReservation.Line] = []
        for e164 in e164s {
            let mine = world.reservations.values.contains { reservation in
                reservation.lines.contains { $0.e164 == e164 && $0.expiresAt > now }
            }
            guard let stock = world.available(e164, at: .telnyx, to: call.account.id), !mine else {
                throw TelnyxError(
                    422, "85006", "Number already reserved",
                    "\(e164) is reserved already or not available."
                ).refusal
            }
            guard stock.reservable else {
                throw TelnyxError.invalid("phone_numbers", "\(e164) cannot be reserved.").refusal
            }
            lines.append(
                .init(
                    id: Identifier.uuid(of: id + e164), e164: e164,
                    expiresAt: now.addingTimeInterval(holdSeconds)))
        }
        let reservation = NumberReservation(
            id: id, account: call.account.id,
            reference: body["customer_reference"]?.string ?? "", lines: lines, createdAt: now,
            updatedAt: now)
        try world.record(
            call, "reservation.create", e164: e164s[0], reference: reservation.reference,
            [.reservation(reservation)])
        return .json(200, ["data": describe(reservation)])
    }

    @Sendable private static func extend(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var reservation = try reservation(of: call, in: world)
        for index in reservation.lines.indices {
            reservation.lines[index].expiresAt.addTimeInterval(holdSeconds)
        }
        reservation.updatedAt = world.clock.now
        try world.record(
            call, "reservation.extend", e164: reservation.lines[0].e164,
            reference: reservation.reference, [.reservation(reservation)])
        return .json(200, ["data": describe(reservation)])
    }

    private static func describe(_ reservation: NumberReservation) -> JSON {
        let createdAt = JSON.string(HTTPDate.iso8601(reservation.createdAt))
        let updatedAt = JSON.string(HTTPDate.iso8601(reservation.updatedAt))
        return [
            "id": .string(reservation.id), "record_type": "number_reservation",
            "status": "success", "customer_reference": .string(reservation.reference),
            "created_at": createdAt, "updated_at": updatedAt,
            "phone_numbers": .array(
                reservation.lines.map { line in
                    [
                        "id": .string(line.id), "record_type": "reserved_phone_number",
                        "phone_number": .string(line.e164), "status": "success",
                        "created_at": createdAt, "updated_at": updatedAt,
                        "expired_at": .string(HTTPDate.iso8601(line.expiresAt)),
                    ]
                }),
        ]
    }
}
