import LinekeeperCore
import LinekeeperRPC
import LinekeeperServices
import Testing

@Suite struct StatusMappingTests {
    /// The published code of every reason: clients decide by it whether to try again.
    private static let published: [Status.Code: [String]] = [
        .invalidArgument: [
            "INVALID_E164", "INVALID_ARGUMENT", "MALFORMED_MESSAGE", "INVALID_PAGE_TOKEN",
            "IDEMPOTENCY_KEY_REQUIRED", "IDEMPOTENCY_KEY_TOO_LONG", "IDEMPOTENCY_KEY_REUSED",
            "CONFIRMATION_MISMATCH",
        ],
        .notFound: [
            "NUMBER_NOT_FOUND", "AGENT_NOT_FOUND", "WORKSPACE_NOT_FOUND", "CONNECTION_NOT_FOUND",
            "TOKEN_NOT_FOUND", "ORDER_NOT_FOUND", "PRICE_NOT_FOUND",
        ],
        .permissionDenied: ["PLAN_REQUIRED"],
        .failedPrecondition: [
            "NOT_ASSIGNED", "AGENT_NOT_PUBLISHED", "AGENT_INACTIVE", "AGENT_NOT_CONFIGURED",
            "CAPABILITY_MISSING", "NUMBER_NOT_ACTIVE", "OUTBOUND_DISABLED", "NO_OUTBOUND_NUMBER",
            "NO_OUTBOUND_AGENT", "NO_SMS_NUMBER", "DESTINATION_NOT_ALLOWED", "NUMBER_QUARANTINED",
            "RELEASE_PROTECTED", "REGION_NOT_SUPPORTED", "WORKSPACE_NOT_EMPTY",
            "INSUFFICIENT_CREDITS", "LAST_ADMIN_TOKEN", "CARRIER_NOT_SUPPORTED",
            "CREDENTIALS_REJECTED", "WEBHOOKS_NOT_CONFIGURED", "CONNECTION_ID_INVALID",
            "CARRIER_REFUSED",
            "REQUIREMENTS_MISSING", "NUMBER_TAKEN", "OFFER_NOT_FOUND", "SOURCE_NOT_OPEN",
        ],
        .alreadyExists: [
            "PROFILE_TAKEN", "AGENT_HAS_NUMBER", "NUMBER_HELD_ELSEWHERE", "NAME_TAKEN",
        ],
        .aborted: [
            "VERSION_MISMATCH", "STATE_CHANGED", "IDEMPOTENCY_IN_PROGRESS", "PRICE_CHANGED",
        ],
        .unavailable: [
            "CARRIER_UNAVAILABLE", "CARRIER_ANSWER_UNREADABLE", "SHUTTING_DOWN", "STORAGE_FAILED",
        ],
        .outOfRange: ["RESUME_TOKEN_TOO_OLD"],
        .resourceExhausted: ["TOO_MANY_WRITES", "STORAGE_FULL", "CARRIER_BUSY"],
        .deadlineExceeded: ["DEADLINE_EXCEEDED"],
        .dataLoss: ["CORRUPT_DATA"],
    ]

    @Test(arguments: DomainError.Reason.allCases)
    func `every reason has the code that is published for it`(_ reason: DomainError.Reason) {
        let codes = StatusMappingTests.published.filter { $0.value.contains(reason.rawValue) }
        #expect(codes.map(\.key) == [Status.code(of: reason)])
        #expect(Status(DomainError(reason, "Why.")).reason == reason.rawValue)
    }

    @Test func `no published reason is missing`() {
        #expect(
            Set(StatusMappingTests.published.values.joined())
                == Set(DomainError.Reason.allCases.map(\.rawValue)))
    }

    @Test func `a refusal keeps its sentence, its facts, its field and its advice`() {
        var error = DomainError(
            .versionMismatch, "Read it again.", facts: ["version": "7"], field: "expected_version")
        error.retryAfterMilliseconds = 250
        let status = Status(error)
        #expect(status.code == .aborted)
        #expect(status.message == "Read it again.")
        #expect(status.reason == "VERSION_MISMATCH")
        #expect(status.facts == ["version": "7"])
        #expect(
            status.violations
                == [Status.Violation(field: "expected_version", description: "Read it again.")])
        #expect(status.retryAfterMilliseconds == 250)
    }

    @Test func `a refusal that is about no field has no violation`() {
        let status = Status(DomainError(.numberNotFound, "There is none."))
        #expect(status.violations.isEmpty)
        #expect(status.retryAfterMilliseconds == 0)
    }
}
