import Foundation

/// Orders for numbers: taken at once, fulfilled later.
extension Telnyx {
    static let orderRoutes: [Route] = [
        Route("GET", "/v2/number_orders", list), Route("POST", "/v2/number_orders", create),
        Route("GET", "/v2/number_orders/{id}", retrieve),
        Route("PATCH", "/v2/number_orders/{id}", update),
    ]

    @Sendable private static func list(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        var orders = world.orders(of: call.account.id)
        if let reference = call.filter("customer_reference") {
            orders.removeAll { $0.reference != reference }
        }
        if let status = call.filter("status") { orders.removeAll { $0.status.rawValue != status } }
        if let count = call.filter("phone_numbers_count").flatMap({ Int($0) }) {
            orders.removeAll { $0.lines.count != count }
        }
        if let met = call.filter("requirements_met") {
            orders.removeAll { $0.requirementsMet != (met == "true") }
        }
        if let after = call.request.query("filter[created_at][gt]") {
            orders.removeAll { HTTPDate.iso8601($0.createdAt) <= after }
        }
        if let before = call.request.query("filter[created_at][lt]") {
            orders.removeAll { HTTPDate.iso8601($0.createdAt) >= before }
        }
        orders = world.lags.visible(orders, at: world.clock.now) { $0.id }
        return TelnyxPage.reply(call, orders) { order in
            describe(order).merging([
                "phone_numbers": .array(
                    order.lines.map { ["id": .string($0.id), "phone_number": .string($0.e164)] })
            ])
        }
    }

    @Sendable private static func retrieve(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        .json(200, ["data": describe(try order(of: call, in: world))])
    }

    private static func order(of call: Call, in world: World) throws(Refusal) -> NumberOrder {
        guard let order = world.orders[call["id"]], order.account == call.account.id else {
            throw TelnyxError.notFound.refusal
        }
        return order
    }

    @Sendable private static func create(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let body = try call.object()
        let asked = try lines(of: body)
        for line in asked { try admit(line.e164, in: world, call) }
        var order = NumberOrder(
            id: Identifier.uuid(of: "\(call.account.id) order \(world.ledger.count)"),
            account: call.account.id, reference: body["customer_reference"]?.string ?? "",
            connectionID: body["connection_id"]?.string ?? "",
            messagingProfileID: body["messaging_profile_id"]?.string ?? "",
            billingGroupID: body["billing_group_id"]?.string ?? "", lines: [], costMicros: 0,
            endsAt: world.clock.now.addingTimeInterval(world.orderPlan.delay.timeInterval),
            outcome: .success, createdAt: world.clock.now, updatedAt: world.clock.now)
        try checkTargets(of: order, in: world)
        var numbers: [Change] = []
        for (e164, group) in asked {
            let stock = try stock(e164, group: group, in: world, call)
            order.costMicros += stock.monthlyMicros + stock.upfrontMicros
            order.lines.append(line(of: order, stock))
            var number = world.own(stock, account: call.account, reference: order.reference)
            number.status = .purchasePending
            number.settings[.us1] = [
                "connection_id": order.connectionID,
                "messaging_profile_id": order.messagingProfileID,
                "billing_group_id": order.billingGroupID,
            ]
            numbers.append(.number(number))
        }
        var account = call.account
        guard account.balanceMicros >= order.costMicros else { throw TelnyxError.noFunds.refusal }
        account.balanceMicros -= order.costMicros
        order.outcome = world.orderPlan.outcome(
            numbers: asked.map(\.e164), reference: order.reference)
        try world.record(
            call, "order.create", e164: asked[0].e164, reference: order.reference,
            numbers + [.order(order), .account(account)])
        return .json(200, ["data": describe(order)])
    }

    /// The numbers that an order asks for, each with its requirement group if it names one.
    private static func lines(
        of body: JSON
    ) throws(Refusal) -> [(e164: String, group: String?)] {
        guard let items = body["phone_numbers"]?.array, !items.isEmpty else {
            throw TelnyxError.missing("phone_numbers").refusal
        }
        var lines: [(e164: String, group: String?)] = []
        for (index, item) in items.enumerated() {
            let pointer = "phone_numbers/\(index)/phone_number"
            guard let e164 = item["phone_number"]?.string else {
                throw TelnyxError.missing(pointer).refusal
            }
            let digits = e164.dropFirst()
            guard e164.first == "+", (7...15).contains(digits.count),
                digits.allSatisfy(\.isASCIIDigit)
            else {
                throw TelnyxError(
                    422, "10016", "Phone number must be in +E.164 format",
                    "'\(e164)' is not in the +E.164 format.", at: "/" + pointer
                ).refusal
            }
            guard !lines.contains(where: { $0.e164 == e164 }) else {
                throw TelnyxError.invalid(pointer, "'\(e164)' is in the order twice.").refusal
            }
            lines.append((e164, item["requirement_group_id"]?.string))
        }
        return lines
    }

