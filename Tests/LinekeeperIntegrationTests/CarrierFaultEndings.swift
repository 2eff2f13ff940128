import CarrierSimulator
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport

extension FaultedOperation {
    /// The request that the fault befalls.
    func request(_ stage: CarrierFaultCell.Stage, _ shop: Shop) -> RequestMatch {
        let isTwilio = shop == .marketplace
        let customer = ConnectedAccount.id(of: shop)
        switch self {
        case .search:
            return RequestMatch(
                method: "GET",
                path: isTwilio
                    ? "/2010-04-01/*/AvailablePhoneNumbers/*" : "/v2/available_phone_numbers",
                account: shop.account)
        case .buy: return shop.purchase(of: stage.wanted.e164)
        case .poll:
            return isTwilio
                ? RequestMatch(
                    method: "GET", path: "*/IncomingPhoneNumbers.json", e164: stage.pending.e164)
                : RequestMatch(method: "GET", path: "/v2/number_orders*")
        case .list:
            return RequestMatch(
                method: "GET",
                path: isTwilio ? "*/IncomingPhoneNumbers.json" : "/v2/phone_numbers",
                account: customer)
        case .updateWebhook:
            return isTwilio
                ? RequestMatch(
                    method: "POST", path: "*/IncomingPhoneNumbers/*", account: customer)
                : RequestMatch(method: "PATCH", path: "/v2/phone_numbers/*", account: customer)
        case .release: return RequestMatch(method: "DELETE", e164: stage.owned.e164)
        }
    }

    /// Has the server do it; answers the refusal.
    func perform(_ stage: CarrierFaultCell.Stage, _ shop: Shop) async throws -> Status? {
        let workspace = stage.buyer.workspace
        switch self {
        case .search:
            return try await Status.refusal {
                try await stage.buyer.search(shop, through: stage.client)
            }
        case .buy, .poll:
            let offer = self == .buy ? stage.wanted : stage.pending
            let purchase = stage.buyer.purchase([offer], from: shop)
            switch try await stage.buyer.send(purchase, through: stage.client) {
            case .orders: return nil
            case .refused(let status): return status
            case .lost: throw TestFailure("the server went away")
            }
        case .list:
            return try await Status.refusal {
                try await stage.client.call(
                    Proto.ListImportableNumbersRequest.with {
                        $0.workspaceID = workspace
                        $0.connectionID = stage.account.connection
                    }, Method.carrier("ListImportableNumbers"),
                    Proto.ListImportableNumbersResponse.self, CallOptions(timeout: .seconds(90)))
            }
        case .updateWebhook:
            return try await Status.refusal {
                try await stage.client.call(
                    Proto.UpdateNumberRequest.with {
                        $0.workspaceID = workspace
                        $0.numberID = stage.imported.numberID
                        $0.webhookMode = .managed
                    }, Method.number("UpdateNumber"), Proto.UpdateNumberResponse.self,
                    CallOptions(timeout: .seconds(90), idempotencyKey: "manage"))
            }
        case .release:
            return try await Status.refusal {
                try await stage.client.call(
                    Proto.ReleaseNumberRequest.with {
                        $0.workspaceID = workspace
                        $0.numberID = stage.owned.numberID
                        $0.confirmE164 = stage.owned.e164
                    }, Method.number("ReleaseNumber"), Proto.ReleaseNumberResponse.self,
                    CallOptions(timeout: .seconds(90), idempotencyKey: "release"))
            }
        }
    }
}

// What must hold when all is over.
extension CarrierFaultCell {
    func endings(_ stage: Stage) async throws -> [String] {
        let store = try CheckedStore(StoreFile(stage.scene.home))
        return try await orderEndings(stage, store) + webhookEnding(stage)
            + releaseEnding(stage, store) + recovery(stage)
    }

    private func orderEndings(_ stage: Stage, _ store: CheckedStore) async throws -> [String] {
        var findings: [String] = []
        func state(_ offer: Proto.Offer) -> CheckedStore.OrderState? {
            store.orders.last { $0.e164 == offer.e164 }?.state
        }
        if !row.without.contains(.buy) {
            // What was executed is ours; what was refused or never executed costs nothing.
            let expected: CheckedStore.OrderState =
                moment == .after || row.isNeverProcessed ? .completed : .failed
            if state(stage.wanted) != expected {
                findings.append("the number to buy is \(String(describing: state(stage.wanted)))")
            }
            let posts = stage.simulator.journal.count {
                $0.method == "POST" && $0.e164 == stage.wanted.e164
            }
            if !row.isNeverProcessed, posts != 1 {
                findings.append("\(posts) purchase requests were sent")
            }
        }
        if !row.without.contains(.poll), state(stage.pending) != .completed {
            findings.append(
                "the number to ask about is \(String(describing: state(stage.pending)))")
        }
        return findings
    }

    /// Managed with our settings, or as it was: never half.
    private func webhookEnding(_ stage: Stage) async throws -> [String] {
        guard !row.without.contains(.updateWebhook) else { return [] }
        let e164 = stage.imported.e164
        let mode = try await stage.client.number(e164, in: stage.buyer.workspace).webhookMode
        let settings = ConnectedAccount.settings(of: e164, at: stage.simulator)
        if mode == .managed {
            let isOurs =
                shop == .pool
                ? settings["messaging_profile_id"] != stage.settings["messaging_profile_id"]
                : ["voice_url", "sms_url"].allSatisfy {
                    settings[$0]?.hasPrefix(PurchaseScene.webhooks) ?? false
                }
            return isOurs ? [] : ["managed, and the carrier has \(settings)"]
        }
        return settings == stage.settings ? [] : ["not managed, and the carrier has \(settings)"]
    }

    private func releaseEnding(_ stage: Stage, _ store: CheckedStore) throws -> [String] {
        guard !row.without.contains(.release) else { return [] }
        let status = store.numbers.last { $0.e164 == stage.owned.e164 }?.status
        // That the carrier no longer holds it, the checker has compared.
        return status == .released ? [] : ["the released number is \(String(describing: status))"]
    }

    /// The carrier is well again: so is what is asked of it.
    private func recovery(_ stage: Stage) async throws -> [String] {
        try await eventually("\(self): a search works again") {
            try await Status.refusal {
                try await stage.buyer.search(shop, through: stage.client)
            } == nil
        }
        return []
    }
}
