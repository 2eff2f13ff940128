/// What a token may do. The raw values are those of the published protos and of the store.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    /// Reads.
    case viewer = 1
    /// Asks for routes and authorizations, records messages, watches routes.
    case runtime
    /// Does everything in its workspace.
    case manager
    /// Does everything, in every workspace.
    case admin

    /// The word in messages and on the command line.
    public var word: String {
        switch self {
        case .viewer: "viewer"
        case .runtime: "runtime"
        case .manager: "manager"
        case .admin: "admin"
        }
    }

    /// What the role may do, one bit for each role whose methods it may call.
    public var rights: UInt64 {
        switch self {
        case .viewer: 1
        case .runtime: 2
        case .manager: 1 | 2 | 4
        case .admin: 1 | 2 | 4 | 8
        }
    }

    /// The bit of this role in ``rights``.
    public var right: UInt64 { 1 << UInt64(rawValue &- 1) }
}
