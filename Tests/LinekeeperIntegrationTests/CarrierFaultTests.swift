import CarrierSimulator
import Testing

extension Integration {
    @Suite struct CarrierFaultTests {
        /// Cells at a time: most of what they do is to wait.
        private static let concurrencyMax = 6

        @Test(arguments: [
            ["CAR-01", "CAR-02", "CAR-03", "CAR-07"], ["CAR-04", "CAR-06", "CAR-13", "CAR-17"],
            ["CAR-05"], ["CAR-08", "CAR-09"],
        ])
        func `a carrier's fault leaves everything in a definite state, and loses nothing`(
            _ names: [String]
        ) async throws {
            let rows = CarrierFaultRow.all.filter { names.contains($0.name) }
            let cells = rows.flatMap { row in
                row.moments.flatMap { moment in
                    Shop.allCases.map { CarrierFaultCell(row: row, moment: moment, shop: $0) }
                }
            }
            #expect(Set(rows.map(\.name)) == Set(names))
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
