import Testing

extension Integration {
    @Suite struct PurchaseCrashTests {
        /// Cells at a time; each has a server and carriers of its own.
        static let concurrencyMax = 3

        @Test(arguments: CrashPoint.allCases)
        func `a server that dies while buying buys once, and keeps every credit`(
            _ point: CrashPoint
        ) async throws {
            let cells = CarrierConduct.allCases.flatMap { conduct in
                Shop.allCases.map { CrashCell(point: point, conduct: conduct, shop: $0) }
            }
            try await atATime(Self.concurrencyMax, cells) { cell in
                do {
                    let findings = try await cell.run()
                    #expect(findings == [], "\(cell)")
                } catch {
                    Issue.record("\(cell): \(error)")
                }
            }
        }
    }
}

/// Does something with every item, so many at a time.
func atATime<Item: Sendable>(
    _ max: Int, _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, item) in items.enumerated() {
            if index >= max { try await group.next() }
            group.addTask { try await body(item) }
        }
        try await group.waitForAll()
    }
}
