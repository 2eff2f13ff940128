import LinekeeperProto
import Testing

@testable import LinekeeperRPC

/// Peers that do not mean well, or are not what they seem.
@Suite struct HostilePeerTests {
    @Test(
        "another protocol on the port is told so and closed",
        arguments: [
            Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8),
            [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03],
            Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8), Array("\r\n\r\n\r\n\r\n".utf8),
        ] as [[UInt8]])
    func otherProtocol(bytes: [UInt8]) async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(bytes)
            #expect(try await peer.goAway().status?.detail?.reason == "FRAME_TOO_LARGE")
            let healthy = try await test.connect()
            #expect(try await healthy.call(1, "/test.Inline/Echo").status == nil)
        }
    }

    @Test func `random bytes never stop the server`() async throws {
        try await TestServer.run(configure: { $0.limits.frameTime = .milliseconds(100) }) { test in
            var random = Seeded(seed: 4711)
            let valid = Peer.bytes(
                .request(1, "/test.Unary/Echo", [1, 2, 3], metadata: [("authorization", "x")]))
            for round in 0..<150 {
                let peer = try await test.connect()
                var bytes = valid
                if round % 3 == 0 {
                    let count = Int.random(in: 1...300, using: &random)
                    bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                } else {
                    for _ in 0...(round % 5) {
                        let place = Int.random(in: 4..<bytes.count, using: &random)
                        bytes[place] = UInt8.random(in: 0...255, using: &random)
                    }
                }
                try await peer.send(bytes)
                if round % 2 == 0 { peer.endOutput() }
            }
            let healthy = try await test.connect()
            #expect(try await healthy.call(1, "/test.Inline/Echo").status == nil)
            try await eventually("all others are gone") {
                test.server.statistics.connections <= 51
            }
        }
    }

    @Test func `a peer that ends its side gets what it asked for`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            try await peer.send(.request(1, "/test.Deferred/Hold"))
            // Half a frame, which will never be whole.
            try await peer.send([0, 0, 0, 9, 1, 2, 3])
            peer.endOutput()
            let responders = try await test.scene.responders(1)
            try await Task.sleep(for: .milliseconds(20))
            let large = [UInt8](repeating: 1, count: 2 << 20)
            for responder in responders { responder.finish(.success(large)) }
            #expect(try await peer.response(to: 1).payload == large)
            #expect(try await peer.next() == .end)
            try await eventually("the connection is gone") {
                test.server.statistics.connections == 0
            }
        }
    }

    @Test func `a peer that ends its side without a call is closed`() async throws {
        try await TestServer.run { test in
            let peer = try await test.connect()
            peer.endOutput()
            #expect(try await peer.next() == .end)
        }
    }

    @Test func `a peer that vanished is found idle`() async throws {
        try await TestServer.run(configure: { $0.limits.idleTime = .milliseconds(60) }) { test in
            let peers = [try await test.connect(), try await test.connect()]
            defer { for peer in peers { peer.close() } }
            // Neither reads nor closes: the server closes all the same, after its last word.
            try await eventually("both are gone") { test.server.statistics.connections == 0 }
        }
    }

    @Test func `a reset in the middle of large answers hurts nobody else`() async throws {
        try await TestServer.run { test in
            let healthy = try await test.connect()
            for round in 1...40 as ClosedRange<UInt64> {
                let peer = try await test.connect(receiveBuffer: 4096)
                try await peer.send(
                    (1...4).flatMap { Peer.bytes(.request($0, "/test.Inline/Large")) })
                peer.reset()
                #expect(try await healthy.call(round, "/test.Inline/Echo").status == nil)
            }
            try await eventually("the others are gone") {
                test.server.statistics.connections == 1
            }
        }
    }

    @Test func `two thousand idle connections cost little and hinder nobody`() async throws {
        try await TestServer.run { test in
            var peers: [Peer] = []
            for _ in 0..<2000 { peers.append(try await test.connect()) }
            try await eventually("all are accepted") {
                test.server.statistics.connections == 2000
            }
            for peer in peers.suffix(20) {
                #expect(try await peer.call(1, "/test.Inline/Echo").status == nil)
            }
            for peer in peers { peer.close() }
            try await eventually("all are gone") { test.server.statistics.connections == 0 }
        }
    }

    @Test func `connections that nobody could hold wait in the system's queue`() async throws {
        try await TestServer.run(configure: { $0.limits.connectionsMax = 2 }) { test in
            let old = try await test.connect()
            #expect(try await old.call(1, "/test.Inline/Echo").status == nil)
            var peers: [Peer] = []
            for _ in 0..<300 {
                peers.append(try await test.connect())
                #expect(test.server.statistics.connections <= 2 + 64 + 16)
            }
            #expect(try await old.call(2, "/test.Inline/Echo").status == nil)
            for peer in peers { peer.close() }
            // The system's queue still holds some that are closed already.
            try await eventually("a new connection is served") {
                let fresh = try await test.connect()
                try await fresh.send(.request(1, "/test.Inline/Echo"))
                guard case .frame(let frame) = try await fresh.next() else { return false }
                return frame.callID == 1
            }
        }
    }

    @Test(
        "descriptors are left for what is no connection",
        arguments: [
            (16_384, 20_000, 16_384, 16_448), (16_384, 1024, 880, 944), (100, 1024, 100, 164),
            (16_384, 128, 24, 48), (16_384, 0, 1, 2), (1, 1_000_000, 1, 65),
        ])
    func reserve(connectionsMax: Int, descriptorMax: Int, served: Int, open: Int) {
        let limit = ConnectionLimit(connectionsMax: connectionsMax, descriptorMax: descriptorMax)
        #expect(limit.served == served)
        #expect(limit.open == open)
    }
}

/// Random numbers that are the same in every run.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
