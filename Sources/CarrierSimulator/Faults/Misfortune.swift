import Foundation

/// The faults that hit one request, sorted by when they strike.
struct Misfortune: Sendable {
    var hits: [(id: String, action: Fault.Action)]

    /// What is not an ordinary answer.
    enum Verdict: Sendable {
        case hangUp
        case answer(Reply)
        /// Wait until the fault of this id is gone.
        case hang(id: String)
        case wait(milliseconds: Int)
    }

    /// What happens at a moment, in the order in which the faults were added.
    func verdicts(_ moment: Fault.Moment, carrier: SimulatedCarrier) -> [Verdict] {
        hits.compactMap { id, action in
            switch action {
            case .delay(let when, let milliseconds) where when == moment:
                .wait(milliseconds: milliseconds)
            case .drop(let when) where when == moment: .hangUp
            case .hang(let when) where when == moment: .hang(id: id)
            case .status(let when, let code, let body, let retryAfter, let reset)
            where when == moment:
                .answer(
                    Self.reply(code, body, retryAfter, reset, carrier: carrier))
            default: nil
            }
        }
    }

    /// How long what this request makes is missing from lists.
    var listLag: (milliseconds: Int, reads: Int)? {
        for hit in hits {
            if case .listLag(let milliseconds, let reads) = hit.action {
                return (milliseconds ?? 0, reads ?? 0)
            }
        }
        return nil
    }

    /// The answer as it goes out.
    func transmission(of reply: Reply) -> Transmission {
        var reply = reply
        for case .replace(let body) in hits.map(\.action) { reply.body = Array(body.utf8) }
        for case .truncate(let keeping) in hits.map(\.action) {
            reply.body = Array(reply.body.prefix(max(0, keeping)))
        }
        var transmission = Transmission(reply)
        for action in hits.map(\.action) {
            switch action {
            case .contentLength(let off):
                transmission = Transmission(
                    reply,
                    declaredLength: max(0, reply.body.count + min(max(off, -1 << 30), 1 << 30)))
                transmission.closes = true
            case .cut(let bytes):
                transmission.bytes = Array(transmission.bytes.prefix(max(0, bytes)))
                transmission.closes = true
            case .drip(let bytes, let milliseconds):
                transmission.drip = .init(
                    chunkBytes: max(1, bytes), interval: .milliseconds(max(0, milliseconds)))
            default: break
            }
        }
        return transmission
    }

    private static func reply(
        _ code: Int, _ body: String?, _ retryAfter: String?, _ reset: String?,
        carrier: SimulatedCarrier
    ) -> Reply {
        var reply =
            switch carrier {
            case .twilio: TwilioError.serverTrouble(code).reply
            case .telnyx: TelnyxError.serverTrouble(code).reply
            }
        if let body { reply.body = Array(body.utf8) }
        if let retryAfter { reply = reply.adding("Retry-After", retryAfter) }
        if let reset {
            reply = reply.adding("x-ratelimit-limit", "10").adding("x-ratelimit-remaining", "0")
                .adding("x-ratelimit-reset", reset)
        }
        return reply
    }
}
