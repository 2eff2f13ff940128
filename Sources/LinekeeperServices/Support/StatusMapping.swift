package import LinekeeperCore
package import LinekeeperRPC

extension Status {
    /// The one place where a refusal of the core becomes a status on the wire.
    package init(_ error: DomainError) {
        self.init(
            Status.code(of: error.reason), error.message, reason: error.reason.rawValue,
            facts: error.facts,
            violations: error.field.map { [Violation(field: $0, description: error.message)] }
                ?? [],
            retryAfterMilliseconds: error.retryAfterMilliseconds ?? 0)
    }

    /// The same, with the id of the workspace that the call was for.
    package init(_ error: DomainError, of workspace: WorkspaceKey?, in routes: RouteTable) {
        self.init(error)
        if let workspace, let id = routes.workspace(workspace)?.id {
            facts["workspace_id"] = id.description
        }
    }

    /// gRPC's code for a reason.
    ///
    /// No `default`: a new reason does not compile until somebody has chosen its code.
    package static func code(of reason: DomainError.Reason) -> Code {
        switch reason {
        case .invalidE164, .invalidArgument, .malformedMessage, .invalidPageToken,
            .idempotencyKeyRequired, .idempotencyKeyTooLong, .idempotencyKeyReused,
            .confirmationMismatch:
            .invalidArgument
        case .numberNotFound, .agentNotFound, .workspaceNotFound, .connectionNotFound,
            .tokenNotFound, .orderNotFound, .priceNotFound:
            .notFound
        case .planRequired:
            .permissionDenied
        case .notAssigned, .agentNotPublished, .agentInactive, .agentNotConfigured,
            .capabilityMissing, .numberNotActive, .outboundDisabled, .noOutboundNumber,
            .noOutboundAgent, .noSmsNumber, .destinationNotAllowed, .numberQuarantined,
            .releaseProtected, .regionNotSupported, .workspaceNotEmpty, .insufficientCredits,
            .lastAdminToken, .carrierNotSupported, .webhooksNotConfigured, .credentialsRejected,
            .connectionIDInvalid,
            .carrierRefused, .requirementsMissing, .numberTaken, .offerNotFound, .sourceNotOpen:
            .failedPrecondition
        case .profileTaken, .agentHasNumber, .numberHeldElsewhere, .nameTaken:
            .alreadyExists
        case .versionMismatch, .stateChanged, .idempotencyInProgress, .priceChanged:
            .aborted
        case .carrierUnavailable, .carrierAnswerUnreadable, .shuttingDown, .storageFailed:
            .unavailable
        case .resumeTokenTooOld:
            .outOfRange
        case .tooManyWrites, .storageFull, .carrierBusy:
            .resourceExhausted
        case .deadlineExceeded:
            .deadlineExceeded
        case .corruptData:
            .dataLoss
        }
    }
}
