/// A refusal or failure that a caller can act on.
///
/// Neither `message` nor `facts` holds a secret, a credential or what somebody said or wrote: both
/// reach the caller and the log.
public struct DomainError: Error, Hashable, Sendable {
    /// What went wrong, for a program.
    public var reason: Reason
    /// What went wrong and what to do about it, in a sentence or two for a person.
    public var message: String
    /// The facts behind the reason, by field name: `agent_id`, `number`, `limit`.
    public var facts: [String: String]
    /// The request field that is at fault, where one is.
    public var field: String?
    /// How long to wait before another try can succeed; `nil` when waiting does not help.
    public var retryAfterMilliseconds: UInt32?

    /// Makes an error; everything but the reason and the sentence is optional.
    public init(
        _ reason: Reason, _ message: String, facts: [String: String] = [:], field: String? = nil,
        retryAfterMilliseconds: UInt32? = nil
    ) {
        self.reason = reason
        self.message = message
        self.facts = facts
        self.field = field
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }

    /// The words a program switches on.
    ///
    /// They are part of the published API: none is renamed, and none gets a second meaning.
    public enum Reason: String, CaseIterable, Sendable {
        // The request's form.
        case invalidE164 = "INVALID_E164"
        case invalidArgument = "INVALID_ARGUMENT"
        case malformedMessage = "MALFORMED_MESSAGE"
        case invalidPageToken = "INVALID_PAGE_TOKEN"
        case idempotencyKeyRequired = "IDEMPOTENCY_KEY_REQUIRED"
        case idempotencyKeyTooLong = "IDEMPOTENCY_KEY_TOO_LONG"
        case idempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED"

        // What is not there, or not for this caller.
        case numberNotFound = "NUMBER_NOT_FOUND"
        case agentNotFound = "AGENT_NOT_FOUND"
        case workspaceNotFound = "WORKSPACE_NOT_FOUND"
        case connectionNotFound = "CONNECTION_NOT_FOUND"
        case tokenNotFound = "TOKEN_NOT_FOUND"
        case orderNotFound = "ORDER_NOT_FOUND"
        case priceNotFound = "PRICE_NOT_FOUND"
        case planRequired = "PLAN_REQUIRED"

        // Routing.
        case notAssigned = "NOT_ASSIGNED"
        case agentNotPublished = "AGENT_NOT_PUBLISHED"
        case agentInactive = "AGENT_INACTIVE"
        case agentNotConfigured = "AGENT_NOT_CONFIGURED"
        case capabilityMissing = "CAPABILITY_MISSING"
        case numberNotActive = "NUMBER_NOT_ACTIVE"
        case outboundDisabled = "OUTBOUND_DISABLED"
        case noOutboundNumber = "NO_OUTBOUND_NUMBER"
        case noOutboundAgent = "NO_OUTBOUND_AGENT"
        case noSmsNumber = "NO_SMS_NUMBER"
        case destinationNotAllowed = "DESTINATION_NOT_ALLOWED"

        // Changes that do not fit what is there.
        case profileTaken = "PROFILE_TAKEN"
        case agentHasNumber = "AGENT_HAS_NUMBER"
        case numberHeldElsewhere = "NUMBER_HELD_ELSEWHERE"
        case numberQuarantined = "NUMBER_QUARANTINED"
        case versionMismatch = "VERSION_MISMATCH"
        case stateChanged = "STATE_CHANGED"
        case idempotencyInProgress = "IDEMPOTENCY_IN_PROGRESS"
        case releaseProtected = "RELEASE_PROTECTED"
        case confirmationMismatch = "CONFIRMATION_MISMATCH"
        case regionNotSupported = "REGION_NOT_SUPPORTED"
        case workspaceNotEmpty = "WORKSPACE_NOT_EMPTY"
        case insufficientCredits = "INSUFFICIENT_CREDITS"
        case lastAdminToken = "LAST_ADMIN_TOKEN"
        case nameTaken = "NAME_TAKEN"

        // Carriers.
        case carrierNotSupported = "CARRIER_NOT_SUPPORTED"
        case credentialsRejected = "CREDENTIALS_REJECTED"
        case connectionIDInvalid = "CONNECTION_ID_INVALID"
        case webhooksNotConfigured = "WEBHOOKS_NOT_CONFIGURED"
        case carrierUnavailable = "CARRIER_UNAVAILABLE"
        case carrierBusy = "CARRIER_BUSY"
        case carrierRefused = "CARRIER_REFUSED"
        case carrierAnswerUnreadable = "CARRIER_ANSWER_UNREADABLE"
        case requirementsMissing = "REQUIREMENTS_MISSING"
        case numberTaken = "NUMBER_TAKEN"
        case priceChanged = "PRICE_CHANGED"
        case offerNotFound = "OFFER_NOT_FOUND"
        case sourceNotOpen = "SOURCE_NOT_OPEN"

        // The service itself.
        case resumeTokenTooOld = "RESUME_TOKEN_TOO_OLD"
        case tooManyWrites = "TOO_MANY_WRITES"
        case deadlineExceeded = "DEADLINE_EXCEEDED"
        case shuttingDown = "SHUTTING_DOWN"
        case storageFull = "STORAGE_FULL"
        case storageFailed = "STORAGE_FAILED"
        case corruptData = "CORRUPT_DATA"
    }
}
