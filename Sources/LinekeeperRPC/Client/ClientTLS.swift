import NIOCore
import NIOSSL

/// What a client's TLS connections are made from.
struct ClientTLS: Sendable {
    private let sslContext: NIOSSLContext
    /// `nil` where the server is named by its address: SNI takes names only.
    private let serverName: String?

    /// - Throws: `TLS_UNUSABLE`, naming the file.
    init(_ configuration: ClientConfiguration.TLS, host: String) throws(Status) {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.applicationProtocols = ["linekeeper/1"]
        if let path = configuration.authoritiesPath {
            tls.trustRoots = .certificates(try Self.certificates(path))
        }
        if let path = configuration.certificateChainPath {
            tls.certificateChain = try Self.certificates(path).map { .certificate($0) }
        }
        if let path = configuration.privateKeyPath {
            tls.privateKey = .privateKey(
                try Self.using(path) { () throws in try NIOSSLPrivateKey(file: path, format: .pem) }
            )
        }
        let contextPath = configuration.privateKeyPath ?? configuration.authoritiesPath ?? ""
        sslContext = try Self.using(contextPath) { () throws in
            try NIOSSLContext(configuration: tls)
        }
        let name = configuration.serverName ?? host
        serverName = Self.isAddress(name) ? nil : name
        if let serverName {
            // Found now rather than at every connection.
            _ = try Self.using(contextPath) { () throws in
                try NIOSSLClientHandler(context: sslContext, serverHostname: serverName)
            }
        }
    }

    func makeHandler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: sslContext, serverHostname: serverName)
    }

    private static func certificates(_ path: String) throws(Status) -> [NIOSSLCertificate] {
        let found = try using(path) { () throws in try NIOSSLCertificate.fromPEMFile(path) }
        guard !found.isEmpty else {
            throw .tlsUnusable(path: path, cause: "it holds no certificate")
        }
        return found
    }

    private static func using<Value>(
        _ path: String, _ body: () throws -> Value
    ) throws(Status) -> Value {
        do {
            return try body()
        } catch {
            throw .tlsUnusable(path: path, cause: String(describing: error))
        }
    }

    private static func isAddress(_ host: String) -> Bool {
        do {
            _ = try SocketAddress(ipAddress: host, port: 1)
            return true
        } catch {
            return false
        }
    }
}
