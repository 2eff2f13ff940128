package import LinekeeperCore

/// What came of a request to a carrier, after every retry that was allowed.
package enum CarrierOutcome: Sendable, Equatable {
    /// The carrier took a decision. The status is never 429 or 5xx.
    case response(HTTPResponse)
    /// It surely did not happen: the carrier was not reached, or limits the account, or the request
    /// was not tried. For a read: there is no answer.
    ///
    /// The reason is `carrierUnavailable`, `carrierBusy`, `deadlineExceeded`, `shuttingDown`, or
    /// `invalidArgument` for a request that must not be sent.
    case notDone(DomainError)
    /// It may have happened, never for a read: no whole answer, or a 5xx. Only asking the carrier
    /// tells.
    case unknown(DomainError)
}
