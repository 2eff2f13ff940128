import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Synchronization
import Testing

extension Integration {
    @Suite struct RaceTests {
        @Test(arguments: [Proto.NumberExclusivity.agent, .profile])
        func `B033 of 100 agents for one number exactly one wins, the others are told who`(
            exclusivity: Proto.NumberExclusivity
        ) async throws {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server, exclusivity: exclusivity)
                let number = try await acme.importNumbers([e164(1)])[0]
                let agents = (0..<100).map { "agent-\($0)" }
                try await acme.client.putAgents(agents)
                let token = acme.managerToken.secret
                let connections = [
                    try server.client(token: token), try server.client(token: token),
                ]

                let outcomes = try await withThrowingTaskGroup(
                    of: (String, Status?).self
                ) { group in
                    for (index, agent) in agents.enumerated() {
                        let client = connections[index % 2]
                        group.addTask {
                            let refusal = try await Status.refusal {
                                try await client.assign(number) { $0.inbound = .to(agent) }
                            }
                            return (agent, refusal)
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let winners = outcomes.filter { $0.1 == nil }.map(\.0)
                #expect(winners.count == 1)
                let winner = try #require(winners.first)
                for (agent, refusal) in outcomes where agent != winner {
                    #expect(refusal?.code == .alreadyExists)
                    #expect(refusal?.reason == "PROFILE_TAKEN")
                    #expect(refusal?.facts["agent_id"] == winner)
                    #expect(refusal?.message.contains("Agent " + winner) == true)
                }
                #expect(try await acme.client.route(e164(1)).agentID == winner)
            }
        }

        /// What stops outbound calls, and what lets them go on.
        enum Stop: CaseIterable {
            case toggle, numberLock, workspaceLock

            func set(_ stopped: Bool, _ number: String, _ client: RPCClient) async throws {
                switch self {
                case .toggle: try await client.setOutbound(!stopped, numbers: [number])
                case .numberLock: try await client.setLock(stopped, numbers: [number])
                case .workspaceLock: try await client.setLock(stopped)
                }
            }
        }

        @Test(arguments: [(Stop.toggle, 100_000), (.numberLock, 20_000), (.workspaceLock, 20_000)])
        func `B047 B048 no call is authorized that starts after a stop was acknowledged`(
            stop: Stop, callsMin: Int
        ) async throws {
            try await ServerHome.withServer { server in
                let acme = try await Tenant("Acme", on: server)
                let number = try await acme.importNumbers([e164(1)])[0]
                try await acme.client.putAgents(["ada"])
                try await acme.client.assign(number) { $0.outbound = .to("ada") }

                let race = StopRace(callsMin: callsMin)
                let (port, token) = (server.home.port, acme.managerToken.secret)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await onThread { try race.call(Wire(port: port, token: token)) }
                        }
                    }
                    group.addTask {
                        defer { race.end() }
                        while !race.isOver {
                            try await stop.set(true, number, acme.client)
                            race.begin(.stopped)
                            try await race.waitForCalls()
                            race.begin(.changing)
                            try await stop.set(false, number, acme.client)
                            race.begin(.open)
                            try await race.waitForCalls()
                            race.begin(.changing)
                        }
                    }
                    try await group.waitForAll()
                }
                let result = race.result
                #expect(result.granted[.stopped] == nil)
                // The race is one: calls fall into both phases, and into the changes between them.
                #expect(result.refused[.open] == nil)
                #expect(result.total >= callsMin)
                #expect(result.refused[.stopped] ?? 0 > callsMin / 10)
                #expect(result.granted[.open] ?? 0 > callsMin / 10)
            }
        }
    }
}

/// Counts authorizations by the phase that they began and ended in.
private final class StopRace: Sendable {
    enum Phase: Hashable, Sendable {
        /// A stop was acknowledged, and nothing that ends it has been sent.
        case stopped
        /// The end of a stop was acknowledged, and no new one has been sent.
        case open
        /// A change is on its way: either answer is right.
        case changing
    }

    struct Result: Sendable {
        var granted: [Phase: Int] = [:]
        var refused: [Phase: Int] = [:]
        var total = 0
    }

    private struct State {
        var phase = Phase.changing
        /// Grows with every phase, so that two times the same phase are told apart.
        var phaseNumber = 0
        var callsInPhase = 0
        var isEnded = false
        var result = Result()
    }

    private let callsMin: Int
    private let state = Mutex(State())
    /// Calls on their way at once on a connection.
    private static let batch = 32
    /// Calls that a phase lasts for at least.
    private static let callsPerPhase = 512

    init(callsMin: Int) { self.callsMin = callsMin }

    var result: Result { state.withLock { $0.result } }
    /// Enough calls of each kind, however long the changes between the phases take; or far too many.
    var isOver: Bool {
        state.withLock { state in
            let result = state.result
            return result.total >= 20 * callsMin
                || result.total >= callsMin && result.refused[.stopped] ?? 0 > callsMin / 10
                    && result.granted[.open] ?? 0 > callsMin / 10
        }
    }
    func end() { state.withLock { $0.isEnded = true } }

    func begin(_ phase: Phase) {
        state.withLock { state in
            state.phase = phase
            state.phaseNumber += 1
            state.callsInPhase = 0
        }
    }

    func waitForCalls() async throws {
        try await eventually("calls in a phase") {
            state.withLock { $0.callsInPhase >= Self.callsPerPhase || $0.isEnded }
        }
    }

    /// Asks for authorizations until the race is over.
    func call(_ wire: Wire) throws {
        let payload = Proto.AuthorizeOutboundRequest.with {
            $0.agentID = "ada"
            $0.toE164 = "+12125550100"
        }.encoded()
        var callID: UInt64 = 0
        while !state.withLock({ $0.isEnded }) {
            var bytes: [UInt8] = []
            for _ in 0..<Self.batch {
                callID += 1
                bytes +=
                    Proto.Frame.request(
                        callID, Method.assignment("AuthorizeOutbound"), payload
                    ).framed
            }
            let began = state.withLock { ($0.phase, $0.phaseNumber) }
            try wire.send(bytes)
            var granted = 0
            for _ in 0..<Self.batch {
                let status = try wire.response().response.status
                switch status?.detail?.reason {
                case nil where status?.code ?? 0 == 0: granted += 1
                case "OUTBOUND_DISABLED": break
                default: throw TestFailure("unexpected: \(String(describing: status))")
                }
            }
            state.withLock { state in
                let phase = state.phaseNumber == began.1 ? began.0 : .changing
                state.result.total += Self.batch
                state.callsInPhase += Self.batch
                if granted > 0 { state.result.granted[phase, default: 0] += granted }
                let refused = Self.batch - granted
                if refused > 0 { state.result.refused[phase, default: 0] += refused }
            }
        }
    }
}
