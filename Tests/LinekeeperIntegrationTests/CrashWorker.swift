import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport

/// A use of a number, as the crash tests tell them apart.
enum Use: CaseIterable, Hashable, Sendable {
    case inbound, outbound, sms
}

/// What one client knows of a number or an agent of its own.
struct NumberState: Hashable, Sendable {
    var agents: [Use: String] = [:]
    var isEnabled = true
}

struct AgentState: Hashable, Sendable {
    var name: String
    var isPublished: Bool
}

struct WorkerState: Hashable, Sendable {
    /// By E.164.
    var numbers: [String: NumberState] = [:]
    var agents: [String: AgentState] = [:]
}

/// One change, and what holds when it has been made.
struct CrashOperation: Sendable {
    let method: String
    let payload: [UInt8]
    let key: String
    let after: WorkerState
    /// Whether the change leaves an event: saving what is there already leaves none.
    let leavesEvent: Bool
}

/// A client that changes its own numbers and agents, one change after the other, and keeps what it
/// was told.
///
/// Nobody else touches what it owns, so after a crash there are two possibilities at most: the last
/// change it did not hear of was made, or was not.
actor CrashWorker {
    nonisolated let tenant: Tenant
    nonisolated let name: String
    /// What every number of this worker begins with.
    nonisolated let numberPrefix: String
    private let numberIDs: [(e164: String, id: String)]
    private var random: SplitMix
    private var count = 0
    private var isFinishing = false

    /// What the server has acknowledged.
    private(set) var acknowledged: WorkerState
    /// Sent, and not answered.
    private(set) var pending: CrashOperation?
    /// Acknowledged changes with the bytes of the answer.
    private(set) var done: [(operation: CrashOperation, answer: [[UInt8]])] = []

    /// - Parameter numbers: Numbers that are here already and have no agents.
    init(_ name: String, tenant: Tenant, numbers: [(e164: String, id: String)], seed: UInt64) {
        self.name = name
        self.tenant = tenant
        numberIDs = numbers
        numberPrefix = String(numbers.first?.e164.prefix(5) ?? "")
        random = SplitMix(seed)
        acknowledged = WorkerState(
            numbers: Dictionary(uniqueKeysWithValues: numbers.map { ($0.e164, NumberState()) }))
    }

    /// The agents that number `index` may have; no other number has them.
    private func agents(_ index: Int) -> [String] { ["\(name).\(index).a", "\(name).\(index).b"] }

    /// The first change: the agents are put there.
    func prepare(_ client: RPCClient) async throws {
        let ids = numberIDs.indices.flatMap(agents)
        try await tenant.through(client).client.putAgents(ids, in: tenant.id)
        for id in ids {
            acknowledged.agents[id] = AgentState(name: "Agent " + id, isPublished: true)
        }
    }

    /// Has ``run(_:)`` return after the change it is making.
    func finish() { isFinishing = true }

    /// Makes changes until the server is gone or ``finish()`` is called.
    func run(_ client: RPCClient) async throws {
        isFinishing = false
        while !isFinishing {
            let operation = next()
            pending = operation
            do {
                let answer = try await Self.perform(operation, client)
                acknowledge(operation, answer)
            } catch let status as Status where status.code == .unavailable {
                return
            }
        }
    }

    /// Repeats the change whose fate is unknown; afterwards it is known.
    func settle(_ client: RPCClient) async throws {
        guard let operation = pending else { return }
        acknowledge(operation, try await Self.perform(operation, client))
    }

    private func acknowledge(_ operation: CrashOperation, _ answer: [[UInt8]]) {
        done.append((operation, answer))
        acknowledged = operation.after
        pending = nil
    }

    /// Repeats the latest changes; answers those that were answered differently this time.
    func repeated(_ latest: Int, _ client: RPCClient) async throws -> [String] {
        var different: [String] = []
        for (operation, answer) in done.suffix(latest)
        where try await Self.perform(operation, client) != answer {
            different.append("\(operation.method) \(operation.key)")
        }
        return different
    }

    static func perform(
        _ operation: CrashOperation, _ client: RPCClient
    ) async throws -> [[UInt8]] {
        var options = CallOptions(idempotencyKey: operation.key, waitsForServer: false)
        options.requestID = operation.key
        guard operation.method == Method.carrier("ImportNumbers") else {
            return [try await client.call(operation.method, payload: operation.payload, options)]
        }
        var items: [[UInt8]] = []
        for try await item in client.stream(
            operation.method, payload: operation.payload, options)
        {
            items.append(item)
        }
        return items
    }
}

