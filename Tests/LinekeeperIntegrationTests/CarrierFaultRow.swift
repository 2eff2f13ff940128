import CarrierSimulator
import Testing

/// What goes wrong at a carrier: a row of the carrier fault matrix.
struct CarrierFaultRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// `CAR-01`: what the row is called in the matrix.
    var name: String { String(testDescription.prefix(6)) }
    /// Before or after the carrier has done what it was asked.
    var moments: [Fault.Moment] = [.before, .after]
    /// How many requests are hit; `nil`: all, for as long as the fault lasts.
    var count: Int? = 1
    /// Whether the carrier has promised that it did nothing, so that the same may be asked again.
    var isNeverProcessed = false
    /// Operations for which there is no such fault.
    var without: Set<FaultedOperation> = []
    let action: @Sendable (Fault.Moment, Shop) -> Fault.Action

    init(
        _ name: String, moments: [Fault.Moment] = [.before, .after], count: Int? = 1,
        isNeverProcessed: Bool = false, without: Set<FaultedOperation> = [],
        _ action: @escaping @Sendable (Fault.Moment, Shop) -> Fault.Action
    ) {
        testDescription = name
        self.moments = moments
        self.count = count
        self.isNeverProcessed = isNeverProcessed
        self.without = without
        self.action = action
    }

    static let all: [CarrierFaultRow] =
        [
            CarrierFaultRow("CAR-01 no answer until the time is up") { moment, _ in
                .hang(when: moment)
            },
            CarrierFaultRow("CAR-02 the connection is closed without an answer") { moment, _ in
                .drop(when: moment)
            },
            CarrierFaultRow("CAR-03 the answer breaks off in its headers", moments: [.after]) {
                _, _ in .cut(afterBytes: 30)
            },
            CarrierFaultRow(
                "CAR-04 429 with Retry-After", moments: [.before], count: 2,
                isNeverProcessed: true
            ) { moment, _ in .status(when: moment, code: 429, retryAfter: "1") },
            CarrierFaultRow(
                "CAR-04 429 with nothing", moments: [.before], count: 2, isNeverProcessed: true
            ) { moment, _ in .status(when: moment, code: 429) },
            CarrierFaultRow(
                "CAR-04 429 with x-ratelimit-reset", moments: [.before], isNeverProcessed: true
            ) { moment, _ in .status(when: moment, code: 429, rateLimitReset: "1") },
        ]
        + [500, 502, 503, 504].map { code in
            CarrierFaultRow("CAR-05 \(code)") { moment, _ in .status(when: moment, code: code) }
        } + [
            // A release is promised: a refusal is not the end of it.
            CarrierFaultRow(
                "CAR-06 a definite no", moments: [.before], without: [.release]
            ) { _, shop in shop.refusal },
            CarrierFaultRow("CAR-07 one byte a second", moments: [.after]) { _, _ in
                .drip(chunkBytes: 1, intervalMilliseconds: 1_000)
            },
            CarrierFaultRow("CAR-08 the body breaks off", moments: [.after]) { _, _ in
                .cut(afterBytes: 250)
            },
            CarrierFaultRow("CAR-08 a body cut short", moments: [.after]) { _, _ in
                .truncate(keepingBytes: 20)
            },
            CarrierFaultRow("CAR-08 a wrong Content-Length", moments: [.after]) { _, _ in
                .contentLength(off: 7)
            },
        ]
        + [
            ("no JSON", "<html>It works</html>"), ("an empty object", "{}"),
            ("deep", String(repeating: "[", count: 200_000)),
            ("a number out of range", #"{"sid": 1e400, "data": {"id": 1e400}}"#),
            ("other types", #"{"sid": [], "data": "none", "incoming_phone_numbers": {}}"#),
            (
                "another number",
                """
                {"sid": "PN00000000000000000000000000000009", "phone_number": "+12125559999",
                 "data": {"id": "9", "status": "success", "phone_numbers":
                 [{"phone_number": "+12125559999", "status": "success"}]}}
                """
            ),
        ].map { name, body in
            CarrierFaultRow("CAR-09 an answer that is \(name)", moments: [.after]) { _, _ in
                .replace(body: body)
            }
        } + [
            CarrierFaultRow(
                "CAR-13 executed, no answer, and lists lag", moments: [.after],
                without: [.search, .poll, .list, .updateWebhook, .release]
            ) { _, _ in .listLag(milliseconds: 1_500, reads: 2) },
            CarrierFaultRow("CAR-17 down for all, until it is back", moments: [.before], count: nil)
            {
                moment, _ in .status(when: moment, code: 503)
            },
        ]
}

/// What the server asks of a carrier.
enum FaultedOperation: Sendable, CaseIterable {
    case search, buy, poll, list, updateWebhook, release
}
