import CarrierSimulator
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import TestPrograms
import Testing

/// Where the server dies in the course of a purchase.
enum CrashPoint: Int, Sendable, CaseIterable, CustomTestStringConvertible {
    case beforeOrder, beforeOrderCommit, beforeMark, afterMark
    case withinRequest, beforeExecution, beforeReplyIsRead, withinReply
    case afterAnswer, beforeOutcomeCommit, beforePublish, beforeReply, withinReplyToClient
    case duringRecovery

    var testDescription: String { "FP_BUY_\(rawValue) \(self)" }

    /// The place in the server; `nil` where the carrier's side decides, or the client's.
    var failpoint: String? {
        switch self {
        case .withinRequest, .beforeExecution, .beforeReplyIsRead, .withinReply,
            .withinReplyToClient, .duringRecovery:
            nil
        default: "FP_BUY_\(rawValue)"
        }
    }

    /// The place between the server and the carrier.
    var cut: PurchaseRelay.Cut? {
        switch self {
        case .withinRequest: .withinRequest
        case .beforeExecution: .beforeExecution
        // The recovery that is to die needs something to recover.
        case .beforeReplyIsRead, .duringRecovery: .beforeReply
        case .withinReply: .withinReply
        default: nil
        }
    }

    /// Whether the carrier never gets a request: one may have been sent, so none is sent again.
    var isNeverSent: Bool { self == .afterMark || self == .withinRequest }
}

/// What the carrier does with a purchase request.
enum CarrierConduct: Sendable, CaseIterable {
    case executes, refuses, executesThenDrops
}

/// One purchase, one death, one recovery.
struct CrashCell: Sendable, CustomStringConvertible {
    let point: CrashPoint
    let conduct: CarrierConduct
    let shop: Shop

    var description: String { "\(point), \(conduct), \(shop)" }

    /// What becomes of the order; `nil` where the death may come before the request or after it: the
    /// pool answers its caller before it asks the carrier.
    private var isBought: Bool? {
        if shop == .pool, [.beforeReply, .withinReplyToClient].contains(point) { return nil }
        return !point.isNeverSent && conduct != .refuses
    }

    /// Goes through all of it; answers what does not add up.
    func run() async throws -> [String] {
        try await PurchaseScene.with { scene in
            var server = try await scene.start(failpoint: point.failpoint)
            let buyer = try await Buyer("Acme", on: server)
            let offers = try await buyer.search(shop, through: try server.client())
            guard let offer = offers.first else { throw TestFailure("nothing is on sale") }
            let purchase = buyer.purchase([offer], from: shop)
            prepareCarrier(scene)

            try await buyUntilDeath(purchase, by: buyer, scene, server)
            if point == .duringRecovery { try await dieWhileRecovering(scene) }

            server = try await scene.start()
            let client = try server.client()
            // The client never learned what happened: it asks again, with the same key.
            let answer = try await buyer.send(purchase, through: client)
            if point == .beforeExecution {
                try await eventually("the carrier gets the request late") {
                    scene.simulator.journal.contains { $0.method == "POST" }
                }
            }
            try await scene.waitUntilQuiet()
            var findings = try await scene.findings(buyer.history)
            findings += try await ending(of: offer.e164, answer, scene, client, buyer)
            let first = try await buyer.send(purchase, through: client)
            if try await buyer.send(purchase, through: client) != first {
                findings.append("the same key was answered differently")
            }
            findings += try await scene.findings(buyer.history)
            if await server.stop() != .code(0) { findings.append("it did not end by itself") }
            return findings
        }
    }

    private func prepareCarrier(_ scene: PurchaseScene) {
        switch conduct {
        case .executes: break
        case .refuses: scene.simulator.add(Fault(shop.refusal, on: shop.purchase()))
        case .executesThenDrops:
            scene.simulator.add(Fault(.drop(when: .after), on: shop.purchase()))
        }
        // Orders that are taken end by themselves; refused is refused at once.
        if let cut = point.cut { scene.relay.cut(cut, of: shop.purchaseLine) }
    }

    // MARK: - Dying

    private func buyUntilDeath(
        _ purchase: Buyer.Purchase, by buyer: Buyer, _ scene: PurchaseScene,
        _ server: ServerProcess
    ) async throws {
        let client = try server.client(showing: scene.home.adminToken()) { $0.attemptsMax = 1 }
        if point == .withinReplyToClient {
            return try await readOneByte(purchase, server)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await buyer.send(purchase, through: client) }
            if point.cut != nil {
                try await eventually("the purchase is cut") {
                    scene.relay.hasCut || server.ending != nil
                }
                await server.kill()
            }
            try await eventually("\(self): the server dies") { server.ending != nil }
            try await group.waitForAll()
        }
    }

    /// Kills the server when the first byte of the reply is there.
    private func readOneByte(_ purchase: Buyer.Purchase, _ server: ServerProcess) async throws {
        let port = server.home.port
        let token = try server.home.adminToken()
        try await onThread {
            let wire = try Wire(port: port, token: token)
            try wire.send(
                .request(
                    1, Method.number("PurchaseNumbers"), purchase.payload,
                    metadata: [("idempotency-key", purchase.key)]))
            guard try wire.receiveByte() != nil else { throw TestFailure("no reply") }
            server.signal(9)
        }
        _ = await server.exit()
    }

    /// Dies three times more, each time when it has just asked what became of the order.
    private func dieWhileRecovering(_ scene: PurchaseScene) async throws {
        for time in 1...3 {
            let server = try await scene.launch(failpoint: CrashPoint.failpointOfRecovery)
            try await eventually("\(self): recovery \(time) dies") { server.ending != nil }
        }
    }

    // MARK: - Afterwards

    /// Whether what the carrier did is what the client is told and what routing knows.
    private func ending(
        of e164: String, _ answer: Buyer.Answer, _ scene: PurchaseScene, _ client: RPCClient,
        _ buyer: Buyer
    ) async throws -> [String] {
        var findings: [String] = []
        let isBought = isBought ?? (scene.simulator.number(e164) != nil)
        let orders = try CheckedStore(StoreFile(scene.home)).orders.filter { $0.e164 == e164 }
        if orders.map(\.state) != [isBought ? .completed : .failed] {
            findings.append("the orders are \(orders)")
        }
        if answer == .lost { findings.append("the purchase was not answered") }
        if case .refused(let status) = answer, isBought || status.reason.isEmpty {
            findings.append("the purchase was refused: \(status)")
        }
        let reason = try await Status.refusal { try await client.route(e164) }?.reason
        let expected = isBought ? "NOT_ASSIGNED" : "NUMBER_NOT_FOUND"
        if reason != expected { findings.append("a call finds \(reason ?? "an agent")") }
        return findings
    }
}

extension CrashPoint {
    static let failpointOfRecovery = "FP_BUY_\(CrashPoint.duringRecovery.rawValue)"
}
