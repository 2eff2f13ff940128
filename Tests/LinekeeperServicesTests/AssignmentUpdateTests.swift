import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperTestSupport
import Testing

/// A save that is refused, and how.
private struct RefusedSave: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var number = "taken"
    var code: Status.Code
    var reason: String
    var facts: [String: String] = [:]
    var edit: @Sendable (inout Proto.UpdateAssignmentsRequest) -> Void
}

/// `ann` holds all of the number `taken`; `idle` is inactive, `bob` is free; `mute` is a number
/// without SMS.
private let refusedSaves = [
    RefusedSave(
        testDescription: "a profile that another holds", code: .alreadyExists,
        reason: "PROFILE_TAKEN",
        facts: [
            "agent_id": "ann", "agent_name": "Agent ann", "profile": "SMS",
            "number": AssignmentStage.e164(1),
        ]
    ) { $0.sms = .agent("bob") },
    RefusedSave(
        testDescription: "an agent with another number", number: "free", code: .alreadyExists,
        reason: "AGENT_HAS_NUMBER",
        facts: ["agent_id": "ann", "number": AssignmentStage.e164(1), "profile": "INBOUND"]
    ) {
        $0.inbound = .agent("ann")
        $0.replace = true
    },
    RefusedSave(
        testDescription: "an unknown agent", code: .notFound, reason: "AGENT_NOT_FOUND",
        facts: ["agent_id": "nobody"]
    ) { $0.sms = .agent("nobody") },
    RefusedSave(
        testDescription: "an inactive agent", number: "free", code: .failedPrecondition,
        reason: "AGENT_INACTIVE", facts: ["agent_id": "idle"]
    ) { $0.sms = .agent("idle") },
    RefusedSave(
        testDescription: "a number without SMS", number: "mute", code: .failedPrecondition,
        reason: "CAPABILITY_MISSING", facts: ["profile": "SMS"]
    ) { $0.sms = .agent("bob") },
    RefusedSave(
        testDescription: "the toggle without an outbound agent", number: "free",
        code: .failedPrecondition, reason: "NO_OUTBOUND_AGENT"
    ) { $0.outboundEnabled = false },
    RefusedSave(
        testDescription: "a stale version", code: .aborted, reason: "VERSION_MISMATCH",
        facts: ["version": "2", "expected_version": "1"]
    ) { $0.expectedVersion = 1 },
    RefusedSave(
        testDescription: "two agents for one number", number: "free", code: .invalidArgument,
        reason: "INVALID_ARGUMENT"
    ) {
        $0.inbound = .agent("bob")
        $0.sms = .agent("ann")
    },
    RefusedSave(
        testDescription: "an id that no agent can have", number: "free", code: .invalidArgument,
        reason: "INVALID_ARGUMENT"
    ) { $0.inbound = .agent("a b") },
    RefusedSave(
        testDescription: "a profile that says nothing", code: .invalidArgument,
        reason: "INVALID_ARGUMENT"
    ) { $0.inbound = Proto.ProfileChange() },
    RefusedSave(
        testDescription: "clear set to false", code: .invalidArgument, reason: "INVALID_ARGUMENT"
    ) { $0.inbound = .with { $0.change = .clear(false) } },
    RefusedSave(
        testDescription: "an unknown number", number: "num_00000000000000000000000000000009",
        code: .notFound, reason: "NUMBER_NOT_FOUND"
    ) { $0.inbound = .cleared },
    RefusedSave(
        testDescription: "no number at all", number: "", code: .invalidArgument,
        reason: "INVALID_ARGUMENT"
    ) { $0.inbound = .cleared },
    RefusedSave(
        testDescription: "another workspace", code: .notFound, reason: "WORKSPACE_NOT_FOUND"
    ) { $0.workspaceID = WorkspaceID(high: 2, low: 1).description },
]

