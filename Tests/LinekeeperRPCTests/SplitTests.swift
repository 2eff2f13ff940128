import LinekeeperProto
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import LinekeeperRPC

/// The handler itself, fed byte by byte without a socket.
@Suite struct SplitTests {
    /// A channel with nothing but our handler in it.
    private struct Line {
        let channel = EmbeddedChannel()
        let core: ServerCore

        init(limits: ServerLimits = ServerLimits()) throws {
            core = ServerCore(
                limits: limits, methods: Scene().methods(), authenticator: TestAuthenticator(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let port = LoopPort(
                LoopState(arenaBudget: limits.decodeBytesMax, counters: core.counters),
                eventLoop: channel.eventLoop)
            try channel.pipeline.syncOperations.addHandler(
                ConnectionHandler(core: core, port: port, isTLS: false))
            try channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
        }

        func feed(_ bytes: some Sequence<UInt8>) throws {
            try channel.writeInbound(ByteBuffer(bytes: bytes))
        }

        func output() throws -> [UInt8] {
            var bytes: [UInt8] = []
            while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
                bytes += Array(buffer.readableBytesView)
            }
            return bytes
        }

        func writes() throws -> Int {
            var count = 0
            while try channel.readOutbound(as: ByteBuffer.self) != nil { count += 1 }
            return count
        }
    }

    private let stream: [UInt8] =
        Peer.bytes(.hello(metadata: [("authorization", "Bearer lk_reader")]))
        + Peer.bytes(.request(1, "/test.Inline/Echo", Array("one".utf8)))
        + Peer.bytes(.ping(99))
        + Peer.bytes(
            .request(
                2, "/test.Inline/Refuse", [],
                metadata: [("x-request-id", "r"), ("authorization", "Bearer lk_admin")]))
        + Peer.bytes(.request(300, "/test.Inline/Reader"))
        + Peer.bytes(.request(301, "/test.Inline/Echo", [UInt8](repeating: 9, count: 200)))

    @Test func `every split at one and at two places gives the same answers`() throws {
        let whole = try Line()
        try whole.feed(stream)
        let expected = try whole.output()
        #expect(expected.count > 300)
        for first in 0...stream.count {
            let line = try Line()
            try line.feed(stream[..<first])
            try line.feed(stream[first...])
            #expect(try line.output() == expected, "split at \(first)")
        }
        for first in stride(from: 0, to: stream.count, by: 7) {
            for second in stride(from: first, to: stream.count, by: 11) {
                let line = try Line()
                try line.feed(stream[..<first])
                try line.feed(stream[first..<second])
                try line.feed(stream[second...])
                #expect(try line.output() == expected, "split at \(first) and \(second)")
            }
        }
    }

    @Test func `one byte at a time gives the same answers`() throws {
        let whole = try Line()
        try whole.feed(stream)
        let line = try Line()
        for byte in stream { try line.feed(CollectionOfOne(byte)) }
        #expect(try line.output() == whole.output())
    }

    @Test func `all answers to one read leave in one write`() throws {
        let line = try Line()
        try line.feed(stream)
        #expect(try line.writes() == 1)
        try line.feed(Peer.bytes(.request(400, "/test.Deferred/Echo")))
        #expect(try line.writes() == 1)
    }

    @Test(
        "a prefix out of range is answered before a byte of the body came",
        arguments: [
            (0, "FRAME_EMPTY"), (257, "FRAME_TOO_LARGE"), (0x7fff_ffff, "FRAME_TOO_LARGE"),
            (0xffff_ffff, "FRAME_TOO_LARGE"), (0x4745_5420, "FRAME_TOO_LARGE"),
        ] as [(UInt32, String)])
    func prefix(announced: UInt32, reason: String) throws {
        var limits = ServerLimits()
        limits.requestFrameBytesMax = 256
        let line = try Line(limits: limits)
        try line.feed((0..<4).map { UInt8(truncatingIfNeeded: announced >> (24 - 8 * $0)) })
        let frame = try Proto.Frame(decoding: Array(line.output().dropFirst(4)))
        guard case .goAway(let goAway) = frame.body else {
            Issue.record("no GoAway")
            return
        }
        #expect(goAway.status?.detail?.reason == reason)
        // What follows is thrown away: the connection is given up.
        try line.feed(Peer.bytes(.request(1, "/test.Inline/Echo")))
        #expect(try line.output().isEmpty)
    }

    @Test func `a frame of exactly the limit is served`() throws {
        let frame = Peer.bytes(
            .request(1, "/test.Inline/Echo", [UInt8](repeating: 1, count: 300)))
        var limits = ServerLimits()
        limits.requestFrameBytesMax = frame.count - 4
        let line = try Line(limits: limits)
        try line.feed(frame)
        let answer = try Proto.Frame(decoding: Array(line.output().dropFirst(4)))
        guard case .response = answer.body else {
            Issue.record("no response")
            return
        }
    }

    @Test(
        "bytes that are no frame of a client end the connection",
        arguments: [
            ([0xff], "FRAME_MALFORMED"), ([0x08, 0x01], "FRAME_WITHOUT_BODY"),
            ([0x08, 0x01, 0x1a, 0x00], "FRAME_UNEXPECTED"),
            ([0x08, 0x01, 0x22, 0x00], "FRAME_UNEXPECTED"), ([0x42, 0x00], "FRAME_UNEXPECTED"),
            ([0x12, 0x00], "CALL_ID_NOT_INCREASING"), ([0x4a, 0x00], "PROTOCOL_VERSION_UNKNOWN"),
        ] as [([UInt8], String)])
    func malformed(body: [UInt8], reason: String) throws {
        let line = try Line()
        try line.feed([0, 0, 0, UInt8(body.count)] + body)
        let frame = try Proto.Frame(decoding: Array(line.output().dropFirst(4)))
        guard case .goAway(let goAway) = frame.body else {
            Issue.record("no GoAway")
            return
        }
        #expect(goAway.status?.detail?.reason == reason)
        #expect(goAway.status?.detail?.metadata["request_id"] != nil)
    }

    @Test func `a pong is taken without a word`() throws {
        let line = try Line()
        try line.feed([0, 0, 0, 2, 0x3a, 0x00])
        #expect(try line.output().isEmpty)
    }
}
