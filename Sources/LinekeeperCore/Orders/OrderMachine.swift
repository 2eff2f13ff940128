/// How long orders wait for what.
public struct OrderPace: Hashable, Sendable {
    /// Between two looks at an order: at least, and at most.
    public var pauseSeconds: ClosedRange<Int64> = 2...60
    /// Until an order whose credentials are refused is looked at again.
    public var parkedSeconds: Int64 = 60
    /// How long after its mark a purchase request can still be carried out: its total timeout.
    public var requestSeconds: Int64 = 30
    /// How long a number must be absent afterwards, to be held for not bought. Carriers' lists lag.
    public var settleSeconds: Int64 = 120
    /// For how long an order that surely was not sent is tried again.
    public var retrySeconds: Int64 = 600

    /// Looks that must have shown nothing, within ``settleSeconds``.
    static let absentLooksMin: Int64 = 3

    /// The pace at which real carriers are asked.
    public init() {}

    /// The same pace, a number of times as fast; for tests that cannot wait.
    public func hastened(by factor: Int64) -> OrderPace {
        let divisor = max(1, factor)
        var pace = self
        let least = max(1, pauseSeconds.lowerBound / divisor)
        pace.pauseSeconds = least...max(least, pauseSeconds.upperBound / divisor)
        pace.parkedSeconds = max(1, parkedSeconds / divisor)
        pace.requestSeconds = max(1, requestSeconds / divisor)
        pace.settleSeconds = max(1, settleSeconds / divisor)
        pace.retrySeconds = max(1, retrySeconds / divisor)
        return pace
    }
}

/// What has happened to an order.
public enum OrderNews: Hashable, Sendable {
    /// A purchase request is about to be sent: written down before its first byte leaves.
    case sending
    /// What the request of an attempt led to.
    case outcome(PurchaseOutcome, attempt: Int64)
    /// What asking the carrier has shown.
    case finding(PurchaseFinding)
    /// The carrier could not be asked, or nothing could be sent: nothing is known that was not known
    /// before.
    case notAsked(DomainError)
}

/// What to do about an order.
public enum OrderAction: Hashable, Sendable {
    /// Mark it, then send a purchase request.
    case send
    /// Ask the carrier what became of it.
    case ask(carrierOrderID: String?)
}

/// What a step does besides changing the order.
public enum OrderEffect: Hashable, Sendable {
    case none
    /// The number is ours: it goes into service.
    case activate(CarrierNumber)
    /// The number was not bought: it fails, and the credits go back.
    case refund
}

/// The rules of buying one number: from an order and what has happened, the order as it is then.
///
/// A carrier is never asked to sell while an earlier request may have been carried out, and only
/// evidence ends an order: a number that is ours, or a definite no. News that come twice, late or in
/// disorder change nothing for the worse; nothing leaves a final state.
public struct OrderMachine: Sendable {
    /// How long orders wait for what.
    public let pace: OrderPace
    /// Spreads the pauses of many orders, a factor between 0.8 and 1.2.
    private let spread: @Sendable () -> Double

    /// Rules at a pace; the factor is random, unless a test sets it.
    public init(
        pace: OrderPace = OrderPace(),
        spread: @escaping @Sendable () -> Double = { .random(in: 0.8...1.2) }
    ) {
        self.pace = pace
        self.spread = spread
    }

    /// What to do about an order next; `nil` when it is final.
    public func nextStep(_ order: OrderRecord) -> OrderAction? {
        switch order.state {
        case .created: .send
        case .unknown, .submitted:
            .ask(carrierOrderID: order.carrierOrderID.isEmpty ? nil : order.carrierOrderID)
        case .completed, .failed: nil
        }
    }

    /// The order after some news, and what else must happen in the same transaction.
    public func step(
        _ order: OrderRecord, _ news: OrderNews, at now: Timestamp
    ) -> (order: OrderRecord, effect: OrderEffect) {
        guard !order.state.isFinal else { return (order, .none) }
        var after = order
        after.updatedAt = now
        let effect: OrderEffect
        switch news {
        case .sending: effect = mark(&after, at: now)
        case .outcome(let outcome, let attempt):
            effect = judge(outcome, isOfThisAttempt: attempt == order.attempt, &after, at: now)
        case .finding(let finding): effect = judge(finding, &after, at: now)
        case .notAsked(let error):
            wait(&after, for: error, at: now)
            effect = .none
        }
        return (after, effect)
    }

