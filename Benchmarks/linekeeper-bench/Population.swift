import LinekeeperProto

/// The numbers and agents that a benchmarked server holds, and the requests about them.
///
/// Number `k` and agent `k` belong to workspace `k / 10,000`. The first three quarters of the
/// numbers are assigned, each to the agent of its own place in all three profiles; writers assign
/// and clear the others. Whatever is named by a number carries it as digits of fixed width.
struct Population: Sendable {
    let numbers: UInt64

    static let numbersPerWorkspace: UInt64 = 10_000
    /// What E.164 texts begin at: number 0 is +12000000000.
    static let firstE164: UInt64 = 12_000_000_000
    /// The first 20 digits of a UUIDv7; the key follows.
    static let identifierHead = "0192f3c1a2b37c4d8e9f"

    var assigned: UInt64 { numbers - unassigned }
    var unassigned: UInt64 { numbers / 4 }
    var workspaces: UInt64 {
        (numbers + Population.numbersPerWorkspace - 1) / Population.numbersPerWorkspace
    }

    private static let first = "900000000001"
    private static let second = "900000000002"
    private static let third = "900000000003"

    /// Who answers? About an assigned number.
    func routeInbound() throws(BenchError) -> RequestSet {
        let digits = "90000000001"
        let requests = RequestSet(keys: assigned, order: .random)
        try requests.add(
            method: "/linekeeper.v1.AssignmentService/RouteInbound",
            Proto.RouteInboundRequest.with {
                $0.calledE164 = "+\(digits)"
                $0.channel = .voice
                $0.callerE164 = "+14155550100"
            },
            digits: [KeyDigits(placeholder: digits, base: Population.firstE164)])
        return requests
    }

    /// May it call? About an agent with an outbound number.
    func authorizeOutbound() throws(BenchError) -> RequestSet {
        let requests = RequestSet(keys: assigned, order: .random)
        try requests.add(
            method: "/linekeeper.v1.AssignmentService/AuthorizeOutbound",
            Proto.AuthorizeOutboundRequest.with {
                $0.workspaceID = "wsp_\(Population.identifierHead)\(Population.first)"
                $0.agentID = "agent_\(Population.second)"
                $0.toE164 = "+14155550100"
                $0.initiator = .automation
            },
            digits: [workspace(skip: 0), KeyDigits(placeholder: Population.second)])
        return requests
    }

    /// Assigns each unassigned number to the agent of its place, then clears each, and so on: every
    /// call changes something.
    func updateAssignments() throws(BenchError) -> RequestSet {
        let requests = RequestSet(keys: unassigned, order: .sequence)
        let method = "/linekeeper.v1.AssignmentService/UpdateAssignments"
        let number = KeyDigits(placeholder: Population.second, skip: assigned)
        var message = Proto.UpdateAssignmentsRequest.with {
            $0.workspaceID = "wsp_\(Population.identifierHead)\(Population.first)"
            $0.numberID = "num_\(Population.identifierHead)\(Population.second)"
        }
        message.inbound = .with { $0.change = .agentID("agent_\(Population.third)") }
        try requests.add(
            method: method, message,
            digits: [
                workspace(skip: assigned), number,
                KeyDigits(placeholder: Population.third, skip: assigned),
            ])
        message.inbound = .with { $0.change = .clear(true) }
        try requests.add(
            method: method, message, digits: [workspace(skip: assigned), number])
        return requests
    }

    private func workspace(skip: UInt64) -> KeyDigits {
        KeyDigits(
            placeholder: Population.first, skip: skip, divide: Population.numbersPerWorkspace)
    }

    /// Does it serve? Needs no token.
    static func healthCheck() throws(BenchError) -> RequestSet {
        let requests = RequestSet(keys: 1, order: .random)
        try requests.add(
            method: "/grpc.health.v1.Health/Check", Proto.HealthCheckRequest(), digits: [])
        return requests
    }
}
