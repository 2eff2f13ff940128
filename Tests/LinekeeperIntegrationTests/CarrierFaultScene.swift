import CarrierSimulator
import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Synchronization

/// A customer's own account at the carrier of a shop, connected.
struct ConnectedAccount: Sendable {
    let shop: Shop
    let connection: String
    /// Its numbers as the carrier lists them.
    let e164s: [String]

    /// The account's id at the carrier.
    static func id(of shop: Shop) -> String {
        shop == .marketplace ? Demo.twilioCustomer.id : Demo.telnyxCustomer.id
    }

    /// Connects the demo customer's account.
    static func connect(
        _ shop: Shop, in workspace: String, of scene: PurchaseScene, through client: RPCClient
    ) async throws -> ConnectedAccount {
        let answer = try await client.call(
            Proto.ConnectCarrierRequest.with {
                $0.workspaceID = workspace
                $0.carrier = shop == .marketplace ? .twilio : .telnyx
                $0.name = "Acme's own"
                $0.credentials =
                    shop == .marketplace
                    ? [
                        "account_sid": Demo.twilioCustomer.id,
                        "auth_token": Demo.twilioCustomer.credentials[0].secret,
                    ]
                    : [
                        "api_key": Demo.telnyxCustomer.credentials[0].secret,
                        "connection_id": Demo.telnyxCustomerConnection,
                    ]
            }, Method.carrier("ConnectCarrier"), Proto.ConnectCarrierResponse.self)
        return ConnectedAccount(
            shop: shop, connection: answer.connection?.connectionID ?? "",
            e164s: scene.simulator.numbers(of: id(of: shop)).map(\.e164))
    }

    /// The settings at the carrier that managing webhooks changes.
    static func settings(of e164: String, at simulator: CarrierSimulator) -> [String: String] {
        let names: Set = [
            "voice_url", "sms_url", "status_callback", "connection_id", "messaging_profile_id",
        ]
        return simulator.number(e164)?.settings(in: .us1)
            .filter { names.contains($0.key) && !$0.value.isEmpty } ?? [:]
    }
}

/// Asks again and again for the route of an assigned number while other things happen.
final class HotCallProbe: Sendable {
    private let state = Mutex((answers: 0, failures: [String](), isOver: false))

    /// Makes a number with an agent, then calls it until the body is done.
    ///
    /// - Returns: What the body returns, and what went wrong with the calls.
    static func during<Result: Sendable>(
        _ workspace: String, _ client: RPCClient, _ body: () async throws -> Result
    ) async throws -> (Result, failures: [String]) {
        let trunk = try await client.connectSIP("Trunk", in: workspace)
        let called = e164(77)
        let imported = try await client.importNumbers(
            [called], through: trunk, in: workspace, key: "probe")
        try await client.putAgents(["ada"], in: workspace)
        try await client.assign(imported.first?.numberID ?? "", in: workspace) {
            $0.inbound = .to("ada")
        }
        let probe = HotCallProbe()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await probe.call(called, client) }
            defer { probe.state.withLock { $0.isOver = true } }
            let result = try await body()
            return (result, probe.outcome())
        }
    }

    private func outcome() -> [String] {
        state.withLock { state in
            state.isOver = true
            return state.answers > 0 ? state.failures : ["no call was answered"]
        }
    }

    private func call(_ e164: String, _ client: RPCClient) async throws {
        for _ in 0..<10_000 where !state.withLock({ $0.isOver }) {
            let failure: String?
            do throws(Status) {
                let answer = try await client.route(e164)
                failure = answer.agentID == "ada" ? nil : "it went to \(answer.agentID)"
            } catch { failure = "\(error)" }
            state.withLock { state in
                if let failure { state.failures.append(failure) } else { state.answers += 1 }
            }
            try await Task.sleep(for: .milliseconds(25))
        }
    }
}
