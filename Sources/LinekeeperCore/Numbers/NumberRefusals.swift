// The refusals that belong to numbers, and the facts they name.

extension NumberRules {
    /// No such number in this workspace: the same words for one that is somebody else's.
    public static var notFound: DomainError {
        DomainError(
            .numberNotFound,
            "There is no such number in this workspace: list the numbers to see their ids.")
    }

    static func facts(_ number: NumberRecord) -> [String: String] {
        ["number": number.e164.description, "number_id": number.id.description]
    }

    static func gone(_ number: NumberRecord) -> DomainError {
        DomainError(
            .numberNotActive,
            "\(number.e164) is no longer held here; only its history is left.",
            facts: facts(number).merging(["status": number.status.apiName]) { $1 })
    }

    static func versionMismatch(_ number: NumberRecord, expected: UInt64) -> DomainError {
        DomainError(
            .versionMismatch,
            "\(number.e164) has changed since you read it: read it again and repeat the change.",
            facts: facts(number).merging([
                "expected_version": "\(expected)", "version": "\(number.version)",
            ]) { $1 },
            field: "expected_version")
    }

    static func tooMany(_ field: String, _ limit: Int) -> DomainError {
        DomainError(
            .invalidArgument, "A number has at most \(limit) \(field): remove some.",
            facts: ["limit": "\(limit)"], field: field)
    }
}
