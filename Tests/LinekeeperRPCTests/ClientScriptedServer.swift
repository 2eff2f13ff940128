import LinekeeperProto
import NIOCore
import NIOPosix
import Synchronization

@testable import LinekeeperRPC

/// A server that does what a test says, right or wrong, frame by frame.
final class ScriptedServer: Sendable {
    /// One connection, as the script sees it.
    struct Peer: Sendable {
        let channel: any Channel
        /// 1 for the first connection, and so on.
        let connection: Int

        func send(_ body: Proto.Frame.Body, callID: UInt64 = 0) {
            sendRaw(Self.bytes(body, callID: callID))
        }

        /// A frame with its prefix.
        static func bytes(_ body: Proto.Frame.Body, callID: UInt64) -> [UInt8] {
            let frame = Proto.Frame.with {
                $0.callID = callID
                $0.body = body
            }
            let bytes = frame.encoded()
            return withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { [UInt8]($0) } + bytes
        }

        func sendRaw(_ bytes: [UInt8]) {
            channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        }

        func respond(_ callID: UInt64, _ payload: [UInt8] = []) {
            send(.response(.with { $0.payload = payload }), callID: callID)
        }

        func refuse(
            _ callID: UInt64, _ code: Status.Code, reason: String = "SCRIPTED",
            retryAfter: UInt32 = 0
        ) {
            send(
                .response(.with { $0.status = Self.status(code, reason, retryAfter) }),
                callID: callID)
        }

        func item(_ callID: UInt64, _ payload: [UInt8]) {
            send(.item(.with { $0.payload = payload }), callID: callID)
        }

        func goAway(last: UInt64, _ code: Status.Code = .unavailable, retryAfter: UInt32 = 0) {
            send(
                .goAway(
                    .with {
                        $0.lastCallID = last
                        $0.status = Self.status(code, "SCRIPTED_GO_AWAY", retryAfter)
                    }))
        }

        func close() { channel.close(promise: nil) }

        private static func status(
            _ code: Status.Code, _ reason: String, _ retryAfter: UInt32
        ) -> Proto.Status {
            .with {
                $0.code = code.rawValue
                $0.message = "As the test says."
                $0.detail = .with {
                    $0.reason = reason
                    $0.retryAfterMs = retryAfter
                }
            }
        }
    }

    typealias Script = @Sendable (Peer, Proto.Frame) -> Void

    let port: Int
    private let listener: any Channel
    private let log: Log

    private final class Log: Sendable {
        let connections = Mutex<[any Channel]>([])
        let frames = Mutex<[(connection: Int, frame: Proto.Frame)]>([])
    }

    /// Listens on a free port, or on the one given.
    init(
        host: String = "127.0.0.1", port: Int = 0, greeting: (@Sendable (Peer) -> Void)? = nil,
        _ script: @escaping Script
    ) async throws {
        let log = Log()
        self.log = log
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                let number = log.connections.withLock { connections in
                    connections.append(channel)
                    return connections.count
                }
                let peer = Peer(channel: channel, connection: number)
                greeting?(peer)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        FrameReader(peer: peer) { peer, frame in
                            log.frames.withLock { $0.append((peer.connection, frame)) }
                            script(peer, frame)
                        })
                }
            }
            .bind(host: host, port: port).get()
        self.port = listener.localAddress?.port ?? 0
    }

    /// How many connections were accepted so far.
    var connectionCount: Int { log.connections.withLock { $0.count } }

    /// The connections so far, in their order.
    var channels: [any Channel] { log.connections.withLock { $0 } }

    /// Every frame so far, with the number of its connection.
    var frames: [(connection: Int, frame: Proto.Frame)] { log.frames.withLock { $0 } }

    /// The methods of all requests so far.
    var requests: [(connection: Int, callID: UInt64, request: Proto.Request)] {
        frames.compactMap { connection, frame in
            guard case .request(let request)? = frame.body else { return nil }
            return (connection, frame.callID, request)
        }
    }

    /// The calls that were cancelled so far.
    var cancels: [UInt64] {
        frames.compactMap { _, frame in
            guard case .cancel? = frame.body else { return nil }
            return frame.callID
        }
    }

    func stop() async {
        listener.close(promise: nil)
        _ = await listener.closeFuture.waited()
        for channel in log.connections.withLock({ $0 }) {
            channel.close(promise: nil)
            await channel.closeFuture.waited()
        }
    }

    private final class FrameReader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let peer: Peer
        private let script: Script
        private var bytes = ByteBuffer()

        init(peer: Peer, script: @escaping Script) {
            self.peer = peer
            self.script = script
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var input = unwrapInboundIn(data)
            bytes.writeBuffer(&input)
            while let slice = bytes.readLengthPrefixedSlice(as: UInt32.self) {
                do {
                    script(peer, try Proto.Frame(decoding: Array(slice.readableBytesView)))
                } catch {
                    context.close(promise: nil)
                }
            }
        }
    }
}

extension EventLoopFuture where Value == Void {
    /// Waits whatever the outcome.
    func waited() async {
        await withCheckedContinuation { continuation in
            whenComplete { _ in continuation.resume() }
        }
    }
}

/// Waits until something is true; says whether it became so within five seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<1000 {
        if condition() { return true }
        do { try await Task.sleep(for: .milliseconds(5)) } catch { return false }
    }
    return condition()
}

extension RPCClient {
    /// A client for tests: quick to try again and to notice what is wrong.
    static func test(
        host: String = "127.0.0.1", port: Int,
        _ change: (inout ClientConfiguration) -> Void = { _ in }
    ) throws(Status) -> RPCClient {
        var configuration = ClientConfiguration(host: host, port: port)
        configuration.backoffInitial = .milliseconds(5)
        configuration.backoffMax = .milliseconds(40)
        change(&configuration)
        return try RPCClient(configuration)
    }
}

/// The status that a call ends with, or `nil` when it ends well.
func status(of body: () async throws(Status) -> some Any) async -> Status? {
    do throws(Status) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
