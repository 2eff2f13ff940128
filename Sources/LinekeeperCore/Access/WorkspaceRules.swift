/// What a workspace's settings may be.
public enum WorkspaceRules {
    /// Unicode scalars in a name.
    public static let nameLengthMax = 100
    /// Feature flags of one workspace.
    public static let featureFlagsMax = 32
    /// Allowed destination prefixes of one workspace.
    public static let prefixesMax = 200
    /// Credits a month, and in one grant.
    public static let creditsMax: Int64 = 1_000_000_000_000

    /// Checks the settings of a new or changed workspace.
    ///
    /// - Throws: `invalidArgument` naming the field.
    public static func check(_ workspace: WorkspaceRecord) throws(DomainError) {
        try PlainText.checked(workspace.name, field: "name", length: 1...nameLengthMax)
        guard workspace.featureFlags.count <= featureFlagsMax,
            workspace.featureFlags.allSatisfy(isFeatureFlag)
        else {
            throw DomainError(
                .invalidArgument,
                "feature_flags takes up to \(featureFlagsMax) words of 1 to 64 letters, digits, "
                    + "dots, underscores or hyphens.",
                field: "feature_flags")
        }
        guard (0...creditsMax).contains(workspace.monthlyAllowanceCredits) else {
            throw DomainError(
                .invalidArgument, "monthly_allowance_credits must be 0 to \(creditsMax).",
                field: "monthly_allowance_credits")
        }
        guard workspace.allowedDestinations.count <= prefixesMax else {
            throw DomainError(
                .invalidArgument,
                "allowed_destination_prefixes takes up to \(prefixesMax) prefixes.",
                field: "allowed_destination_prefixes")
        }
    }

    /// Reads prefixes of a request.
    ///
    /// - Throws: `invalidArgument` naming the one that is not `+` and 1 to 15 digits.
    public static func prefixes(
        _ texts: [String], field: String
    ) throws(DomainError) -> [E164Prefix] {
        var prefixes: [E164Prefix] = []
        for text in texts {
            guard let prefix = E164Prefix(text.utf8) else {
                throw DomainError(
                    .invalidArgument,
                    "\(field) takes prefixes of E.164 numbers: a plus sign and 1 to 15 digits, "
                        + "like +1 or +4930.",
                    field: field)
            }
            if !prefixes.contains(prefix) { prefixes.append(prefix) }
        }
        return prefixes
    }

    private static func isFeatureFlag(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
