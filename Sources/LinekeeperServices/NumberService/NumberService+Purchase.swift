import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import NIOCore

extension NumberService {
    /// How long a purchase from the marketplace waits for the carrier, if its caller does.
    private static let purchaseTimeMax = Duration.seconds(25)
    /// What is left of a caller's time for reading and sending the answer.
    private static let answerTime = Duration.seconds(1)
    private static let alternativesMax = 5

    /// The orders are what is stored under the key; a repeated key reads them as they are now. So
    /// one key makes one set of orders, whatever became of the first answer.
    func registerPurchase(in methods: inout MethodTable) {
        let service = self
        let path = Self.path + "PurchaseNumbers"
        methods.unary(path, access: .role(.manager)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            var resolved: WorkspaceKey?
            do throws(DomainError) {
                let request = try Proto.PurchaseNumbersRequest(checking: payload)
                let workspace = try Caller.workspace(
                    named: request.workspaceID, for: call.identity,
                    in: service.context.store.routes)
                resolved = workspace
                let wish = try PurchaseRequest(request)
                let mutation = try call.mutationRequest(
                    path: path, payload: payload, workspace: workspace, rule: .required,
                    at: service.context.clock.now)
                let ordered = try await service.order(wish, mutation, workspace)
                if wish.source == .marketplace {
                    await service.orders.finished(
                        ordered.map(\.key), within: Self.patience(until: call.deadline))
                } else {
                    service.orders.wake()
                }
                Failpoint.beforeReply.hit()
                return try await service.answer(for: ordered, in: workspace).encoded()
            } catch {
                throw Status(error, of: resolved, in: service.context.store.routes)
            }
        }
    }

    /// Makes the orders, or finds those that the same key made before.
    private func order(
        _ wish: PurchaseRequest, _ mutation: MutationRequest, _ workspace: WorkspaceKey
    ) async throws(DomainError) -> [OrderRecord] {
        let (context, tasks) = (context, tasks)
        let isConnected = orders.accounts.account(for: wish.source) != nil
        Failpoint.beforeOrder.hit()
        let stored = try await context.store.perform(mutation) { writer throws(DomainError) in
            // Nothing is spent on a number whose webhooks could not be pointed anywhere.
            if wish.webhookMode == .managed { _ = try tasks?.webhookTargets() }
            let orders = try PurchaseChange.run(
                wish, workspace: workspace, isConnected: isConnected,
                identifiers: context.identifiers, in: writer)
            return Proto.PurchaseNumbersResponse.with {
                $0.orders = orders.map { Proto.Order($0, at: $0.createdAt) }
            }.encoded()
        }
        let ids = try Proto.PurchaseNumbersResponse(checking: stored).orders.map(\.orderID)
        return try await read(ids, in: workspace)
    }

    /// What has become of the orders by now.
    ///
    /// - Throws: the refusal when none of them can succeed any more.
    private func answer(
        for ordered: [OrderRecord], in workspace: WorkspaceKey
    ) async throws(DomainError) -> Proto.PurchaseNumbersResponse {
        let orders = try await read(ordered.map(\.id.description), in: workspace)
        if let first = orders.first, orders.allSatisfy({ $0.state == .failed }) {
            throw first.refusal(
                alternatives: try await inventory.alternatives(
                    to: first, limit: Self.alternativesMax))
        }
        let numbers = try await context.store.read { reader throws(DomainError) in
            var numbers: [NumberRecord] = []
            for order in orders where order.state != .failed {
                if let number = try reader.numberRecord(order.number) { numbers.append(number) }
            }
            return numbers
        }
        let now = context.clock.now
        return .with {
            $0.orders = orders.map { Proto.Order($0, at: now) }
            $0.numbers = numbers.map(Proto.PhoneNumber.init)
        }
    }

    /// Orders of a workspace by their ids, in that order.
    ///
    /// - Throws: `orderNotFound` for one that is not there, or not the workspace's.
    func read(
        _ ids: [String], in workspace: WorkspaceKey
    ) async throws(DomainError) -> [OrderRecord] {
        try await context.store.read { reader throws(DomainError) in
            var orders: [OrderRecord] = []
            for text in ids {
                guard let id = OrderID(text),
                    let order = try reader.orderRecord(id, in: workspace)
                else { throw OrderRecord.notFound }
                orders.append(order)
            }
            return orders
        }
    }

    static func patience(until deadline: NIODeadline) -> Duration {
        let left = Duration.nanoseconds((deadline - .now()).nanoseconds) - answerTime
        return max(.zero, min(left, purchaseTimeMax))
    }
}

extension PurchaseRequest {
    /// Reads a wish to buy.
    init(_ wire: Proto.PurchaseNumbersRequest) throws(DomainError) {
        let source = try NumberService.source(wire.source, or: "POOL or MARKETPLACE")
        guard source != .import else {
            throw DomainError(
                .invalidArgument,
                "source must be POOL or MARKETPLACE: import numbers with "
                    + "CarrierService/ImportNumbers.", field: "source")
        }
        try FieldChecks.count(wire.e164s.count, field: "e164s", max: PurchaseRequest.numbersMax)
        var e164s: [E164] = []
        for text in wire.e164s { e164s.append(try E164(text, field: "e164s")) }
        self.init(
            source: source, e164s: e164s,
            expectedMonthlyCostCredits: wire.expectedMonthlyCostCredits,
            webhookMode: try FieldChecks.value(wire.webhookMode, field: "webhook_mode")
                ?? .outboundOnly)
    }
}

extension OrderRecord {
    /// What the buyer is told when nothing could be bought; the credits are back.
    fileprivate func refusal(alternatives: [OfferRecord]) -> DomainError {
        let kind = PurchaseRefusal.Kind(rawValue: reason)
        let error: DomainError.Reason =
            switch kind {
            case .taken: .numberTaken
            case .requirements: .requirementsMissing
            case .funds, .credentials, .notPermitted, .other, nil: .carrierRefused
            }
        var sentence = "\(e164) was not bought, and its credits are back. \(message)"
        var facts = [
            "order_id": id.description, "number": e164.description, "order_reason": reason,
        ]
        let others = alternatives.map(\.e164.description).joined(separator: ", ")
        if !others.isEmpty {
            sentence += " On sale as well: \(others)."
            facts["alternatives"] = others
        }
        return DomainError(error, sentence, facts: facts)
    }
}
