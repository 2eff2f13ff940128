import LinekeeperCore
import Logging
import Synchronization
import Testing

@testable import LinekeeperCarriers

/// Keeps what is logged.
private struct Recorder: LogHandler {
    let lines: Mutexed<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
        lines.change { $0.append("\(event.message) \(facts)") }
    }
}

@Suite struct CarrierLogTests {
    @Test(
        "a log line has the facts, but no secret, query, body or whole number",
        arguments: [
            (
                HTTPOutcome.status(201, ["Twilio-Request-Id": "RQ12", "X-Secret": "canary-4"]),
                "request_id=RQ12 status=201"
            ),
            (.down, "why=It accepts no connection."), (.lost, "outcome=unknown"),
        ])
    func line(outcome: HTTPOutcome, words: String) async throws {
        let lines = Mutexed<[String]>([])
        let logger = Logger(label: "test") { _ in Recorder(lines: lines) }
        var limits = CarrierLimits()
        limits.triesMax = 1
        let client = CarrierClient(
            carrier: "Twilio", account: "AC0123456789abcdef0123456789abcdef",
            transport: FakeTransport([outcome]),
            logger: logger, limits: limits, time: FakeTime())
        _ = await client.send(
            HTTPRequest(
                .post, "https://api.twilio.com/2010-04-01/N/%2B15005550006.json?key=canary-1",
                headers: ["Authorization": "Basic canary-2"], body: Array("canary-3".utf8)))
        let line = try #require(lines.value.first)
        #expect(lines.value.count == 1)
        #expect(line.hasPrefix("carrier request account=AC*cdef carrier=Twilio "))
        #expect(line.contains("host=api.twilio.com"))
        #expect(line.contains("path=/2010-04-01/N/%2B*06.json"))
        #expect(line.contains("method=POST"))
        #expect(line.contains(words), "\(line)")
        #expect(!line.contains("canary"))
        #expect(!line.contains("5005550006"))
    }

    @Test(
        "of an account the last four characters are kept, of five or more digits the last two",
        arguments: [
            ("/v2/+15005550006", "/v2/+*06"), ("/2010-04-01", "/2010-04-01"), ("12345", "*45"),
            ("1234", "1234"), ("", ""), ("a12345678b1c", "a*78b1c"),
            (
                "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef.json",
                "/2010-04-01/Accounts/AC*cdef.json"
            ),
            ("PN0123456789abcdef0123456789abcdef", "PN*cdef"),
            (
                "RQ0123456789abcdef0123456789abcdef", "RQ0123456789abcdef0123456789abcdef"
            ),
        ])
    func masked(path: String, masked: String) {
        #expect(maskedPath(path) == masked)
    }
}
