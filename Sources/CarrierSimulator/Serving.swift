import Foundation

/// The way of a request through a carrier, with the faults that hit it.
extension SharedWorld {
    func serve(_ request: Request) async throws -> Transmission {
        let carrier = Carriers.carrier(of: request)
        let (received, misfortune) = withLock { world in
            world.settleOrders()
            let entry = world.journalEntry(request, carrier)
            return (
                Received(
                    request: request, carrier: carrier, id: entry.requestID,
                    sequence: world.journal.receive(entry)),
                Misfortune(hits: world.faults.take(for: entry))
            )
        }
        do {
            let answer = try await answer(received, misfortune)
            withLock { $0.journal.note(received.sequence, .answered, status: answer.status) }
            return answer.transmission
        } catch {
            withLock { $0.journal.note(received.sequence, .answered, status: 0) }
            throw error
        }
    }

    private func answer(
        _ received: Received, _ misfortune: Misfortune
    ) async throws -> (status: Int, transmission: Transmission) {
        if let early = try await suffer(misfortune.verdicts(.before, carrier: received.carrier)) {
            return early
        }
        let reply = withLock { world in
            world.touched = []
            let reply = Carriers.answer(received, in: &world)
            if let lag = misfortune.listLag { world.hideTouched(lag) }
            world.journal.note(received.sequence, .executed)
            return reply
        }
        if let late = try await suffer(misfortune.verdicts(.after, carrier: received.carrier)) {
            return late
        }
        return (reply.status, misfortune.transmission(of: reply))
    }

    /// Goes through what happens at a moment; answers what ends the request there.
    private func suffer(
        _ verdicts: [Misfortune.Verdict]
    ) async throws -> (status: Int, transmission: Transmission)? {
        for verdict in verdicts {
            switch verdict {
            case .wait(let milliseconds): try await Task.sleep(for: .milliseconds(milliseconds))
            case .hangUp: return (0, .hangUp)
            case .answer(let reply): return (reply.status, Transmission(reply))
            case .hang(let id):
                for _ in 0..<60_000 where withLock({ $0.faults.contains(id) }) {
                    try await Task.sleep(for: .milliseconds(10))
                }
                return (0, .hangUp)
            }
        }
        return nil
    }
}

/// A request on its way.
struct Received: Sendable {
    var request: Request
    var carrier: SimulatedCarrier
    /// What the carrier calls it.
    var id: String
    /// Its place in the journal.
    var sequence: Int
}

extension World {
    /// Hides from lists what a request wrote.
    fileprivate mutating func hideTouched(_ lag: (milliseconds: Int, reads: Int)) {
        let until = clock.now.addingTimeInterval(Double(lag.milliseconds) / 1000)
        for id in touched { lags.hide(id, until: until, reads: lag.reads) }
    }

    /// What the journal tells of a request before it is handled.
    fileprivate func journalEntry(
        _ request: Request, _ carrier: SimulatedCarrier
    ) -> JournalEntry {
        let entered = Carriers.authenticated(request, carrier, in: self)
        return JournalEntry(
            sequence: 0, time: clock.now, carrier: carrier, method: request.method,
            path: request.path, query: request.rawQuery, host: request.host,
            body: String(decoding: request.body.prefix(4096), as: UTF8.self),
            account: entered?.account.id ?? "", credential: entered?.credential.id ?? "",
            e164: subject(of: request), requestID: Carriers.requestID(carrier), stage: .received,
            status: 0)
    }

    /// The number that a request names in its path, query or body, or by its id.
    private func subject(of request: Request) -> String {
        for segment in request.path.split(separator: "/") {
            let id = String(segment.split(separator: ".").first ?? "")
            if let e164 = numbersByID[id] { return e164 }
            if id.hasPrefix("+") { return id }
        }
        for parameter in request.query + request.form where parameter.name == "PhoneNumber" {
            return parameter.value
        }
        guard let body = JSON(parsing: request.body),
            let e164 = body["phone_numbers"]?.array?.first?["phone_number"]?.string
        else { return "" }
        return e164
    }
}