    // MARK: - Before and after a request

    private func mark(_ order: inout OrderRecord, at now: Timestamp) -> OrderEffect {
        guard order.state == .created else { return .none }
        order.state = .unknown
        order.attempt &+= 1
        order.sentAt = now
        order.absentSince = nil
        order.absentCount = 0
        // Whoever finds the mark after a crash asks at once.
        order.dueAt = now
        return .none
    }

    private func judge(
        _ outcome: PurchaseOutcome, isOfThisAttempt: Bool, _ order: inout OrderRecord,
        at now: Timestamp
    ) -> OrderEffect {
        switch outcome {
        case .owned(let number): return complete(&order, with: number, at: now)
        case .pending(let carrierOrderID):
            submit(&order, as: carrierOrderID, cause: nil, at: now)
            return .none
        case .unknown(let words):
            // In doubt, the order is asked about: also when the news are late.
            if order.state == .created { order.state = .unknown }
            note(&order, "", words)
            pause(&order, at: now)
            return .none
        case .refused(let refusal):
            guard isOfThisAttempt, order.state == .unknown else {
                order.dueAt = now
                return .none
            }
            return judge(refusal, &order, at: now)
        case .notSent(let error):
            guard isOfThisAttempt, order.state == .unknown else { return .none }
            return takeBack(&order, error, at: now)
        }
    }

    private func judge(
        _ refusal: PurchaseRefusal, _ order: inout OrderRecord, at now: Timestamp
    ) -> OrderEffect {
        switch refusal.kind {
        case .credentials:
            // The platform's to mend: the order waits, and so do its credits.
            order.state = .created
            park(&order, refusal.kind.rawValue, refusal.sentence, at: now)
            return .none
        case .taken where order.attempt > 1:
            // It may have been taken by the attempt before, if that was not as lost as it seemed.
            note(&order, "", refusal.sentence)
            order.dueAt = now
            return .none
        case .taken, .funds, .requirements, .notPermitted, .other:
            return fail(&order, refusal.kind.rawValue, refusal.sentence)
        }
    }

    /// The request surely did nothing: it may be sent again later, but not for ever.
    private func takeBack(
        _ order: inout OrderRecord, _ error: DomainError, at now: Timestamp
    ) -> OrderEffect {
        order.state = .created
        if error.reason != .credentialsRejected,
            now >= order.createdAt.adding(seconds: pace.retrySeconds)
        {
            return fail(&order, error.reason.rawValue, error.message)
        }
        wait(&order, for: error, at: now)
        return .none
    }

    // MARK: - Asking

    private func judge(
        _ finding: PurchaseFinding, _ order: inout OrderRecord, at now: Timestamp
    ) -> OrderEffect {
        switch finding {
        case .owned(let number): return complete(&order, with: number, at: now)
        case .pending(let carrierOrderID, let cause):
            submit(&order, as: carrierOrderID, cause: cause, at: now)
            return .none
        case .refused(let refusal):
            return fail(&order, refusal.kind.rawValue, refusal.sentence)
        case .absent:
            guard order.state != .created else { return .none }
            return judgeAbsence(&order, at: now)
        }
    }

    /// Several looks over a span of time that no list lags behind, all after the last moment at which
    /// the request could still be carried out.
    private func judgeAbsence(_ order: inout OrderRecord, at now: Timestamp) -> OrderEffect {
        pause(&order, at: now)
        let settled = (order.sentAt ?? order.createdAt).adding(seconds: pace.requestSeconds)
        guard now >= settled else { return .none }
        let since = order.absentSince ?? now
        order.absentSince = since
        order.absentCount &+= 1
        let proven = since.adding(seconds: pace.settleSeconds)
        guard order.absentCount >= OrderPace.absentLooksMin, now >= proven else {
            if let due = order.dueAt, proven > now { order.dueAt = min(due, proven) }
            return .none
        }
        return fail(
            &order, "NOT_BOUGHT",
            "The carrier's answer was lost and it does not have the number: it was not bought.")
    }

