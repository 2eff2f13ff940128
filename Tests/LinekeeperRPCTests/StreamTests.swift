import LinekeeperProto
import Testing

@testable import LinekeeperRPC

@Suite struct StreamTests {
    @Test func `a stream arrives in order and ends with a response`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Stream/Count", [200]))
            for number in 0..<200 as Range<UInt8> {
                guard case .frame(let frame) = try await peer.next(),
                    case .item(let item) = frame.body
                else {
                    Issue.record("item \(number) is missing")
                    return
                }
                #expect(frame.callID == 1)
                #expect(item.payload == [number])
            }
            let end = try await peer.response(to: 1)
            #expect(end.status == nil)
        }
    }

    @Test func `a stream waits for a reader that does not read`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect(receiveBuffer: 4096)
            try await peer.send(.request(1, "/test.Stream/Flood"))
            var before = -1
            try await eventually("the stream stands still") {
                let now = test.scene.events.count
                defer { before = now }
                guard now > 0, now == before else {
                    try await Task.sleep(for: .milliseconds(60))
                    return false
                }
                return true
            }
            // The kernel's buffers and ours are full; without back-pressure this would be endless.
            #expect(before * (16 << 10) < 8 << 20)
            for _ in 0..<before + 20 {
                guard case .frame = try await peer.next() else {
                    Issue.record("the stream broke off")
                    return
                }
            }
            #expect(test.scene.events.count > before)
        }
    }

    @Test func `a cancelled stream ends, also while it waits`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect(receiveBuffer: 4096)
            try await peer.send(.request(1, "/test.Stream/Flood"))
            try await eventually("the stream runs") { test.scene.events.count > 3 }
            try await peer.send(.cancel(1))
            let end = try await peer.response(to: 1)
            #expect(end.status?.code == 1)
            try await eventually("the body has seen it") {
                test.scene.events.last == "over: CANCELLED_BY_CALLER"
            }
        }
    }

    @Test func `a stream has no deadline unless the caller sets one`() async throws {
        try await TestServer.run(configure: { $0.limits.defaultTimeout = .milliseconds(10) }) {
            test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Stream/Flood"))
            for _ in 0..<100 {
                guard case .frame(let frame) = try await peer.next(),
                    case .item = frame.body
                else {
                    Issue.record("the stream ended")
                    return
                }
            }
            let late = try await peer.call(2, "/test.Stream/Flood", timeoutMilliseconds: 20)
            #expect(late.status?.code == 4)
        }
    }

    @Test func `the end of a connection ends a stream that waits for its reader`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect(receiveBuffer: 4096)
            try await peer.send(.request(1, "/test.Stream/Flood"))
            try await eventually("the stream runs") { test.scene.events.count > 3 }
            peer.reset()
            try await eventually("the body has seen it") {
                test.scene.events.last == "over: CONNECTION_CLOSED"
            }
            try await eventually("the call is over") {
                test.server.statistics.callsInFlight == 0
            }
        }
    }

    @Test func `an item that is too large ends the stream and says so`() async throws {
        try await TestServer.run(configure: { $0.limits.responseFrameBytesMax = 1024 }) { test in
            let peer = try await test.connect()
            let end = try await peer.call(1, "/test.Stream/Flood")
            #expect(end.status?.detail?.reason == "RESPONSE_TOO_LARGE")
        }
    }
}
