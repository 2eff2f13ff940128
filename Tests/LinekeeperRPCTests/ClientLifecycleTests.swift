import Foundation
import LinekeeperProto
import NIOCore
import Testing

@testable import LinekeeperRPC

/// Servers that are not there, go away, come back or talk nonsense.
@Suite(.timeLimit(.minutes(1))) struct ClientLifecycleTests {
    private static let echo: ScriptedServer.Script = { peer, frame in
        if case .request(let request)? = frame.body { peer.respond(frame.callID, request.payload) }
    }

    /// An address that no other test uses, here or in another process, with ports that are free.
    private enum Own {
        static let host: String = {
            let process = ProcessInfo.processInfo.processIdentifier
            return "127.\(128 + (process >> 16) % 127).\(process >> 8 & 255).\(process & 255)"
        }()
        static let nobody = 7411
        static let late = 7412
        static let restart = 7413
    }

    @Test func `without a server a hasty call fails at once and says what is wrong`() async throws {
        let client = try RPCClient.test(host: Own.host, port: Own.nobody)
        let options = CallOptions(waitsForServer: false)
        for _ in 0..<2 {
            let refused = await status { () throws(Status) in
                try await client.call("/t.T/M", payload: [], options)
            }
            #expect(refused?.code == .unavailable)
            #expect(refused?.reason == "CANNOT_CONNECT")
            #expect(refused?.message.contains("nothing listens there") == true)
        }
    }

    @Test func `without a server a patient call ends with its deadline and says why`() async throws
    {
        let client = try RPCClient.test(host: Own.host, port: Own.nobody)
        let late = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], CallOptions(timeout: .milliseconds(200)))
        }
        #expect(late?.code == .deadlineExceeded)
        #expect(late?.message.contains("nothing listens there") == true)
    }

    @Test func `a call waits for a server that starts late`() async throws {
        let client = try RPCClient.test(host: Own.host, port: Own.late)
        async let answer = client.call("/t.T/Echo", payload: [5])
        try await Task.sleep(for: .milliseconds(50))
        let server = try await ScriptedServer(host: Own.host, port: Own.late, Self.echo)
        #expect(try await answer == [5])
        await server.stop()
    }

    @Test func `after a restart of the server the next call finds it`() async throws {
        let first = try await ScriptedServer(host: Own.host, port: Own.restart, Self.echo)
        let client = try RPCClient.test(host: Own.host, port: Own.restart)
        #expect(try await client.call("/t.T/Echo", payload: [1]) == [1])
        await first.stop()
        let second = try await ScriptedServer(host: Own.host, port: Own.restart, Self.echo)
        #expect(try await client.call("/t.T/Echo", payload: [2], .read) == [2])
        await second.stop()
    }

    @Test func `a full queue refuses further calls`() async throws {
        let client = try RPCClient.test(host: Own.host, port: Own.nobody) { $0.callsWaitingMax = 1 }
        let ends = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    await status { () throws(Status) in
                        try await client.call(
                            "/t.T/M", payload: [], CallOptions(timeout: .milliseconds(800)))
                    }?.reason
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(ends == ["DEADLINE_EXCEEDED": 1, "TOO_MANY_CALLS_WAITING": 3])
    }

    @Test(
        "bytes that are no answer end the connection and the call, once",
        arguments: [
            Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), [0, 0, 0, 0], [0, 0, 0, 2, 0xff, 0xff],
            [0xff, 0xff, 0xff, 0xff], [0x15, 3, 1, 0, 2, 2, 70],
            // A frame without a body; Cancel and Request, which only clients send.
            [0, 0, 0, 2, 8, 1], [0, 0, 0, 4, 8, 1, 0x2a, 0], [0, 0, 0, 4, 8, 1, 0x12, 0],
            // The answer to a call that was never made.
            [0, 0, 0, 4, 8, 99, 0x1a, 0],
        ] as [[UInt8]])
    func garbage(bytes: [UInt8]) async throws {
        let server = try await ScriptedServer { peer, frame in
            if case .request? = frame.body { peer.sendRaw(bytes) }
        }
        let client = try RPCClient.test(port: server.port)
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], .read)
        }
        #expect(refused?.reason == "PROTOCOL_VIOLATION")
        #expect(server.requests.count == 1)
        await server.stop()
    }

    @Test func `answers arrive however the stream of bytes is cut`() async throws {
        let server = try await ScriptedServer { peer, frame in
            guard case .request(let request)? = frame.body else { return }
            let bytes = ScriptedServer.Peer.bytes(
                .response(.with { $0.payload = request.payload }), callID: frame.callID)
            // One byte a packet for the first half, then the rest at once.
            for byte in bytes.prefix(bytes.count / 2) { peer.sendRaw([byte]) }
            peer.sendRaw(Array(bytes.dropFirst(bytes.count / 2)))
        }
        let client = try RPCClient.test(port: server.port)
        for size in [0, 1, 50, 100] {
            let payload = [UInt8](repeating: 3, count: size)
            #expect(try await client.call("/t.T/M", payload: payload) == payload)
        }
        await server.stop()
    }

    @Test func `a server that falls silent is noticed`() async throws {
        let server = try await ScriptedServer { _, _ in }
        let client = try RPCClient.test(port: server.port) {
            $0.keepaliveInterval = .milliseconds(40)
            $0.keepaliveTimeout = .milliseconds(40)
        }
        let lost = await status { () throws(Status) in try await client.call("/t.T/M", payload: [])
        }
        #expect(lost?.reason == "CONNECTION_LOST")
        #expect(
            await eventually {
                server.frames.contains { if case .ping? = $0.frame.body { true } else { false } }
            })
        await server.stop()
    }

    @Test func `pings are measured, and answered`() async throws {
        let server = try await ScriptedServer { peer, frame in
            switch frame.body {
            case .ping(let ping)?: peer.send(.pong(.with { $0.token = ping.token }))
            case .hello?: peer.send(.ping(.with { $0.token = 4711 }))
            default: break
            }
        }
        let client = try RPCClient.test(port: server.port)
        #expect(try await client.ping() > .zero)
        #expect(
            await eventually {
                server.frames.contains {
                    if case .pong(let pong)? = $0.frame.body { pong.token == 4711 } else { false }
                }
            })
        await server.stop()
    }

    @Test func `a server that turns everybody away is not asked again at once`() async throws {
        let server = try await ScriptedServer(
            greeting: { peer in
                peer.channel.eventLoop.execute {
                    peer.goAway(last: 0, .resourceExhausted, retryAfter: 100)
                    peer.close()
                }
            }, { _, _ in })
        let client = try RPCClient.test(port: server.port)
        let refused = await status { () throws(Status) in
            try await client.call("/t.T/M", payload: [], CallOptions(timeout: .seconds(2)))
        }
        #expect(refused != nil)
        // At most one every tenth of a second, as the server has asked.
        #expect((1...21).contains(server.connectionCount))
        await server.stop()
    }

    @Test func `a closed client ends its calls and takes no more`() async throws {
        let server = try await ScriptedServer { _, _ in }
        let client = try RPCClient.test(port: server.port)
        async let open = status { () throws(Status) in try await client.call("/t.T/M", payload: [])
        }
        #expect(await eventually { server.requests.count == 1 })
        await client.close()
        #expect(await open?.reason == "CLIENT_CLOSED")
        let later = await status { () throws(Status) in try await client.call("/t.T/M", payload: [])
        }
        #expect(later?.reason == "CLIENT_CLOSED")
        await server.stop()
    }

    @Test(
        "a configuration that cannot work is refused",
        arguments: [
            { $0.port = 0 }, { $0.host = "" }, { $0.attemptsMax = 0 },
            { $0.token = "a\0b" }, { $0.connectTimeout = .zero },
            { $0.responseFrameBytesMax = -1 },
        ] as [@Sendable (inout ClientConfiguration) -> Void])
    func configuration(change: @Sendable (inout ClientConfiguration) -> Void) {
        let error = #expect(throws: Status.self) { try RPCClient.test(port: 1, change) }
        #expect(error?.reason == "CONFIGURATION_INVALID")
    }

    @Test func `a TLS file that is not there is named`() {
        let error = #expect(throws: Status.self) {
            try RPCClient.test(port: 1) { $0.tls = .init(authoritiesPath: "/no/such/file.pem") }
        }
        #expect(error?.reason == "TLS_UNUSABLE")
        #expect(error?.facts["path"] == "/no/such/file.pem")
    }
}
