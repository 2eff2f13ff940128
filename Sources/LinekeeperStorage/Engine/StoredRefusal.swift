import FoundationEssentials
import LinekeeperCore

/// A refusal as the table of idempotency keys keeps it: JSON.
struct StoredRefusal: Codable {
    let reason: String
    let message: String
    let facts: [String: String]
    let field: String?
    let retryAfterMilliseconds: UInt32?

    init(_ error: DomainError) {
        reason = error.reason.rawValue
        message = error.message
        facts = error.facts
        field = error.field
        retryAfterMilliseconds = error.retryAfterMilliseconds
    }

    /// Reads what ``text()`` wrote.
    ///
    /// - Throws: `corruptData` when it is something else.
    init(_ text: String) throws(DomainError) {
        do {
            self = try JSONDecoder().decode(StoredRefusal.self, from: Data(text.utf8))
        } catch {
            throw StoredRefusal.unreadable
        }
    }

    func text() throws(DomainError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            throw DomainError(.storageFailed, "A refusal could not be written down: \(error).")
        }
    }

    func error() throws(DomainError) -> DomainError {
        guard let reason = DomainError.Reason(rawValue: reason) else {
            throw StoredRefusal.unreadable
        }
        return DomainError(
            reason, message, facts: facts, field: field,
            retryAfterMilliseconds: retryAfterMilliseconds)
    }

    private static var unreadable: DomainError {
        DomainError(.corruptData, "The stored outcome of an idempotency key cannot be read.")
    }
}

extension DomainError.Reason {
    /// Whether the same request will be refused again, so that the refusal is the outcome of its
    /// idempotency key. What only says "not now" is not: the next attempt runs.
    var isFinal: Bool {
        switch self {
        case .shuttingDown, .tooManyWrites, .deadlineExceeded, .storageFull, .storageFailed,
            .corruptData, .carrierUnavailable, .carrierBusy, .carrierAnswerUnreadable,
            .webhooksNotConfigured, .idempotencyInProgress, .idempotencyKeyReused:
            false
        case .invalidE164, .invalidArgument, .malformedMessage, .invalidPageToken,
            .idempotencyKeyRequired, .idempotencyKeyTooLong, .numberNotFound, .agentNotFound,
            .workspaceNotFound, .connectionNotFound, .tokenNotFound, .orderNotFound,
            .priceNotFound, .planRequired, .notAssigned, .agentNotPublished, .agentInactive,
            .agentNotConfigured, .capabilityMissing, .numberNotActive, .outboundDisabled,
            .noOutboundNumber, .noOutboundAgent, .noSmsNumber, .destinationNotAllowed,
            .profileTaken, .agentHasNumber, .numberHeldElsewhere, .numberQuarantined,
            .versionMismatch, .stateChanged, .releaseProtected, .confirmationMismatch,
            .regionNotSupported, .workspaceNotEmpty, .insufficientCredits, .lastAdminToken,
            .nameTaken, .carrierNotSupported, .credentialsRejected, .connectionIDInvalid,
            .carrierRefused, .requirementsMissing, .numberTaken, .priceChanged, .offerNotFound,
            .sourceNotOpen, .resumeTokenTooOld:
            true
        }
    }
}
