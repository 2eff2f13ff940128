import LinekeeperProto
import Testing

@testable import LinekeeperRPC

/// Calls of every kind over a real socket.
@Suite struct ServerTests {
    @Test(
        "a call is answered with its payload",
        arguments: ["/test.Inline/Echo", "/test.Deferred/Echo", "/test.Unary/Echo"])
    func echo(method: String) async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            for (callID, count) in [(1, 0), (2, 1), (7, 100_000)] as [(UInt64, Int)] {
                let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
                let response = try await peer.call(callID, method, payload)
                #expect(response.status == nil)
                #expect(response.payload == payload)
            }
        }
    }

    @Test func `a message built in the arena is packed into the answer`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            let response = try await peer.call(1, "/test.Inline/Packed", [1, 2, 3])
            #expect(try Proto.Ping(decoding: response.payload).token == 3)
        }
    }

    @Test(
        "a refusal arrives with its reason, its facts and the request's id",
        arguments: [
            ("/test.Inline/Refuse", 5, "NOTHING"), ("/test.Unary/Fail", 10, "RACE_LOST"),
            ("/test.Nothing/There", 12, "UNKNOWN_METHOD"), ("", 12, "UNKNOWN_METHOD"),
            ("/test.Deferred/Forget", 13, "NO_ANSWER"),
        ] as [(String, UInt32, String)])
    func refusal(method: String, code: UInt32, reason: String) async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            let named = try await peer.call(1, method, metadata: [("x-request-id", "abc-1")])
            #expect(named.status?.code == code)
            #expect(named.status?.detail?.reason == reason)
            #expect(named.status?.message.isEmpty == false)
            #expect(named.status?.detail?.metadata["request_id"] == "abc-1")

            let strange = try await peer.call(2, method, metadata: [("x-request-id", "a b\n")])
            let made = try #require(strange.status?.detail?.metadata["request_id"])
            #expect(made.hasPrefix("req_") && made.utf8.count == 20)
        }
    }

    @Test func `an inline method and its refusal name the request alike`() async throws {
        try await TestServer.run(extend: { table in
            table.inline("/test.Inline/Name", access: .anyone) { call in
                .refusal(Status(.notFound, "Not here.", facts: ["seen": call.requestID]))
            }
        }) { test in
            let peer = try await test.connect()
            var seen: Set<String> = []
            for callID in 1...20 as ClosedRange<UInt64> {
                let metadata = callID == 7 ? [("x-request-id", "seven")] : []
                let facts = try await peer.call(callID, "/test.Inline/Name", metadata: metadata)
                    .status?.detail?.metadata
                #expect(facts?["seen"] == facts?["request_id"])
                seen.insert(facts?["request_id"] ?? "")
            }
            #expect(seen.count == 20)
            #expect(seen.contains("seven"))
        }
    }

    @Test func `a thousand calls of one connection are answered, each to its own id`() async throws
    {
        try await TestServer.run(configure: { $0.limits.callsInFlightMax = 1000 }) { test in
            let peer = try await test.connect()
            var bytes: [UInt8] = []
            let methods = ["/test.Inline/Echo", "/test.Deferred/Hold", "/test.Unary/Echo"]
            for callID in 1...1000 as ClosedRange<UInt64> {
                let payload = Array(String(callID).utf8)
                bytes += Peer.bytes(.request(callID, methods[Int(callID % 3)], payload))
            }
            try await peer.send(bytes)
            let held = try await test.scene.responders(333 + 1)
            var batch = ResponseBatch()
            for responder in held { batch.add(responder, .success(Array("held".utf8))) }
            batch.submit()
            var answers: [UInt64: String] = [:]
            while answers.count < 1000, case .frame(let frame) = try await peer.next() {
                guard case .response(let response) = frame.body else { continue }
                #expect(response.status == nil)
                #expect(answers[frame.callID] == nil)
                answers[frame.callID] = String(decoding: response.payload, as: UTF8.self)
            }
            for callID in 1...1000 as ClosedRange<UInt64> {
                #expect(answers[callID] == (callID % 3 == 1 ? "held" : String(callID)))
            }
            #expect(test.server.statistics.callsTotal == 1000)
        }
    }
}