    /// Whether the account has looked for a number lately.
    private static func admit(
        _ e164: String, in world: World, _ call: Call
    ) throws(Refusal) {
        let seen = world.searches[call.account.id]?[e164]
        guard let seen, world.clock.now.timeIntervalSince(seen) <= searchSeconds else {
            throw TelnyxError(
                422, "85000", "Number must be searched first",
                "You must search for the number through our API before attempting to purchase: "
                    + e164
            ).refusal
        }
    }

    /// A number that the account may have now.
    private static func stock(
        _ e164: String, group: String?, in world: World, _ call: Call
    ) throws(Refusal) -> StockNumber {
        guard let stock = world.available(e164, at: .telnyx, to: call.account.id) else {
            throw TelnyxError(
                422, "85001", "Numbers no longer available",
                "The requested phone numbers are no longer available: " + e164
            ).refusal
        }
        if call.account.level == .paid, stock.country != "US" || stock.type != .local {
            throw TelnyxError(
                403, "10039", "Feature limit reached at this account level",
                "This account level may only order local numbers of its own country."
            ).refusal
        }
        if Country.requirementGroups.contains(stock.country),
            call.account.requirementGroups[group ?? ""] != stock.country
        {
            throw TelnyxError.invalid(
                "phone_numbers/0/requirement_group_id",
                "Numbers of \(stock.country) need an approved requirement group."
            ).refusal
        }
        return stock
    }

    /// Whether the account has what the numbers are to be connected to.
    private static func checkTargets(of order: NumberOrder, in world: World) throws(Refusal) {
        if !order.connectionID.isEmpty {
            guard world.applications[order.connectionID]?.account == order.account else {
                throw TelnyxError(
                    422, "85004", "Bad connection_id", "The connection_id is not one of yours.",
                    at: "/connection_id"
                ).refusal
            }
        }
        if !order.messagingProfileID.isEmpty {
            guard world.profiles[order.messagingProfileID]?.account == order.account else {
                throw TelnyxError(
                    422, "85005", "Bad messaging_profile_id",
                    "The messaging_profile_id is not one of yours.", at: "/messaging_profile_id"
                ).refusal
            }
        }
    }

    private static func line(of order: NumberOrder, _ stock: StockNumber) -> NumberOrder.Line {
        NumberOrder.Line(
            id: Identifier.uuid(of: order.id + stock.e164), e164: stock.e164,
            country: stock.country, type: stock.type,
            subOrder: Identifier.uuid(of: order.id + stock.country + stock.type.rawValue),
            requirementsMet: !(Country.paperwork.contains(stock.country) && stock.type == .local),
            status: .pending)
    }

    /// Takes another reference, and the papers that were missing.
    @Sendable private static func update(
        _ world: inout World, _ call: Call
    ) throws(Refusal) -> Reply {
        let body = try call.object()
        var order = try order(of: call, in: world)
        if let reference = body["customer_reference"]?.string { order.reference = reference }
        if let papers = body["regulatory_requirements"]?.array, !papers.isEmpty {
            for index in order.lines.indices { order.lines[index].requirementsMet = true }
            order.endsAt = world.clock.now.addingTimeInterval(
                world.orderPlan.delay.timeInterval)
        }
        order.updatedAt = world.clock.now
        try world.record(
            call, "order.update", e164: order.lines.first?.e164 ?? "",
            reference: order.reference, [.order(order)])
        return .json(200, ["data": describe(order)])
    }

    static func describe(_ order: NumberOrder) -> JSON {
        [
            "id": .string(order.id), "record_type": "number_order",
            "phone_numbers_count": .int(order.lines.count),
            "connection_id": order.connectionID.isEmpty ? .null : .string(order.connectionID),
            "messaging_profile_id": order.messagingProfileID.isEmpty
                ? .null : .string(order.messagingProfileID),
            "billing_group_id": order.billingGroupID.isEmpty
                ? .null : .string(order.billingGroupID),
            "phone_numbers": .array(order.lines.map { describe($0, of: order) }),
            "sub_number_orders_ids": .array(
                Set(order.lines.map(\.subOrder)).sorted().map { .string($0) }),
            "status": .string(order.status.rawValue),
            "customer_reference": order.reference.isEmpty ? .null : .string(order.reference),
            "requirements_met": .bool(order.requirementsMet),
            "created_at": .string(HTTPDate.iso8601(order.createdAt)),
            "updated_at": .string(HTTPDate.iso8601(order.updatedAt)),
        ]
    }

    /// A line of an order: its id is its own, never the number's.
    static func describe(_ line: NumberOrder.Line, of order: NumberOrder) -> JSON {
        let requirements =
            switch (line.status, line.requirementsMet) {
            case (.cancelled, _): "cancelled"
            case (_, false): "requirement-info-pending"
            case (.pending, true): "pending"
            case (_, true): "approved"
            }
        return [
            "id": .string(line.id), "record_type": "number_order_phone_number",
            "phone_number": .string(line.e164), "country_code": .string(line.country),
            "phone_number_type": .string(line.type.telnyx),
            "order_request_id": .string(order.id),
            "sub_number_order_id": .string(line.subOrder),
            "requirements_met": .bool(line.requirementsMet),
            "requirements_status": .string(requirements),
            "status": .string(line.status.rawValue), "regulatory_requirements": [],
            "is_block_number": false,
        ]
    }
}
