import LinekeeperProto
import NIOCore
import Synchronization
import Testing

@testable import LinekeeperRPC

/// A client against a server that does what the test says.
@Suite(.timeLimit(.minutes(1))) struct ClientCallTests {
    /// Answers every request with its own payload.
    private static let echo: ScriptedServer.Script = { peer, frame in
        if case .request(let request)? = frame.body { peer.respond(frame.callID, request.payload) }
    }

    @Test func `a thousand calls at once share one connection and get their own answers`()
        async throws
    {
        let server = try await ScriptedServer(Self.echo)
        let client = try RPCClient.test(port: server.port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    let payload = Array("call \(number)".utf8)
                    let answer = try await client.call("/t.T/Echo", payload: payload)
                    #expect(answer == payload)
                }
            }
            try await group.waitForAll()
        }
        #expect(server.connectionCount == 1)
        #expect(server.requests.map(\.callID) == Array(1...1000))
        await server.stop()
    }

    @Test func `more calls than the server takes at once wait here`() async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request? = frame.body else { return }
            // Answered three at a time, when the third is here: a fourth would not come.
            if frame.callID % 3 == 0 {
                for callID in (frame.callID - 2)...frame.callID { peer.respond(callID) }
            }
        }
        let client = try RPCClient.test(port: server.port) { $0.callsInFlightMax = 3 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<9 {
                group.addTask { _ = try await client.call("/t.T/M", payload: []) }
            }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 9)
        await server.stop()
    }

    @Test func `Hello comes first and shows the token once, a request what its caller said`()
        async throws
    {
        let server = try await ScriptedServer(Self.echo)
        let client = try RPCClient.test(port: server.port) { $0.token = "lk_secret" }
        var options = CallOptions(timeout: .seconds(600), idempotencyKey: "key-1")
        options.requestID = "r-1"
        _ = try await client.call("/t.T/Echo", payload: [1], options)
        guard case .hello(let hello)? = server.frames.first?.frame.body else {
            Issue.record("the first frame is no Hello")
            return
        }
        #expect(hello.protocolVersion == 1)
        #expect(hello.metadata.map(\.key) == ["authorization", "user-agent"])
        #expect(hello.metadata.first?.value == "Bearer lk_secret")
        let request = try #require(server.requests.first?.request)
        #expect(request.method == "/t.T/Echo")
        #expect((500_000...600_000).contains(request.timeoutMs))
        #expect(request.metadata.map(\.key) == ["idempotency-key", "x-request-id"])
        #expect(request.metadata.map(\.value) == ["key-1", "r-1"])
        await server.stop()
    }

    @Test func `a typed call encodes the request and decodes the answer`() async throws {
        let server = try await ScriptedServer(Self.echo)
        let client = try RPCClient.test(port: server.port)
        let sent = Proto.Ping.with { $0.token = 77 }
        let pong = try await client.call(sent, "/t.T/Echo", Proto.Pong.self)
        #expect(pong.token == 77)
        let refused = await status { () throws(Status) in
            try await client.call(
                Proto.StreamItem.with { $0.payload = [1, 2, 3] }, "/t.T/Echo", Proto.Pong.self)
        }
        #expect(refused?.reason == "RESPONSE_MALFORMED")
        await server.stop()
    }

    @Test func `a refusal arrives with its code, reason and message, and is not repeated`()
        async throws
    {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body {
                peer.refuse(frame.callID, .failedPrecondition, reason: "NO_SUCH_LUCK")
            }
        }
        let client = try RPCClient.test(port: server.port)
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], .read)
        }
        #expect(refused?.code == .failedPrecondition)
        #expect(refused?.reason == "NO_SUCH_LUCK")
        #expect(refused?.message == "As the test says.")
        #expect(server.requests.count == 1)
        await server.stop()
    }

    @Test func `calls that GoAway leaves out are made again on a new connection`() async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request(let request)? = frame.body else { return }
            if peer.connection == 1 {
                // The first call is accepted and answered later; the others are not accepted.
                guard frame.callID == 3 else { return }
                peer.goAway(last: 1)
                peer.respond(1, [111])
            } else {
                peer.respond(frame.callID, request.payload)
            }
        }
        let client = try RPCClient.test(port: server.port)
        async let first = client.call("/t.T/M", payload: [1])
        #expect(await eventually { server.requests.count == 1 })
        async let second = client.call("/t.T/M", payload: [2])
        #expect(await eventually { server.requests.count == 2 })
        async let third = client.call("/t.T/M", payload: [3])
        #expect(try await first == [111])
        #expect(try await second == [2])
        #expect(try await third == [3])
        #expect(server.connectionCount == 2)
        await server.stop()
    }

    @Test func `GoAway for a fault of ours ends the calls and is not repeated`() async throws {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body { peer.goAway(last: 0, .invalidArgument) }
        }
        let client = try RPCClient.test(port: server.port)
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], .read)
        }
        #expect(refused?.reason == "SCRIPTED_GO_AWAY")
        #expect(server.requests.count == 1)
        await server.stop()
    }

    @Test(
        "a connection lost in mid call is made good only for calls that may be repeated",
        arguments: [
            (CallOptions(), 1), (CallOptions.read, 2), (CallOptions(idempotencyKey: "k"), 2),
        ])
    func disconnect(options: CallOptions, attempts: Int) async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request? = frame.body else { return }
            if peer.connection == 1 { peer.close() } else { peer.respond(frame.callID, [9]) }
        }
        let client = try RPCClient.test(port: server.port)
        let lost = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], options)
        }
        #expect(lost?.reason == (attempts == 1 ? "CONNECTION_LOST" : nil))
        #expect(server.requests.count == attempts)
        await server.stop()
    }

    @Test(
        "that nobody listens any more does not hide that the request had been sent",
        arguments: [
            (CallOptions(idempotencyKey: "k", waitsForServer: false), "CONNECTION_LOST"),
            (CallOptions(isRead: true, waitsForServer: false), "CANNOT_CONNECT"),
        ])
    func serverDies(options: CallOptions, reason: String) async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request? = frame.body else { return }
            // As a process does that is killed: it listens no longer when its peers learn of it.
            peer.channel.parent?.close().whenComplete { _ in peer.close() }
        }
        let client = try RPCClient.test(port: server.port)
        let lost = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], options)
        }
        #expect(lost?.reason == reason)
        #expect(lost?.message.contains("Cannot connect to") == true)
        await server.stop()
    }

    @Test func `a server that stays away is tried as often as allowed, and that is told`()
        async throws
    {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body { peer.refuse(frame.callID, .unavailable) }
        }
        let told = Mutex<[Retry]>([])
        let client = try RPCClient.test(port: server.port) {
            $0.attemptsMax = 3
            $0.onRetry = { retry in told.withLock { $0.append(retry) } }
        }
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], .read)
        }
        #expect(refused?.reason == "SCRIPTED")
        #expect(server.requests.count == 3)
        let retries = told.withLock { $0 }
        #expect(retries.map(\.attempt) == [2, 3])
        #expect(retries.allSatisfy { $0.attemptsMax == 3 && $0.status == refused })
        await server.stop()
    }

    @Test func `advice to wait longer than the caller does ends the call at once`() async throws {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body {
                peer.refuse(frame.callID, .resourceExhausted, retryAfter: 60_000)
            }
        }
        let client = try RPCClient.test(port: server.port)
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], CallOptions(timeout: .seconds(20)))
        }
        #expect(refused?.retryAfterMilliseconds == 60_000)
        #expect(server.requests.count == 1)
        await server.stop()
    }

    @Test func `past its deadline a call ends and the server is told`() async throws {
        let server = try await ScriptedServer { _, _ in }
        let client = try RPCClient.test(port: server.port)
        let late = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], CallOptions(timeout: .seconds(1)))
        }
        #expect(late?.code == .deadlineExceeded)
        #expect(await eventually { server.cancels == [1] })
        let never = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], CallOptions(timeout: .zero))
        }
        #expect(never?.code == .deadlineExceeded)
        #expect(server.requests.count == 1)
        await server.stop()
    }

    @Test func `cancelling the task ends the call and tells the server`() async throws {
        let server = try await ScriptedServer { _, _ in }
        let client = try RPCClient.test(port: server.port)
        let task = Task {
            await status { () throws(Status) in try await client.call("/t.T/M", payload: []) }
        }
        #expect(await eventually { server.requests.count == 1 })
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(await eventually { server.cancels == [1] })
        let early = Task { () -> Status? in
            withUnsafeCurrentTask { $0?.cancel() }
            return await status { () throws(Status) in try await client.call("/t.T/M", payload: [])
            }
        }
        #expect(await early.value?.code == .cancelled)
        #expect(server.requests.count == 1)
        await server.stop()
    }

    @Test func `a request larger than a frame may be is refused here`() async throws {
        let server = try await ScriptedServer(Self.echo)
        let client = try RPCClient.test(port: server.port) { $0.requestFrameBytesMax = 1000 }
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [UInt8](repeating: 0, count: 1000))
        }
        #expect(refused?.reason == "REQUEST_TOO_LARGE")
        let answer = try await client.call("/t.T/M", payload: [UInt8](repeating: 7, count: 900))
        #expect(answer.count == 900)
        #expect(server.requests.count == 1)
        await server.stop()
    }

    @Test func `a text with a zero byte is refused here`() async throws {
        let client = try RPCClient.test(port: 1)
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], CallOptions(idempotencyKey: "a\0b"))
        }
        #expect(refused?.code == .invalidArgument)
    }
}
