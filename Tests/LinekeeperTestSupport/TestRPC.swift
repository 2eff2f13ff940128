public import LinekeeperProto
public import LinekeeperRPC
import Logging
import NIOCore

/// A server on a port of its own, for as long as a test's body runs.
public struct TestRPC: Sendable {
    /// The port on 127.0.0.1.
    public let port: Int

    /// Serves methods on one event loop while `body` runs.
    ///
    /// - Throws: what the server throws when it cannot start, and what `body` throws.
    public static func serve(
        _ methods: MethodTable, authenticator: any Authenticator,
        _ body: @escaping @Sendable (TestRPC) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration(host: "127.0.0.1", port: 0)
        configuration.eventLoopCount = 1
        configuration.drainTimeout = .seconds(1)
        let server = RPCServer(
            configuration: configuration, methods: methods, authenticator: authenticator,
            logger: .quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let address = try await server.waitUntilListening()
            let rpc = TestRPC(port: address.port ?? 0)
            do { try await body(rpc) } catch {
                server.drain()
                throw error
            }
            server.drain()
            try await group.waitForAll()
        }
    }

    /// A client with a token, or with none.
    public func client(token: String?) throws -> RPCClient {
        var configuration = ClientConfiguration(host: "127.0.0.1", port: port)
        configuration.token = token
        configuration.attemptsMax = 1
        return try RPCClient(configuration)
    }
}

extension RPCClient {
    /// The status that a call ends with; `nil` when it ends well.
    public func refusal(
        _ request: some ProtoMessage, _ method: String, _ options: CallOptions = CallOptions()
    ) async -> Status? {
        do {
            _ = try await call(method, payload: request.encoded(), options)
            return nil
        } catch { return error }
    }
}
