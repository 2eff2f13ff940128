// Made from linekeeper/v1/common.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `linekeeper.v1.NumberType` on the wire.
    public enum NumberType: ProtoEnum {
        /// `NUMBER_TYPE_UNSPECIFIED`, 0.
        case unspecified
        /// `NUMBER_TYPE_LOCAL`, 1.
        case local
        /// `NUMBER_TYPE_NATIONAL`, 2.
        case national
        /// `NUMBER_TYPE_MOBILE`, 3.
        case mobile
        /// `NUMBER_TYPE_TOLL_FREE`, 4.
        case tollFree
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.NumberType"
        /// What the proto puts before every name.
        public static let prefix = "NUMBER_TYPE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.local, "LOCAL"),
            (.national, "NATIONAL"),
            (.mobile, "MOBILE"),
            (.tollFree, "TOLL_FREE"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .local
            case 2: self = .national
            case 3: self = .mobile
            case 4: self = .tollFree
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .local: 1
            case .national: 2
            case .mobile: 3
            case .tollFree: 4
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.Capability` on the wire.
    public enum Capability: ProtoEnum {
        /// `CAPABILITY_UNSPECIFIED`, 0.
        case unspecified
        /// `CAPABILITY_VOICE`, 1.
        case voice
        /// `CAPABILITY_SMS`, 2.
        case sms
        /// `CAPABILITY_MMS`, 3.
        case mms
        /// `CAPABILITY_FAX`, 4.
        case fax
        /// `CAPABILITY_VOICEMAIL`, 5.
        case voicemail
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Capability"
        /// What the proto puts before every name.
        public static let prefix = "CAPABILITY_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.voice, "VOICE"),
            (.sms, "SMS"),
            (.mms, "MMS"),
            (.fax, "FAX"),
            (.voicemail, "VOICEMAIL"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .voice
            case 2: self = .sms
            case 3: self = .mms
            case 4: self = .fax
            case 5: self = .voicemail
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .voice: 1
            case .sms: 2
            case .mms: 3
            case .fax: 4
            case .voicemail: 5
            case .unrecognized(let number): number
            }
        }
    }

    /// Where a number came from.
    public enum Origin: ProtoEnum {
        /// `ORIGIN_UNSPECIFIED`, 0.
        case unspecified
        /// The platform's Telnyx pool.
        case pool
        /// The platform's Twilio account.
        case marketplace
        /// The customer's own carrier.
        case imported
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Origin"
        /// What the proto puts before every name.
        public static let prefix = "ORIGIN_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.pool, "POOL"),
            (.marketplace, "MARKETPLACE"),
            (.imported, "IMPORTED"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .pool
            case 2: self = .marketplace
            case 3: self = .imported
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .pool: 1
            case .marketplace: 2
            case .imported: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.Carrier` on the wire.
    public enum Carrier: ProtoEnum {
        /// `CARRIER_UNSPECIFIED`, 0.
        case unspecified
        /// `CARRIER_TWILIO`, 1.
        case twilio
        /// `CARRIER_TELNYX`, 2.
        case telnyx
        /// `CARRIER_SIP`, 3.
        case sip
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Carrier"
        /// What the proto puts before every name.
        public static let prefix = "CARRIER_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.twilio, "TWILIO"),
            (.telnyx, "TELNYX"),
            (.sip, "SIP"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .twilio
            case 2: self = .telnyx
            case 3: self = .sip
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .twilio: 1
            case .telnyx: 2
            case .sip: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.NumberStatus` on the wire.
    public enum NumberStatus: ProtoEnum {
        /// `NUMBER_STATUS_UNSPECIFIED`, 0.
        case unspecified
        /// Ordered, not here yet.
        case pending
        /// `NUMBER_STATUS_ACTIVE`, 2.
        case active
        /// A renewal could not be paid; it still works.
        case pastDue
        /// Goes back to the carrier at release_at.
        case releasing
        /// `NUMBER_STATUS_RELEASED`, 5.
        case released
        /// The order failed.
        case failed
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.NumberStatus"
        /// What the proto puts before every name.
        public static let prefix = "NUMBER_STATUS_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.pending, "PENDING"),
            (.active, "ACTIVE"),
            (.pastDue, "PAST_DUE"),
            (.releasing, "RELEASING"),
            (.released, "RELEASED"),
            (.failed, "FAILED"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .pending
            case 2: self = .active
            case 3: self = .pastDue
            case 4: self = .releasing
            case 5: self = .released
            case 6: self = .failed
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .pending: 1
            case .active: 2
            case .pastDue: 3
            case .releasing: 4
            case .released: 5
            case .failed: 6
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.WebhookMode` on the wire.
    public enum WebhookMode: ProtoEnum {
        /// `WEBHOOK_MODE_UNSPECIFIED`, 0.
        case unspecified
        /// The carrier's own settings are left alone.
        case outboundOnly
        /// Voice, SMS and status URLs point here.
        case managed
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.WebhookMode"
        /// What the proto puts before every name.
        public static let prefix = "WEBHOOK_MODE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.outboundOnly, "OUTBOUND_ONLY"),
            (.managed, "MANAGED"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .outboundOnly
            case 2: self = .managed
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .outboundOnly: 1
            case .managed: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// A use that a number has for one agent.
    public enum Profile: ProtoEnum {
        /// `PROFILE_UNSPECIFIED`, 0.
        case unspecified
        /// `PROFILE_INBOUND`, 1.
        case inbound
        /// `PROFILE_OUTBOUND`, 2.
        case outbound
        /// `PROFILE_SMS`, 3.
        case sms
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Profile"
        /// What the proto puts before every name.
        public static let prefix = "PROFILE_"
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

    /// `linekeeper.v1.Channel` on the wire.
    public enum Channel: ProtoEnum {
        /// Read as VOICE.
        case unspecified
        /// `CHANNEL_VOICE`, 1.
        case voice
        /// `CHANNEL_SMS`, 2.
        case sms
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Channel"
        /// What the proto puts before every name.
        public static let prefix = "CHANNEL_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.voice, "VOICE"),
            (.sms, "SMS"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .voice
            case 2: self = .sms
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .voice: 1
            case .sms: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// Presence for a flag that a filter may leave open.
    public enum Tristate: ProtoEnum {
        /// `TRISTATE_ANY`, 0.
        case any
        /// `TRISTATE_YES`, 1.
        case yes
        /// `TRISTATE_NO`, 2.
        case no
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Tristate"
        /// What the proto puts before every name.
        public static let prefix = "TRISTATE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.any, "ANY"),
            (.yes, "YES"),
            (.no, "NO"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .any
            case 1: self = .yes
            case 2: self = .no
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .any: 0
            case .yes: 1
            case .no: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// What answers when a number's agent cannot.
    public struct Fallback: ProtoMessage {
        /// At most one of `agent_id`, `forward_to_e164`, `reject`.
        public var action: Action?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Fallback"
        /// Every field at its default.
        public init() {}

        /// What `action` can hold.
        public enum Action: Hashable, Sendable {
            /// `agent_id`, field 1.
            case agentID(String)
            /// `forward_to_e164`, field 2.
            case forwardToE164(String)
            /// `reject`, field 3.
            case reject(Bool)
        }
    }

    /// `linekeeper.v1.AgentRef` on the wire.
    public struct AgentRef: ProtoMessage {
        /// `agent_id`, field 1.
        public var agentID: String = ""
        /// `agent_name`, field 2.
        public var agentName: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.AgentRef"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.NumberAssignments` on the wire.
    public struct NumberAssignments: ProtoMessage {
        /// Absent: nobody.
        public var inbound: Proto.AgentRef?
        /// `outbound`, field 2.
        public var outbound: Proto.AgentRef?
        /// `sms`, field 3.
        public var sms: Proto.AgentRef?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.NumberAssignments"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PhoneNumber` on the wire.
    public struct PhoneNumber: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `e164`, field 2.
        public var e164: String = ""
        /// `workspace_id`, field 3.
        public var workspaceID: String = ""
        /// `label`, field 4.
        public var label: String = ""
        /// ISO 3166-1 alpha-2; empty where the carrier did not say and the prefix is shared.
        public var countryCode: String = ""
        /// As the carrier names it.
        public var regionLabel: String = ""
        /// `type`, field 7.
        public var type: Proto.NumberType = .unspecified
        /// `capabilities`, field 8.
        public var capabilities: [Proto.Capability] = []
        /// `origin`, field 9.
        public var origin: Proto.Origin = .unspecified
        /// `carrier`, field 10.
        public var carrier: Proto.Carrier = .unspecified
        /// What a table shows: "Imported", else the carrier's name.
        public var carrierLabel: String = ""
        /// `connection_id`, field 12.
        public var connectionID: String = ""
        /// `status`, field 13.
        public var status: Proto.NumberStatus = .unspecified
        /// `webhook_mode`, field 14.
        public var webhookMode: Proto.WebhookMode = .unspecified
        /// Empty: the carrier's default.
        public var region: String = ""
        /// `region_supported`, field 16.
        public var regionSupported: Bool = false
        /// `monthly_cost_credits`, field 17.
        public var monthlyCostCredits: Int64 = 0
        /// `renews_at`, field 18.
        public var renewsAt: Proto.Timestamp?
        /// While PENDING.
        public var orderID: String = ""
        /// `release_protected`, field 20.
        public var releaseProtected: Bool = false
        /// `outbound_lock`, field 21.
        public var outboundLock: Bool = false
        /// `assignments`, field 22.
        public var assignments: Proto.NumberAssignments?
        /// `outbound_enabled`, field 23.
        public var outboundEnabled: Bool = false
        /// `fallback`, field 24.
        public var fallback: Proto.Fallback?
        /// `ring_timeout_override_seconds`, field 25.
        public var ringTimeoutOverrideSeconds: UInt32?
        /// `forwarded_from`, field 26.
        public var forwardedFrom: [String] = []
        /// `tags`, field 27.
        public var tags: [String: String] = [:]
        /// `created_at`, field 28.
        public var createdAt: Proto.Timestamp?
        /// `updated_at`, field 29.
        public var updatedAt: Proto.Timestamp?
        /// `version`, field 30.
        public var version: UInt64 = 0
        /// Empty: every destination.
        public var allowedDestinationPrefixes: [String] = []
        /// While RELEASING.
        public var releaseAt: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PhoneNumber"
        /// Every field at its default.
        public init() {}
    }

    /// Something that was done although a person should know of it.
    public struct Warning: ProtoMessage {
        /// AGENT_NOT_PUBLISHED, WEBHOOKS_NOT_MANAGED, AGENT_NOT_CONFIGURED.
        public var code: String = ""
        /// One sentence for a person.
        public var message: String = ""
        /// `profile`, field 3.
        public var profile: Proto.Profile = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Warning"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PageRequest` on the wire.
    public struct PageRequest: ProtoMessage {
        /// 0: 50; at most 1,000.
        public var pageSize: UInt32 = 0
        /// `page_token`, field 2.
        public var pageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PageRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.TimeRange` on the wire.
    public struct TimeRange: ProtoMessage {
        /// Inclusive; absent: from the beginning.
        public var from: Proto.Timestamp?
        /// Exclusive; absent: to the end.
        public var until: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.TimeRange"
        /// Every field at its default.
        public init() {}
    }

}

extension Proto.Fallback {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__fallback__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Fallback) -> Self {
        var m = Self()
        switch c.action_case.rawValue {
        case 1: m.action = .agentID(Read.text(c.agent_id))
        case 2: m.action = .forwardToE164(Read.text(c.forward_to_e164))
        case 3: m.action = .reject(c.reject != 0)
        default: break
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Fallback, _ w: Writer) {
        switch m.action {
        case .agentID(let value)?:
            c.action_case = .init(rawValue: 1)
            c.agent_id = w.text(value)
        case .forwardToE164(let value)?:
            c.action_case = .init(rawValue: 2)
            c.forward_to_e164 = w.text(value)
        case .reject(let value)?:
            c.action_case = .init(rawValue: 3)
            c.reject = value ? 1 : 0
        case nil: break
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.AgentRef {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__agent_ref__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__AgentRef) -> Self {
        var m = Self()
        m.agentID = Read.text(c.agent_id)
        m.agentName = Read.text(c.agent_name)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__AgentRef, _ w: Writer) {
        c.agent_id = w.text(m.agentID)
        c.agent_name = w.text(m.agentName)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.NumberAssignments {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__number_assignments__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__NumberAssignments) -> Self {
        var m = Self()
        m.inbound = Read.message(c.inbound)
        m.outbound = Read.message(c.outbound)
        m.sms = Read.message(c.sms)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__NumberAssignments, _ w: Writer) {
        c.inbound = w.message(m.inbound)
        c.outbound = w.message(m.outbound)
        c.sms = w.message(m.sms)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PhoneNumber {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__phone_number__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PhoneNumber) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.e164 = Read.text(c.e164)
        m.workspaceID = Read.text(c.workspace_id)
        m.label = Read.text(c.label)
        m.countryCode = Read.text(c.country_code)
        m.regionLabel = Read.text(c.region_label)
        m.type = Read.value(c.type)
        m.capabilities = Read.list(c.n_capabilities, c.capabilities) { Read.value($0) }
        m.origin = Read.value(c.origin)
        m.carrier = Read.value(c.carrier)
        m.carrierLabel = Read.text(c.carrier_label)
        m.connectionID = Read.text(c.connection_id)
        m.status = Read.value(c.status)
        m.webhookMode = Read.value(c.webhook_mode)
        m.region = Read.text(c.region)
        m.regionSupported = c.region_supported != 0
        m.monthlyCostCredits = c.monthly_cost_credits
        m.renewsAt = Read.message(c.renews_at)
        m.orderID = Read.text(c.order_id)
        m.releaseProtected = c.release_protected != 0
        m.outboundLock = c.outbound_lock != 0
        m.assignments = Read.message(c.assignments)
        m.outboundEnabled = c.outbound_enabled != 0
        m.fallback = Read.message(c.fallback)
        if c.ring_timeout_override_seconds_opt_case.rawValue == 25 {
            m.ringTimeoutOverrideSeconds = c.ring_timeout_override_seconds
        }
        m.forwardedFrom = Read.texts(c.n_forwarded_from, c.forwarded_from)
        m.tags = Read.dictionary(c.n_tags, c.tags) { ($0.key, $0.value) }
        m.createdAt = Read.message(c.created_at)
        m.updatedAt = Read.message(c.updated_at)
        m.version = c.version
        m.allowedDestinationPrefixes = Read.texts(c.n_allowed_destination_prefixes, c.allowed_destination_prefixes)
        m.releaseAt = Read.message(c.release_at)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PhoneNumber, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.e164 = w.text(m.e164)
        c.workspace_id = w.text(m.workspaceID)
        c.label = w.text(m.label)
        c.country_code = w.text(m.countryCode)
        c.region_label = w.text(m.regionLabel)
        c.type = .init(rawValue: w.raw(m.type))
        (c.n_capabilities, c.capabilities) = w.list(m.capabilities) { .init(rawValue: w.raw($0)) }
        c.origin = .init(rawValue: w.raw(m.origin))
        c.carrier = .init(rawValue: w.raw(m.carrier))
        c.carrier_label = w.text(m.carrierLabel)
        c.connection_id = w.text(m.connectionID)
        c.status = .init(rawValue: w.raw(m.status))
        c.webhook_mode = .init(rawValue: w.raw(m.webhookMode))
        c.region = w.text(m.region)
        c.region_supported = m.regionSupported ? 1 : 0
        c.monthly_cost_credits = m.monthlyCostCredits
        c.renews_at = w.message(m.renewsAt)
        c.order_id = w.text(m.orderID)
        c.release_protected = m.releaseProtected ? 1 : 0
        c.outbound_lock = m.outboundLock ? 1 : 0
        c.assignments = w.message(m.assignments)
        c.outbound_enabled = m.outboundEnabled ? 1 : 0
        c.fallback = w.message(m.fallback)
        if let value = m.ringTimeoutOverrideSeconds {
            c.ring_timeout_override_seconds_opt_case = .init(rawValue: 25)
            c.ring_timeout_override_seconds = value
        }
        (c.n_forwarded_from, c.forwarded_from) = w.texts(m.forwardedFrom)
        (c.n_tags, c.tags) = w.entries(m.tags, linekeeper__v1__phone_number__tags_entry__init) {
            $0.key = $1
            $0.value = $2
        }
        c.created_at = w.message(m.createdAt)
        c.updated_at = w.message(m.updatedAt)
        c.version = m.version
        (c.n_allowed_destination_prefixes, c.allowed_destination_prefixes) = w.texts(m.allowedDestinationPrefixes)
        c.release_at = w.message(m.releaseAt)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Warning {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__warning__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Warning) -> Self {
        var m = Self()
        m.code = Read.text(c.code)
        m.message = Read.text(c.message)
        m.profile = Read.value(c.profile)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Warning, _ w: Writer) {
        c.code = w.text(m.code)
        c.message = w.text(m.message)
        c.profile = .init(rawValue: w.raw(m.profile))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PageRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__page_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PageRequest) -> Self {
        var m = Self()
        m.pageSize = c.page_size
        m.pageToken = Read.text(c.page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PageRequest, _ w: Writer) {
        c.page_size = m.pageSize
        c.page_token = w.text(m.pageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.TimeRange {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__time_range__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__TimeRange) -> Self {
        var m = Self()
        m.from = Read.message(c.from)
        m.until = Read.message(c.until)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__TimeRange, _ w: Writer) {
        c.from = w.message(m.from)
        c.until = w.message(m.until)
        w.unknown(m.unknownFields, &c.base)
    }
}
