// Made from linekeeper/v1/assignment.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `linekeeper.v1.RouteAction` on the wire.
    public enum RouteAction: ProtoEnum {
        /// `ROUTE_ACTION_UNSPECIFIED`, 0.
        case unspecified
        /// `ROUTE_ACTION_AGENT`, 1.
        case agent
        /// To forward_to_e164.
        case forward
        /// `ROUTE_ACTION_REJECT`, 3.
        case reject
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RouteAction"
        /// What the proto puts before every name.
        public static let prefix = "ROUTE_ACTION_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.agent, "AGENT"),
            (.forward, "FORWARD"),
            (.reject, "REJECT"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .agent
            case 2: self = .forward
            case 3: self = .reject
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .agent: 1
            case .forward: 2
            case .reject: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.Initiator` on the wire.
    public enum Initiator: ProtoEnum {
        /// `INITIATOR_UNSPECIFIED`, 0.
        case unspecified
        /// `INITIATOR_UI`, 1.
        case ui
        /// `INITIATOR_API`, 2.
        case api
        /// `INITIATOR_AUTOMATION`, 3.
        case automation
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Initiator"
        /// What the proto puts before every name.
        public static let prefix = "INITIATOR_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.ui, "UI"),
            (.api, "API"),
            (.automation, "AUTOMATION"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .ui
            case 2: self = .api
            case 3: self = .automation
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .ui: 1
            case .api: 2
            case .automation: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.OutboundReason` on the wire.
    public enum OutboundReason: ProtoEnum {
        /// `OUTBOUND_REASON_NONE`, 0.
        case none
        /// `OUTBOUND_REASON_DISABLED`, 1.
        case disabled
        /// `OUTBOUND_REASON_LOCKED`, 2.
        case locked
        /// `OUTBOUND_REASON_NO_OUTBOUND_NUMBER`, 3.
        case noOutboundNumber
        /// `OUTBOUND_REASON_NUMBER_NOT_ACTIVE`, 4.
        case numberNotActive
        /// `OUTBOUND_REASON_AGENT_NOT_PUBLISHED`, 5.
        case agentNotPublished
        /// `OUTBOUND_REASON_AGENT_NOT_CONFIGURED`, 6.
        case agentNotConfigured
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.OutboundReason"
        /// What the proto puts before every name.
        public static let prefix = "OUTBOUND_REASON_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.none, "NONE"),
            (.disabled, "DISABLED"),
            (.locked, "LOCKED"),
            (.noOutboundNumber, "NO_OUTBOUND_NUMBER"),
            (.numberNotActive, "NUMBER_NOT_ACTIVE"),
            (.agentNotPublished, "AGENT_NOT_PUBLISHED"),
            (.agentNotConfigured, "AGENT_NOT_CONFIGURED"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .none
            case 1: self = .disabled
            case 2: self = .locked
            case 3: self = .noOutboundNumber
            case 4: self = .numberNotActive
            case 5: self = .agentNotPublished
            case 6: self = .agentNotConfigured
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .none: 0
            case .disabled: 1
            case .locked: 2
            case .noOutboundNumber: 3
            case .numberNotActive: 4
            case .agentNotPublished: 5
            case .agentNotConfigured: 6
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.RouteChangeKind` on the wire.
    public enum RouteChangeKind: ProtoEnum {
        /// `ROUTE_CHANGE_KIND_UNSPECIFIED`, 0.
        case unspecified
        /// The first item: the stream is in place from its resume_token on.
        case ready
        /// Assigned, cleared, toggled, imported, released, fallback, ...
        case number
        /// Published, deactivated, renamed, deleted.
        case agent
        /// Workspace or number locked or unlocked.
        case lock
        /// `ROUTE_CHANGE_KIND_WORKSPACE`, 5.
        case workspace
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RouteChangeKind"
        /// What the proto puts before every name.
        public static let prefix = "ROUTE_CHANGE_KIND_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.ready, "READY"),
            (.number, "NUMBER"),
            (.agent, "AGENT"),
            (.lock, "LOCK"),
            (.workspace, "WORKSPACE"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .ready
            case 2: self = .number
            case 3: self = .agent
            case 4: self = .lock
            case 5: self = .workspace
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .ready: 1
            case .number: 2
            case .agent: 3
            case .lock: 4
            case .workspace: 5
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.DiagnosisUse` on the wire.
    public enum DiagnosisUse: ProtoEnum {
        /// `DIAGNOSIS_USE_UNSPECIFIED`, 0.
        case unspecified
        /// `DIAGNOSIS_USE_INBOUND`, 1.
        case inbound
        /// `DIAGNOSIS_USE_OUTBOUND`, 2.
        case outbound
        /// `DIAGNOSIS_USE_SMS`, 3.
        case sms
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DiagnosisUse"
        /// What the proto puts before every name.
        public static let prefix = "DIAGNOSIS_USE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.inbound, "INBOUND"),
            (.outbound, "OUTBOUND"),
            (.sms, "SMS"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .inbound
            case 2: self = .outbound
            case 3: self = .sms
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .inbound: 1
            case .outbound: 2
            case .sms: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.CheckResult` on the wire.
    public enum CheckResult: ProtoEnum {
        /// `CHECK_RESULT_UNSPECIFIED`, 0.
        case unspecified
        /// `CHECK_RESULT_PASS`, 1.
        case pass
        /// `CHECK_RESULT_FAIL`, 2.
        case fail
        /// `CHECK_RESULT_UNKNOWN`, 3.
        case unknown
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CheckResult"
        /// What the proto puts before every name.
        public static let prefix = "CHECK_RESULT_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.pass, "PASS"),
            (.fail, "FAIL"),
            (.unknown, "UNKNOWN"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .pass
            case 2: self = .fail
            case 3: self = .unknown
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .pass: 1
            case .fail: 2
            case .unknown: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.AgentStatus` on the wire.
    public enum AgentStatus: ProtoEnum {
        /// `AGENT_STATUS_UNSPECIFIED`, 0.
        case unspecified
        /// `AGENT_STATUS_DRAFT`, 1.
        case draft
        /// `AGENT_STATUS_PUBLISHED`, 2.
        case published
        /// `AGENT_STATUS_INACTIVE`, 3.
        case inactive
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.AgentStatus"
        /// What the proto puts before every name.
        public static let prefix = "AGENT_STATUS_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.draft, "DRAFT"),
            (.published, "PUBLISHED"),
            (.inactive, "INACTIVE"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .draft
            case 2: self = .published
            case 3: self = .inactive
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .draft: 1
            case .published: 2
            case .inactive: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.RouteInboundRequest` on the wire.
    public struct RouteInboundRequest: ProtoMessage {
        /// The leading + may be missing.
        public var calledE164: String = ""
        /// `channel`, field 2.
        public var channel: Proto.Channel = .unspecified
        /// Optional.
        public var callerE164: String = ""
        /// Optional: the line that was forwarded here.
        public var forwardedFrom: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RouteInboundRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.RouteInboundResponse` on the wire.
    public struct RouteInboundResponse: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `workspace_id`, field 2.
        public var workspaceID: String = ""
        /// `agent_id`, field 3.
        public var agentID: String = ""
        /// `agent_name`, field 4.
        public var agentName: String = ""
        /// `connection_id`, field 5.
        public var connectionID: String = ""
        /// `ring_timeout_seconds`, field 6.
        public var ringTimeoutSeconds: UInt32 = 0
        /// `fallback_used`, field 7.
        public var fallbackUsed: Bool = false
        /// `action`, field 8.
        public var action: Proto.RouteAction = .unspecified
        /// `forward_to_e164`, field 9.
        public var forwardToE164: String = ""
        /// Canonical, with +
        public var calledE164: String = ""
        /// `forwarded_from`, field 11.
        public var forwardedFrom: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RouteInboundResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.AuthorizeOutboundRequest` on the wire.
    public struct AuthorizeOutboundRequest: ProtoMessage {
        /// May be empty with a workspace's own token.
        public var workspaceID: String = ""
        /// Or from_e164.
        public var agentID: String = ""
        /// `from_e164`, field 3.
        public var fromE164: String = ""
        /// `to_e164`, field 4.
        public var toE164: String = ""
        /// `initiator`, field 5.
        public var initiator: Proto.Initiator = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.AuthorizeOutboundRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.AuthorizeOutboundResponse` on the wire.
    public struct AuthorizeOutboundResponse: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `from_e164`, field 2.
        public var fromE164: String = ""
        /// `carrier`, field 3.
        public var carrier: Proto.Carrier = .unspecified
        /// `connection_id`, field 4.
        public var connectionID: String = ""
        /// `region`, field 5.
        public var region: String = ""
        /// `edge`, field 6.
        public var edge: String = ""
        /// `ring_timeout_seconds`, field 7.
        public var ringTimeoutSeconds: UInt32 = 0
        /// Canonical, with +
        public var toE164: String = ""
        /// `agent_id`, field 9.
        public var agentID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.AuthorizeOutboundResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ResolveSmsSenderRequest` on the wire.
    public struct ResolveSmsSenderRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `agent_id`, field 2.
        public var agentID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ResolveSmsSenderRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ResolveSmsSenderResponse` on the wire.
    public struct ResolveSmsSenderResponse: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `from_e164`, field 2.
        public var fromE164: String = ""
        /// `carrier`, field 3.
        public var carrier: Proto.Carrier = .unspecified
        /// `connection_id`, field 4.
        public var connectionID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ResolveSmsSenderResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ProfileChange` on the wire.
    public struct ProfileChange: ProtoMessage {
        /// At most one of `agent_id`, `clear`.
        public var change: Change?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ProfileChange"
        /// Every field at its default.
        public init() {}

        /// What `change` can hold.
        public enum Change: Hashable, Sendable {
            /// Empty: clear.
            case agentID(String)
            /// `clear`, field 2.
            case clear(Bool)
        }
    }

    /// `linekeeper.v1.UpdateAssignmentsRequest` on the wire.
    public struct UpdateAssignmentsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// Absent: unchanged.
        public var inbound: Proto.ProfileChange?
        /// `outbound`, field 4.
        public var outbound: Proto.ProfileChange?
        /// `sms`, field 5.
        public var sms: Proto.ProfileChange?
        /// `outbound_enabled`, field 6.
        public var outboundEnabled: Bool?
        /// Take a profile over from the agent that holds it.
        public var replace: Bool = false
        /// `expected_version`, field 8.
        public var expectedVersion: UInt64?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateAssignmentsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.UpdateAssignmentsResponse` on the wire.
    public struct UpdateAssignmentsResponse: ProtoMessage {
        /// `number`, field 1.
        public var number: Proto.PhoneNumber?
        /// `warnings`, field 2.
        public var warnings: [Proto.Warning] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateAssignmentsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetAgentNumbersRequest` on the wire.
    public struct GetAgentNumbersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `agent_id`, field 2.
        public var agentID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetAgentNumbersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetAgentNumbersResponse` on the wire.
    public struct GetAgentNumbersResponse: ProtoMessage {
        /// `agent`, field 1.
        public var agent: Proto.Agent?
        /// `inbound`, field 2.
        public var inbound: Proto.PhoneNumber?
        /// `outbound`, field 3.
        public var outbound: Proto.PhoneNumber?
        /// `sms`, field 4.
        public var sms: Proto.PhoneNumber?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetAgentNumbersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAssignableAgentsRequest` on the wire.
    public struct ListAssignableAgentsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// `profile`, field 3.
        public var profile: Proto.Profile = .unspecified
        /// `page`, field 4.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAssignableAgentsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.AssignableAgent` on the wire.
    public struct AssignableAgent: ProtoMessage {
        /// `agent`, field 1.
        public var agent: Proto.Agent?
        /// `assignable`, field 2.
        public var assignable: Bool = false
        /// Empty when assignable: AGENT_HAS_NUMBER, AGENT_INACTIVE, PROFILE_TAKEN, ...
        public var reason: String = ""
        /// Why not, in one sentence.
        public var message: String = ""
        /// Holds this profile of this number now.
        public var current: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.AssignableAgent"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAssignableAgentsResponse` on the wire.
    public struct ListAssignableAgentsResponse: ProtoMessage {
        /// `agents`, field 1.
        public var agents: [Proto.AssignableAgent] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAssignableAgentsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAssignableNumbersRequest` on the wire.
    public struct ListAssignableNumbersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `agent_id`, field 2.
        public var agentID: String = ""
        /// `profile`, field 3.
        public var profile: Proto.Profile = .unspecified
        /// `page`, field 4.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAssignableNumbersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.AssignableNumber` on the wire.
    public struct AssignableNumber: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `e164`, field 2.
        public var e164: String = ""
        /// `label`, field 3.
        public var label: String = ""
        /// `assignable`, field 4.
        public var assignable: Bool = false
        /// `reason`, field 5.
        public var reason: String = ""
        /// `message`, field 6.
        public var message: String = ""
        /// `current`, field 7.
        public var current: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.AssignableNumber"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAssignableNumbersResponse` on the wire.
    public struct ListAssignableNumbersResponse: ProtoMessage {
        /// `numbers`, field 1.
        public var numbers: [Proto.AssignableNumber] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAssignableNumbersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SetOutboundEnabledRequest` on the wire.
    public struct SetOutboundEnabledRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_ids`, field 2.
        public var numberIDs: [String] = []
        /// `all_in_workspace`, field 3.
        public var allInWorkspace: Bool = false
        /// `enabled`, field 4.
        public var enabled: Bool = false
        /// For the audit log.
        public var reason: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SetOutboundEnabledRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.OutboundOutcome` on the wire.
    public struct OutboundOutcome: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `e164`, field 2.
        public var e164: String = ""
        /// `outbound_enabled`, field 3.
        public var outboundEnabled: Bool = false
        /// `changed`, field 4.
        public var changed: Bool = false
        /// Empty: done; NO_OUTBOUND_AGENT: nothing to switch.
        public var reason: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.OutboundOutcome"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SetOutboundEnabledResponse` on the wire.
    public struct SetOutboundEnabledResponse: ProtoMessage {
        /// `outcomes`, field 1.
        public var outcomes: [Proto.OutboundOutcome] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SetOutboundEnabledResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SetOutboundLockRequest` on the wire.
    public struct SetOutboundLockRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_ids`, field 2.
        public var numberIDs: [String] = []
        /// `whole_workspace`, field 3.
        public var wholeWorkspace: Bool = false
        /// `locked`, field 4.
        public var locked: Bool = false
        /// `reason`, field 5.
        public var reason: String = ""
        /// Numbers that are not here now can be locked, and unlocked, too.
        public var e164s: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SetOutboundLockRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SetOutboundLockResponse` on the wire.
    public struct SetOutboundLockResponse: ProtoMessage {
        /// `workspace_locked`, field 1.
        public var workspaceLocked: Bool = false
        /// Every lock on a single number that stands now.
        public var lockedE164s: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SetOutboundLockResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListOutboundOptionsRequest` on the wire.
    public struct ListOutboundOptionsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// Page_size 0: every option in one answer.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListOutboundOptionsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.OutboundOption` on the wire.
    public struct OutboundOption: ProtoMessage {
        /// The agent's id.
        public var value: String = ""
        /// `label`, field 2.
        public var label: String = ""
        /// `e164`, field 3.
        public var e164: String = ""
        /// False for DISABLED and LOCKED only.
        public var outboundEnabled: Bool = false
        /// `reason`, field 5.
        public var reason: Proto.OutboundReason = .none
        /// Empty, or one sentence to show.
        public var warning: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.OutboundOption"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListOutboundOptionsResponse` on the wire.
    public struct ListOutboundOptionsResponse: ProtoMessage {
        /// `options`, field 1.
        public var options: [Proto.OutboundOption] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListOutboundOptionsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.WatchRoutesRequest` on the wire.
    public struct WatchRoutesRequest: ProtoMessage {
        /// Empty with a platform token: every workspace.
        public var workspaceID: String = ""
        /// Empty: from now on.
        public var resumeToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.WatchRoutesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// One change, and what holds after it.
    public struct RouteChange: ProtoMessage {
        /// `resume_token`, field 1.
        public var resumeToken: String = ""
        /// `kind`, field 2.
        public var kind: Proto.RouteChangeKind = .unspecified
        /// The audit event's action: assignments.updated, outbound.disabled, ...
        public var action: String = ""
        /// `workspace_id`, field 4.
        public var workspaceID: String = ""
        /// `number_id`, field 5.
        public var numberID: String = ""
        /// `e164`, field 6.
        public var e164: String = ""
        /// `agent_id`, field 7.
        public var agentID: String = ""
        /// `at`, field 8.
        public var at: Proto.Timestamp?
        /// What changed: {"before": {...}, "after": {...}}
        public var detailsJson: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RouteChange"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DiagnoseNumberRequest` on the wire.
    public struct DiagnoseNumberRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// `use`, field 3.
        public var use: Proto.DiagnosisUse = .unspecified
        /// `ask_carrier`, field 4.
        public var askCarrier: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DiagnoseNumberRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DiagnosisCheck` on the wire.
    public struct DiagnosisCheck: ProtoMessage {
        /// NUMBER_ACTIVE, ASSIGNED, AGENT_EXISTS, AGENT_PUBLISHED, ...
        public var check: String = ""
        /// `result`, field 2.
        public var result: Proto.CheckResult = .unspecified
        /// What was found.
        public var message: String = ""
        /// What to do; empty on PASS.
        public var remedy: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DiagnosisCheck"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Refusal` on the wire.
    public struct Refusal: ProtoMessage {
        /// `reason`, field 1.
        public var reason: String = ""
        /// `last_at`, field 2.
        public var lastAt: Proto.Timestamp?
        /// `count`, field 3.
        public var count: UInt64 = 0
        /// `use`, field 4.
        public var use: Proto.DiagnosisUse = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Refusal"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DiagnoseNumberResponse` on the wire.
    public struct DiagnoseNumberResponse: ProtoMessage {
        /// `number`, field 1.
        public var number: Proto.PhoneNumber?
        /// `checks`, field 2.
        public var checks: [Proto.DiagnosisCheck] = []
        /// `ok`, field 3.
        public var ok: Bool = false
        /// Since the server started.
        public var refusals: [Proto.Refusal] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DiagnoseNumberResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Agent` on the wire.
    public struct Agent: ProtoMessage {
        /// The agent builder's id: 1 to 64 of A-Z a-z 0-9 . _ : -
        public var agentID: String = ""
        /// `name`, field 2.
        public var name: String = ""
        /// `status`, field 3.
        public var status: Proto.AgentStatus = .unspecified
        /// `outbound_configured`, field 4.
        public var outboundConfigured: Bool?
        /// `sms_enabled`, field 5.
        public var smsEnabled: Bool?
        /// `updated_at`, field 6.
        public var updatedAt: Proto.Timestamp?
        /// The numbers it holds; ignored by PutAgents.
        public var inboundE164: String = ""
        /// `outbound_e164`, field 8.
        public var outboundE164: String = ""
        /// `sms_e164`, field 9.
        public var smsE164: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Agent"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PutAgentsRequest` on the wire.
    public struct PutAgentsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// At most 1,000.
        public var agents: [Proto.Agent] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PutAgentsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PutAgentsResponse` on the wire.
    public struct PutAgentsResponse: ProtoMessage {
        /// `created`, field 1.
        public var created: UInt32 = 0
        /// `updated`, field 2.
        public var updated: UInt32 = 0
        /// `unchanged`, field 3.
        public var unchanged: UInt32 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PutAgentsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DeleteAgentRequest` on the wire.
    public struct DeleteAgentRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `agent_id`, field 2.
        public var agentID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DeleteAgentRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DeleteAgentResponse` on the wire.
    public struct DeleteAgentResponse: ProtoMessage {
        /// `cleared_number_ids`, field 1.
        public var clearedNumberIDs: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DeleteAgentResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAgentsRequest` on the wire.
    public struct ListAgentsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `page`, field 2.
        public var page: Proto.PageRequest?
        /// UNSPECIFIED: every.
        public var status: Proto.AgentStatus = .unspecified
        /// Part of the name or id.
        public var text: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAgentsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAgentsResponse` on the wire.
    public struct ListAgentsResponse: ProtoMessage {
        /// `agents`, field 1.
        public var agents: [Proto.Agent] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAgentsResponse"
        /// Every field at its default.
        public init() {}
    }

}

extension Proto.RouteInboundRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__route_inbound_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RouteInboundRequest) -> Self {
        var m = Self()
        m.calledE164 = Read.text(c.called_e164)
        m.channel = Read.value(c.channel)
        m.callerE164 = Read.text(c.caller_e164)
        m.forwardedFrom = Read.text(c.forwarded_from)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RouteInboundRequest, _ w: Writer) {
        c.called_e164 = w.text(m.calledE164)
        c.channel = .init(rawValue: w.raw(m.channel))
        c.caller_e164 = w.text(m.callerE164)
        c.forwarded_from = w.text(m.forwardedFrom)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.RouteInboundResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__route_inbound_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RouteInboundResponse) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.workspaceID = Read.text(c.workspace_id)
        m.agentID = Read.text(c.agent_id)
        m.agentName = Read.text(c.agent_name)
        m.connectionID = Read.text(c.connection_id)
        m.ringTimeoutSeconds = c.ring_timeout_seconds
        m.fallbackUsed = c.fallback_used != 0
        m.action = Read.value(c.action)
        m.forwardToE164 = Read.text(c.forward_to_e164)
        m.calledE164 = Read.text(c.called_e164)
        m.forwardedFrom = Read.text(c.forwarded_from)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RouteInboundResponse, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.workspace_id = w.text(m.workspaceID)
        c.agent_id = w.text(m.agentID)
        c.agent_name = w.text(m.agentName)
        c.connection_id = w.text(m.connectionID)
        c.ring_timeout_seconds = m.ringTimeoutSeconds
        c.fallback_used = m.fallbackUsed ? 1 : 0
        c.action = .init(rawValue: w.raw(m.action))
        c.forward_to_e164 = w.text(m.forwardToE164)
        c.called_e164 = w.text(m.calledE164)
        c.forwarded_from = w.text(m.forwardedFrom)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.AuthorizeOutboundRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__authorize_outbound_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__AuthorizeOutboundRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.agentID = Read.text(c.agent_id)
        m.fromE164 = Read.text(c.from_e164)
        m.toE164 = Read.text(c.to_e164)
        m.initiator = Read.value(c.initiator)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__AuthorizeOutboundRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.agent_id = w.text(m.agentID)
        c.from_e164 = w.text(m.fromE164)
        c.to_e164 = w.text(m.toE164)
        c.initiator = .init(rawValue: w.raw(m.initiator))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.AuthorizeOutboundResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__authorize_outbound_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__AuthorizeOutboundResponse) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.fromE164 = Read.text(c.from_e164)
        m.carrier = Read.value(c.carrier)
        m.connectionID = Read.text(c.connection_id)
        m.region = Read.text(c.region)
        m.edge = Read.text(c.edge)
        m.ringTimeoutSeconds = c.ring_timeout_seconds
        m.toE164 = Read.text(c.to_e164)
        m.agentID = Read.text(c.agent_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__AuthorizeOutboundResponse, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.from_e164 = w.text(m.fromE164)
        c.carrier = .init(rawValue: w.raw(m.carrier))
        c.connection_id = w.text(m.connectionID)
        c.region = w.text(m.region)
        c.edge = w.text(m.edge)
        c.ring_timeout_seconds = m.ringTimeoutSeconds
        c.to_e164 = w.text(m.toE164)
        c.agent_id = w.text(m.agentID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ResolveSmsSenderRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__resolve_sms_sender_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ResolveSmsSenderRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.agentID = Read.text(c.agent_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ResolveSmsSenderRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.agent_id = w.text(m.agentID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ResolveSmsSenderResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__resolve_sms_sender_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ResolveSmsSenderResponse) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.fromE164 = Read.text(c.from_e164)
        m.carrier = Read.value(c.carrier)
        m.connectionID = Read.text(c.connection_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ResolveSmsSenderResponse, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.from_e164 = w.text(m.fromE164)
        c.carrier = .init(rawValue: w.raw(m.carrier))
        c.connection_id = w.text(m.connectionID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ProfileChange {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__profile_change__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ProfileChange) -> Self {
        var m = Self()
        switch c.change_case.rawValue {
        case 1: m.change = .agentID(Read.text(c.agent_id))
        case 2: m.change = .clear(c.clear != 0)
        default: break
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ProfileChange, _ w: Writer) {
        switch m.change {
        case .agentID(let value)?:
            c.change_case = .init(rawValue: 1)
            c.agent_id = w.text(value)
        case .clear(let value)?:
            c.change_case = .init(rawValue: 2)
            c.clear = value ? 1 : 0
        case nil: break
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateAssignmentsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_assignments_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateAssignmentsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.inbound = Read.message(c.inbound)
        m.outbound = Read.message(c.outbound)
        m.sms = Read.message(c.sms)
        if c.outbound_enabled_opt_case.rawValue == 6 {
            m.outboundEnabled = c.outbound_enabled != 0
        }
        m.replace = c.replace != 0
        if c.expected_version_opt_case.rawValue == 8 {
            m.expectedVersion = c.expected_version
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateAssignmentsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        c.inbound = w.message(m.inbound)
        c.outbound = w.message(m.outbound)
        c.sms = w.message(m.sms)
        if let value = m.outboundEnabled {
            c.outbound_enabled_opt_case = .init(rawValue: 6)
            c.outbound_enabled = value ? 1 : 0
        }
        c.replace = m.replace ? 1 : 0
        if let value = m.expectedVersion {
            c.expected_version_opt_case = .init(rawValue: 8)
            c.expected_version = value
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateAssignmentsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_assignments_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateAssignmentsResponse) -> Self {
        var m = Self()
        m.number = Read.message(c.number)
        m.warnings = Read.messages(c.n_warnings, c.warnings)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateAssignmentsResponse, _ w: Writer) {
        c.number = w.message(m.number)
        (c.n_warnings, c.warnings) = w.messages(m.warnings)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetAgentNumbersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_agent_numbers_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetAgentNumbersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.agentID = Read.text(c.agent_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetAgentNumbersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.agent_id = w.text(m.agentID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetAgentNumbersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_agent_numbers_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetAgentNumbersResponse) -> Self {
        var m = Self()
        m.agent = Read.message(c.agent)
        m.inbound = Read.message(c.inbound)
        m.outbound = Read.message(c.outbound)
        m.sms = Read.message(c.sms)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetAgentNumbersResponse, _ w: Writer) {
        c.agent = w.message(m.agent)
        c.inbound = w.message(m.inbound)
        c.outbound = w.message(m.outbound)
        c.sms = w.message(m.sms)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAssignableAgentsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_assignable_agents_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAssignableAgentsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.profile = Read.value(c.profile)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAssignableAgentsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        c.profile = .init(rawValue: w.raw(m.profile))
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.AssignableAgent {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__assignable_agent__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__AssignableAgent) -> Self {
        var m = Self()
        m.agent = Read.message(c.agent)
        m.assignable = c.assignable != 0
        m.reason = Read.text(c.reason)
        m.message = Read.text(c.message)
        m.current = c.current != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__AssignableAgent, _ w: Writer) {
        c.agent = w.message(m.agent)
        c.assignable = m.assignable ? 1 : 0
        c.reason = w.text(m.reason)
        c.message = w.text(m.message)
        c.current = m.current ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAssignableAgentsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_assignable_agents_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAssignableAgentsResponse) -> Self {
        var m = Self()
        m.agents = Read.messages(c.n_agents, c.agents)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAssignableAgentsResponse, _ w: Writer) {
        (c.n_agents, c.agents) = w.messages(m.agents)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAssignableNumbersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_assignable_numbers_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAssignableNumbersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.agentID = Read.text(c.agent_id)
        m.profile = Read.value(c.profile)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAssignableNumbersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.agent_id = w.text(m.agentID)
        c.profile = .init(rawValue: w.raw(m.profile))
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.AssignableNumber {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__assignable_number__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__AssignableNumber) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.e164 = Read.text(c.e164)
        m.label = Read.text(c.label)
        m.assignable = c.assignable != 0
        m.reason = Read.text(c.reason)
        m.message = Read.text(c.message)
        m.current = c.current != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__AssignableNumber, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.e164 = w.text(m.e164)
        c.label = w.text(m.label)
        c.assignable = m.assignable ? 1 : 0
        c.reason = w.text(m.reason)
        c.message = w.text(m.message)
        c.current = m.current ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAssignableNumbersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_assignable_numbers_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAssignableNumbersResponse) -> Self {
        var m = Self()
        m.numbers = Read.messages(c.n_numbers, c.numbers)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAssignableNumbersResponse, _ w: Writer) {
        (c.n_numbers, c.numbers) = w.messages(m.numbers)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SetOutboundEnabledRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__set_outbound_enabled_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SetOutboundEnabledRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberIDs = Read.texts(c.n_number_ids, c.number_ids)
        m.allInWorkspace = c.all_in_workspace != 0
        m.enabled = c.enabled != 0
        m.reason = Read.text(c.reason)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SetOutboundEnabledRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        (c.n_number_ids, c.number_ids) = w.texts(m.numberIDs)
        c.all_in_workspace = m.allInWorkspace ? 1 : 0
        c.enabled = m.enabled ? 1 : 0
        c.reason = w.text(m.reason)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.OutboundOutcome {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__outbound_outcome__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__OutboundOutcome) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.e164 = Read.text(c.e164)
        m.outboundEnabled = c.outbound_enabled != 0
        m.changed = c.changed != 0
        m.reason = Read.text(c.reason)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__OutboundOutcome, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.e164 = w.text(m.e164)
        c.outbound_enabled = m.outboundEnabled ? 1 : 0
        c.changed = m.changed ? 1 : 0
        c.reason = w.text(m.reason)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SetOutboundEnabledResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__set_outbound_enabled_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SetOutboundEnabledResponse) -> Self {
        var m = Self()
        m.outcomes = Read.messages(c.n_outcomes, c.outcomes)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SetOutboundEnabledResponse, _ w: Writer) {
        (c.n_outcomes, c.outcomes) = w.messages(m.outcomes)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SetOutboundLockRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__set_outbound_lock_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SetOutboundLockRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberIDs = Read.texts(c.n_number_ids, c.number_ids)
        m.wholeWorkspace = c.whole_workspace != 0
        m.locked = c.locked != 0
        m.reason = Read.text(c.reason)
        m.e164s = Read.texts(c.n_e164s, c.e164s)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SetOutboundLockRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        (c.n_number_ids, c.number_ids) = w.texts(m.numberIDs)
        c.whole_workspace = m.wholeWorkspace ? 1 : 0
        c.locked = m.locked ? 1 : 0
        c.reason = w.text(m.reason)
        (c.n_e164s, c.e164s) = w.texts(m.e164s)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SetOutboundLockResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__set_outbound_lock_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SetOutboundLockResponse) -> Self {
        var m = Self()
        m.workspaceLocked = c.workspace_locked != 0
        m.lockedE164s = Read.texts(c.n_locked_e164s, c.locked_e164s)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SetOutboundLockResponse, _ w: Writer) {
        c.workspace_locked = m.workspaceLocked ? 1 : 0
        (c.n_locked_e164s, c.locked_e164s) = w.texts(m.lockedE164s)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListOutboundOptionsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_outbound_options_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListOutboundOptionsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListOutboundOptionsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.OutboundOption {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__outbound_option__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__OutboundOption) -> Self {
        var m = Self()
        m.value = Read.text(c.value)
        m.label = Read.text(c.label)
        m.e164 = Read.text(c.e164)
        m.outboundEnabled = c.outbound_enabled != 0
        m.reason = Read.value(c.reason)
        m.warning = Read.text(c.warning)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__OutboundOption, _ w: Writer) {
        c.value = w.text(m.value)
        c.label = w.text(m.label)
        c.e164 = w.text(m.e164)
        c.outbound_enabled = m.outboundEnabled ? 1 : 0
        c.reason = .init(rawValue: w.raw(m.reason))
        c.warning = w.text(m.warning)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListOutboundOptionsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_outbound_options_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListOutboundOptionsResponse) -> Self {
        var m = Self()
        m.options = Read.messages(c.n_options, c.options)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListOutboundOptionsResponse, _ w: Writer) {
        (c.n_options, c.options) = w.messages(m.options)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.WatchRoutesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__watch_routes_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__WatchRoutesRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.resumeToken = Read.text(c.resume_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__WatchRoutesRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.resume_token = w.text(m.resumeToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.RouteChange {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__route_change__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RouteChange) -> Self {
        var m = Self()
        m.resumeToken = Read.text(c.resume_token)
        m.kind = Read.value(c.kind)
        m.action = Read.text(c.action)
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.e164 = Read.text(c.e164)
        m.agentID = Read.text(c.agent_id)
        m.at = Read.message(c.at)
        m.detailsJson = Read.text(c.details_json)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RouteChange, _ w: Writer) {
        c.resume_token = w.text(m.resumeToken)
        c.kind = .init(rawValue: w.raw(m.kind))
        c.action = w.text(m.action)
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        c.e164 = w.text(m.e164)
        c.agent_id = w.text(m.agentID)
        c.at = w.message(m.at)
        c.details_json = w.text(m.detailsJson)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DiagnoseNumberRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__diagnose_number_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DiagnoseNumberRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.use = Read.value(c.use)
        m.askCarrier = c.ask_carrier != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DiagnoseNumberRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        c.use = .init(rawValue: w.raw(m.use))
        c.ask_carrier = m.askCarrier ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DiagnosisCheck {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__diagnosis_check__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DiagnosisCheck) -> Self {
        var m = Self()
        m.check = Read.text(c.check)
        m.result = Read.value(c.result)
        m.message = Read.text(c.message)
        m.remedy = Read.text(c.remedy)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DiagnosisCheck, _ w: Writer) {
        c.check = w.text(m.check)
        c.result = .init(rawValue: w.raw(m.result))
        c.message = w.text(m.message)
        c.remedy = w.text(m.remedy)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Refusal {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__refusal__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Refusal) -> Self {
        var m = Self()
        m.reason = Read.text(c.reason)
        m.lastAt = Read.message(c.last_at)
        m.count = c.count
        m.use = Read.value(c.use)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Refusal, _ w: Writer) {
        c.reason = w.text(m.reason)
        c.last_at = w.message(m.lastAt)
        c.count = m.count
        c.use = .init(rawValue: w.raw(m.use))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DiagnoseNumberResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__diagnose_number_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DiagnoseNumberResponse) -> Self {
        var m = Self()
        m.number = Read.message(c.number)
        m.checks = Read.messages(c.n_checks, c.checks)
        m.ok = c.ok != 0
        m.refusals = Read.messages(c.n_refusals, c.refusals)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DiagnoseNumberResponse, _ w: Writer) {
        c.number = w.message(m.number)
        (c.n_checks, c.checks) = w.messages(m.checks)
        c.ok = m.ok ? 1 : 0
        (c.n_refusals, c.refusals) = w.messages(m.refusals)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Agent {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__agent__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Agent) -> Self {
        var m = Self()
        m.agentID = Read.text(c.agent_id)
        m.name = Read.text(c.name)
        m.status = Read.value(c.status)
        if c.outbound_configured_opt_case.rawValue == 4 {
            m.outboundConfigured = c.outbound_configured != 0
        }
        if c.sms_enabled_opt_case.rawValue == 5 {
            m.smsEnabled = c.sms_enabled != 0
        }
        m.updatedAt = Read.message(c.updated_at)
        m.inboundE164 = Read.text(c.inbound_e164)
        m.outboundE164 = Read.text(c.outbound_e164)
        m.smsE164 = Read.text(c.sms_e164)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Agent, _ w: Writer) {
        c.agent_id = w.text(m.agentID)
        c.name = w.text(m.name)
        c.status = .init(rawValue: w.raw(m.status))
        if let value = m.outboundConfigured {
            c.outbound_configured_opt_case = .init(rawValue: 4)
            c.outbound_configured = value ? 1 : 0
        }
        if let value = m.smsEnabled {
            c.sms_enabled_opt_case = .init(rawValue: 5)
            c.sms_enabled = value ? 1 : 0
        }
        c.updated_at = w.message(m.updatedAt)
        c.inbound_e164 = w.text(m.inboundE164)
        c.outbound_e164 = w.text(m.outboundE164)
        c.sms_e164 = w.text(m.smsE164)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PutAgentsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__put_agents_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PutAgentsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.agents = Read.messages(c.n_agents, c.agents)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PutAgentsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        (c.n_agents, c.agents) = w.messages(m.agents)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PutAgentsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__put_agents_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PutAgentsResponse) -> Self {
        var m = Self()
        m.created = c.created
        m.updated = c.updated
        m.unchanged = c.unchanged
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PutAgentsResponse, _ w: Writer) {
        c.created = m.created
        c.updated = m.updated
        c.unchanged = m.unchanged
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DeleteAgentRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__delete_agent_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DeleteAgentRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.agentID = Read.text(c.agent_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DeleteAgentRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.agent_id = w.text(m.agentID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DeleteAgentResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__delete_agent_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DeleteAgentResponse) -> Self {
        var m = Self()
        m.clearedNumberIDs = Read.texts(c.n_cleared_number_ids, c.cleared_number_ids)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DeleteAgentResponse, _ w: Writer) {
        (c.n_cleared_number_ids, c.cleared_number_ids) = w.texts(m.clearedNumberIDs)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAgentsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_agents_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAgentsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.page = Read.message(c.page)
        m.status = Read.value(c.status)
        m.text = Read.text(c.text)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAgentsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.page = w.message(m.page)
        c.status = .init(rawValue: w.raw(m.status))
        c.text = w.text(m.text)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAgentsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_agents_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAgentsResponse) -> Self {
        var m = Self()
        m.agents = Read.messages(c.n_agents, c.agents)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAgentsResponse, _ w: Writer) {
        (c.n_agents, c.agents) = w.messages(m.agents)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}
