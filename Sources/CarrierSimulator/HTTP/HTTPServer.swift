import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP/1.1 server that writes answers as bytes, so that they can also be wrong.
///
/// NIOHTTP1 reads the requests. Its encoder is left out: a fault may want half an answer, or a
/// Content-Length that is not true.
struct HTTPServer: Sendable {
    typealias Handler = @Sendable (Request) async throws -> Transmission
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, ByteBuffer>

    private let channel: NIOAsyncChannel<Connection, Never>
    let port: Int

    /// The largest request body that is read.
    static let bodyBytesMax = 1 << 20

    /// Listens on an address; port 0 takes a free one.
    ///
    /// - Throws: the operating system's error when the address cannot be had.
    init(host: String, port: Int) async throws {
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        self.port = channel.channel.localAddress?.port ?? port
    }

    /// Serves until its task is cancelled; every connection is then closed.
    func run(_ handler: @escaping Handler) async throws {
        try await channel.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    group.addTask { await Self.serve(connection, handler) }
                }
            }
        }
    }

    /// Answers one request after the other on a connection.
    private static func serve(_ connection: Connection, _ handler: Handler) async {
        let address = connection.channel.remoteAddress
        let isLocal = address?.ipAddress.map { $0.hasPrefix("127.") || $0 == "::1" } ?? false
        do {
            try await connection.executeThenClose { inbound, outbound in
                var head: HTTPRequestHead?
                var body: [UInt8] = []
                for try await part in inbound {
                    switch part {
                    case .head(let received):
                        head = received
                        body = []
                    case .body(let buffer):
                        guard body.count + buffer.readableBytes <= bodyBytesMax else {
                            let reply = Transmission(Reply(status: 413))
                            try await outbound.write(ByteBuffer(bytes: reply.bytes))
                            return
                        }
                        body += buffer.readableBytesView
                    case .end:
                        guard let received = head else { return }
                        head = nil
                        let request = Request(
                            method: received.method.rawValue, target: received.uri,
                            headers: received.headers.map { ($0.name, $0.value) }, body: body,
                            isLocal: isLocal)
                        let answer = try await handler(request)
                        try await write(answer, to: outbound)
                        if answer.closes || !received.isKeepAlive { return }
                    }
                }
            }
        } catch {
            // The peer went away or spoke no HTTP, or the simulator stops: the connection is
            // closed, and there is nobody to tell.
        }
    }

    private static func write(
        _ answer: Transmission, to outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        guard let drip = answer.drip else {
            guard !answer.bytes.isEmpty else { return }
            try await outbound.write(ByteBuffer(bytes: answer.bytes))
            return
        }
        var rest = answer.bytes[...]
        while !rest.isEmpty {
            try await outbound.write(ByteBuffer(bytes: rest.prefix(drip.chunkBytes)))
            rest = rest.dropFirst(drip.chunkBytes)
            try await Task.sleep(for: drip.interval)
        }
    }
}
