import LinekeeperProto
import Testing

@testable import LinekeeperRPC

@Suite struct AccessTests {
    private let reader = [("authorization", "Bearer lk_reader")]
    private let admin = [("authorization", "Bearer lk_admin")]

    @Test func `a method says what a caller lacks`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            let none = try await peer.call(1, "/test.Inline/Reader")
            #expect(none.status?.code == 16)
            #expect(none.status?.detail?.reason == "TOKEN_MISSING")
            let wrong = try await peer.call(
                2, "/test.Inline/Reader", metadata: [("authorization", "Bearer lk_nobody")])
            #expect(wrong.status?.code == 16)
            #expect(wrong.status?.detail?.reason == "TOKEN_UNKNOWN")
            let weak = try await peer.call(3, "/test.Inline/Admin", metadata: reader)
            #expect(weak.status?.code == 7)
            #expect(weak.status?.detail?.reason == "ROLE_REQUIRED")
            #expect(weak.status?.detail?.metadata["required"] == "the role admin")
            let strong = try await peer.call(4, "/test.Inline/Admin", metadata: admin)
            #expect(strong.payload == Array("admin".utf8))
            let open = try await peer.call(5, "/test.Inline/Subject")
            #expect(open.payload.isEmpty)
        }
    }

    @Test func `Hello's token holds for calls that bring none`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.hello(metadata: reader + [("user-agent", "cli/1")]))
            for callID in 1...3 as ClosedRange<UInt64> {
                let answer = try await peer.call(callID, "/test.Inline/Reader")
                #expect(answer.payload == Array("reader".utf8))
            }
            #expect(test.authenticator.timesAsked == 1)
            let other = try await peer.call(4, "/test.Inline/Subject", metadata: admin)
            #expect(other.payload == Array("admin".utf8))
            // Metadata without a token of its own does not hide Hello's.
            let traced = try await peer.call(
                5, "/test.Inline/Subject", metadata: [("traceparent", "00-1")])
            #expect(traced.payload == Array("reader".utf8))
        }
    }

    @Test func `a Hello with a bad token refuses only what needs one`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.hello(metadata: [("authorization", "Bearer nonsense")]))
            let refused = try await peer.call(1, "/test.Inline/Reader")
            #expect(refused.status?.detail?.reason == "TOKEN_UNKNOWN")
            let open = try await peer.call(2, "/test.Inline/Subject")
            #expect(open.status == nil)
            let own = try await peer.call(3, "/test.Inline/Reader", metadata: reader)
            #expect(own.status == nil)
        }
    }

    @Test func `a token that calls repeat is looked up once, and again when it changes`()
        async throws
    {
        try await TestServer.run { test in
            let peer = try await test.connect()
            for callID in 1...10 as ClosedRange<UInt64> {
                _ = try await peer.call(callID, "/test.Inline/Reader", metadata: reader)
            }
            #expect(test.authenticator.timesAsked == 1)
            let answer = try await peer.call(11, "/test.Inline/Subject", metadata: admin)
            #expect(answer.payload == Array("admin".utf8))
            #expect(test.authenticator.timesAsked == 2)
        }
    }

    @Test func `a revoked identity is refused at its next call`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            #expect(
                try await peer.call(1, "/test.Inline/Reader", metadata: reader).status == nil)
            test.authenticator.reader.revoke()
            let refused = try await peer.call(2, "/test.Inline/Reader", metadata: reader)
            #expect(refused.status?.code == 16)
            #expect(refused.status?.detail?.reason == "TOKEN_REVOKED")
        }
    }

    @Test func `revoking closes the connections that said Hello, and no other`() async throws {
        try await TestServer.run { test in
            let first = try await test.connect()
            let second = try await test.connect()
            let other = try await test.connect()
            for peer in [first, second] { try await peer.send(.hello(metadata: reader)) }
            try await other.send(.hello(metadata: admin))
            for peer in [first, second, other] {
                _ = try await peer.call(1, "/test.Inline/Reader")
            }
            test.authenticator.reader.revoke()
            test.server.closeConnections(of: test.authenticator.reader)
            for peer in [first, second] {
                #expect(try await peer.goAway().status?.detail?.reason == "TOKEN_REVOKED")
            }
            #expect(try await other.call(2, "/test.Inline/Reader").status == nil)
        }
    }

    @Test func `a revoked identity's connections close even if nobody asks for it`() async throws {
        try await TestServer.run(configure: { $0.limits.frameTime = .milliseconds(80) }) { test in
            let peer = try await test.connect()
            try await peer.send(.hello(metadata: reader))
            #expect(try await peer.call(1, "/test.Inline/Reader").status == nil)
            test.authenticator.reader.revoke()
            #expect(try await peer.goAway().status?.detail?.reason == "TOKEN_REVOKED")
        }
    }

    @Test func `a call's context holds what the metadata said`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.hello(metadata: reader + [("user-agent", "greeted/1")]))
            _ = try await peer.call(
                1, "/test.Unary/Echo",
                metadata: [("idempotency-key", "k 1"), ("x-request-id", "r1"), ("x-other", "?")])
            _ = try await peer.call(
                2, "/test.Unary/Echo", metadata: admin + [("user-agent", "own/2")])
            let contexts = test.scene.contexts
            try #require(contexts.count == 2)
            #expect(contexts[0].identity === test.authenticator.reader)
            #expect(contexts[0].method == "/test.Unary/Echo")
            #expect(contexts[0].idempotencyKey == "k 1")
            #expect(contexts[0].requestID == "r1")
            #expect(contexts[0].userAgent == "greeted/1")
            #expect(contexts[0].peer.contains("127.0.0.1"))
            #expect(contexts[1].identity === test.authenticator.admin)
            #expect(contexts[1].idempotencyKey == nil)
            #expect(contexts[1].userAgent == "own/2")
        }
    }

    @Test(
        "metadata that cannot be read whole is refused, not cut",
        arguments: ["idempotency-key", "authorization"], [[0x61, 0x00, 0x62], [0xff, 0xfe]])
    func malformedMetadata(key: String, value: [UInt8]) async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            let method = Array("/test.Unary/Echo".utf8)
            let pair =
                [0x0a, UInt8(key.utf8.count)] + Array(key.utf8) + [0x12, UInt8(value.count)] + value
            let request = [0x0a, UInt8(method.count)] + method + [0x22, UInt8(pair.count)] + pair
            let frame = [0x08, 0x01, 0x12, UInt8(request.count)] + request
            try await peer.send([0, 0, 0, UInt8(frame.count)] + frame)
            let status = try await peer.response(to: 1).status
            #expect(key == "authorization" && value[0] == 0xff ? status == nil : status?.code == 3)
            if status != nil { #expect(status?.detail?.reason == "METADATA_MALFORMED") }
        }
    }
}
