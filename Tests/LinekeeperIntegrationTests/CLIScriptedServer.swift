import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Synchronization
import Testing

/// A server that answers as a test says, for what a real one does too rarely.
final class ScriptedServer: Sendable {
    /// A call that came.
    struct Call: Sendable {
        let method: String
        let key: String?
        let payload: [UInt8]
    }

    typealias Answer = @Sendable (Call, StreamWriter?) async throws(Status) -> [UInt8]

    private let answers: [String: Answer]
    private let streams: [String: Answer]
    private let received = Mutex<[Call]>([])

    /// - Parameters:
    ///   - answers: By the method's last word.
    ///   - streams: The same for methods that stream; what they return is not sent.
    init(_ answers: [String: Answer], streams: [String: Answer] = [:]) {
        self.answers = answers
        self.streams = streams
    }

    /// The calls of a method, in their order.
    func calls(_ method: String) -> [Call] {
        received.withLock { $0.filter { $0.method == method } }
    }

    private struct Anybody: Authenticator {
        func authenticate(_ authorization: String) -> Result<Identity, Status> {
            .success(Identity(subject: "tester", scope: 1, rights: .max))
        }
    }

    private static let services = [
        "AssignmentService": ["ListAgents"],
        "CarrierService": [
            "ListCarriers", "ListConnections", "PreviewDisconnect", "DisconnectCarrier",
            "UpdateConnection", "ListImportableNumbers", "ImportNumbers", "SyncConnection",
        ],
        "NumberService": [
            "GetCredits", "ListCountries", "SearchAvailable", "PurchaseNumbers", "ListOrders",
            "GetOrder", "ProcessOrders", "WatchOrders", "GetNumber", "UpdateNumber",
            "ListAreaCodes", "ReleaseNumber",
        ],
    ]

    private func table() -> MethodTable {
        var methods = MethodTable()
        for (service, names) in Self.services {
            for name in names {
                let path = "/linekeeper.v1.\(service)/\(name)"
                if let answer = streams[name] {
                    methods.stream(path, access: .anyIdentity) {
                        (context, payload, writer) async throws(Status) in
                        _ = try await answer(self.note(name, context, payload), writer)
                    }
                } else if let answer = answers[name] {
                    methods.unary(path, access: .anyIdentity) {
                        (context, payload) async throws(Status) in
                        try await answer(self.note(name, context, payload), nil)
                    }
                }
            }
        }
        // A token of one workspace may not list them.
        methods.unary("/linekeeper.v1.AdminService/ListWorkspaces", access: .anyIdentity) {
            (_, _) async throws(Status) in
            throw Status(.permissionDenied, "An admin only.", reason: "PERMISSION_DENIED")
        }
        return methods
    }

    private func note(_ name: String, _ context: CallContext, _ payload: [UInt8]) -> Call {
        let call = Call(method: name, key: context.idempotencyKey, payload: payload)
        received.withLock { $0.append(call) }
        return call
    }

    /// Serves while `body` runs the command line against it.
    func serve(_ body: @escaping @Sendable (CLI) async throws -> Void) async throws {
        try await TestRPC.serve(table(), authenticator: Anybody()) { rpc in
            try await body(CLI(port: rpc.port))
        }
    }
}
