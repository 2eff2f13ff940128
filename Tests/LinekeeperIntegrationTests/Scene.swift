import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport

/// Two workspaces with one of everything, for tests that go through all methods.
struct Scene {
    let server: ServerProcess
    let acme: Tenant
    let other: Tenant
    /// What `$name` stands for in ``Requests``.
    let values: [String: String]

    /// What the other workspace has, by the kind of field that could name it.
    let foreign: [Requests.Kind: String]

    init(_ server: ServerProcess) async throws {
        self.server = server
        acme = try await Tenant("Acme", on: server)
        other = try await Tenant("Other", on: server)
        let admin = try server.client()
        let e164s = (1...4).map(e164)
        let ids = try await acme.importNumbers(e164s)
        let foreignIDs = try await other.importNumbers([e164(9_001), e164(9_002)])
        try await acme.client.putAgents(["ada", "doomed", "spare"])
        try await other.client.putAgents(["eve"])
        try await acme.client.assign(ids[0]) {
            $0.inbound = .to("ada")
            $0.outbound = .to("ada")
            $0.sms = .to("ada")
        }
        try await other.client.assign(foreignIDs[0]) {
            $0.inbound = .to("eve")
            $0.outbound = .to("eve")
            $0.sms = .to("eve")
        }
        try await other.client.setLock(true, numbers: [foreignIDs[1]])
        try await Self.record("their message", on: e164(9_001), through: other.client)

        let spare = try await acme.client.connectSIP("Spare")
        let confirmation = try await acme.client.call(
            Proto.PreviewDisconnectRequest.with { $0.connectionID = spare },
            Method.carrier("PreviewDisconnect"), Proto.PreviewDisconnectResponse.self)
        _ = try await acme.client.call(
            Proto.ReleaseNumberRequest.with {
                $0.numberID = ids[3]
                $0.confirmE164 = e164s[3]
                $0.notBefore = .with { $0.seconds = Int64(Date().timeIntervalSince1970) + 86_400 }
            }, Method.number("ReleaseNumber"), Proto.ReleaseNumberResponse.self,
            CallOptions(idempotencyKey: "release"))
        values = [
            "workspace": acme.id, "connection": acme.connection,
            "number": ids[0], "e164": e164s[0], "free": ids[1], "freeE164": e164s[1],
            "doomed": ids[2], "doomedE164": e164s[2], "releasing": ids[3],
            "agent": "ada", "doomedAgent": "doomed", "spareAgent": "spare",
            "spare": spare, "confirmation": confirmation.confirmToken,
            "doomedWorkspace": try await admin.createWorkspace("Doomed"),
            "doomedToken":
                try await admin.issueToken(.viewer, workspace: acme.id).token?.tokenID ?? "",
        ]
        foreign = [
            .workspace: other.id, .number: foreignIDs[0], .e164: e164(9_001),
            .connection: other.connection, .agent: "eve",
            .token: other.managerToken.token?.tokenID ?? "", .message: "their message",
        ]
    }

    private static func record(
        _ carrierID: String, on e164: String, through client: RPCClient
    ) async throws {
        _ = try await client.call(
            Proto.RecordMessagesRequest.with {
                $0.messages = [
                    .with {
                        $0.direction = .inbound
                        $0.from = "+12125550100"
                        $0.to = e164
                        $0.body = "Hello"
                        $0.carrierMessageID = carrierID
                    }
                ]
            }, Method.number("RecordMessages"), Proto.RecordMessagesResponse.self)
    }

    /// Everything that the file holds of the other workspace.
    func rowsOfOther() throws -> [[String]] {
        let file = StoreFile(server.home)
        let key = try file.rows(
            "SELECT workspace_key FROM workspace WHERE workspace_id = $1", [other.id])[0][0]
        var rows: [[String]] = []
        for table in [
            "workspace", "token", "agent", "connection", "number", "outbound_lock", "message",
            "event", "credit_entry", "idempotency",
        ] {
            rows += try file.rows("SELECT '\(table)', * FROM \(table) WHERE workspace_key = \(key)")
        }
        return rows
    }
}
