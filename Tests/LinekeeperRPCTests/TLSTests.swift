import Foundation
import LinekeeperProto
import NIOCore
import NIOPosix
import NIOSSL
import TestPrograms
import Testing

@testable import LinekeeperRPC

/// Certificates made by openssl for one test: an authority, a server, a client, and a stranger.
final class Certificates: Sendable {
    let folder: URL

    init() async throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("linekeeper-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for authority in ["authority", "stranger-authority"] {
            try await openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
                    + "-subj /CN=\(authority) -keyout \(authority).key -out \(authority).pem")
        }
        for (name, authority) in [
            ("server", "authority"), ("client", "authority"), ("stranger", "stranger-authority"),
        ] {
            try await openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=\(name) "
                    + "-addext subjectAltName=DNS:localhost -keyout \(name).key -out \(name).csr")
            try await openssl(
                "x509 -req -in \(name).csr -CA \(authority).pem -CAkey \(authority).key "
                    + "-CAcreateserial -days 2 -copy_extensions copy -out \(name).pem")
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func server(asksClients: Bool = false) -> ServerConfiguration.TLS {
        .init(
            certificateChainPath: path("server.pem"), privateKeyPath: path("server.key"),
            clientAuthoritiesPath: asksClients ? path("authority.pem") : nil)
    }

    private func openssl(_ arguments: String) async throws {
        _ = try await Program.run(
            "openssl", arguments.split(separator: " ").map(String.init), directory: folder.path)
    }
}

@Suite struct TLSTests {
    private let certificates: Certificates

    init() async throws { certificates = try await Certificates() }

    /// Connects with TLS, sends bytes and collects what comes until a whole frame is there.
    private func exchange(
        port: Int, client: String? = nil, trust: String = "authority.pem",
        maximum: TLSVersion = .tlsv13, _ bytes: [UInt8]
    ) async throws -> Proto.Frame {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.trustRoots = .file(certificates.path(trust))
        settings.applicationProtocols = ["linekeeper/1"]
        settings.minimumTLSVersion = .tlsv1
        settings.maximumTLSVersion = maximum
        if let client {
            settings.certificateChain = try NIOSSLCertificate.fromPEMFile(
                certificates.path("\(client).pem")
            ).map { .certificate($0) }
            settings.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: certificates.path("\(client).key"), format: .pem))
        }
        let context = try NIOSSLContext(configuration: settings)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(5))
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            var input: [UInt8] = []
            for try await chunk in inbound {
                input += Array(chunk.readableBytesView)
                guard input.count >= 4 else { continue }
                let count = input[..<4].reduce(0) { $0 << 8 | Int($1) }
                guard input.count >= 4 + count else { continue }
                let negotiated = try await channel.channel.nioSSL_tlsVersion().get()
                #expect(negotiated == .tlsv12 || negotiated == .tlsv13)
                return try Proto.Frame(decoding: Array(input[4..<(4 + count)]))
            }
            throw Peer.Failure(what: "closed without an answer")
        }
    }

    private func echo(_ payload: [UInt8] = [1]) -> [UInt8] {
        Peer.bytes(.request(1, "/test.Inline/Echo", payload))
    }

    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func `calls are served over TLS`(version: TLSVersion) async throws {
        try await TestServer.run(tls: certificates.server()) { test in
            let payload = [UInt8](repeating: 3, count: 100_000)
            let answer = try await exchange(port: test.port, maximum: version, echo(payload))
            guard case .response(let response) = answer.body else {
                Issue.record("no response")
                return
            }
            #expect(response.payload == payload)
        }
    }

    @Test func `the protocol is named in the handshake`() async throws {
        try await TestServer.run(tls: certificates.server()) { test in
            let client = try await Program(
                "openssl",
                ["s_client", "-connect", "127.0.0.1:\(test.port)", "-alpn", "linekeeper/1"])
            _ = await client.exit()
            let said = String(decoding: client.output, as: UTF8.self)
            #expect(said.contains("ALPN protocol: linekeeper/1"), "\(client.complaints)")
        }
    }

    @Test func `an old version of TLS is refused`() async throws {
        try await TestServer.run(tls: certificates.server()) { test in
            await #expect(throws: (any Error).self) {
                try await exchange(port: test.port, maximum: .tlsv11, echo())
            }
        }
    }

    @Test func `a client does not take a server of another authority`() async throws {
        try await TestServer.run(tls: certificates.server()) { test in
            await #expect(throws: (any Error).self) {
                try await exchange(port: test.port, trust: "stranger-authority.pem", echo())
            }
        }
    }

    @Test func `with client authorities only their clients are served`() async throws {
        try await TestServer.run(tls: certificates.server(asksClients: true)) { test in
            let answer = try await exchange(port: test.port, client: "client", echo())
            #expect(answer.callID == 1)
            for client in [nil, "stranger"] as [String?] {
                await #expect(throws: (any Error).self) {
                    try await exchange(port: test.port, client: client, echo())
                }
            }
            #expect(test.server.statistics.callsTotal == 1)
        }
    }

    @Test func `plain bytes on a TLS port are no call`() async throws {
        try await TestServer.run(tls: certificates.server()) { test in
            let peer = try await test.connect()
            try await peer.send(echo())
            try await eventually("the connection is closed") {
                test.server.statistics.connections == 0
            }
            #expect(test.server.statistics.callsTotal == 0)
            #expect(try await exchange(port: test.port, echo()).callID == 1)
        }
    }

    @Test func `a handshake that does not go on is cut off`() async throws {
        try await TestServer.run(
            tls: certificates.server(), configure: { $0.limits.frameTime = .milliseconds(100) }
        ) { test in
            let silent = try await test.connect()
            let half = try await test.connect()
            try await half.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])
            try await eventually("both are closed") { test.server.statistics.connections == 0 }
            withExtendedLifetime((silent, half)) {}
        }
    }

    @Test func `a drain reaches a TLS connection in order`() async throws {
        try await TestServer.run(tls: certificates.server()) { test in
            try await withThrowingTaskGroup(of: Proto.Frame.self) { group in
                group.addTask {
                    try await exchange(
                        port: test.port, Peer.bytes(.request(1, "/test.Deferred/Hold"))
                    )
                }
                let responders = try await test.scene.responders(1)
                test.server.drain()
                try await Task.sleep(for: .milliseconds(20))
                for responder in responders { responder.finish(.success([])) }
                let frame = try await group.next()
                guard case .goAway(let goAway)? = frame?.body else {
                    Issue.record("no GoAway")
                    return
                }
                #expect(goAway.lastCallID == 1)
            }
        }
    }

    @Test(arguments: ["certificate", "key", "authorities", "foreign key"])
    func `a TLS file that cannot be used is named`(part: String) async throws {
        var tls = certificates.server(asksClients: true)
        let missing = certificates.path("missing.pem")
        switch part {
        case "certificate": tls.certificateChainPath = missing
        case "key": tls.privateKeyPath = missing
        case "authorities": tls.clientAuthoritiesPath = missing
        default: tls.privateKeyPath = certificates.path("client.key")
        }
        let error = await #expect(throws: ServerError.self) {
            try await TestServer.run(tls: tls) { _ in }
        }
        let text = "\(try #require(error))"
        #expect(text.contains(part == "foreign key" ? tls.certificateChainPath : missing))
    }
}
