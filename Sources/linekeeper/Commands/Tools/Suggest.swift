import ArgumentParser
import LinekeeperProto

/// What a shell may offer for a word that is still being typed.
///
/// The shell asks the server of the environment by the hidden command `suggest`; options that come
/// earlier on the same line are not heard.
enum Suggestions {
    static let workspaces = kind(.workspaces)
    static let numbers = kind(.numbers)
    static let agents = kind(.agents)
    static let connections = kind(.connections)
    static let regions = kind(.regions)
    static let orders = kind(.orders)

    /// Waiting longer, a shell seems to hang.
    private static func kind(_ kind: Suggest.Kind) -> CompletionKind {
        .shellCommand("linekeeper suggest \(kind.rawValue) --timeout 2 2>/dev/null")
    }
}

/// Prints what there is of one kind, a line each: for shells.
struct Suggest: SessionCommand {
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case workspaces, numbers, agents, connections, regions, orders
    }

    static let configuration = CommandConfiguration(
        abstract: "Print what a shell may offer as the next word.", shouldDisplay: false)

    private static let countMax: UInt32 = 500

    @Argument(help: "What is being typed.")
    var kind: Kind
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let words =
            kind == .workspaces
            ? try await workspaces(session)
            : try await words(in: try await session.workspaceID(), session)
        // A name that breaks lines could not be typed.
        session.output.lines(words.filter { !$0.isEmpty && SafeText.shown($0) == $0 })
    }

    private func workspaces(_ session: Session) async throws(CLIError) -> [String] {
        try await session.read(
            Proto.ListWorkspacesRequest.with { $0.page = page },
            "/linekeeper.v1.AdminService/ListWorkspaces", Proto.ListWorkspacesResponse.self
        ).workspaces.map(\.name)
    }

    private func words(
        in workspaceID: String, _ session: Session
    ) async throws(CLIError) -> [String] {
        switch kind {
        case .workspaces: []
        case .numbers:
            try await session.read(
                Proto.ListNumbersRequest.with {
                    $0.workspaceID = workspaceID
                    $0.page = page
                }, "/linekeeper.v1.NumberService/ListNumbers", Proto.ListNumbersResponse.self
            ).numbers.map(\.e164)
        case .agents:
            try await session.read(
                Proto.ListAgentsRequest.with {
                    $0.workspaceID = workspaceID
                    $0.page = page
                }, "/linekeeper.v1.AssignmentService/ListAgents", Proto.ListAgentsResponse.self
            ).agents.map(\.agentID)
        case .connections:
            try await session.read(
                Proto.ListConnectionsRequest.with {
                    $0.workspaceID = workspaceID
                    $0.page = page
                }, "/linekeeper.v1.CarrierService/ListConnections",
                Proto.ListConnectionsResponse.self
            ).connections.map(\.name)
        case .regions:
            try await session.read(
                Proto.ListRegionsRequest.with { $0.workspaceID = workspaceID },
                "/linekeeper.v1.NumberService/ListRegions", Proto.ListRegionsResponse.self
            ).regions.map(\.id) + ["default"]
        case .orders:
            try await session.read(
                Proto.ListOrdersRequest.with {
                    $0.workspaceID = workspaceID
                    $0.page = page
                }, "/linekeeper.v1.NumberService/ListOrders", Proto.ListOrdersResponse.self
            ).orders.map(\.orderID)
        }
    }

    private var page: Proto.PageRequest { .with { $0.pageSize = Self.countMax } }
}
