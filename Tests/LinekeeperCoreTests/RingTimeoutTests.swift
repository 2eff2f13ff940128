import Testing

@testable import LinekeeperCore

@Suite struct RingTimeoutTests {
    @Test(arguments: [
        ("+14155550100", "+12125550100", 30),
        ("+14155550100", "+18765550100", 30),  // Jamaica: +1 too
        ("+493012345678", "+498912345678", 30),
        ("+493012345678", "+12125550100", 45),
        ("+12125550100", "+493012345678", 45),
        ("+351211234567", "+34911234567", 45),
        ("+3531234567", "+3541234567", 45),
    ])
    func `B066 a call rings 30 seconds within a calling code and 45 across`(
        _ origin: String, _ destination: String, _ seconds: UInt8
    ) throws {
        #expect(
            RingTimeouts().seconds(
                override: nil, from: try Routing.e164(origin),
                to: try Routing.e164(destination)) == seconds)
    }

    @Test func `B066 an anonymous caller counts as domestic`() throws {
        #expect(
            RingTimeouts().seconds(override: nil, from: nil, to: try Routing.e164("+14155550100"))
                == 30)
    }

    @Test(arguments: [
        ("+918012345678", 60), ("+918112345678", 75), ("+919912345678", 60), ("+9215551234", 45),
    ])
    func `B066 of the configured prefixes the longest that fits wins`(
        _ destination: String, _ seconds: UInt8
    ) throws {
        // Given shortest first and last, so that the order does not matter.
        let timeouts = RingTimeouts(
            zip(try Routing.prefixes("+91", "+9181", "+918"), [60, 75, 60]).map { ($0, $1) })
        #expect(
            timeouts.seconds(
                override: nil, from: try Routing.e164("+14155550100"),
                to: try Routing.e164(destination)) == seconds)
    }

    @Test func `B066 a configured prefix holds for domestic calls too`() throws {
        let timeouts = RingTimeouts([(try Routing.prefixes("+91")[0], 60)])
        #expect(
            timeouts.seconds(
                override: nil, from: try Routing.e164("+919912345678"),
                to: try Routing.e164("+918012345678")) == 60)
    }

    @Test(arguments: [(5, 5), (50, 50), (120, 120), (0, 5), (4, 5), (121, 120), (255, 120)])
    func `B066 the number's own timeout wins, within 5 to 120 seconds`(
        _ override: UInt8, _ seconds: UInt8
    ) throws {
        let timeouts = RingTimeouts([(try Routing.prefixes("+49")[0], 60)])
        #expect(
            timeouts.seconds(
                override: override, from: try Routing.e164("+14155550100"),
                to: try Routing.e164("+493012345678")) == seconds)
    }

    @Test(arguments: [(0, 5), (4, 5), (5, 5), (120, 120), (121, 120), (255, 120)])
    func `B066 a configured timeout is kept within 5 to 120 seconds`(
        _ configured: UInt8, _ seconds: UInt8
    ) throws {
        let timeouts = RingTimeouts([(try Routing.prefixes("+49")[0], configured)])
        #expect(
            timeouts.seconds(override: nil, from: nil, to: try Routing.e164("+493012345678"))
                == seconds)
    }

    @Test func `B066 every country's calling code is found in its numbers`() throws {
        for country in CallingCode.countries {
            // The shortest and the longest numbers, and what follows the code is 0s or 9s.
            for length in [7, 15] {
                for filler in ["0", "9"] {
                    let rest = String(repeating: filler, count: length - country.callingCode.count)
                    let number = try Routing.e164("+\(country.callingCode)\(rest)")
                    #expect(
                        "\(number.callingCode)" == country.callingCode,
                        "\(country.name), \(number)")
                }
            }
        }
    }

    @Test(arguments: [
        ("+8001234567", 800), ("+8081234567", 808), ("+870123456789", 870), ("+8811234567", 881),
        ("+8821234567", 882), ("+8831234567", 883), ("+8781234567", 878), ("+8881234567", 888),
        ("+9791234567", 979), ("+3791234567", 379), ("+7012345", 7), ("+1000000", 1),
    ])
    func `B066 codes that no single country has are found too`(
        _ text: String, _ code: UInt64
    ) throws {
        #expect(try Routing.e164(text).callingCode == code)
    }
}
