import ArgumentParser
import LinekeeperProto

struct Orders: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Follow the purchases of numbers.",
        subcommands: [List.self, Show.self, Process.self, WatchOrders.self],
        defaultSubcommand: List.self)

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List the orders, newest first.")

        @Option(
            help: "\(choices(Proto.OrderState.self))",
            completion: .list(choiceNames(Proto.OrderState.self)), transform: enumArgument)
        var state: Proto.OrderState?
        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let found = try await session.orders(
                state ?? .unspecified, in: workspaceID, countMax: list.countMax)
            try session.show(found) { found in
                guard !found.orders.isEmpty else {
                    session.output.note(
                        state == nil
                            ? "Nothing has been ordered yet." : "No order is in that state.")
                    return
                }
                session.output.table(OrderView.table(found.orders, session.output.times))
            }
            session.noteRest(found.nextPageToken)
        }
    }

    struct Show: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "Show an order.")

        @Argument(help: "The order's id (ord_...).", completion: Suggestions.orders)
        var order: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let response = try await session.read(
                Proto.GetOrderRequest.with {
                    $0.workspaceID = workspaceID
                    $0.orderID = order
                }, "/linekeeper.v1.NumberService/GetOrder", Proto.GetOrderResponse.self)
            try session.show(response.order ?? Proto.Order()) {
                session.output.details(OrderView.details($0, session.output.times))
            }
        }
    }

    struct Process: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask the carrier about pending orders now, instead of by and by.",
            discussion: """
                  linekeeper orders process
                  linekeeper orders process ord_0123456789
                """)

        @Argument(
            help: "The orders' ids. (default: every pending one)", completion: Suggestions.orders)
        var orders: [String] = []
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            let workspaceID = try await session.workspaceID()
            let response = try await session.change(
                Proto.ProcessOrdersRequest.with {
                    $0.workspaceID = workspaceID
                    $0.orderIDs = orders
                }, "/linekeeper.v1.NumberService/ProcessOrders", Proto.ProcessOrdersResponse.self,
                patience: Session.carrierPatience)
            try session.show(response) { response in
                guard !response.orders.isEmpty else {
                    session.output.note("No order is pending.")
                    return
                }
                session.output.table(OrderView.table(response.orders, session.output.times))
            }
            if response.orders.contains(where: { $0.state == .failed }) { throw .partlyRefused }
        }
    }
}

extension Session {
    func orders(
        _ state: Proto.OrderState, in workspaceID: String, countMax: Int?
    ) async throws(CLIError) -> Proto.ListOrdersResponse {
        try await pages(countMax) { page throws(CLIError) in
            try await read(
                Proto.ListOrdersRequest.with {
                    $0.workspaceID = workspaceID
                    $0.state = state
                    $0.page = page
                }, "/linekeeper.v1.NumberService/ListOrders", Proto.ListOrdersResponse.self)
        } next: {
            $0.nextPageToken
        } merge: {
            $0.orders += $1.orders
            $0.nextPageToken = $1.nextPageToken
        }
    }
}

extension Proto.Order {
    /// It may still become a number, or fail.
    var isPending: Bool { state != .completed && state != .failed }
}

enum OrderView {
    static func table(_ orders: [Proto.Order], _ times: TimeText) -> Table {
        var table = Table([
            .init("number", widthMin: 13), .init("state", widthMin: 9), .init("source"),
            .init("credits", .right), .init("order"), .init("since"), .init("why"),
        ])
        for order in orders {
            table.add([
                .init(order.e164), state(order), .init(order.source.shown),
                .init(ProgressBar.grouped(Int(clamping: order.monthlyCostCredits))),
                .init(order.orderID, .faint), .init(times.text(order.createdAt), .faint),
                .init(why(order)),
            ])
        }
        return table
    }

    static func details(_ order: Proto.Order, _ times: TimeText) -> Details {
        var details = Details()
        details.add("order", order.orderID, .heading)
        details.add("number", order.e164)
        let state = state(order)
        details.add("state", state.text, state.style)
        details.add("why", why(order), .bad)
        details.add("source", order.source.shown)
        details.add(
            "cost",
            "\(ProgressBar.grouped(Int(clamping: order.monthlyCostCredits))) credits a month")
        details.add("number id", order.numberID)
        details.add("since", times.text(order.createdAt))
        details.add("changed", times.text(order.updatedAt))
        return details
    }

    /// `10:08:03  +14155550100  completed`
    static func line(_ order: Proto.Order, _ output: Output) -> String {
        let time =
            output.times.text(order.updatedAt).split(separator: " ").last.map(String.init) ?? ""
        let state = state(order)
        return [
            Style.faint.applied(to: time, color: output.out.color), SafeText.shown(order.e164),
            state.style.applied(to: state.text, color: output.out.color),
            SafeText.shown(why(order)),
        ].joined(by: "  ")
    }

    private static func state(_ order: Proto.Order) -> Table.Cell {
        let text = order.state.shown + (order.isPending && order.overdue ? ", overdue" : "")
        return switch order.state {
        case .completed: .init(text, .good)
        case .failed: .init(text, .bad)
        default: .init(text, .doubtful)
        }
    }

    private static func why(_ order: Proto.Order) -> String {
        order.failureMessage.isEmpty ? order.failureReason : order.failureMessage
    }
}
