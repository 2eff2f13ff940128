import LinekeeperCore
import Testing

struct E164Tests {
    @Test(
        "A plus sign and 7 to 15 digits, the first of them 1 to 9, is a number",
        arguments: ["+1000000", "+14155550100", "+999999999999999", "+4915112345678"])
    func accepts(text: String) throws {
        let number = try #require(E164(text.utf8))
        #expect(number.description == text)
        #expect(E164(digits: number.digits) == number)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "+", "1", "+100000", "+1234567890123456", "+04155550100", "+1 4155550100",
            "+1-415-555-0100", "+1(415)5550100", "++14155550100", "14155550100+", "+1415555010a",
            "+١٤١٥٥٥٥٠١٠٠", "+１４１５５５５０１００", "\u{FF0B}14155550100", "+14155550100 ",
            " +14155550100", "+14155550100\n", "tel:+14155550100", "14155550100",
        ])
    func refuses(text: String) {
        #expect(E164(text.utf8) == nil)
    }

    @Test("Where the plus sign is optional, only its absence is forgiven")
    func plusOptional() {
        #expect(E164("14155550100".utf8, form: .plusOptional)?.description == "+14155550100")
        #expect(E164("+14155550100".utf8, form: .plusOptional)?.description == "+14155550100")
        #expect(E164("04155550100".utf8, form: .plusOptional) == nil)
        #expect(E164("1 4155550100".utf8, form: .plusOptional) == nil)
    }

    @Test("A refusal names the field and how a number looks")
    func refusalNamesTheField() {
        let error = #expect(throws: DomainError.self) { try E164("555", field: "confirm_e164") }
        #expect(error?.reason == .invalidE164)
        #expect(error?.field == "confirm_e164")
        #expect(error?.message.contains("+14155550100") == true)
    }

    @Test("A prefix matches exactly the numbers that begin with its digits")
    func prefixAgreesWithText() throws {
        let numbers = ["+14155550100", "+1415555", "+4930123456", "+499999999999999", "+1000000"]
        let prefixes = [
            "+1", "+14", "+1415555010", "+49", "+4930", "+4", "+999", "1415", "+141555501001",
        ]
        for text in numbers {
            let number = try #require(E164(text.utf8))
            for prefixText in prefixes {
                let prefix = try #require(E164Prefix(prefixText.utf8))
                let plain = prefixText.hasPrefix("+") ? prefixText : "+" + prefixText
                #expect(
                    prefix.matches(number) == number.description.hasPrefix(plain),
                    "\(prefixText) and \(number)")
            }
        }
    }

    @Test(
        "A prefix has 1 to 15 digits and no leading zero",
        arguments: ["", "+", "0", "+0", "+1234567890123456", "+1a", "+1 ", "1+"])
    func refusesPrefix(text: String) {
        #expect(E164Prefix(text.utf8) == nil)
    }

    @Test("Numbers sort as text, digit by digit")
    func sortsAsText() throws {
        let texts = ["+1000000", "+14155550100", "+20000000", "+999999999999999", "+9999999"]
        let numbers = try texts.map { try #require(E164($0.utf8)) }
        #expect(numbers.sorted().map(\.description) == texts.sorted())
    }
}

struct CallingCodeTests {
    @Test("No calling code is the beginning of another, so a number has one")
    func codesArePrefixFree() {
        let codes = Set(CallingCode.countries.map(\.callingCode))
        for code in codes {
            for other in codes where other != code {
                #expect(!other.hasPrefix(code), "\(code) and \(other)")
            }
        }
    }

    @Test("Every country has two capital letters, once")
    func countriesAreDistinct() {
        let codes = CallingCode.countries.map(\.countryCode)
        #expect(codes.count > 200)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.count == 2 && $0 == $0.uppercased() })
    }

    @Test("A country code is one of ISO 3166-1, in either case, or refused with its field")
    func countryCodes() throws {
        for (text, code) in [("us", "US"), ("De", "DE"), ("XK", "XK"), ("AX", "AX")] {
            #expect(try Country.code(text, field: "country_code") == code)
        }
        // ISO's 249, and Kosovo under the code that carriers use.
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) }
        let known = letters.flatMap { first in letters.map { first + $0 } }.filter {
            (try? Country.code($0, field: "f")) != nil
        }
        #expect(known.count == 250)
        for text in ["XX", "ZZ", "UK", "", "U", "USA", "U1", "Ü", "ß"] {
            let error = #expect(throws: DomainError.self) {
                try Country.code(text, field: "price.country_code")
            }
            #expect(error?.reason == .invalidArgument)
            #expect(error?.field == "price.country_code")
        }
        #expect(try Country.named("de", field: "f").callingCode == "49")
        #expect(throws: DomainError.self) { try Country.named("AX", field: "f") }
    }

    @Test(
        "A number's country is known where its calling code is no other's",
        arguments: [
            ("+4930123456", "DE"), ("+353123456789", "IE"), ("+861012345678", "CN"),
            ("+390612345678", "IT"), ("+14155550100", ""), ("+447700900123", ""),
            ("+79161234567", ""), ("+8001234567", ""),
        ])
    func country(text: String, expected: String) throws {
        let number = try #require(E164(text.utf8))
        #expect((CallingCode.country(of: number)?.countryCode ?? "") == expected)
    }

    @Test("A shared code belongs to each of its countries")
    func sharedCode() throws {
        let number = try #require(E164("+14155550100".utf8))
        #expect(CallingCode.contains(number, in: "US"))
        #expect(CallingCode.contains(number, in: "CA"))
        #expect(!CallingCode.contains(number, in: "GB"))
    }
}
