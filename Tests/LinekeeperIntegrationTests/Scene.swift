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
    private(set) var values: [String: String]

    /// What the other workspace has, by the kind of field that could name it.
    private(set) var foreign: [Requests.Kind: String]

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
            "order": "none", "spare": spare, "confirmation": confirmation.confirmToken,
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

    /// Buys a number for each workspace, so that each has an order. The server must have a marketplace.
    mutating func buy() async throws {
        values["order"] = try await Self.buy(offer: 0, for: acme, on: server)
        foreign[.order] = try await Self.buy(offer: 1, for: other, on: server)
    }

    private static func buy(
        offer place: Int, for tenant: Tenant, on server: ServerProcess
    ) async throws -> String {
        let admin = try server.client()
        _ = try await admin.call(
            Proto.GrantCreditsRequest.with {
                $0.workspaceID = tenant.id
                $0.credits = 1_000
            }, Method.admin("GrantCredits"), Proto.GrantCreditsResponse.self)
        let offers = try await tenant.client.call(
            Proto.SearchAvailableRequest.with {
                $0.source = .marketplace
                $0.countryCode = "US"
                $0.types = [.local]
                $0.limit = 10
            }, Method.number("SearchAvailable"), Proto.SearchAvailableResponse.self
        ).offers
        guard offers.count > place else { throw TestFailure("too little is on sale") }
        let reply = try await tenant.client.call(
            Proto.PurchaseNumbersRequest.with {
                $0.source = .marketplace
                $0.e164s = [offers[place].e164]
                $0.expectedMonthlyCostCredits = offers[place].monthlyCostCredits
            }, Method.number("PurchaseNumbers"), Proto.PurchaseNumbersResponse.self,
            CallOptions(idempotencyKey: "buy"))
        guard let order = reply.orders.first else { throw TestFailure("no order was made") }
        return order.orderID
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
            "event", "credit_entry", "idempotency", "number_order", "carrier_task",
        ] {
            rows += try file.rows("SELECT '\(table)', * FROM \(table) WHERE workspace_key = \(key)")
        }
        return rows
    }
}
