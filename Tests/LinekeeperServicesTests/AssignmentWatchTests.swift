import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperTestSupport
import Testing

@Suite struct AssignmentWatchTests {
    private typealias Watch = ClientStream<Proto.RouteChange>

    private func watch(
        _ client: RPCClient, _ edit: (inout Proto.WatchRoutesRequest) -> Void = { _ in }
    ) -> Watch {
        client.stream(
            Proto.WatchRoutesRequest.with(edit), AssignmentStage.path("WatchRoutes"),
            Proto.RouteChange.self)
    }

    /// How a watch is refused; `nil` when its first item comes.
    private func refusal(
        _ client: RPCClient, _ edit: (inout Proto.WatchRoutesRequest) -> Void
    ) async -> Status? {
        var changes = watch(client, edit).makeAsyncIterator()
        do {
            _ = try await changes.next()
            return nil
        } catch {
            return error
        }
    }

    @Test func `a watch tells of each change in order, and goes on where it was left`()
        async throws
    {
        try await AssignmentStage.run { stage in
            let number = try await stage.addNumber(1)
            try await stage.putAgents(["ann"])
            var changes = watch(stage.manager).makeAsyncIterator()
            let ready = try #require(try await changes.next())
            #expect(ready.kind == .ready)
            #expect(!ready.resumeToken.isEmpty)

            try await stage.update(number) { $0.outbound = .agent("ann") }
            _ = try await stage.manager.call(
                Proto.SetOutboundEnabledRequest.with { $0.allInWorkspace = true },
                AssignmentStage.path("SetOutboundEnabled"), Proto.SetOutboundEnabledResponse.self)
            _ = try await stage.manager.call(
                Proto.SetOutboundLockRequest.with {
                    $0.wholeWorkspace = true
                    $0.locked = true
                }, AssignmentStage.path("SetOutboundLock"), Proto.SetOutboundLockResponse.self)
            try await stage.putAgents(["ann"], status: .inactive)
            var seen: [Proto.RouteChange] = []
            for _ in 0..<4 {
                if let change = try await changes.next() { seen.append(change) }
            }
            try #require(seen.count == 4)
            #expect(
                seen.map(\.action) == [
                    "assignments.updated", "outbound.disabled", "outbound.locked", "agent.updated",
                ])
            #expect(seen.map(\.kind) == [.number, .number, .lock, .agent])
            #expect(seen.map(\.agentID) == ["ann", "ann", "", "ann"])
            #expect(seen[0].numberID == number)
            #expect(seen[0].e164 == AssignmentStage.e164(1))
            #expect(seen[0].workspaceID == stage.acme.id.description)
            #expect(seen[0].at?.seconds == 1_767_225_600)
            #expect(seen[0].detailsJson.contains(#""after":{"inbound":null,"outbound":"ann""#))

            // Later, from the second change on.
            let token = seen[1].resumeToken
            var resumed = watch(stage.manager) { $0.resumeToken = token }.makeAsyncIterator()
            let again = try #require(try await resumed.next())
            #expect(again.kind == .ready)
            #expect(again.resumeToken == token)
            for expected in seen.dropFirst(2) {
                #expect(try await resumed.next() == expected)
            }
        }
    }

    @Test func `B200 a workspace's watch sees its own changes only, a platform's all`()
        async throws
    {
        try await AssignmentStage.run { stage in
            let foreign = try stage.client(.manager, of: stage.other)
            let platform = try stage.client(.admin)
            var own = watch(stage.manager).makeAsyncIterator()
            var every = watch(platform).makeAsyncIterator()
            var one = watch(platform) { $0.workspaceID = stage.other.id.description }
                .makeAsyncIterator()
            #expect(try await own.next()?.kind == .ready)
            #expect(try await every.next()?.kind == .ready)
            #expect(try await one.next()?.kind == .ready)
            try await stage.putAgents(["eve"], by: foreign)
            try await stage.putAgents(["ann"])
            try await stage.putAgents(["fay"], by: foreign)
            #expect(try await own.next()?.agentID == "ann")
            for name in ["eve", "ann", "fay"] { #expect(try await every.next()?.agentID == name) }
            for name in ["eve", "fay"] { #expect(try await one.next()?.agentID == name) }

            let refusal = await refusal(stage.manager) {
                $0.workspaceID = stage.other.id.description
            }
            #expect(refusal?.reason == "WORKSPACE_NOT_FOUND")
            await foreign.close()
            await platform.close()
        }
    }

    @Test(arguments: ["x", "r1_", "r1_-5", "r1_zz", "r1_ffffffffffffffffff", "42"])
    func `a resume token that nobody gave is refused`(_ token: String) async throws {
        try await AssignmentStage.run { stage in
            let refusal = await refusal(stage.manager) { $0.resumeToken = token }
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.violations.map(\.field) == ["resume_token"])
        }
    }

    @Test func `a resume token from another history is out of range`() async throws {
        try await AssignmentStage.run { stage in
            let refusal = await refusal(stage.manager) { $0.resumeToken = "r1_ffffff" }
            #expect(refusal?.code == .outOfRange)
            #expect(refusal?.reason == "RESUME_TOKEN_TOO_OLD")
        }
    }

    @Test func `B201 B202 a watch needs the runtime's right, and ends when its token is revoked`()
        async throws
    {
        try await AssignmentStage.run { stage in
            let viewer = try stage.client(.viewer)
            #expect(await refusal(viewer) { _ in }?.code == .permissionDenied)
            await viewer.close()

            let runtime = try stage.client(.runtime)
            var changes = watch(runtime).makeAsyncIterator()
            #expect(try await changes.next()?.kind == .ready)
            _ = stage.tokens.revoke(AssignmentStage.tokenID(.runtime, stage.acme))
            do {
                _ = try await changes.next()
                Issue.record("the stream went on")
            } catch {
                // Either the stream sees it first or its connection is closed.
                #expect(
                    [Status.Code.unauthenticated, .unavailable].contains((error as? Status)?.code))
            }
            await runtime.close()
        }
    }
}
