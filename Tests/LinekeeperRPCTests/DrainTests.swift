import LinekeeperProto
import Logging
import NIOCore
import Testing

@testable import LinekeeperRPC

@Suite struct DrainTests {
    @Test func `a drain says which calls are served and lets them end`() async throws {
        try await TestServer.run { test in
            let busy = try await test.connect()
            let quiet = try await test.connect()
            _ = try await quiet.call(41, "/test.Inline/Echo")
            try await busy.send(.request(7, "/test.Deferred/Hold"))
            let responders = try await test.scene.responders(1)
            test.server.drain()
            test.server.drain()
            #expect(try await quiet.goAway().lastCallID == 41)

            guard case .frame(let frame) = try await busy.next(),
                case .goAway(let goAway) = frame.body
            else {
                Issue.record("no GoAway")
                return
            }
            #expect(goAway.lastCallID == 7)
            #expect(goAway.status?.code == 14)
            #expect(goAway.status?.detail?.reason == "SERVER_DRAINING")
            try await busy.send(.request(8, "/test.Inline/Echo"))
            try await Task.sleep(for: .milliseconds(20))
            for responder in responders { responder.finish(.success([1])) }
            // Call 8 came after GoAway: it is not answered, so the client may retry it elsewhere.
            guard case .frame(let last) = try await busy.next() else {
                Issue.record("no response")
                return
            }
            #expect(last.callID == 7)
            #expect(try await busy.next() == .end)
            await #expect(throws: Peer.Failure.self) { try await test.connect() }
        }
    }

    @Test func `run returns once a drain has ended`() async throws {
        try await withRunningServer { server, peer, run in
            _ = try await peer.call(1, "/test.Inline/Echo")
            server.drain()
            #expect(try await peer.goAway().lastCallID == 1)
            peer.close()
            try await run.value
        }
    }

    @Test func `a drain does not wait for ever`() async throws {
        try await withRunningServer { server, peer, run in
            try await peer.send(.request(1, "/test.Unary/UntilCancelled"))
            try await eventually("the call runs") { server.statistics.callsInFlight == 1 }
            server.drain()
            try await run.value
            #expect(server.statistics.connections == 0)
        }
    }

    @Test func `a drain ends streams that have no end`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Stream/Flood"))
            try await eventually("the stream runs") { test.scene.events.count > 3 }
            test.server.drain()
            let end = try await peer.response(to: 1)
            #expect(end.status?.detail?.reason == "SERVER_DRAINING")
            #expect(try await peer.next() == .end)
        }
    }

    @Test func `cancelling run closes everything`() async throws {
        try await withRunningServer { server, peer, run in
            try await peer.send(.request(1, "/test.Unary/UntilCancelled"))
            try await eventually("the call runs") { server.statistics.callsInFlight == 1 }
            run.cancel()
            try await run.value
            #expect(server.statistics.connections == 0)
        }
    }

    @Test func `a server that was drained before it ran never starts`() async throws {
        let server = makeServer(port: 0)
        server.drain()
        await #expect(throws: ServerError.self) { try await server.run() }
        await #expect(throws: ServerError.self) { try await server.waitUntilListening() }
    }

    @Test func `a server runs once`() async throws {
        try await withRunningServer { server, _, _ in
            await #expect(throws: ServerError.self) { try await server.run() }
        }
    }

    @Test func `a port in use is an error that says what to do`() async throws {
        try await TestServer.run { test in
            let second = makeServer(port: test.port)
            let error = await #expect(throws: ServerError.self) { try await second.run() }
            let text = "\(try #require(error))"
            #expect(text.contains("Cannot listen on 127.0.0.1:\(test.port)"))
            #expect(text.contains("choose another"))
        }
    }

    @Test func `a configuration out of range is an error that names the value`() async throws {
        let faults: [(String, (inout ServerConfiguration) -> Void)] = [
            ("port", { $0.port = 70_000 }), ("event loop count", { $0.eventLoopCount = 0 }),
            ("request frame limit", { $0.limits.requestFrameBytesMax = 0 }),
            ("connection limit", { $0.limits.connectionsMax = -1 }),
            ("frame time", { $0.limits.frameTime = .zero }),
            ("drain timeout", { $0.drainTimeout = .seconds(-1) }),
        ]
        for (name, change) in faults {
            var configuration = ServerConfiguration(host: "127.0.0.1", port: 0)
            change(&configuration)
            let server = makeServer(configuration)
            let error = await #expect(throws: ServerError.self) { try await server.run() }
            #expect("\(try #require(error))".contains(name))
        }
    }

    private func makeServer(port: Int) -> RPCServer {
        makeServer(ServerConfiguration(host: "127.0.0.1", port: port))
    }

    private func makeServer(_ configuration: ServerConfiguration) -> RPCServer {
        RPCServer(
            configuration: configuration, methods: Scene().methods(),
            authenticator: TestAuthenticator(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A server whose run is a task of its own, so that a test can see it return.
    private func withRunningServer(
        _ body: (RPCServer, Peer, Task<Void, any Error>) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration(host: "127.0.0.1", port: 0)
        configuration.drainTimeout = .milliseconds(200)
        let server = makeServer(configuration)
        let run = Task { try await server.run() }
        let port = try await server.waitUntilListening().port
        let peer = try await Peer(port: port ?? 0)
        try await body(server, peer, run)
        run.cancel()
        try await run.value
    }
}
