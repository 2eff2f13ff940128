import LinekeeperProto
import LinekeeperTestSupport
import TestPrograms
import Testing

@testable import LinekeeperProto

extension Integration {
    @Suite struct FuzzTests {
        private static let frames = 20_000

        /// Fails when the server ends, or when it stops answering.
        @Test func `a server outlives 20,000 mutated frames`() async throws {
            try await ServerHome.withServer { server in
                let scene = try await Scene(server)
                let samples = try Self.samples(scene)
                let port = server.home.port
                let tokens = [scene.acme.managerToken.secret, try server.home.adminToken()]
                let seed = UInt64.random(in: 0...UInt64(UInt32.max))
                print("fuzz: seed \(seed)")
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for worker in 0..<4 {
                        group.addTask {
                            try await onThread {
                                var fuzzer = Fuzzer(seed &+ UInt64(worker), samples)
                                return try fuzzer.run(
                                    Self.frames / 4, port: port, token: tokens[worker % 2])
                            }
                        }
                    }
                    let answered = try await group.reduce(0, +)
                    // A server that hangs up on everything would prove nothing.
                    #expect(answered > Self.frames / 3)
                }
                #expect(server.ending == nil)
                #expect(try await server.client().createWorkspace("Alive").isEmpty == false)
                #expect(await server.stop() == .code(0))
            }
        }

        /// A good frame for every method, and the connection's own.
        private static func samples(_ scene: Scene) throws -> [Proto.Frame] {
            let caller = try MethodCaller()
            var frames: [Proto.Frame] = [
                .with { $0.body = .ping(.with { $0.token = 7 }) },
                .with {
                    $0.callID = 3
                    $0.body = .cancel(Proto.Cancel())
                },
            ]
            for path in caller.paths.sorted() {
                for template in Requests.byMethod[path] ?? [] {
                    let payload = try caller.transcoder.bytes(
                        fromJSON: JSONWriter.text(
                            of: try caller.request(template, scene.values), pretty: false),
                        type: try caller.method(path).input)
                    frames.append(
                        .request(1, path, payload, metadata: [("idempotency-key", "k")]))
                }
            }
            return frames
        }
    }
}

/// Sends good frames with something wrong in them.
private struct Fuzzer {
    private var random: SplitMix
    private let samples: [Proto.Frame]
    /// Frames on one connection, unless the server ends it before.
    private static let framesPerConnection = 50

    init(_ seed: UInt64, _ samples: [Proto.Frame]) {
        random = SplitMix(seed)
        self.samples = samples
    }

    /// Answers how many of the frames were answered.
    mutating func run(_ count: Int, port: Int, token: String) throws -> Int {
        var sent = 0
        var answered = 0
        while sent < count {
            let wire = try Wire(port: port, token: token)
            for callID in 1...Self.framesPerConnection {
                sent += 1
                // What is wrong with a frame itself ends the connection, so that comes last.
                let isLast = callID == Self.framesPerConnection
                guard try wire.send(frame(UInt64(callID), isLast: isLast)) else { break }
            }
            // All of them have been taken, or the connection is over.
            try wire.send(.request(1_000_000, "/grpc.health.v1.Health/Check", []))
            while let frame = try wire.receive() {
                if case .response? = frame.body { answered += 1 }
                if frame.callID == 1_000_000 { break }
                if case .goAway? = frame.body { break }
            }
        }
        return answered
    }

    private mutating func frame(_ callID: UInt64, isLast: Bool) -> [UInt8] {
        var frame = samples[Int.random(in: 0..<samples.count, using: &random)]
        if frame.callID != 0 { frame.callID = callID }
        if !isLast {
            guard case .request(var request)? = frame.body else { return frame.framed }
            request.payload = mutated(request.payload)
            frame.body = .request(request)
            return frame.framed
        }
        let bytes = mutated(frame.encoded())
        let count = UInt32(clamping: bytes.count)
        return (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + bytes
    }

    private mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !bytes.isEmpty else { return [0x0a, 0xff] }
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            case 4: bytes.insert(contentsOf: bytes[index...], at: index)
            default: bytes.removeSubrange(index...)
            }
        }
        return bytes
    }
}
