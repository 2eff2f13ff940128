import LinekeeperCore
import Synchronization
import Testing

@testable import LinekeeperStorage

/// A workspace that buys: with credits, and with offers of the marketplace in the store.
struct OrderDesk {
    let desk: NumberDesk
    var store: SQLiteStore { desk.store }
    var workspace: WorkspaceKey { desk.workspace }

    /// - Parameter credits: What the workspace begins with.
    init(credits: Int64 = 2_000) async throws {
        desk = try await NumberDesk()
        try await grant(credits)
    }

    func grant(_ credits: Int64) async throws {
        guard credits > 0 else { return }
        let workspace = workspace
        try await desk.change { writer throws(DomainError) in
            _ = try Ledger.append(
                NewCreditEntry(
                    id: RandomIdentifierSource().make(CreditEntryKind.self, at: .start),
                    workspace: workspace, credits: credits, kind: .grant),
                through: writer)
        }
    }

    /// Puts numbers on sale.
    func offer(
        _ texts: [String], source: NumberSource = .marketplace, at: Timestamp = .start,
        _ edit: @escaping @Sendable (inout CarrierOffer) -> Void = { _ in }
    ) async throws {
        try await desk.change(at: at) { writer throws(DomainError) in
            for text in texts {
                guard let e164 = E164(text.utf8) else { continue }
                var offer = CarrierOffer(
                    e164: e164, type: .local, capabilities: [.voice, .sms], countryCode: "US",
                    regionLabel: "San Francisco")
                edit(&offer)
                try writer.putOffer(
                    offer, from: source,
                    newID: RandomIdentifierSource().make(OfferKind.self, at: at), foundAt: at)
            }
        }
    }

    /// Orders numbers; answers the orders, or the refusal.
    func buy(
        _ texts: [String], for credits: Int64, source: NumberSource = .marketplace,
        webhookMode: WebhookMode = .outboundOnly, in other: WorkspaceKey? = nil,
        isConnected: Bool = true, at: Timestamp = .start
    ) async -> Result<[OrderRecord], DomainError> {
        let request = PurchaseRequest(
            source: source, e164s: texts.compactMap { E164($0.utf8) },
            expectedMonthlyCostCredits: credits, webhookMode: webhookMode)
        let orders = Carried<[OrderRecord]>([])
        let workspace = other ?? workspace
        let result = await store.change(workspace: workspace, at: at) {
            writer throws(DomainError) in
            let made = try PurchaseChange.run(
                request, workspace: workspace, isConnected: isConnected,
                identifiers: RandomIdentifierSource(), in: writer)
            orders.value.withLock { $0 = made }
            return []
        }
        return result.map { _ in orders.value.withLock { $0 } }
    }

    /// Applies news to an order.
    @discardableResult
    func apply(
        _ news: OrderNews, to order: OrderRecord, at: Timestamp = .start
    ) async throws -> OrderRecord {
        let after = Carried(order)
        try await desk.change(at: at) { writer throws(DomainError) in
            let (record, _) = try OrderChange.apply(
                news, to: order.key, by: OrderMachine(spread: { 1 }),
                newEntryID: RandomIdentifierSource().make(CreditEntryKind.self, at: at),
                in: writer)
            after.value.withLock { $0 = record }
        }
        return after.value.withLock { $0 }
    }

    /// Marks an order as sent and applies what the request led to.
    func settle(_ outcome: PurchaseOutcome, of order: OrderRecord) async throws -> OrderRecord {
        let marked = try await apply(.sending, to: order)
        return try await apply(.outcome(outcome, attempt: marked.attempt), to: marked)
    }

    func balance() async throws -> Int64 {
        try await store.value(
            "SELECT credit_balance FROM workspace WHERE workspace_key = \(workspace.rawValue)")
            ?? -1
    }

    /// What is wrong with the credits and orders, in words; empty when all is conserved.
    func discrepancies() async throws -> [String] {
        var found: [String] = []
        for (what, sql) in Conservation.checks where try await store.value(sql) != 0 {
            found.append(what)
        }
        return found
    }
}

/// Queries that count what must not be.
enum Conservation {
    static let checks = [
        (
            "a balance is not the sum of its entries",
            """
            SELECT count(*) FROM workspace WHERE credit_balance <> (
                SELECT coalesce(sum(credits), 0) FROM credit_entry
                WHERE credit_entry.workspace_key = workspace.workspace_key)
            """
        ),
        (
            "an order is not debited exactly once",
            """
            SELECT count(*) FROM number_order WHERE monthly_cost_credits > 0 AND (
                SELECT coalesce(sum(credits), 0) * 1000 + count(*) FROM credit_entry
                WHERE credit_entry.order_id = number_order.order_id AND kind = 'PURCHASE')
                <> -1000 * monthly_cost_credits + 1
            """
        ),
        (
            "an order is not refunded exactly when it failed",
            """
            SELECT count(*) FROM number_order WHERE monthly_cost_credits > 0 AND (
                SELECT coalesce(sum(credits), 0) FROM credit_entry
                WHERE credit_entry.order_id = number_order.order_id AND kind = 'REFUND')
                <> CASE state WHEN 4 THEN monthly_cost_credits ELSE 0 END
            """
        ),
        (
            "an order and its number are not in the same state",
            """
            SELECT count(*) FROM number_order JOIN number USING (number_key)
            WHERE number.status <> CASE number_order.state
                WHEN 3 THEN 2 WHEN 4 THEN 6 ELSE 1 END
            """
        ),
    ]
}

/// Carries a value from the writer's thread.
final class Carried<Value: Sendable>: Sendable {
    let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
}

extension CarrierNumber {
    /// A number as its carrier tells of it after the purchase of an order.
    static func bought(_ order: OrderRecord, as e164: E164? = nil) -> CarrierNumber {
        CarrierNumber(
            carrierID: "PN\(order.key.rawValue)", e164: e164 ?? order.e164, type: .local,
            capabilities: [.voice, .sms, .mms], regionLabel: "Oakland",
            reference: order.id.description)
    }
}
