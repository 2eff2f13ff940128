// Made from linekeeper/v1/admin.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `linekeeper.v1.Plan` on the wire.
    public enum Plan: ProtoEnum {
        /// `PLAN_UNSPECIFIED`, 0.
        case unspecified
        /// `PLAN_STANDARD`, 1.
        case standard
        /// `PLAN_UNLIMITED`, 2.
        case unlimited
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Plan"
        /// What the proto puts before every name.
        public static let prefix = "PLAN_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.standard, "STANDARD"),
            (.unlimited, "UNLIMITED"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .standard
            case 2: self = .unlimited
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .standard: 1
            case .unlimited: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.NumberExclusivity` on the wire.
    public enum NumberExclusivity: ProtoEnum {
        /// `NUMBER_EXCLUSIVITY_UNSPECIFIED`, 0.
        case unspecified
        /// All of a number's profiles belong to one agent.
        case agent
        /// Each profile on its own.
        case profile
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.NumberExclusivity"
        /// What the proto puts before every name.
        public static let prefix = "NUMBER_EXCLUSIVITY_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.agent, "AGENT"),
            (.profile, "PROFILE"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .agent
            case 2: self = .profile
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .agent: 1
            case .profile: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.Role` on the wire.
    public enum Role: ProtoEnum {
        /// `ROLE_UNSPECIFIED`, 0.
        case unspecified
        /// Reads.
        case viewer
        /// Hot calls, messages, WatchRoutes.
        case runtime
        /// Everything in its workspace.
        case manager
        /// `ROLE_ADMIN`, 4.
        case admin
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Role"
        /// What the proto puts before every name.
        public static let prefix = "ROLE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.viewer, "VIEWER"),
            (.runtime, "RUNTIME"),
            (.manager, "MANAGER"),
            (.admin, "ADMIN"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .viewer
            case 2: self = .runtime
            case 3: self = .manager
            case 4: self = .admin
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .viewer: 1
            case .runtime: 2
            case .manager: 3
            case .admin: 4
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.Workspace` on the wire.
    public struct Workspace: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `name`, field 2.
        public var name: String = ""
        /// `plan`, field 3.
        public var plan: Proto.Plan = .unspecified
        /// `feature_flags`, field 4.
        public var featureFlags: [String] = []
        /// `monthly_allowance_credits`, field 5.
        public var monthlyAllowanceCredits: Int64 = 0
        /// `number_exclusivity`, field 6.
        public var numberExclusivity: Proto.NumberExclusivity = .unspecified
        /// `credit_balance`, field 7.
        public var creditBalance: Int64 = 0
        /// `number_count`, field 8.
        public var numberCount: UInt64 = 0
        /// `outbound_locked`, field 9.
        public var outboundLocked: Bool = false
        /// `allowed_destination_prefixes`, field 10.
        public var allowedDestinationPrefixes: [String] = []
        /// `created_at`, field 11.
        public var createdAt: Proto.Timestamp?
        /// `updated_at`, field 12.
        public var updatedAt: Proto.Timestamp?
        /// `version`, field 13.
        public var version: UInt64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Workspace"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.CreateWorkspaceRequest` on the wire.
    public struct CreateWorkspaceRequest: ProtoMessage {
        /// `name`, field 1.
        public var name: String = ""
        /// UNSPECIFIED: STANDARD.
        public var plan: Proto.Plan = .unspecified
        /// `feature_flags`, field 3.
        public var featureFlags: [String] = []
        /// `monthly_allowance_credits`, field 4.
        public var monthlyAllowanceCredits: Int64 = 0
        /// UNSPECIFIED: AGENT.
        public var numberExclusivity: Proto.NumberExclusivity = .unspecified
        /// `allowed_destination_prefixes`, field 6.
        public var allowedDestinationPrefixes: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CreateWorkspaceRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.CreateWorkspaceResponse` on the wire.
    public struct CreateWorkspaceResponse: ProtoMessage {
        /// `workspace`, field 1.
        public var workspace: Proto.Workspace?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CreateWorkspaceResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetWorkspaceRequest` on the wire.
    public struct GetWorkspaceRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetWorkspaceRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetWorkspaceResponse` on the wire.
    public struct GetWorkspaceResponse: ProtoMessage {
        /// `workspace`, field 1.
        public var workspace: Proto.Workspace?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetWorkspaceResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListWorkspacesRequest` on the wire.
    public struct ListWorkspacesRequest: ProtoMessage {
        /// `page`, field 1.
        public var page: Proto.PageRequest?
        /// Part of the name or id.
        public var text: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListWorkspacesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListWorkspacesResponse` on the wire.
    public struct ListWorkspacesResponse: ProtoMessage {
        /// `workspaces`, field 1.
        public var workspaces: [Proto.Workspace] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListWorkspacesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.StringList` on the wire.
    public struct StringList: ProtoMessage {
        /// `values`, field 1.
        public var values: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.StringList"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.UpdateWorkspaceRequest` on the wire.
    public struct UpdateWorkspaceRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `name`, field 2.
        public var name: String?
        /// UNSPECIFIED: unchanged.
        public var plan: Proto.Plan = .unspecified
        /// Absent: unchanged.
        public var featureFlags: Proto.StringList?
        /// `monthly_allowance_credits`, field 5.
        public var monthlyAllowanceCredits: Int64?
        /// UNSPECIFIED: unchanged.
        public var numberExclusivity: Proto.NumberExclusivity = .unspecified
        /// `allowed_destination_prefixes`, field 7.
        public var allowedDestinationPrefixes: Proto.StringList?
        /// `expected_version`, field 8.
        public var expectedVersion: UInt64?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateWorkspaceRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.UpdateWorkspaceResponse` on the wire.
    public struct UpdateWorkspaceResponse: ProtoMessage {
        /// `workspace`, field 1.
        public var workspace: Proto.Workspace?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateWorkspaceResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DeleteWorkspaceRequest` on the wire.
    public struct DeleteWorkspaceRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `confirm_name`, field 2.
        public var confirmName: String = ""
        /// Release what was bought with it.
        public var releaseNumbers: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DeleteWorkspaceRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DeleteWorkspaceResponse` on the wire.
    public struct DeleteWorkspaceResponse: ProtoMessage {
        /// `numbers_removed`, field 1.
        public var numbersRemoved: UInt64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DeleteWorkspaceResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GrantCreditsRequest` on the wire.
    public struct GrantCreditsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// Negative takes back, never below zero.
        public var credits: Int64 = 0
        /// `note`, field 3.
        public var note: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GrantCreditsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GrantCreditsResponse` on the wire.
    public struct GrantCreditsResponse: ProtoMessage {
        /// `balance`, field 1.
        public var balance: Int64 = 0
        /// `entry_id`, field 2.
        public var entryID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GrantCreditsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Token` on the wire.
    public struct Token: ProtoMessage {
        /// `token_id`, field 1.
        public var tokenID: String = ""
        /// `role`, field 2.
        public var role: Proto.Role = .unspecified
        /// Empty: all workspaces.
        public var workspaceID: String = ""
        /// `label`, field 4.
        public var label: String = ""
        /// The last four characters.
        public var hint: String = ""
        /// `created_at`, field 6.
        public var createdAt: Proto.Timestamp?
        /// Absent: never.
        public var expiresAt: Proto.Timestamp?
        /// `revoked_at`, field 8.
        public var revokedAt: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Token"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.IssueTokenRequest` on the wire.
    public struct IssueTokenRequest: ProtoMessage {
        /// `role`, field 1.
        public var role: Proto.Role = .unspecified
        /// At most one of `workspace_id`, `all_workspaces`.
        public var scope: Scope?
        /// `label`, field 4.
        public var label: String = ""
        /// `expires_at`, field 5.
        public var expiresAt: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.IssueTokenRequest"
        /// Every field at its default.
        public init() {}

        /// What `scope` can hold.
        public enum Scope: Hashable, Sendable {
            /// `workspace_id`, field 2.
            case workspaceID(String)
            /// Roles runtime and admin only.
            case allWorkspaces(Bool)
        }
    }

    /// `linekeeper.v1.IssueTokenResponse` on the wire.
    public struct IssueTokenResponse: ProtoMessage {
        /// `token`, field 1.
        public var token: Proto.Token?
        /// Lk_...: shown this once, stored as a hash.
        public var secret: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.IssueTokenResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListTokensRequest` on the wire.
    public struct ListTokensRequest: ProtoMessage {
        /// Empty: every token.
        public var workspaceID: String = ""
        /// `page`, field 2.
        public var page: Proto.PageRequest?
        /// `include_revoked`, field 3.
        public var includeRevoked: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListTokensRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListTokensResponse` on the wire.
    public struct ListTokensResponse: ProtoMessage {
        /// `tokens`, field 1.
        public var tokens: [Proto.Token] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListTokensResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.RevokeTokenRequest` on the wire.
    public struct RevokeTokenRequest: ProtoMessage {
        /// `token_id`, field 1.
        public var tokenID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RevokeTokenRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.RevokeTokenResponse` on the wire.
    public struct RevokeTokenResponse: ProtoMessage {
        /// `token`, field 1.
        public var token: Proto.Token?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RevokeTokenResponse"
        /// Every field at its default.
        public init() {}
    }

    /// What a number of a country and type costs a month.
    public struct Price: ProtoMessage {
        /// `country_code`, field 1.
        public var countryCode: String = ""
        /// `type`, field 2.
        public var type: Proto.NumberType = .unspecified
        /// `monthly_cost_credits`, field 3.
        public var monthlyCostCredits: Int64 = 0
        /// `updated_at`, field 4.
        public var updatedAt: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Price"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListPricesRequest` on the wire.
    public struct ListPricesRequest: ProtoMessage {
        /// `page`, field 1.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListPricesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListPricesResponse` on the wire.
    public struct ListPricesResponse: ProtoMessage {
        /// `prices`, field 1.
        public var prices: [Proto.Price] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListPricesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SetPriceRequest` on the wire.
    public struct SetPriceRequest: ProtoMessage {
        /// `price`, field 1.
        public var price: Proto.Price?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SetPriceRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SetPriceResponse` on the wire.
    public struct SetPriceResponse: ProtoMessage {
        /// `price`, field 1.
        public var price: Proto.Price?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SetPriceResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DeletePriceRequest` on the wire.
    public struct DeletePriceRequest: ProtoMessage {
        /// `country_code`, field 1.
        public var countryCode: String = ""
        /// `type`, field 2.
        public var type: Proto.NumberType = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DeletePriceRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DeletePriceResponse` on the wire.
    public struct DeletePriceResponse: ProtoMessage {
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DeletePriceResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetServerStatusRequest` on the wire.
    public struct GetServerStatusRequest: ProtoMessage {
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetServerStatusRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetServerStatusResponse` on the wire.
    public struct GetServerStatusResponse: ProtoMessage {
        /// `version`, field 1.
        public var version: String = ""
        /// `started_at`, field 2.
        public var startedAt: Proto.Timestamp?
        /// `connections`, field 3.
        public var connections: UInt64 = 0
        /// `calls_in_flight`, field 4.
        public var callsInFlight: UInt64 = 0
        /// `calls_total`, field 5.
        public var callsTotal: UInt64 = 0
        /// `writes_queued`, field 6.
        public var writesQueued: UInt64 = 0
        /// `numbers`, field 7.
        public var numbers: UInt64 = 0
        /// `agents`, field 8.
        public var agents: UInt64 = 0
        /// `workspaces`, field 9.
        public var workspaces: UInt64 = 0
        /// `data_directory`, field 10.
        public var dataDirectory: String = ""
        /// `database_bytes`, field 11.
        public var databaseBytes: UInt64 = 0
        /// `wal_bytes`, field 12.
        public var walBytes: UInt64 = 0
        /// `commits_total`, field 13.
        public var commitsTotal: UInt64 = 0
        /// `last_event_sequence`, field 14.
        public var lastEventSequence: UInt64 = 0
        /// `refused_total`, field 15.
        public var refusedTotal: UInt64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetServerStatusResponse"
        /// Every field at its default.
        public init() {}
    }

}

extension Proto.Workspace {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__workspace__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Workspace) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.name = Read.text(c.name)
        m.plan = Read.value(c.plan)
        m.featureFlags = Read.texts(c.n_feature_flags, c.feature_flags)
        m.monthlyAllowanceCredits = c.monthly_allowance_credits
        m.numberExclusivity = Read.value(c.number_exclusivity)
        m.creditBalance = c.credit_balance
        m.numberCount = c.number_count
        m.outboundLocked = c.outbound_locked != 0
        m.allowedDestinationPrefixes = Read.texts(c.n_allowed_destination_prefixes, c.allowed_destination_prefixes)
        m.createdAt = Read.message(c.created_at)
        m.updatedAt = Read.message(c.updated_at)
        m.version = c.version
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Workspace, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.name = w.text(m.name)
        c.plan = .init(rawValue: w.raw(m.plan))
        (c.n_feature_flags, c.feature_flags) = w.texts(m.featureFlags)
        c.monthly_allowance_credits = m.monthlyAllowanceCredits
        c.number_exclusivity = .init(rawValue: w.raw(m.numberExclusivity))
        c.credit_balance = m.creditBalance
        c.number_count = m.numberCount
        c.outbound_locked = m.outboundLocked ? 1 : 0
        (c.n_allowed_destination_prefixes, c.allowed_destination_prefixes) = w.texts(m.allowedDestinationPrefixes)
        c.created_at = w.message(m.createdAt)
        c.updated_at = w.message(m.updatedAt)
        c.version = m.version
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.CreateWorkspaceRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__create_workspace_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CreateWorkspaceRequest) -> Self {
        var m = Self()
        m.name = Read.text(c.name)
        m.plan = Read.value(c.plan)
        m.featureFlags = Read.texts(c.n_feature_flags, c.feature_flags)
        m.monthlyAllowanceCredits = c.monthly_allowance_credits
        m.numberExclusivity = Read.value(c.number_exclusivity)
        m.allowedDestinationPrefixes = Read.texts(c.n_allowed_destination_prefixes, c.allowed_destination_prefixes)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CreateWorkspaceRequest, _ w: Writer) {
        c.name = w.text(m.name)
        c.plan = .init(rawValue: w.raw(m.plan))
        (c.n_feature_flags, c.feature_flags) = w.texts(m.featureFlags)
        c.monthly_allowance_credits = m.monthlyAllowanceCredits
        c.number_exclusivity = .init(rawValue: w.raw(m.numberExclusivity))
        (c.n_allowed_destination_prefixes, c.allowed_destination_prefixes) = w.texts(m.allowedDestinationPrefixes)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.CreateWorkspaceResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__create_workspace_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CreateWorkspaceResponse) -> Self {
        var m = Self()
        m.workspace = Read.message(c.workspace)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CreateWorkspaceResponse, _ w: Writer) {
        c.workspace = w.message(m.workspace)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetWorkspaceRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_workspace_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetWorkspaceRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetWorkspaceRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetWorkspaceResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_workspace_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetWorkspaceResponse) -> Self {
        var m = Self()
        m.workspace = Read.message(c.workspace)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetWorkspaceResponse, _ w: Writer) {
        c.workspace = w.message(m.workspace)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListWorkspacesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_workspaces_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListWorkspacesRequest) -> Self {
        var m = Self()
        m.page = Read.message(c.page)
        m.text = Read.text(c.text)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListWorkspacesRequest, _ w: Writer) {
        c.page = w.message(m.page)
        c.text = w.text(m.text)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListWorkspacesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_workspaces_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListWorkspacesResponse) -> Self {
        var m = Self()
        m.workspaces = Read.messages(c.n_workspaces, c.workspaces)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListWorkspacesResponse, _ w: Writer) {
        (c.n_workspaces, c.workspaces) = w.messages(m.workspaces)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.StringList {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__string_list__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__StringList) -> Self {
        var m = Self()
        m.values = Read.texts(c.n_values, c.values)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__StringList, _ w: Writer) {
        (c.n_values, c.values) = w.texts(m.values)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateWorkspaceRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_workspace_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateWorkspaceRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        if c.name_opt_case.rawValue == 2 {
            m.name = Read.text(c.name)
        }
        m.plan = Read.value(c.plan)
        m.featureFlags = Read.message(c.feature_flags)
        if c.monthly_allowance_credits_opt_case.rawValue == 5 {
            m.monthlyAllowanceCredits = c.monthly_allowance_credits
        }
        m.numberExclusivity = Read.value(c.number_exclusivity)
        m.allowedDestinationPrefixes = Read.message(c.allowed_destination_prefixes)
        if c.expected_version_opt_case.rawValue == 8 {
            m.expectedVersion = c.expected_version
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateWorkspaceRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        if let value = m.name {
            c.name_opt_case = .init(rawValue: 2)
            c.name = w.text(value)
        }
        c.plan = .init(rawValue: w.raw(m.plan))
        c.feature_flags = w.message(m.featureFlags)
        if let value = m.monthlyAllowanceCredits {
            c.monthly_allowance_credits_opt_case = .init(rawValue: 5)
            c.monthly_allowance_credits = value
        }
        c.number_exclusivity = .init(rawValue: w.raw(m.numberExclusivity))
        c.allowed_destination_prefixes = w.message(m.allowedDestinationPrefixes)
        if let value = m.expectedVersion {
            c.expected_version_opt_case = .init(rawValue: 8)
            c.expected_version = value
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateWorkspaceResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_workspace_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateWorkspaceResponse) -> Self {
        var m = Self()
        m.workspace = Read.message(c.workspace)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateWorkspaceResponse, _ w: Writer) {
        c.workspace = w.message(m.workspace)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DeleteWorkspaceRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__delete_workspace_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DeleteWorkspaceRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.confirmName = Read.text(c.confirm_name)
        m.releaseNumbers = c.release_numbers != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DeleteWorkspaceRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.confirm_name = w.text(m.confirmName)
        c.release_numbers = m.releaseNumbers ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DeleteWorkspaceResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__delete_workspace_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DeleteWorkspaceResponse) -> Self {
        var m = Self()
        m.numbersRemoved = c.numbers_removed
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DeleteWorkspaceResponse, _ w: Writer) {
        c.numbers_removed = m.numbersRemoved
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GrantCreditsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__grant_credits_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GrantCreditsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.credits = c.credits
        m.note = Read.text(c.note)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GrantCreditsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.credits = m.credits
        c.note = w.text(m.note)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GrantCreditsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__grant_credits_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GrantCreditsResponse) -> Self {
        var m = Self()
        m.balance = c.balance
        m.entryID = Read.text(c.entry_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GrantCreditsResponse, _ w: Writer) {
        c.balance = m.balance
        c.entry_id = w.text(m.entryID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Token {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__token__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Token) -> Self {
        var m = Self()
        m.tokenID = Read.text(c.token_id)
        m.role = Read.value(c.role)
        m.workspaceID = Read.text(c.workspace_id)
        m.label = Read.text(c.label)
        m.hint = Read.text(c.hint)
        m.createdAt = Read.message(c.created_at)
        m.expiresAt = Read.message(c.expires_at)
        m.revokedAt = Read.message(c.revoked_at)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Token, _ w: Writer) {
        c.token_id = w.text(m.tokenID)
        c.role = .init(rawValue: w.raw(m.role))
        c.workspace_id = w.text(m.workspaceID)
        c.label = w.text(m.label)
        c.hint = w.text(m.hint)
        c.created_at = w.message(m.createdAt)
        c.expires_at = w.message(m.expiresAt)
        c.revoked_at = w.message(m.revokedAt)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.IssueTokenRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__issue_token_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__IssueTokenRequest) -> Self {
        var m = Self()
        m.role = Read.value(c.role)
        switch c.scope_case.rawValue {
        case 2: m.scope = .workspaceID(Read.text(c.workspace_id))
        case 3: m.scope = .allWorkspaces(c.all_workspaces != 0)
        default: break
        }
        m.label = Read.text(c.label)
        m.expiresAt = Read.message(c.expires_at)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__IssueTokenRequest, _ w: Writer) {
        c.role = .init(rawValue: w.raw(m.role))
        switch m.scope {
        case .workspaceID(let value)?:
            c.scope_case = .init(rawValue: 2)
            c.workspace_id = w.text(value)
        case .allWorkspaces(let value)?:
            c.scope_case = .init(rawValue: 3)
            c.all_workspaces = value ? 1 : 0
        case nil: break
        }
        c.label = w.text(m.label)
        c.expires_at = w.message(m.expiresAt)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.IssueTokenResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__issue_token_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__IssueTokenResponse) -> Self {
        var m = Self()
        m.token = Read.message(c.token)
        m.secret = Read.text(c.secret)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__IssueTokenResponse, _ w: Writer) {
        c.token = w.message(m.token)
        c.secret = w.text(m.secret)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListTokensRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_tokens_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListTokensRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.page = Read.message(c.page)
        m.includeRevoked = c.include_revoked != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListTokensRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.page = w.message(m.page)
        c.include_revoked = m.includeRevoked ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListTokensResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_tokens_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListTokensResponse) -> Self {
        var m = Self()
        m.tokens = Read.messages(c.n_tokens, c.tokens)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListTokensResponse, _ w: Writer) {
        (c.n_tokens, c.tokens) = w.messages(m.tokens)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.RevokeTokenRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__revoke_token_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RevokeTokenRequest) -> Self {
        var m = Self()
        m.tokenID = Read.text(c.token_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RevokeTokenRequest, _ w: Writer) {
        c.token_id = w.text(m.tokenID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.RevokeTokenResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__revoke_token_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RevokeTokenResponse) -> Self {
        var m = Self()
        m.token = Read.message(c.token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RevokeTokenResponse, _ w: Writer) {
        c.token = w.message(m.token)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Price {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__price__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Price) -> Self {
        var m = Self()
        m.countryCode = Read.text(c.country_code)
        m.type = Read.value(c.type)
        m.monthlyCostCredits = c.monthly_cost_credits
        m.updatedAt = Read.message(c.updated_at)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Price, _ w: Writer) {
        c.country_code = w.text(m.countryCode)
        c.type = .init(rawValue: w.raw(m.type))
        c.monthly_cost_credits = m.monthlyCostCredits
        c.updated_at = w.message(m.updatedAt)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListPricesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_prices_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListPricesRequest) -> Self {
        var m = Self()
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListPricesRequest, _ w: Writer) {
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListPricesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_prices_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListPricesResponse) -> Self {
        var m = Self()
        m.prices = Read.messages(c.n_prices, c.prices)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListPricesResponse, _ w: Writer) {
        (c.n_prices, c.prices) = w.messages(m.prices)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SetPriceRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__set_price_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SetPriceRequest) -> Self {
        var m = Self()
        m.price = Read.message(c.price)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SetPriceRequest, _ w: Writer) {
        c.price = w.message(m.price)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SetPriceResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__set_price_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SetPriceResponse) -> Self {
        var m = Self()
        m.price = Read.message(c.price)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SetPriceResponse, _ w: Writer) {
        c.price = w.message(m.price)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DeletePriceRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__delete_price_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DeletePriceRequest) -> Self {
        var m = Self()
        m.countryCode = Read.text(c.country_code)
        m.type = Read.value(c.type)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DeletePriceRequest, _ w: Writer) {
        c.country_code = w.text(m.countryCode)
        c.type = .init(rawValue: w.raw(m.type))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DeletePriceResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__delete_price_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DeletePriceResponse) -> Self {
        var m = Self()
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DeletePriceResponse, _ w: Writer) {
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetServerStatusRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_server_status_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetServerStatusRequest) -> Self {
        var m = Self()
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetServerStatusRequest, _ w: Writer) {
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetServerStatusResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_server_status_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetServerStatusResponse) -> Self {
        var m = Self()
        m.version = Read.text(c.version)
        m.startedAt = Read.message(c.started_at)
        m.connections = c.connections
        m.callsInFlight = c.calls_in_flight
        m.callsTotal = c.calls_total
        m.writesQueued = c.writes_queued
        m.numbers = c.numbers
        m.agents = c.agents
        m.workspaces = c.workspaces
        m.dataDirectory = Read.text(c.data_directory)
        m.databaseBytes = c.database_bytes
        m.walBytes = c.wal_bytes
        m.commitsTotal = c.commits_total
        m.lastEventSequence = c.last_event_sequence
        m.refusedTotal = c.refused_total
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetServerStatusResponse, _ w: Writer) {
        c.version = w.text(m.version)
        c.started_at = w.message(m.startedAt)
        c.connections = m.connections
        c.calls_in_flight = m.callsInFlight
        c.calls_total = m.callsTotal
        c.writes_queued = m.writesQueued
        c.numbers = m.numbers
        c.agents = m.agents
        c.workspaces = m.workspaces
        c.data_directory = w.text(m.dataDirectory)
        c.database_bytes = m.databaseBytes
        c.wal_bytes = m.walBytes
        c.commits_total = m.commitsTotal
        c.last_event_sequence = m.lastEventSequence
        c.refused_total = m.refusedTotal
        w.unknown(m.unknownFields, &c.base)
    }
}
