import LinekeeperCore
import Testing

struct NumberForwardingTests {
    private func guide(_ number: String, line: String) throws -> ForwardingGuide {
        let destination = try #require(E164(number.utf8))
        return try ForwardingGuide(to: destination, fromLineIn: line)
    }

    @Test("B180 North American lines dial star codes with the number as it is dialled there")
    func northAmerica() throws {
        let near = try guide("+14155550100", line: "US").steps.map(\.dial)
        #expect(near.contains("*7214155550100"))
        #expect(near.contains("*73"))
        #expect(near.contains("*9014155550100"))
        #expect(near.contains("*9214155550100"))
        let abroad = try guide("+4930123456", line: "CA").steps.map(\.dial)
        #expect(abroad.contains("*720114930123456"))
    }

    @Test("B180 Elsewhere mobile phones and landlines dial the standard codes")
    func etsi() throws {
        let dials = try guide("+14155550100", line: "DE").steps.map(\.dial)
        #expect(
            dials == [
                "**21*+14155550100#", "**61*+14155550100#", "**62*+14155550100#",
                "**67*+14155550100#", "##002#", "*21*0014155550100#", "*61*0014155550100#",
                "*67*0014155550100#", "#21#",
            ])
    }

    @Test("B180 Without a country the line is taken to be where the number is")
    func countryOfTheNumber() throws {
        #expect(
            try guide("+14155550100", line: "").steps == guide("+14155550100", line: "us").steps)
        #expect(try guide("+4930123456", line: "").steps == guide("+4930123456", line: "DE").steps)
    }

    @Test("B180 An unknown country is refused", arguments: ["XX", "USA", "1", "Ü", "ß"])
    func unknownCountry(country: String) {
        let error = #expect(throws: DomainError.self) {
            try guide("+14155550100", line: country)
        }
        #expect(error?.field == "country_code")
    }
}
