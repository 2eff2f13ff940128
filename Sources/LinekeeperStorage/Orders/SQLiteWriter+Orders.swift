package import LinekeeperCore

extension SQLiteWriter: OrderWriter {
    package func insertOrder(_ order: OrderRecord) throws(DomainError) -> OrderKey {
        try connection.run(InsertOrder(order: order))
        return OrderKey(rawValue: connection.lastInsertRowID)
    }

    package func orderRecord(_ key: OrderKey) throws(DomainError) -> OrderRecord? {
        try connection.first(OrderByKey(key: key))
    }

    package func orderRecord(_ id: OrderID) throws(DomainError) -> OrderRecord? {
        try connection.first(OrderByID(id: id))
    }

    package func updateOrder(_ order: OrderRecord) throws(DomainError) {
        guard try connection.run(UpdateOrder(order: order)) == 1 else {
            throw DomainError(
                .corruptData, "An order that is finished, or not there, was to be changed.",
                facts: ["order_id": order.id.description])
        }
    }

    package func updateArrivedNumber(
        _ number: NumberRecord, carrierNumberID: String
    ) throws(DomainError) {
        let changed = try connection.run(
            UpdateArrivedNumber(number: number, carrierNumberID: carrierNumberID))
        guard changed == 1 else {
            throw DomainError(
                .corruptData, "A number's row is not as the route table has it.",
                facts: ["number": number.e164.description])
        }
    }

    package func makeOrdersDue(
        _ keys: [OrderKey]?, in workspace: WorkspaceKey, at moment: Timestamp
    ) throws(DomainError) -> [OrderKey] {
        let wanted: [OrderKey]
        if let keys {
            wanted = keys
        } else {
            wanted = try connection.all(UnfinishedOrders(workspace: workspace))
        }
        var due: [OrderKey] = []
        for key in wanted {
            let changed = try connection.run(
                MakeOrderDue(key: key, workspace: workspace, moment: moment))
            if changed == 1 { due.append(key) }
        }
        return due
    }
}

extension SQLiteReader: OrderReader {
    package func orderRecord(
        _ id: OrderID, in workspace: WorkspaceKey
    ) throws(DomainError) -> OrderRecord? {
        guard let order = try connection.first(OrderByID(id: id)), order.workspace == workspace
        else { return nil }
        return order
    }

    package func orderRecord(_ id: OrderID) throws(DomainError) -> OrderRecord? {
        try connection.first(OrderByID(id: id))
    }

    package func orderRecord(_ key: OrderKey) throws(DomainError) -> OrderRecord? {
        try connection.first(OrderByKey(key: key))
    }

    package func orders(
        of workspace: WorkspaceKey, state: OrderState?, page: Page
    ) throws(DomainError) -> PageOf<OrderRecord> {
        let rows = try connection.all(
            OrdersBefore(
                workspace: workspace, state: state, before: page.after?.rowKey ?? .max,
                limit: page.size + 1))
        return PageOf(probing: rows, size: page.size) {
            PagePosition(sortValue: "", rowKey: $0.key.rawValue)
        }
    }

    package func ordersDue(
        by moment: Timestamp, from source: NumberSource, limit: Int
    ) throws(DomainError) -> [OrderRecord] {
        try connection.all(OrdersDue(moment: moment, source: source, limit: limit))
    }

    package func boughtNumbers(
        from origin: Origin, after key: NumberKey, limit: Int
    ) throws(DomainError) -> [BoughtNumber] {
        try connection.all(BoughtNumbersAfter(origin: origin, key: key, limit: limit))
    }
}