    private func submit(
        _ order: inout OrderRecord, as carrierOrderID: String, cause: String?, at now: Timestamp
    ) {
        order.state = .submitted
        if !carrierOrderID.isEmpty { order.carrierOrderID = carrierOrderID }
        order.absentSince = nil
        order.absentCount = 0
        note(&order, "", cause ?? "")
        pause(&order, at: now)
    }

    // MARK: - Endings

    private func complete(
        _ order: inout OrderRecord, with number: CarrierNumber, at now: Timestamp
    ) -> OrderEffect {
        guard number.e164 == order.e164 else {
            // Another number is never taken for the one that was asked for.
            if order.state == .created { order.state = .unknown }
            note(
                &order, DomainError.Reason.carrierAnswerUnreadable.rawValue,
                "The carrier's answer is about another number; it is asked again.")
            pause(&order, at: now)
            return .none
        }
        order.state = .completed
        order.dueAt = nil
        note(&order, "", "")
        return .activate(number)
    }

    private func fail(
        _ order: inout OrderRecord, _ reason: String, _ message: String
    ) -> OrderEffect {
        order.state = .failed
        order.dueAt = nil
        note(&order, reason, message)
        return .refund
    }

    // MARK: - Waiting

    /// Waits for something that is not the order's fault.
    private func wait(_ order: inout OrderRecord, for error: DomainError, at now: Timestamp) {
        guard error.reason != .credentialsRejected, error.reason != .sourceNotOpen else {
            let reason =
                error.reason == .sourceNotOpen ? "NEEDS_CREDENTIALS" : error.reason.rawValue
            park(&order, reason, error.message, at: now)
            return
        }
        note(&order, error.reason.rawValue, error.message)
        pause(&order, at: now)
        let hint = Int64(error.retryAfterMilliseconds ?? 0)
        let earliest = now.adding(seconds: min((hint + 999) / 1000, pace.retrySeconds))
        if let due = order.dueAt { order.dueAt = max(due, earliest) }
    }

    private func park(
        _ order: inout OrderRecord, _ reason: String, _ message: String, at now: Timestamp
    ) {
        note(&order, reason, message)
        order.dueAt = now.adding(seconds: pace.parkedSeconds)
    }

    private func note(_ order: inout OrderRecord, _ reason: String, _ message: String) {
        order.reason = reason
        order.message = String(message.prefix(500))
    }

    /// The next look comes after half the time that has passed already: the pauses grow by half, and
    /// a restart needs no counter.
    private func pause(_ order: inout OrderRecord, at now: Timestamp) {
        let start = order.sentAt ?? order.createdAt
        let (age, overflow) = now.microseconds.subtractingReportingOverflow(start.microseconds)
        let seconds = overflow ? 0 : age / 2_000_000
        let bounded = min(max(seconds, pace.pauseSeconds.lowerBound), pace.pauseSeconds.upperBound)
        let factor = min(max(spread(), 0.8), 1.2)
        let microseconds = Int64((Double(bounded) * factor * 1_000_000).rounded())
        order.dueAt = Timestamp(microseconds: now.microseconds &+ microseconds)
    }
}

extension PurchaseRefusal {
    /// For a person: what it means, with the carrier's code and words.
    public var sentence: String {
        let meaning =
            switch kind {
            case .taken: "The number is no longer on sale"
            case .funds: "The platform's account at the carrier has no money left"
            case .requirements: "The carrier wants papers before it sells this number"
            case .credentials: "The carrier does not take the platform's credentials"
            case .notPermitted: "The platform's account may not buy such numbers"
            case .other: "The carrier refused to sell the number"
            }
        let details = [code, words].filter { !$0.isEmpty }.joined(separator: ": ")
        return details.isEmpty ? meaning + "." : "\(meaning) (\(details))."
    }
}
