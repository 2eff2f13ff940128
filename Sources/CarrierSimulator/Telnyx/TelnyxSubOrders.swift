/// The parts of an order by country and type, and its lines.
extension Telnyx {
    static let subOrderRoutes: [Route] = [
        Route("GET", "/v2/sub_number_orders", subOrders),
        Route("GET", "/v2/sub_number_orders/{id}", subOrder),
        Route("PATCH", "/v2/sub_number_orders/{id}/cancel", cancel),
        Route("GET", "/v2/number_order_phone_numbers", orderLines),
        Route("GET", "/v2/number_order_phone_numbers/{id}", orderLine),
    ]

    private static func all(of call: Call, in world: World) -> [(NumberOrder, NumberOrder.Line)] {
        world.orders(of: call.account.id).flatMap { order in order.lines.map { (order, $0) } }
    }

    @Sendable private static func subOrders(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var parts = parts(of: call, in: world)
        if let id = call.filter("order_request_id") { parts.removeAll { $0.order.id != id } }
        if let status = call.filter("status") {
            parts.removeAll { $0.lines[0].status.rawValue != status }
        }
        if let country = call.filter("country_code") {
            parts.removeAll { $0.lines[0].country != country }
        }
        if let type = call.filter("phone_number_type") {
            parts.removeAll { $0.lines[0].type.telnyx != type }
        }
        return TelnyxPage.reply(call, parts) { describe($0) }
    }

    private struct Part {
        var order: NumberOrder
        /// Never empty.
        var lines: [NumberOrder.Line]
    }

    private static func parts(of call: Call, in world: World) -> [Part] {
        world.orders(of: call.account.id).flatMap { order in
            Dictionary(grouping: order.lines, by: \.subOrder).sorted { $0.key < $1.key }.map {
                Part(order: order, lines: $0.value)
            }
        }
    }

    private static func part(of call: Call, in world: World) throws(Refusal) -> Part {
        guard
            let part = parts(of: call, in: world).first(where: {
                $0.lines[0].subOrder == call["id"]
            })
        else { throw TelnyxError.notFound.refusal }
        return part
    }

    @Sendable private static func subOrder(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describe(try part(of: call, in: world))])
    }

    /// Cancels what is still pending. An order of one part, which is the only kind that a cancelled
    /// part can be told from here, is cancelled with it.
    @Sendable private static func cancel(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let part = try part(of: call, in: world)
        guard part.order.status == .pending else {
            throw TelnyxError.invalid("status", "Only a pending sub order can be cancelled.")
                .refusal
        }
        world.end(part.order, as: .cancelled, cause: .request)
        return .json(200, ["data": describe(try self.part(of: call, in: world))])
    }

    private static func describe(_ part: Part) -> JSON {
        let line = part.lines[0]
        return [
            "id": .string(line.subOrder), "record_type": "sub_number_order",
            "order_request_id": .string(part.order.id), "country_code": .string(line.country),
            "phone_number_type": .string(line.type.telnyx),
            "user_id": .string(part.order.account), "regulatory_requirements": [],
            "phone_numbers_count": .int(part.lines.count),
            "requirements_met": .bool(part.lines.allSatisfy(\.requirementsMet)),
            "status": .string(line.status.rawValue),
            "customer_reference": .string(part.order.reference),
            "is_block_sub_number_order": false,
            "created_at": .string(HTTPDate.iso8601(part.order.createdAt)),
            "updated_at": .string(HTTPDate.iso8601(part.order.updatedAt)),
        ]
    }

    @Sendable private static func orderLines(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let country = call.filter("country_code")
        let lines = all(of: call, in: world).filter { country == nil || $0.1.country == country }
        return TelnyxPage.reply(call, lines) { describe($0.1, of: $0.0) }
    }

    @Sendable private static func orderLine(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        guard let found = all(of: call, in: world).first(where: { $0.1.id == call["id"] }) else {
            throw TelnyxError.notFound.refusal
        }
        return .json(200, ["data": describe(found.1, of: found.0)])
    }
}
