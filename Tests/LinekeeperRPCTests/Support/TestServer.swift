import CLinekeeperProto
import LinekeeperProto
import Logging
import NIOCore
import Synchronization

@testable import LinekeeperRPC

/// The rights that the test methods know.
enum Right {
    static let read: UInt64 = 1
    static let admin: UInt64 = 2
}

/// Knows three tokens and counts how often it is asked.
final class TestAuthenticator: Authenticator {
    let reader = Identity(subject: "reader", scope: 1, rights: Right.read)
    let admin = Identity(subject: "admin", scope: 2, rights: Right.read | Right.admin)
    private let asked = Mutex(0)

    var timesAsked: Int { asked.withLock { $0 } }

    func authenticate(_ authorization: String) -> Result<Identity, Status> {
        asked.withLock { $0 += 1 }
        switch authorization {
        case "Bearer lk_reader": return .success(reader)
        case "Bearer lk_admin": return .success(admin)
        default:
            return .failure(
                Status(.unauthenticated, "No such token.", reason: "TOKEN_UNKNOWN"))
        }
    }
}

/// Collects what the test methods were given, and holds what they wait for.
final class Scene: Sendable {
    struct State {
        var responders: [Responder] = []
        var contexts: [CallContext] = []
        var events: [String] = []
    }

    let state = Mutex(State())

    func note(_ event: String) { state.withLock { $0.events.append(event) } }

    var events: [String] { state.withLock { $0.events } }
    var contexts: [CallContext] { state.withLock { $0.contexts } }

    /// The responders that arrived so far; the scene lets go of them.
    func takeResponders() -> [Responder] {
        state.withLock { state in
            defer { state.responders = [] }
            return state.responders
        }
    }

    /// Waits until so many deferred calls have arrived.
    func responders(_ count: Int) async throws -> [Responder] {
        var found: [Responder] = []
        try await eventually("\(count) deferred calls") {
            found += takeResponders()
            return found.count >= count
        }
        return found
    }

    /// One method of each kind, and some that misbehave.
    func methods() -> MethodTable {
        var table = MethodTable()
        table.inline("/test.Inline/Echo", access: .anyone) { call in
            .payload(call.payload.copy())
        }
        table.inline("/test.Inline/Packed", access: .anyone) { call in
            guard let memory = call.arena.allocate(MemoryLayout<Linekeeper__Rpc__V1__Ping>.size)
            else { return .refusal(Status(.internal, "no memory")) }
            let ping = memory.bindMemory(to: Linekeeper__Rpc__V1__Ping.self, capacity: 1)
            linekeeper__rpc__v1__ping__init(ping)
            ping.pointee.token = UInt64(call.payload.count)
            return .message(ReplyMessage(ping))
        }
        table.inline("/test.Inline/Subject", access: .anyone) { call in
            .payload(Array(call.identity.subject.utf8))
        }
        table.inline("/test.Inline/Refuse", access: .anyone) { _ in
            .refusal(Status(.notFound, "Nothing here.", reason: "NOTHING", facts: ["a": "b"]))
        }
        table.inline("/test.Inline/Large", access: .anyone) { _ in
            .payload([UInt8](repeating: 7, count: 1 << 20))
        }
        table.inline("/test.Inline/Reader", access: .right(Right.read, named: "the role reader")) {
            .payload(Array($0.identity.subject.utf8))
        }
        table.inline("/test.Inline/Admin", access: .right(Right.admin, named: "the role admin")) {
            .payload(Array($0.identity.subject.utf8))
        }
        table.deferred("/test.Deferred/Hold", access: .anyone) { context, _, responder in
            self.state.withLock { state in
                state.contexts.append(context)
                state.responders.append(responder)
            }
        }
        table.deferred("/test.Deferred/Echo", access: .anyone) { _, payload, responder in
            responder.finish(.success(payload))
        }
        table.deferred("/test.Deferred/Forget", access: .anyone) { _, _, _ in }
        table.unary("/test.Unary/Echo", access: .anyone) {
            (context, payload) async throws(Status) in
            self.state.withLock { $0.contexts.append(context) }
            return payload
        }
        table.unary("/test.Unary/Fail", access: .anyone) {
            (_, _) async throws(Status) in
            throw Status(.aborted, "Lost the race.", reason: "RACE_LOST")
        }
        table.unary("/test.Unary/UntilCancelled", access: .anyone) {
            (_, _) async throws(Status) in
            self.note("began")
            await untilCancelled()
            self.note("cancelled")
            return []
        }
        table.stream("/test.Stream/Count", access: .anyone) {
            (_, payload, writer) async throws(Status) in
            for number in 0..<(payload.first ?? 0) { try await writer.write([number]) }
        }
        table.stream("/test.Stream/Flood", access: .anyone) {
            (_, _, writer) async throws(Status) in
            do throws(Status) {
                while true {
                    try await writer.write([UInt8](repeating: 1, count: 16 << 10))
                    self.note("wrote")
                }
            } catch {
                self.note("over: \(error.reason)")
                throw error
            }
        }
        return table
    }
}

/// Returns when the current task is cancelled.
func untilCancelled() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    await withTaskCancellationHandler {
        for await _ in stream {}
    } onCancel: {
        continuation.finish()
    }
}

struct NotInTime: Error {
    let what: String
}

/// Asks again and again, for ten seconds at most.
func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
    for _ in 0..<2000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw NotInTime(what: what)
}

/// A server on a port of its own, for as long as `body` runs.
struct TestServer: Sendable {
    let server: RPCServer
    let port: Int
    let scene: Scene
    let authenticator: TestAuthenticator

    func connect(receiveBuffer: CInt? = nil) async throws -> Peer {
        try await Peer(port: port, receiveBuffer: receiveBuffer)
    }

    static func run(
        tls: ServerConfiguration.TLS? = nil, loops: Int = 2,
        configure: (inout ServerConfiguration) -> Void = { _ in },
        extend: (inout MethodTable) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration(host: "127.0.0.1", port: 0, tls: tls)
        configuration.eventLoopCount = loops
        configure(&configuration)
        let scene = Scene()
        var methods = scene.methods()
        extend(&methods)
        let authenticator = TestAuthenticator()
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .debug
        let server = RPCServer(
            configuration: configuration, methods: methods, authenticator: authenticator,
            logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let port = try await server.waitUntilListening().port
            try await body(
                TestServer(
                    server: server, port: port ?? 0, scene: scene, authenticator: authenticator))
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
