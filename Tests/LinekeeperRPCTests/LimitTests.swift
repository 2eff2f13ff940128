import LinekeeperProto
import Testing

@testable import LinekeeperRPC

/// Each limit of a connection, over a real socket.
@Suite struct LimitTests {
    @Test(
        "a frame over the limit is answered with GoAway while its body still comes",
        arguments: [0, 100_000])
    func frameTooLarge(sent: Int) async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            #expect(try await peer.call(5, "/test.Inline/Echo").status == nil)
            try await peer.send([0, 4, 0, 1] + [UInt8](repeating: 0, count: sent))
            let goAway = try await peer.goAway()
            #expect(goAway.status?.code == 8)
            #expect(goAway.status?.detail?.reason == "FRAME_TOO_LARGE")
            #expect(goAway.lastCallID == 5)
        }
    }

    @Test func `a request that takes too much memory is one refused call`() async throws {
        try await TestServer.run(configure: { $0.limits.decodeBytesMax = 64 << 10 }) { test in
            let peer = try await test.connect()
            // 4000 empty metadata entries: two bytes each here, fifty when decoded.
            let entries = [[UInt8]](repeating: [0x22, 0x00], count: 4000).flatMap { $0 }
            let frame = [0x08, 0x01, 0x12, 0xc0, 0x3e] + entries
            let count = frame.count
            try await peer.send([0, 0, UInt8(count >> 8), UInt8(count & 0xff)] + frame)
            let refused = try await peer.response(to: 1)
            #expect(refused.status?.code == 3)
            #expect(refused.status?.detail?.reason == "REQUEST_TOO_COMPLEX")
            #expect(try await peer.call(2, "/test.Inline/Echo").status == nil)
        }
    }

    @Test func `calls in flight are limited for one connection and not for another`() async throws {
        try await TestServer.run(configure: { $0.limits.callsInFlightMax = 3 }) { test in
            let peer = try await test.connect()
            for callID in 1...3 as ClosedRange<UInt64> {
                try await peer.send(.request(callID, "/test.Deferred/Hold"))
            }
            let refused = try await peer.call(4, "/test.Unary/Echo")
            #expect(refused.status?.detail?.reason == "TOO_MANY_CALLS_IN_FLIGHT")
            let other = try await test.connect()
            #expect(try await other.call(1, "/test.Unary/Echo").status == nil)
            for responder in try await test.scene.responders(3) { responder.finish(.success([])) }
            for callID in 1...3 as ClosedRange<UInt64> {
                #expect(try await peer.response(to: callID).status == nil)
            }
            #expect(try await peer.call(5, "/test.Unary/Echo").status == nil)
        }
    }

    @Test func `connections beyond the limit are told so, and room is used again`() async throws {
        try await TestServer.run(configure: { $0.limits.connectionsMax = 2 }) { test in
            let first = try await test.connect()
            let second = try await test.connect()
            for peer in [first, second] {
                #expect(try await peer.call(1, "/test.Inline/Echo").status == nil)
            }
            let third = try await test.connect()
            try await third.send(.request(1, "/test.Inline/Echo"))
            let goAway = try await third.goAway()
            #expect(goAway.status?.code == 8)
            #expect(goAway.status?.detail?.reason == "TOO_MANY_CONNECTIONS")
            third.close()
            first.close()
            try await eventually("there is room") {
                test.server.statistics.connections == 1
            }
            let fourth = try await test.connect()
            #expect(try await fourth.call(1, "/test.Inline/Echo").status == nil)
            #expect(test.server.statistics.connectionsRefused == 1)
        }
    }

    @Test func `a frame that drips in is cut off`() async throws {
        try await TestServer.run(configure: { $0.limits.frameTime = .milliseconds(100) }) { test in
            let slow = try await test.connect()
            let healthy = try await test.connect()
            let bytes = Peer.bytes(.request(1, "/test.Inline/Echo", Array(repeating: 1, count: 99)))
            var isCut = false
            for (place, byte) in bytes.enumerated() where !isCut {
                try await slow.send([byte])
                _ = try await healthy.call(UInt64(place + 1), "/test.Inline/Echo")
                isCut = try await slow.next(withinMilliseconds: 10) != .timedOut
            }
            #expect(isCut)
        }
    }

    @Test func `an idle connection is told to go`() async throws {
        try await TestServer.run(configure: { $0.limits.idleTime = .seconds(2) }) { test in
            let peer = try await test.connect()
            #expect(try await peer.call(1, "/test.Inline/Echo").status == nil)
            let goAway = try await peer.goAway()
            #expect(goAway.status?.detail?.reason == "IDLE")
            #expect(goAway.lastCallID == 1)
        }
    }

    @Test func `too many pings end the connection`() async throws {
        try await TestServer.run(configure: { $0.limits.pingBurst = 3 }) { test in
            let peer = try await test.connect()
            for token in 1...3 as ClosedRange<UInt64> {
                try await peer.send(.ping(token))
                guard case .frame(let frame) = try await peer.next(),
                    case .pong(let pong) = frame.body
                else {
                    Issue.record("no pong")
                    return
                }
                #expect(pong.token == token)
            }
            // At once: each second of waiting would allow one more.
            try await peer.send((4...63).flatMap { Peer.bytes(.ping($0)) })
            let goAway = try await peer.goAway()
            #expect(goAway.status?.detail?.reason == "ENHANCE_YOUR_CALM")
        }
    }

    @Test func `too many cancels end the connection and stop its calls`() async throws {
        try await TestServer.run(configure: { $0.limits.cancelBurst = 20 }) { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Unary/UntilCancelled"))
            try await eventually("the call runs") { test.scene.events == ["began"] }
            try await peer.send((2...200).flatMap { Peer.bytes(.cancel($0)) })
            let goAway = try await peer.goAway()
            #expect(goAway.status?.detail?.reason == "ENHANCE_YOUR_CALM")
            try await eventually("the task ends") { test.scene.events.last == "cancelled" }
        }
    }

    @Test func `a reader that lets too much pile up is closed`() async throws {
        try await TestServer.run(configure: { $0.limits.unsentBytesMax = 4 << 20 }) { test in
            let peer = try await test.connect(receiveBuffer: 4096)
            let healthy = try await test.connect()
            for callID in 1...32 as ClosedRange<UInt64> {
                try await peer.send(.request(callID, "/test.Deferred/Hold"))
            }
            let large = [UInt8](repeating: 1, count: 1 << 20)
            for responder in try await test.scene.responders(32) {
                responder.finish(.success(large))
            }
            try await eventually("the slow reader is closed") {
                test.server.statistics.connections == 1
            }
            #expect(try await healthy.call(1, "/test.Inline/Echo").status == nil)
        }
    }

    @Test(
        "a peer that takes no answers is not served on, and loses nothing", arguments: [1, 100])
    func noReader(requestsPerWrite: UInt64) async throws {
        try await TestServer.run { test in
            let peer = try await test.connect(receiveBuffer: 4096)
            for start in stride(from: UInt64(1), to: 101, by: Int(requestsPerWrite)) {
                try await peer.send(
                    (start..<start + requestsPerWrite).flatMap {
                        Peer.bytes(.request($0, "/test.Inline/Large"))
                    })
            }
            try await Task.sleep(for: .milliseconds(50))
            #expect(test.server.statistics.callsTotal < 50)
            for callID in 1...100 as ClosedRange<UInt64> {
                guard case .frame(let frame) = try await peer.next() else {
                    Issue.record("an answer is missing")
                    return
                }
                #expect(frame.callID == callID)
            }
            try await eventually("all calls are counted") {
                test.server.statistics.callsTotal == 100
            }
        }
    }
}