@Suite struct AssignmentUpdateTests {
    @Test func `B020 B024 B031 a save is answered with the number, its agents' names and warnings`()
        async throws
    {
        try await AssignmentStage.run { stage in
            let number = try await stage.addNumber(1, webhookMode: .outboundOnly)
            try await stage.putAgents(["ann"], status: .draft)
            let reply = try await stage.update(number) {
                $0.inbound = .agent("ann")
                $0.outbound = .agent("ann")
                $0.outboundEnabled = false
            }
            let shown = try #require(reply.number)
            #expect(shown.numberID == number)
            #expect(shown.version == 2)
            #expect(!shown.outboundEnabled)
            #expect(shown.assignments?.inbound?.agentName == "Agent ann")
            #expect(shown.assignments?.outbound?.agentID == "ann")
            #expect(shown.assignments?.sms == nil)
            #expect(
                reply.warnings.map(\.code) == [
                    "AGENT_NOT_PUBLISHED", "WEBHOOKS_NOT_MANAGED", "AGENT_NOT_PUBLISHED",
                ])
            #expect(reply.warnings.map(\.profile) == [.inbound, .inbound, .outbound])

            let cleared = try await stage.update(number) {
                $0.inbound = .agent("")
                $0.outbound = .cleared
            }
            #expect(cleared.number?.assignments?.inbound == nil)
            #expect(cleared.number?.assignments?.outbound == nil)
            #expect(cleared.number?.outboundEnabled == true)
            #expect(cleared.number?.version == 3)
            #expect(cleared.warnings.isEmpty)
        }
    }

    @Test(arguments: refusedSaves)
    fileprivate func `B026 B027 B028 a refused save says why, in words a program can read`(
        _ save: RefusedSave
    ) async throws {
        try await AssignmentStage.run { stage in
            let numbers = [
                "taken": try await stage.addNumber(1), "free": try await stage.addNumber(2),
                "mute": try await stage.addNumber(3, capabilities: [.voice]),
            ]
            try await stage.putAgents(["ann", "bob"])
            try await stage.putAgents(["idle"], status: .inactive)
            try await stage.update(numbers["taken"] ?? "") {
                $0.inbound = .agent("ann")
                $0.outbound = .agent("ann")
                $0.sms = .agent("ann")
            }
            let number = numbers[save.number] ?? save.number
            let told = await stage.updateRefusal(number, save.edit)
            let refusal = try #require(told)
            #expect(refusal.code == save.code)
            #expect(refusal.reason == save.reason)
            #expect(!refusal.message.isEmpty)
            for (name, value) in save.facts { #expect(refusal.facts[name] == value) }
        }
    }

    @Test func `B026 replace takes the number over`() async throws {
        try await AssignmentStage.run { stage in
            let number = try await stage.addNumber(1)
            try await stage.putAgents(["ann", "bob"])
            try await stage.update(number) {
                $0.inbound = .agent("ann")
                $0.outbound = .agent("ann")
            }
            let reply = try await stage.update(number) {
                $0.outbound = .agent("bob")
                $0.replace = true
            }
            #expect(reply.number?.assignments?.outbound?.agentID == "bob")
            #expect(reply.number?.assignments?.inbound == nil)
        }
    }

    @Test func `B033 of many agents at once one gets the number, the others are told who`()
        async throws
    {
        try await AssignmentStage.run { stage in
            let number = try await stage.addNumber(1)
            let names = (0..<100).map { "agent-\($0)" }
            try await stage.putAgents(names)
            let second = try stage.client(.manager)
            let refusals = await withTaskGroup(of: Status?.self) { group in
                for (index, name) in names.enumerated() {
                    let client = index % 2 == 0 ? stage.manager : second
                    group.addTask {
                        await client.refusal(
                            AssignmentStage.update(number) {
                                $0.inbound = .agent(name)
                                $0.sms = .agent(name)
                            }, AssignmentStage.path("UpdateAssignments"))
                    }
                }
                return await group.reduce(into: [Status?]()) { $0.append($1) }
            }
            #expect(refusals.count { $0 == nil } == 1)
            let holder = try await stage.update(number) { _ in }.number?.assignments?.inbound
            #expect(holder != nil)
            for refusal in refusals.compactMap({ $0 }) {
                #expect(refusal.reason == "PROFILE_TAKEN")
                #expect(refusal.facts["agent_id"] == holder?.agentID)
            }
            await second.close()
        }
    }

    @Test func `B029 B201 only a manager may assign, switch, lock and change agents`() async throws
    {
        try await AssignmentStage.run { stage in
            for role in [Role.viewer, .runtime] {
                let client = try stage.client(role)
                let refusals = [
                    await client.refusal(
                        Proto.UpdateAssignmentsRequest(), AssignmentStage.path("UpdateAssignments")),
                    await client.refusal(
                        Proto.SetOutboundEnabledRequest(),
                        AssignmentStage.path("SetOutboundEnabled")),
                    await client.refusal(
                        Proto.SetOutboundLockRequest(), AssignmentStage.path("SetOutboundLock")),
                    await client.refusal(
                        Proto.PutAgentsRequest(), AssignmentStage.path("PutAgents")),
                    await client.refusal(
                        Proto.DeleteAgentRequest(), AssignmentStage.path("DeleteAgent")),
                ]
                for refusal in refusals {
                    #expect(refusal?.code == .permissionDenied)
                    #expect(refusal?.message.contains("manager") == true)
                }
                await client.close()
            }
        }
    }

    @Test func `B200 what is another workspace's looks as if it were not there`() async throws {
        try await AssignmentStage.run { stage in
            let foreign = try await stage.addNumber(1, in: stage.other)
            let unknown = NumberID(high: 9, low: 9).description
            var told: [Status?] = []
            for number in [foreign, unknown] {
                var refusal = await stage.updateRefusal(number) { $0.inbound = .cleared }
                refusal?.facts["request_id"] = nil
                told.append(refusal)
            }
            #expect(told[0]?.reason == "NUMBER_NOT_FOUND")
            #expect(told[0] == told[1])
        }
    }

    @Test func `B204 a save sent twice with one key happens once`() async throws {
        try await AssignmentStage.run { stage in
            let number = try await stage.addNumber(1)
            try await stage.putAgents(["ann", "bob"])
            let request = AssignmentStage.update(number) { $0.inbound = .agent("ann") }
            let options = CallOptions(idempotencyKey: "once")
            let path = AssignmentStage.path("UpdateAssignments")
            let first = try await stage.manager.call(path, payload: request.encoded(), options)
            try await stage.update(number) { $0.inbound = .cleared }
            let second = try await stage.manager.call(path, payload: request.encoded(), options)
            #expect(first == second)
            #expect(try await stage.update(number) { _ in }.number?.version == 3)
            let other = AssignmentStage.update(number) { $0.inbound = .agent("bob") }
            #expect(
                await stage.manager.refusal(other, path, options)?.reason
                    == "IDEMPOTENCY_KEY_REUSED")
        }
    }
}
