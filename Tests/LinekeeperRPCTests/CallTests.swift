import LinekeeperProto
import Testing

@testable import LinekeeperRPC

/// How calls end that do not end at once.
@Suite struct CallTests {
    @Test func `answers from other threads arrive, and only the first of each counts`() async throws
    {
        try await TestServer.run { test in
            let peers = [try await test.connect(), try await test.connect()]
            for peer in peers {
                for callID in 1...100 as ClosedRange<UInt64> {
                    try await peer.send(.request(callID, "/test.Deferred/Hold"))
                }
            }
            let responders = try await test.scene.responders(200)
            await withTaskGroup(of: Void.self) { group in
                for responder in responders {
                    for answer in 1...2 as ClosedRange<UInt8> {
                        group.addTask { responder.finish(.success([answer])) }
                    }
                }
            }
            for peer in peers {
                var seen: Set<UInt64> = []
                for _ in 1...100 {
                    guard case .frame(let frame) = try await peer.next() else { break }
                    seen.insert(frame.callID)
                }
                #expect(seen.count == 100)
                // Nothing came twice: the next frame answers this call.
                try await peer.send(.request(101, "/test.Inline/Echo"))
                guard case .frame(let frame) = try await peer.next() else { break }
                #expect(frame.callID == 101)
            }
        }
    }

    @Test func `a batch answers calls of many connections`() async throws {
        try await TestServer.run { test in
            var peers: [Peer] = []
            for _ in 0..<10 {
                let peer = try await test.connect()
                for callID in 1...20 as ClosedRange<UInt64> {
                    try await peer.send(.request(callID, "/test.Deferred/Hold"))
                }
                peers.append(peer)
            }
            var batch = ResponseBatch()
            for responder in try await test.scene.responders(200) {
                batch.add(responder, .success([1]))
                batch.add(responder, .success([2]))
            }
            batch.submit()
            batch.submit()
            for peer in peers {
                for _ in 1...20 {
                    guard case .frame(let frame) = try await peer.next(),
                        case .response(let response) = frame.body
                    else {
                        Issue.record("an answer is missing")
                        break
                    }
                    #expect(response.payload == [1])
                }
            }
            #expect(test.server.statistics.callsInFlight == 0)
        }
    }

    @Test func `a cancelled call is answered at once and keeps its slot until its work ends`()
        async throws
    {
        try await TestServer.run(configure: { $0.limits.callsInFlightMax = 1 }) { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Deferred/Hold"))
            let responder = try #require(try await test.scene.responders(1).first)
            try await peer.send(.cancel(1))
            let cancelled = try await peer.response(to: 1)
            #expect(cancelled.status?.code == 1)
            #expect(cancelled.status?.detail?.reason == "CANCELLED_BY_CALLER")
            let refused = try await peer.call(2, "/test.Deferred/Echo")
            #expect(refused.status?.code == 8)
            #expect(refused.status?.detail?.reason == "TOO_MANY_CALLS_IN_FLIGHT")
            #expect(refused.status?.detail?.retryAfterMs ?? 0 > 0)
            // Inline calls take no slot.
            #expect(try await peer.call(3, "/test.Inline/Echo").status == nil)
            responder.finish(.success([1]))
            try await eventually("the slot is free") {
                test.server.statistics.callsInFlight == 0
            }
            // The late result of call 1 was dropped: nothing comes before this answer.
            try await peer.send(.request(4, "/test.Deferred/Echo"))
            guard case .frame(let frame) = try await peer.next() else { return }
            #expect(frame.callID == 4)
        }
    }

    @Test func `a cancel stops the task of a call`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Unary/UntilCancelled"))
            try await eventually("the call runs") { test.scene.events == ["began"] }
            try await peer.send(.cancel(1))
            #expect(try await peer.response(to: 1).status?.code == 1)
            try await eventually("the task ends") { test.scene.events == ["began", "cancelled"] }
            try await eventually("the slot is free") {
                test.server.statistics.callsInFlight == 0
            }
        }
    }

    @Test(
        "past its deadline a call is told, and its task is stopped",
        arguments: ["/test.Unary/UntilCancelled", "/test.Deferred/Hold"])
    func deadline(method: String) async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            // The later deadline is armed first; the earlier one must not wait for it.
            try await peer.send(.request(1, "/test.Deferred/Hold", timeoutMilliseconds: 20_000))
            let late = try await peer.call(
                2, method, timeoutMilliseconds: 30, metadata: [("x-request-id", "slow")])
            #expect(late.status?.code == 4)
            #expect(late.status?.detail?.reason == "DEADLINE_EXCEEDED")
            #expect(late.status?.detail?.metadata["request_id"] == "slow")
            if method.contains("Unary") {
                // Only the first call is left.
                try await eventually("the task ends") {
                    test.server.statistics.callsInFlight == 1
                }
            }
        }
    }

    @Test func `a call without a timeout gets the server's default`() async throws {
        try await TestServer.run(configure: { $0.limits.defaultTimeout = .milliseconds(30) }) {
            test in
            let peer = try await test.connect()
            let late = try await peer.call(1, "/test.Unary/UntilCancelled")
            #expect(late.status?.code == 4)
        }
    }

    @Test func `the end of a connection stops its calls`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Unary/UntilCancelled"))
            try await eventually("the call runs") { test.scene.events == ["began"] }
            peer.reset()
            try await eventually("the task ends") { test.scene.events.last == "cancelled" }
            try await eventually("the connection is gone") {
                test.server.statistics.connections == 0
            }
        }
    }

    @Test func `an answer to a closed connection is thrown away`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Deferred/Hold"))
            let responders = try await test.scene.responders(1)
            peer.reset()
            try await eventually("the connection is gone") {
                test.server.statistics.connections == 0
            }
            for responder in responders { responder.finish(.success([1])) }
            let other = try await test.connect()
            #expect(try await other.call(1, "/test.Inline/Echo").status == nil)
        }
    }

    @Test func `an answer that is too large for a frame becomes a refusal`() async throws {
        try await TestServer.run(configure: { $0.limits.responseFrameBytesMax = 2000 }) { test in
            let peer = try await test.connect()
            for (callID, method) in [
                (1, "/test.Inline/Echo"), (2, "/test.Unary/Echo"), (3, "/test.Deferred/Echo"),
            ] as [(UInt64, String)] {
                let refused = try await peer.call(
                    callID, method, [UInt8](repeating: 1, count: 2000))
                #expect(refused.status?.code == 8)
                #expect(refused.status?.detail?.reason == "RESPONSE_TOO_LARGE")
            }
        }
    }
}
