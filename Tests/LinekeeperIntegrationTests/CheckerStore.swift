import LinekeeperTestSupport

/// What a database file says of buying: read beside the server, without asking it.
struct CheckedStore: Sendable {
    /// As the store counts order states.
    enum OrderState: Int, Sendable {
        case created = 1
        case submitted, completed, failed, unknown

        var isFinal: Bool { self == .completed || self == .failed }
    }

    /// As the store counts a number's states.
    enum NumberStatus: Int, Sendable {
        case pending = 1
        case active, pastDue, releasing, released, failed

        /// Whether the carrier has it for us.
        var isHeld: Bool { self == .active || self == .pastDue || self == .releasing }
    }

    struct Order: Sendable {
        var id: String
        var workspace: String
        var e164: String
        var number: Int
        var state: OrderState
        var credits: Int
        var reason = ""
    }

    struct Number: Sendable {
        var key: Int
        var e164: String
        var isBought: Bool
        var status: NumberStatus
    }

    struct Entry: Sendable {
        var workspace: String
        var kind: String
        var credits: Int
        var balanceAfter: Int
        var order = ""
    }

    struct Event: Sendable {
        var action: String
        var order: String
    }

    var orders: [Order] = []
    var numbers: [Number] = []
    /// In the order in which they were booked.
    var entries: [Entry] = []
    /// By workspace.
    var balances: [String: Int] = [:]
    /// Those that name an order.
    var events: [Event] = []
    /// Changes at carriers that are decided and not done.
    var tasks = 0

    /// Whether nothing is under way any more.
    var isQuiet: Bool { tasks == 0 && orders.allSatisfy(\.state.isFinal) }
}

extension CheckedStore {
    init(_ file: StoreFile) throws {
        orders = try file.rows(
            """
            SELECT order_id, w.workspace_id, e164, number_key, state, monthly_cost_credits, reason
            FROM number_order o JOIN workspace w ON w.workspace_key = o.workspace_key
            ORDER BY order_key
            """
        ).map { row in
            Order(
                id: row[0], workspace: row[1], e164: row[2], number: try integer(row[3]),
                state: try state(OrderState(rawValue: integer(row[4])), row),
                credits: try integer(row[5]), reason: row[6])
        }
        numbers = try file.rows("SELECT number_key, e164, origin, status FROM number").map { row in
            Number(
                key: try integer(row[0]), e164: row[1], isBought: row[2] != "3",
                status: try state(NumberStatus(rawValue: integer(row[3])), row))
        }
        entries = try file.rows(
            """
            SELECT w.workspace_id, kind, credits, balance_after, order_id
            FROM credit_entry e JOIN workspace w ON w.workspace_key = e.workspace_key
            ORDER BY entry_key
            """
        ).map { row in
            Entry(
                workspace: row[0], kind: row[1], credits: try integer(row[2]),
                balanceAfter: try integer(row[3]), order: row[4])
        }
        for row in try file.rows("SELECT workspace_id, credit_balance FROM workspace") {
            balances[row[0]] = try integer(row[1])
        }
        events = try file.rows(
            """
            SELECT action, coalesce(
                json_extract(details, '$.order_id'), json_extract(details, '$.after.order_id'))
            FROM event WHERE json_valid(details)
            """
        ).filter { !$0[1].isEmpty }.map { Event(action: $0[0], order: $0[1]) }
        tasks = try integer(file.rows("SELECT count(*) FROM carrier_task")[0][0])
    }
}

private func integer(_ text: String) throws -> Int {
    guard let value = Int(text) else { throw TestFailure("\(text) is no number") }
    return value
}

private func state<State>(_ state: State?, _ row: [String]) throws -> State {
    guard let state else { throw TestFailure("there is no such state: \(row)") }
    return state
}