// Which change comes next.
extension CrashWorker {
    private func next() -> CrashOperation {
        count += 1
        let index = Int.random(in: numberIDs.indices, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5: return assignment(index)
        case 5..<7: return toggle(index) ?? assignment(index)
        case 7..<9: return agent(index)
        default: return importing()
        }
    }

    private func operation(
        _ method: String, _ request: some ProtoMessage, _ after: WorkerState
    ) -> CrashOperation {
        CrashOperation(
            method: method, payload: request.encoded(), key: "\(name)-\(count)", after: after,
            leavesEvent: after != acknowledged)
    }

    private func assignment(_ index: Int) -> CrashOperation {
        let number = numberIDs[index]
        let agent = agents(index)[Int.random(in: 0...1, using: &random)]
        let before = acknowledged.numbers[number.e164] ?? NumberState()
        var new = NumberState()
        for use in Use.allCases where Bool.random(using: &random) { new.agents[use] = agent }
        // The toggle lasts as long as the agent whose calls it stops.
        let keepsOutbound = new.agents[.outbound] == before.agents[.outbound]
        new.isEnabled = keepsOutbound ? before.isEnabled : true
        var after = acknowledged
        after.numbers[number.e164] = new
        func change(_ use: Use) -> Proto.ProfileChange {
            new.agents[use].map { .to($0) } ?? .cleared
        }
        return operation(
            Method.assignment("UpdateAssignments"),
            Proto.UpdateAssignmentsRequest.with {
                $0.workspaceID = tenant.id
                $0.numberID = number.id
                $0.inbound = change(.inbound)
                $0.outbound = change(.outbound)
                $0.sms = change(.sms)
                $0.replace = true
            }, after)
    }

    private func toggle(_ index: Int) -> CrashOperation? {
        let number = numberIDs[index]
        guard var state = acknowledged.numbers[number.e164], state.agents[.outbound] != nil else {
            return nil
        }
        state.isEnabled.toggle()
        var after = acknowledged
        after.numbers[number.e164] = state
        return operation(
            Method.assignment("SetOutboundEnabled"),
            Proto.SetOutboundEnabledRequest.with {
                $0.workspaceID = tenant.id
                $0.numberIDs = [number.id]
                $0.enabled = state.isEnabled
            }, after)
    }

    private func agent(_ index: Int) -> CrashOperation {
        let id = agents(index)[Int.random(in: 0...1, using: &random)]
        let state = AgentState(
            name: "Agent \(id) \(count)", isPublished: Int.random(in: 0..<4, using: &random) > 0)
        var after = acknowledged
        after.agents[id] = state
        return operation(
            Method.assignment("PutAgents"),
            Proto.PutAgentsRequest.with {
                $0.workspaceID = tenant.id
                $0.agents = [
                    .with {
                        $0.agentID = id
                        $0.name = state.name
                        $0.status = state.isPublished ? .published : .draft
                    }
                ]
            }, after)
    }

    private func importing() -> CrashOperation {
        let suffix = String(count)
        let e164 = numberPrefix + String(repeating: "0", count: 7 - suffix.count) + suffix
        var after = acknowledged
        after.numbers[e164] = NumberState()
        return operation(
            Method.carrier("ImportNumbers"),
            Proto.ImportNumbersRequest.with {
                $0.workspaceID = tenant.id
                $0.connectionID = tenant.connection
                $0.numbers = [
                    .with {
                        $0.e164 = e164
                        $0.capabilities = [.voice, .sms]
                    }
                ]
            }, after)
    }
}

/// A small random generator with a seed (SplitMix64).
struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
