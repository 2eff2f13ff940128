import ArgumentParser
import LinekeeperProto

struct WatchOrders: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow orders until each is completed or has failed.",
        discussion: """
            Ends with 1 when one failed. Ctrl-C ends the watching; the orders go on.

              linekeeper orders watch
              linekeeper orders watch ord_0123456789 --json
            """)

    @Argument(help: "The orders' ids. (default: every pending one)", completion: Suggestions.orders)
    var orders: [String] = []
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let workspaceID = try await session.workspaceID()
        let ids = orders.isEmpty ? try await pending(workspaceID, session) : orders
        guard !ids.isEmpty else {
            session.output.note("No order is pending.")
            return
        }
        let request = Proto.WatchOrdersRequest.with {
            $0.workspaceID = workspaceID
            $0.orderIDs = ids
        }
        var (watching, ending) = await session.follow(
            [request], "/linekeeper.v1.NumberService/WatchOrders",
            with: WatchingOrders(ids, session.output), isRead: true)
        try watching.summarise(ending)
    }

    private func pending(
        _ workspaceID: String, _ session: Session
    ) async throws(CLIError) -> [String] {
        var ids: [String] = []
        for state in [Proto.OrderState.created, .submitted, .unknown] {
            ids += try await session.orders(state, in: workspaceID, countMax: nil)
                .orders.map(\.orderID)
        }
        return ids
    }
}

/// Orders that are watched until each has ended.
struct WatchingOrders: StreamTally {
    private let output: Output
    private let ids: Set<String>
    private var latest: [String: Proto.Order] = [:]
    private var progress: ProgressLine

    init(_ ids: [String], _ output: Output) {
        self.ids = Set(ids)
        self.output = output
        progress = ProgressLine(output)
    }

    private var ended: Int { latest.values.count { !$0.isPending } }

    var isComplete: Bool { ended >= ids.count }

    mutating func take(_ order: Proto.Order) throws(CLIError) {
        let known = latest.updateValue(order, forKey: order.orderID)
        if output.isJSON {
            try output.json(order, pretty: false)
        } else if known?.state != order.state || known?.overdue != order.overdue {
            progress.clear()
            output.line(OrderView.line(order, output))
        }
        if !isComplete { progress.show(done: ended, total: ids.count) }
    }

    /// - Throws: ``CLIError/partlyRefused`` where an order failed, or why it ended early.
    mutating func summarise(_ ending: StreamEnding) throws(CLIError) {
        progress.clear()
        switch ending {
        case .failed(let error):
            output.note(
                "The orders go on without being watched: see them with 'linekeeper orders'.",
                .doubtful)
            throw error
        case .interrupted:
            output.note("\(ended) of \(ids.count) have ended; the others go on.", .faint)
        case .complete: break
        }
        if latest.values.contains(where: { $0.state == .failed }) { throw .partlyRefused }
    }
}
