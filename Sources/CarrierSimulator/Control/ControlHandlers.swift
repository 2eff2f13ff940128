import Foundation

/// Faults, the ledger and the journal.
extension ControlRoute {
    private struct Entries<Entry: Encodable>: Encodable {
        var entries: [Entry]
        var count: Int

        init(_ entries: [Entry]) {
            self.entries = entries
            count = entries.count
        }
    }

    private struct FaultAnswer: Encodable {
        var id: String
        var fault: Fault
    }

    static let observing: [ControlRoute] = [
        ControlRoute("GET", "health") { world, _ in
            try .control(["accounts": world.accounts.count, "ledger": world.ledger.count])
        },
        ControlRoute("GET", "faults") { world, _ in
            try .control(Entries(world.faults.faults.map { FaultAnswer(id: $0, fault: $1) }))
        },
        ControlRoute("POST", "faults") { world, call in
            let fault = try call.body(Fault.self)
            return try .control(
                FaultAnswer(id: world.faults.add(fault), fault: fault), status: 201)
        },
        ControlRoute("DELETE", "faults") { world, _ in
            world.faults.clear()
            return .noContent
        },
        ControlRoute("DELETE", "faults/{id}") { world, call in
            guard world.faults.remove(call["id"]) else {
                throw ControlFailure.notFound("fault \(call["id"])")
            }
            return .noContent
        },
        ControlRoute("GET", "ledger") { world, call in
            func passes(_ name: String, _ value: String) -> Bool {
                call.request.query(name).map { $0 == value } ?? true
            }
            return try .control(
                Entries(
                    world.ledger.filter {
                        passes("account", $0.account) && passes("operation", $0.operation)
                            && passes("e164", $0.e164) && passes("reference", $0.reference)
                    }))
        },
        ControlRoute("GET", "journal") { world, call in
            let match = call.match
            let after = call.request.query("after").flatMap { Int($0) } ?? 0
            return try .control(
                Entries(world.journal.entries.filter { $0.sequence > after && match.matches($0) }))
        },
        ControlRoute("DELETE", "journal") { world, _ in
            world.journal.clear()
            return .noContent
        },
    ]

    private struct AccountChange: Decodable {
        var balanceMicros: Int64?
        var status: Account.Status?
        var level: Account.Level?
        var name: String?
    }

    private struct Seed: Decodable {
        var count: Int
    }

    static let accounts: [ControlRoute] = [
        ControlRoute("GET", "accounts") { world, _ in
            try .control(Entries(world.accounts.values.sorted { $0.id < $1.id }))
        },
        ControlRoute("POST", "accounts") { world, call in
            let account = try call.body(NewAccount.self).account
            try world.control(put: account)
            return try .control(account, status: 201)
        },
        ControlRoute("PATCH", "accounts/{id}") { world, call in
            let change = try call.body(AccountChange.self)
            try world.control(account: call["id"], "account.change") { account in
                account.balanceMicros = change.balanceMicros ?? account.balanceMicros
                account.status = change.status ?? account.status
                account.level = change.level ?? account.level
                account.name = change.name ?? account.name
            }
            return try .control(world.accounts[call["id"]])
        },
        ControlRoute("POST", "accounts/{id}/numbers") { world, call in
            let numbers = try world.control(
                seed: try call.body(Seed.self).count, account: call["id"])
            return try .control(Entries(numbers.map(\.e164)), status: 201)
        },
        ControlRoute("POST", "accounts/{id}/credentials") { world, call in
            let credential = try call.body(NewCredential.self).credential
            try world.control(account: call["id"], "credentials.add") {
                $0.credentials.append(credential)
            }
            return try .control(credential, status: 201)
        },
        ControlRoute("DELETE", "accounts/{id}/credentials") { world, call in
            try world.control(account: call["id"], "credentials.revoke") { $0.credentials = [] }
            return .noContent
        },
        ControlRoute("DELETE", "accounts/{id}/credentials/{key}") { world, call in
            try world.control(account: call["id"], "credentials.revoke") { account in
                account.credentials.removeAll { $0.id == call["key"] }
            }
            return .noContent
        },
    ]

    private struct NumberChange: Decodable {
        var settings: [String: String]?
        var region: Region?
        var isLocked: Bool?
    }

    static let numbers: [ControlRoute] = [
        ControlRoute("GET", "numbers") { world, call in
            try .control(Entries(world.numbers(of: call.request.query("account") ?? "")))
        },
        ControlRoute("PATCH", "numbers/{e164}") { world, call in
            let change = try call.body(NumberChange.self)
            try world.control(number: call["e164"]) { number in
                if let settings = change.settings {
                    number.settings[change.region ?? .us1, default: [:]]
                        .merge(settings) { _, new in new }
                }
                number.isLocked = change.isLocked ?? number.isLocked
            }
            return try .control(world.numbers[call["e164"]])
        },
        ControlRoute("DELETE", "numbers/{e164}") { world, call in
            try world.control(portOut: call["e164"])
            return .noContent
        },
    ]

    private struct OrderSettings: Decodable {
        var delayMs: Int
    }

    private struct OrderEnd: Decodable {
        var outcome: OrderOutcome
        var subject: String?
        var count: Int?
    }

    private struct ClockMove: Decodable {
        var advanceMs: Int
    }

    /// A time span of up to ten years, which a date can be moved by.
    private static func span(_ milliseconds: Int) throws -> Duration {
        guard (0...315_576_000_000).contains(milliseconds) else {
            throw ControlFailure.invalid("Milliseconds must be 0 to 315,576,000,000 (ten years).")
        }
        return .milliseconds(milliseconds)
    }

    static let orders: [ControlRoute] = [
        ControlRoute("GET", "orders") { world, call in
            try .control(Entries(world.orders(of: call.request.query("account") ?? "")))
        },
        ControlRoute("PATCH", "orders") { world, call in
            world.orderPlan.delay = try Self.span(call.body(OrderSettings.self).delayMs)
            return .noContent
        },
        ControlRoute("POST", "orders/plan") { world, call in
            let plan = try call.body(OrderEnd.self)
            world.orderPlan.plan(
                plan.outcome, for: plan.subject ?? "*", count: plan.count ?? 1)
            return .noContent
        },
        ControlRoute("PATCH", "orders/{subject}") { world, call in
            try world.control(
                endOrder: call["subject"], as: try call.body(OrderEnd.self).outcome)
            return .noContent
        },
        ControlRoute("POST", "clock") { world, call in
            world.clock.advance(by: try Self.span(call.body(ClockMove.self).advanceMs))
            return .noContent
        },
    ]
}
