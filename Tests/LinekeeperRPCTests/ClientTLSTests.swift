import LinekeeperProto
import Testing

@testable import LinekeeperRPC

/// The client's side of TLS, against the server.
@Suite(.timeLimit(.minutes(1))) struct ClientTLSTests {
    private let files: Certificates

    init() async throws { files = try await Certificates() }

    private func outcome(
        asksClients: Bool = false, _ tls: ClientConfiguration.TLS?
    ) async throws -> Status? {
        var found: Status?
        try await TestServer.run(tls: files.server(asksClients: asksClients)) { server in
            let client = try RPCClient.test(port: server.port) { $0.tls = tls }
            found = await status { () throws(Status) in
                try await client.call(
                    "/test.Inline/Echo", payload: [1],
                    CallOptions(timeout: .seconds(20), waitsForServer: false))
            }
        }
        return found
    }

    @Test func `a server of a trusted authority is called`() async throws {
        #expect(
            try await outcome(
                .init(authoritiesPath: files.path("authority.pem"), serverName: "localhost")) == nil
        )
    }

    @Test func `a server of another authority is not, and the user is told`() async throws {
        let refused = try await outcome(.init(serverName: "localhost"))
        #expect(refused?.reason == "CANNOT_CONNECT")
        #expect(refused?.message.contains("certificate is not trusted") == true)
    }

    @Test func `a server of another name is not`() async throws {
        let refused = try await outcome(
            .init(authoritiesPath: files.path("authority.pem"), serverName: "other.example.com"))
        #expect(refused?.reason == "CANNOT_CONNECT")
    }

    @Test func `a client shows its certificate where one is asked for`() async throws {
        let tls = ClientConfiguration.TLS(
            authoritiesPath: files.path("authority.pem"),
            certificateChainPath: files.path("client.pem"),
            privateKeyPath: files.path("client.key"), serverName: "localhost")
        #expect(try await outcome(asksClients: true, tls) == nil)
        let without = try await outcome(
            asksClients: true,
            .init(authoritiesPath: files.path("authority.pem"), serverName: "localhost"))
        #expect(without?.code == .unavailable)
    }

    @Test func `speaking plainly to a TLS port ends with an error, not with silence`() async throws
    {
        let refused = try await outcome(nil)
        #expect(refused != nil)
    }

    @Test func `speaking TLS to a plain port says so`() async throws {
        let authority = files.path("authority.pem")
        try await TestServer.run { server in
            let client = try RPCClient.test(port: server.port) {
                $0.tls = .init(authoritiesPath: authority, serverName: "localhost")
            }
            let refused = await status { () throws(Status) in
                try await client.call(
                    "/test.Inline/Echo", payload: [1],
                    CallOptions(timeout: .seconds(20), waitsForServer: false))
            }
            #expect(refused?.reason == "CANNOT_CONNECT")
        }
    }
}
