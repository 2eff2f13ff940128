import CarrierSimulator
import Testing

extension Integration {
    @Suite struct CarrierFaultTests {
        @Test(arguments: CarrierFaultRow.all)
        func `a carrier's fault leaves everything in a definite state, and loses nothing`(
            _ row: CarrierFaultRow
        ) async throws {
            let cells = row.moments.flatMap { moment in
                Shop.allCases.map { CarrierFaultCell(row: row, moment: moment, shop: $0) }
            }
            try await atATime(4, cells) { cell in
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
