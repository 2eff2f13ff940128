import CarrierSimulator
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms

/// One fault, at one moment, at one carrier: it befalls every operation once.
struct CarrierFaultCell: Sendable, CustomStringConvertible {
    let row: CarrierFaultRow
    let moment: Fault.Moment
    let shop: Shop

    var description: String { "\(row.testDescription), \(moment), \(shop)" }

    /// What everything in the cell needs.
    struct Stage: Sendable {
        let scene: PurchaseScene
        let buyer: Buyer
        let client: RPCClient
        let account: ConnectedAccount
        /// To buy under the fault.
        let wanted: Proto.Offer
        /// Bought with the answer lost, so that it has to be asked about.
        let pending: Proto.Offer
        /// Bought, and to be released.
        let owned: Proto.PhoneNumber
        /// Imported from the customer's account.
        let imported: Proto.ImportResult
        /// What the carrier holds for it before.
        let settings: [String: String]

        var simulator: CarrierSimulator { scene.simulator }
    }

    /// Goes through all operations; answers what is not as it must be.
    func run() async throws -> [String] {
        // Orders stay open long enough to be asked about more than once.
        try await PurchaseScene.with(orderDelay: .milliseconds(600)) { scene in
            let server = try await scene.start(carriers: scene.simulator.url)
            let buyer = try await Buyer("Acme", on: server)
            let client = try server.client()
            let stage = try await stage(scene, buyer, client)
            let (findings, failures) = try await HotCallProbe.during(buyer.workspace, client) {
                try await operations(stage)
            }
            scene.simulator.clearFaults()
            try await scene.waitUntilQuiet()
            var all = findings + failures.prefix(3).map { "a call meanwhile: \($0)" }
            all += try await scene.findings(buyer.history)
            all += try await endings(stage)
            if await server.stop() != .code(0) { all.append("it did not end by itself") }
            return all
        }
    }

    private func stage(
        _ scene: PurchaseScene, _ buyer: Buyer, _ client: RPCClient
    ) async throws -> Stage {
        let offers = try await buyer.search(shop, through: client)
        guard offers.count >= 3 else { throw TestFailure("\(offers.count) numbers on sale") }
        try await buyer.send(buyer.purchase([offers[2]], from: shop), through: client)
        try await scene.waitUntilQuiet()
        let account = try await ConnectedAccount.connect(
            shop, in: buyer.workspace, of: scene, through: client)
        let e164 = account.e164s[0]
        let imported = try await client.importNumbers(
            [e164], through: account.connection, in: buyer.workspace, key: "import")
        guard let first = imported.first, first.outcome == .imported else {
            throw TestFailure("not imported: \(imported)")
        }
        return Stage(
            scene: scene, buyer: buyer, client: client, account: account, wanted: offers[0],
            pending: offers[1], owned: try await client.number(offers[2].e164, in: buyer.workspace),
            imported: first, settings: ConnectedAccount.settings(of: e164, at: scene.simulator))
    }

    /// The search first, because orders begin with one too; then all the others at the same time.
    private func operations(_ stage: Stage) async throws -> [String] {
        var findings = try await perform(.search, stage)
        findings += try await withThrowingTaskGroup(of: [String].self) { group in
            group.addTask { try await perform(.buy, stage) }
            group.addTask { try await perform(.poll, stage) }
            group.addTask {
                // Both read the customer's account.
                let listed = try await perform(.list, stage)
                return try await listed + perform(.updateWebhook, stage)
            }
            group.addTask { try await perform(.release, stage) }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return findings
    }

    /// Performs one operation under the fault.
    private func perform(
        _ operation: FaultedOperation, _ stage: Stage
    ) async throws -> [String] {
        guard !row.without.contains(operation) else { return [] }
        if operation == .poll {
            // The answer is lost in any case: what the fault befalls is the question afterwards.
            stage.simulator.add(
                Fault(.drop(when: .after), on: shop.purchase(of: stage.pending.e164)))
        }
        let match = operation.request(stage, shop)
        let fault = stage.simulator.add(
            Fault(row.action(moment, shop), on: match, count: row.count))
        if case .listLag = row.action(moment, shop) {
            stage.simulator.add(Fault(.drop(when: .after), on: match))
        }
        let refusal = try await operation.perform(stage, shop)
        var findings: [String] = []
        if let refusal, refusal.reason.isEmpty || refusal.message.isEmpty {
            findings.append("\(operation) is refused without a reason: \(refusal)")
        }
        if let refusal, [.unknown, .dataLoss, .ok].contains(refusal.code) {
            findings.append("\(operation) is refused with \(refusal)")
        }
        if let count = row.count {
            // What is retried later comes by itself.
            try await eventually("\(self): \(operation) meets the fault") {
                stage.simulator.remaining(of: fault).map { $0 < count } ?? true
            }
        } else {
            // Long enough for the circuit to open, and for what is due to be tried again.
            try await Task.sleep(for: .seconds(2))
            stage.simulator.clearFaults()
        }
        return findings
    }
}
