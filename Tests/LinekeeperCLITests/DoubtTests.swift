import LinekeeperRPC
import Testing

@testable import linekeeper

@Suite struct DoubtTests {
    @Test(
        "only where nobody knows whether it was done is that said",
        arguments: [
            (.status(Status(.unavailable, "", reason: "CONNECTION_LOST")), true),
            (.status(Status(.deadlineExceeded, "")), true),
            (.status(Status(.unavailable, "", reason: "CANNOT_CONNECT")), false),
            (.status(Status(.unavailable, "", reason: "CARRIER_UNAVAILABLE")), false),
            (.status(Status(.notFound, "", reason: "NUMBER_NOT_FOUND")), false),
            (.usage("no"), false), (.declined, false),
        ] as [(CLIError, Bool)])
    func remark(error: CLIError, isSaid: Bool) {
        #expect((Doubt.harmless.remark(on: error) != nil) == isSaid)
        #expect((Doubt.look("linekeeper ledger").remark(on: error) != nil) == isSaid)
    }

    @Test func `what could be done twice is looked for before it is done again`() {
        let lost = CLIError.status(Status(.unavailable, "", reason: "CONNECTION_LOST"))
        #expect(Doubt.harmless.remark(on: lost)?.contains("again is safe") == true)
        let look = Doubt.look("linekeeper ledger").remark(on: lost) ?? ""
        #expect(look.contains("look with 'linekeeper ledger' before"))
        #expect(!look.contains("safe"))
    }
}
