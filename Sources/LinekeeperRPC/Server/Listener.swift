import NIOCore
import NIOPosix
import NIOSSL

/// Binds the port and gives every accepted connection its handlers.
///
/// NIO ignores SIGPIPE, and pauses for a second when accepting fails for want of descriptors; the
/// gate sees to it that it does not come to that.
struct Listener {
    let configuration: ServerConfiguration
    let core: ServerCore
    let ports: [LoopPort]
    let tls: NIOSSLContext?
    let limit: ConnectionLimit
    /// Called after a connection has been counted out.
    let connectionClosed: @Sendable () -> Void

    /// Above this, a stream waits and nothing more is read from the peer.
    private static let highWaterMark = 256 << 10

    func bind(on group: MultiThreadedEventLoopGroup) async throws -> any Channel {
        let core = core
        let limit = limit
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptGate(counters: core.counters, openMax: limit.open))
                }
            }
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: Self.highWaterMark / 4, high: Self.highWaterMark)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try initialize(channel) }
            }
        do {
            return try await bootstrap.bind(
                host: configuration.host, port: configuration.port
            ).get()
        } catch {
            throw ServerError.addressUnavailable(
                host: configuration.host, port: configuration.port, cause: "\(error)")
        }
    }

    private func initialize(_ channel: any Channel) throws {
        let isWithinLimit = core.counters.connectionOpened(limit: limit.served)
        let core = core
        let connectionClosed = connectionClosed
        channel.closeFuture.whenComplete { _ in
            core.counters.connectionClosed()
            connectionClosed()
            // A server that ends accepts nothing more, and the listener's loop may end before this.
            guard !core.isDraining else { return }
            channel.parent?.triggerUserOutboundEvent(AcceptGate.ConnectionClosed(), promise: nil)
        }
        guard let port = ports.first(where: { $0.eventLoop === channel.eventLoop }) else {
            throw ServerError.notRunning
        }
        if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
        }
        let refusal: Status? =
            isWithinLimit ? nil : .tooManyConnections(limit: limit.served)
        try channel.pipeline.syncOperations.addHandler(
            ConnectionHandler(core: core, port: port, isTLS: tls != nil, refusal: refusal))
    }
}

/// Reads certificates and keys.
enum TLSFactory {
    /// The protocol's name in TLS' negotiation.
    static let applicationProtocol = "linekeeper/1"

    /// Blocks on the files: called once, before anything is served.
    static func serverContext(_ tls: ServerConfiguration.TLS) throws -> NIOSSLContext {
        let chain = try usable(tls.certificateChainPath) {
            try NIOSSLCertificate.fromPEMFile($0).map { NIOSSLCertificateSource.certificate($0) }
        }
        let key = try usable(tls.privateKeyPath) { try NIOSSLPrivateKey(file: $0, format: .pem) }
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(key))
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = [applicationProtocol]
        if let path = tls.clientAuthoritiesPath {
            let authorities = try usable(path) { try NIOSSLCertificate.fromPEMFile($0) }
            settings.trustRoots = .certificates(authorities)
            // A client has no host name to compare; that its certificate is signed is what counts.
            settings.certificateVerification = .noHostnameVerification
        }
        return try usable(tls.certificateChainPath) { _ in
            try NIOSSLContext(configuration: settings)
        }
    }

    private static func usable<Value>(
        _ path: String, _ read: (String) throws -> Value
    ) throws(ServerError) -> Value {
        do {
            return try read(path)
        } catch {
            throw .tlsUnusable(path: path, cause: "\(error)")
        }
    }
}
