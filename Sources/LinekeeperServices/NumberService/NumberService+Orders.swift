import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    /// Orders in one request.
    private static let orderIDsMax = 1_000
    func registerOrders(in methods: inout MethodTable) {
        let tokens = context.pageTokens
        let clock = context.clock
        methods.query(Self.path + "GetOrder", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.GetOrderRequest, reader, workspace)
                throws(DomainError) -> Proto.GetOrderResponse in
            guard let id = OrderID(request.orderID),
                let order = try reader.orderRecord(id, in: workspace)
            else { throw OrderRecord.notFound }
            return .with { $0.order = Proto.Order(order, at: clock.now) }
        }

        methods.query(Self.path + "ListOrders", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListOrdersRequest, reader, workspace)
                throws(DomainError) -> Proto.ListOrdersResponse in
            let state: OrderState? = try FieldChecks.value(request.state, field: "state")
            let found = try reader.orders(
                of: workspace, state: state, page: try tokens.page(of: request, in: workspace))
            let now = clock.now
            return .with {
                $0.orders = found.rows.map { Proto.Order($0, at: now) }
                $0.nextPageToken = tokens.token(after: found.next, of: request, in: workspace)
            }
        }
        registerProcessing(in: &methods)
        registerWatching(in: &methods)
    }

    private func registerProcessing(in methods: inout MethodTable) {
        let service = self
        let path = Self.path + "ProcessOrders"
        methods.unary(path, access: .role(.manager)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            var resolved: WorkspaceKey?
            do throws(DomainError) {
                let request = try Proto.ProcessOrdersRequest(checking: payload)
                let workspace = try Caller.workspace(
                    named: request.workspaceID, for: call.identity,
                    in: service.context.store.routes)
                resolved = workspace
                let named = try Self.orderIDs(request.orderIDs)
                let mutation = try call.mutationRequest(
                    path: path, payload: payload, workspace: workspace, rule: .optional,
                    at: service.context.clock.now)
                let stored = try await service.context.store.perform(mutation) {
                    writer throws(DomainError) in
                    let due = try OrderChange.makeDue(named, in: workspace, writer: writer)
                    var orders: [OrderRecord] = []
                    for key in due {
                        if let order = try writer.orderRecord(key) { orders.append(order) }
                    }
                    return Proto.ProcessOrdersResponse.with {
                        $0.orders = orders.map { Proto.Order($0, at: mutation.at) }
                    }.encoded()
                }
                let due = try await service.read(
                    try Proto.ProcessOrdersResponse(checking: stored).orders.map(\.orderID),
                    in: workspace)
                await service.orders.driven(
                    due.filter { !$0.state.isFinal }.map(\.key),
                    within: Self.patience(until: call.deadline))
                let ids = named.isEmpty ? due.map(\.id) : named
                let now = service.context.clock.now
                let orders = try await service.read(ids.map(\.description), in: workspace)
                return Proto.ProcessOrdersResponse.with {
                    $0.orders = orders.map { Proto.Order($0, at: now) }
                }.encoded()
            } catch {
                throw Status(error, of: resolved, in: service.context.store.routes)
            }
        }
    }

    private func registerWatching(in methods: inout MethodTable) {
        let service = self
        methods.stream(Self.path + "WatchOrders", access: .role(.viewer)) {
            (call: CallContext, payload: [UInt8], output: StreamWriter) async throws(Status) in
            do {
                let request = try Proto.WatchOrdersRequest(checking: payload)
                let workspace = try Caller.workspace(
                    named: request.workspaceID, for: call.identity,
                    in: service.context.store.routes)
                let ids = try await service.watched(request, in: workspace)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await service.forward(ids, in: workspace, to: output) }
                    group.addTask { try await call.identity.throwWhenRevoked() }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            } catch let refusal as DomainError {
                throw Status(refusal)
            } catch let status as Status {
                throw status
            } catch {
                // Only cancellation is left, and its caller knows.
                throw Status(.cancelled, "The stream was cancelled.")
            }
        }
    }

    /// The orders to watch: those named, or all that are unfinished now.
    private func watched(
        _ request: Proto.WatchOrdersRequest, in workspace: WorkspaceKey
    ) async throws(DomainError) -> [String] {
        let named = try Self.orderIDs(request.orderIDs)
        guard named.isEmpty else { return named.map(\.description) }
        return try await context.store.read { reader throws(DomainError) in
            var ids: [String] = []
            for state in OrderState.allCases where !state.isFinal {
                let page = Page(size: Self.orderIDsMax, after: nil)
                ids += try reader.orders(of: workspace, state: state, page: page).rows
                    .map(\.id.description)
            }
            return ids
        }
    }

    /// Sends every order as it is now and after each change, until all are final.
    private func forward(
        _ ids: [String], in workspace: WorkspaceKey, to output: StreamWriter
    ) async throws {
        var shown: [OrderID: Proto.Order] = [:]
        for await _ in orders.signals.changes() {
            let found = try await read(ids, in: workspace)
            let now = context.clock.now
            for order in found {
                let wire = Proto.Order(order, at: now)
                guard shown[order.id] != wire else { continue }
                shown[order.id] = wire
                try await output.write(wire.encoded())
            }
            if found.allSatisfy(\.state.isFinal) { return }
        }
        throw CancellationError()
    }

    private static func orderIDs(_ texts: [String]) throws(DomainError) -> [OrderID] {
        try FieldChecks.count(texts.count, field: "order_ids", max: orderIDsMax)
        var ids: [OrderID] = []
        for text in texts {
            guard let id = OrderID(text) else { throw OrderRecord.notFound }
            ids.append(id)
        }
        return ids
    }
}

extension Identity {
    /// Ends a stream whose token is revoked while it waits.
    fileprivate func throwWhenRevoked() async throws {
        while !isRevoked { try await Task.sleep(for: .milliseconds(500)) }
        throw Status(
            .unauthenticated, "The token of this stream was revoked.", reason: "TOKEN_REVOKED")
    }
}

extension Proto.Order {
    /// An order as it is shown at a moment.
    init(_ order: OrderRecord, at now: Timestamp) {
        self.init()
        orderID = order.id.description
        workspaceID = order.workspaceID.description
        e164 = order.e164.description
        source = Proto.Source(order.source)
        state = Proto.OrderState(order.state)
        monthlyCostCredits = order.monthlyCostCredits
        numberID = order.numberID.description
        failureReason = order.reason
        failureMessage = order.message
        overdue = order.isOverdue(at: now)
        createdAt = Proto.Timestamp(order.createdAt)
        updatedAt = Proto.Timestamp(order.updatedAt)
    }
}
