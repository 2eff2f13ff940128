import LinekeeperCore

/// The sentences that a caller reads when there is no answer.
extension CarrierClient {
    func circuitOpen(_ wait: Duration) -> DomainError {
        DomainError(
            .carrierUnavailable,
            "\(carrier) does not answer at present and is not asked again for a moment.",
            retryAfterMilliseconds: milliseconds(wait))
    }

    func busy(after wait: Duration) -> DomainError {
        DomainError(
            .carrierBusy,
            "\(carrier) takes no more requests of this account at present. Try again in a moment.",
            retryAfterMilliseconds: milliseconds(wait))
    }

    func cancelled() -> DomainError {
        DomainError(
            .deadlineExceeded, "The call ended before \(carrier) was asked.")
    }

    func error(_ failure: HTTPFailure) -> DomainError {
        switch failure.kind {
        case .unreachable, .answerTooLarge:
            DomainError(.carrierUnavailable, "\(carrier): \(failure.sentence)")
        case .refused: DomainError(.invalidArgument, "\(carrier): \(failure.sentence)")
        case .busy: DomainError(.carrierBusy, failure.sentence, retryAfterMilliseconds: 1_000)
        case .cancelled: DomainError(.deadlineExceeded, failure.sentence)
        case .shuttingDown: DomainError(.shuttingDown, failure.sentence)
        }
    }

    private func milliseconds(_ duration: Duration) -> UInt32 {
        let (seconds, attoseconds) = duration.components
        return UInt32(
            clamping: min(seconds, 86_400) * 1_000 + attoseconds / 1_000_000_000_000_000)
    }
}
