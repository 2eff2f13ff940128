// Made from linekeeper/v1/carrier.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `linekeeper.v1.ConnectionStatus` on the wire.
    public enum ConnectionStatus: ProtoEnum {
        /// `CONNECTION_STATUS_UNSPECIFIED`, 0.
        case unspecified
        /// `CONNECTION_STATUS_CONNECTED`, 1.
        case connected
        /// `CONNECTION_STATUS_CREDENTIALS_REJECTED`, 2.
        case credentialsRejected
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ConnectionStatus"
        /// What the proto puts before every name.
        public static let prefix = "CONNECTION_STATUS_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.connected, "CONNECTED"),
            (.credentialsRejected, "CREDENTIALS_REJECTED"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .connected
            case 2: self = .credentialsRejected
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .connected: 1
            case .credentialsRejected: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.ImportOutcome` on the wire.
    public enum ImportOutcome: ProtoEnum {
        /// `IMPORT_OUTCOME_UNSPECIFIED`, 0.
        case unspecified
        /// `IMPORT_OUTCOME_IMPORTED`, 1.
        case imported
        /// `IMPORT_OUTCOME_ALREADY_IMPORTED`, 2.
        case alreadyImported
        /// `IMPORT_OUTCOME_REFUSED`, 3.
        case refused
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ImportOutcome"
        /// What the proto puts before every name.
        public static let prefix = "IMPORT_OUTCOME_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.imported, "IMPORTED"),
            (.alreadyImported, "ALREADY_IMPORTED"),
            (.refused, "REFUSED"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .imported
            case 2: self = .alreadyImported
            case 3: self = .refused
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .imported: 1
            case .alreadyImported: 2
            case .refused: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.SyncFinding` on the wire.
    public enum SyncFinding: ProtoEnum {
        /// `SYNC_FINDING_UNSPECIFIED`, 0.
        case unspecified
        /// `SYNC_FINDING_UNCHANGED`, 1.
        case unchanged
        /// `SYNC_FINDING_GONE`, 2.
        case gone
        /// `SYNC_FINDING_CHANGED`, 3.
        case changed
        /// `SYNC_FINDING_WEBHOOKS_DRIFTED`, 4.
        case webhooksDrifted
        /// `SYNC_FINDING_IMPORTABLE`, 5.
        case importable
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SyncFinding"
        /// What the proto puts before every name.
        public static let prefix = "SYNC_FINDING_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.unchanged, "UNCHANGED"),
            (.gone, "GONE"),
            (.changed, "CHANGED"),
            (.webhooksDrifted, "WEBHOOKS_DRIFTED"),
            (.importable, "IMPORTABLE"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .unchanged
            case 2: self = .gone
            case 3: self = .changed
            case 4: self = .webhooksDrifted
            case 5: self = .importable
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .unchanged: 1
            case .gone: 2
            case .changed: 3
            case .webhooksDrifted: 4
            case .importable: 5
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.CredentialField` on the wire.
    public struct CredentialField: ProtoMessage {
        /// Termination_uri, auth_token, ...
        public var name: String = ""
        /// `label`, field 2.
        public var label: String = ""
        /// `secret`, field 3.
        public var secret: Bool = false
        /// `required`, field 4.
        public var required: Bool = false
        /// `choices`, field 5.
        public var choices: [String] = []
        /// `help`, field 6.
        public var help: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CredentialField"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.CarrierInfo` on the wire.
    public struct CarrierInfo: ProtoMessage {
        /// `carrier`, field 1.
        public var carrier: Proto.Carrier = .unspecified
        /// `name`, field 2.
        public var name: String = ""
        /// `credential_fields`, field 3.
        public var credentialFields: [Proto.CredentialField] = []
        /// `supports_search`, field 4.
        public var supportsSearch: Bool = false
        /// False: the caller supplies the numbers of an import.
        public var supportsListing: Bool = false
        /// `supports_regions`, field 6.
        public var supportsRegions: Bool = false
        /// `supports_webhooks`, field 7.
        public var supportsWebhooks: Bool = false
        /// To set by hand where webhooks are not managed.
        public var webhookURL: String = ""
        /// This server can connect it.
        public var available: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CarrierInfo"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListCarriersRequest` on the wire.
    public struct ListCarriersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListCarriersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListCarriersResponse` on the wire.
    public struct ListCarriersResponse: ProtoMessage {
        /// `carriers`, field 1.
        public var carriers: [Proto.CarrierInfo] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListCarriersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ValidateCredentialsRequest` on the wire.
    public struct ValidateCredentialsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `carrier`, field 2.
        public var carrier: Proto.Carrier = .unspecified
        /// `credentials`, field 3.
        public var credentials: [String: String] = [:]
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ValidateCredentialsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ValidateCredentialsResponse` on the wire.
    public struct ValidateCredentialsResponse: ProtoMessage {
        /// As the carrier names the account; the termination URI for SIP.
        public var accountLabel: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ValidateCredentialsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ConnectCarrierRequest` on the wire.
    public struct ConnectCarrierRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `carrier`, field 2.
        public var carrier: Proto.Carrier = .unspecified
        /// `name`, field 3.
        public var name: String = ""
        /// `credentials`, field 4.
        public var credentials: [String: String] = [:]
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ConnectCarrierRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ConnectCarrierResponse` on the wire.
    public struct ConnectCarrierResponse: ProtoMessage {
        /// `connection`, field 1.
        public var connection: Proto.Connection?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ConnectCarrierResponse"
        /// Every field at its default.
        public init() {}
    }

    /// A signing secret that was replaced and still verifies webhooks.
    public struct PreviousSecret: ProtoMessage {
        /// `hint`, field 1.
        public var hint: String = ""
        /// `replaced_at`, field 2.
        public var replacedAt: Proto.Timestamp?
        /// `expires_at`, field 3.
        public var expiresAt: Proto.Timestamp?
        /// `last_used_at`, field 4.
        public var lastUsedAt: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PreviousSecret"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Connection` on the wire.
    public struct Connection: ProtoMessage {
        /// `connection_id`, field 1.
        public var connectionID: String = ""
        /// `workspace_id`, field 2.
        public var workspaceID: String = ""
        /// `carrier`, field 3.
        public var carrier: Proto.Carrier = .unspecified
        /// `name`, field 4.
        public var name: String = ""
        /// `status`, field 5.
        public var status: Proto.ConnectionStatus = .unspecified
        /// The credential fields that are not secret.
        public var settings: [String: String] = [:]
        /// The last four characters.
        public var credentialHint: String = ""
        /// `number_count`, field 8.
        public var numberCount: UInt64 = 0
        /// `created_at`, field 9.
        public var createdAt: Proto.Timestamp?
        /// `updated_at`, field 10.
        public var updatedAt: Proto.Timestamp?
        /// `validated_at`, field 11.
        public var validatedAt: Proto.Timestamp?
        /// `version`, field 12.
        public var version: UInt64 = 0
        /// `previous_secrets`, field 13.
        public var previousSecrets: [Proto.PreviousSecret] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Connection"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListConnectionsRequest` on the wire.
    public struct ListConnectionsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `page`, field 2.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListConnectionsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListConnectionsResponse` on the wire.
    public struct ListConnectionsResponse: ProtoMessage {
        /// `connections`, field 1.
        public var connections: [Proto.Connection] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListConnectionsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetConnectionRequest` on the wire.
    public struct GetConnectionRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `connection_id`, field 2.
        public var connectionID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetConnectionRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetConnectionResponse` on the wire.
    public struct GetConnectionResponse: ProtoMessage {
        /// `connection`, field 1.
        public var connection: Proto.Connection?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetConnectionResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.UpdateConnectionRequest` on the wire.
    public struct UpdateConnectionRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `connection_id`, field 2.
        public var connectionID: String = ""
        /// `name`, field 3.
        public var name: String?
        /// Empty: unchanged; else all required fields.
        public var credentials: [String: String] = [:]
        /// `retire_previous`, field 5.
        public var retirePrevious: Bool = false
        /// `expected_version`, field 6.
        public var expectedVersion: UInt64?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateConnectionRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.UpdateConnectionResponse` on the wire.
    public struct UpdateConnectionResponse: ProtoMessage {
        /// `connection`, field 1.
        public var connection: Proto.Connection?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateConnectionResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListImportableNumbersRequest` on the wire.
    public struct ListImportableNumbersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `connection_id`, field 2.
        public var connectionID: String = ""
        /// `page`, field 3.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListImportableNumbersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.CarrierWebhooks` on the wire.
    public struct CarrierWebhooks: ProtoMessage {
        /// `voice_url`, field 1.
        public var voiceURL: String = ""
        /// `sms_url`, field 2.
        public var smsURL: String = ""
        /// `status_url`, field 3.
        public var statusURL: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CarrierWebhooks"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ImportableNumber` on the wire.
    public struct ImportableNumber: ProtoMessage {
        /// `e164`, field 1.
        public var e164: String = ""
        /// `type`, field 2.
        public var type: Proto.NumberType = .unspecified
        /// `capabilities`, field 3.
        public var capabilities: [Proto.Capability] = []
        /// As they are at the carrier now.
        public var webhooks: Proto.CarrierWebhooks?
        /// `importable`, field 5.
        public var importable: Bool = false
        /// ALREADY_IMPORTED, HELD_ELSEWHERE, NOT_ACTIVE.
        public var reason: String = ""
        /// `message`, field 7.
        public var message: String = ""
        /// `region_label`, field 8.
        public var regionLabel: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ImportableNumber"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListImportableNumbersResponse` on the wire.
    public struct ListImportableNumbersResponse: ProtoMessage {
        /// `numbers`, field 1.
        public var numbers: [Proto.ImportableNumber] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListImportableNumbersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// One number to import. Where the carrier can be asked, only e164 is read; for SIP the caller
    /// says what the number is.
    public struct ImportItem: ProtoMessage {
        /// `e164`, field 1.
        public var e164: String = ""
        /// Empty: VOICE.
        public var capabilities: [Proto.Capability] = []
        /// UNSPECIFIED: LOCAL.
        public var type: Proto.NumberType = .unspecified
        /// `label`, field 4.
        public var label: String = ""
        /// `inbound_agent_id`, field 5.
        public var inboundAgentID: String = ""
        /// `outbound_agent_id`, field 6.
        public var outboundAgentID: String = ""
        /// `sms_agent_id`, field 7.
        public var smsAgentID: String = ""
        /// `region_label`, field 8.
        public var regionLabel: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ImportItem"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ImportNumbersRequest` on the wire.
    public struct ImportNumbersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `connection_id`, field 2.
        public var connectionID: String = ""
        /// At most 10,000.
        public var numbers: [Proto.ImportItem] = []
        /// Every importable number of the account; not for SIP.
        public var all: Bool = false
        /// UNSPECIFIED: OUTBOUND_ONLY.
        public var webhookMode: Proto.WebhookMode = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ImportNumbersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// What became of one number, as it is done.
    public struct ImportResult: ProtoMessage {
        /// `e164`, field 1.
        public var e164: String = ""
        /// `outcome`, field 2.
        public var outcome: Proto.ImportOutcome = .unspecified
        /// `number_id`, field 3.
        public var numberID: String = ""
        /// `reason`, field 4.
        public var reason: String = ""
        /// `message`, field 5.
        public var message: String = ""
        /// `warnings`, field 6.
        public var warnings: [Proto.Warning] = []
        /// `done`, field 7.
        public var done: UInt32 = 0
        /// `total`, field 8.
        public var total: UInt32 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ImportResult"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SyncConnectionRequest` on the wire.
    public struct SyncConnectionRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `connection_id`, field 2.
        public var connectionID: String = ""
        /// `repair_webhooks`, field 3.
        public var repairWebhooks: Bool = false
        /// `remove_gone`, field 4.
        public var removeGone: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SyncConnectionRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SyncResult` on the wire.
    public struct SyncResult: ProtoMessage {
        /// `e164`, field 1.
        public var e164: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// `finding`, field 3.
        public var finding: Proto.SyncFinding = .unspecified
        /// `repaired`, field 4.
        public var repaired: Bool = false
        /// `message`, field 5.
        public var message: String = ""
        /// `done`, field 6.
        public var done: UInt32 = 0
        /// `total`, field 7.
        public var total: UInt32 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SyncResult"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PreviewDisconnectRequest` on the wire.
    public struct PreviewDisconnectRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `connection_id`, field 2.
        public var connectionID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PreviewDisconnectRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.LostProfile` on the wire.
    public struct LostProfile: ProtoMessage {
        /// `agent_id`, field 1.
        public var agentID: String = ""
        /// `agent_name`, field 2.
        public var agentName: String = ""
        /// `profile`, field 3.
        public var profile: Proto.Profile = .unspecified
        /// `e164`, field 4.
        public var e164: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.LostProfile"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PreviewDisconnectResponse` on the wire.
    public struct PreviewDisconnectResponse: ProtoMessage {
        /// `connection`, field 1.
        public var connection: Proto.Connection?
        /// `number_count`, field 2.
        public var numberCount: UInt64 = 0
        /// `lost_profiles`, field 3.
        public var lostProfiles: [Proto.LostProfile] = []
        /// What restore_webhooks would write back.
        public var managedE164s: [String] = []
        /// `confirm_token`, field 5.
        public var confirmToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PreviewDisconnectResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DisconnectCarrierRequest` on the wire.
    public struct DisconnectCarrierRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `connection_id`, field 2.
        public var connectionID: String = ""
        /// `confirm_token`, field 3.
        public var confirmToken: String = ""
        /// `restore_webhooks`, field 4.
        public var restoreWebhooks: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DisconnectCarrierRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.DisconnectCarrierResponse` on the wire.
    public struct DisconnectCarrierResponse: ProtoMessage {
        /// `numbers_removed`, field 1.
        public var numbersRemoved: UInt64 = 0
        /// `profiles_cleared`, field 2.
        public var profilesCleared: UInt64 = 0
        /// `webhooks_restored`, field 3.
        public var webhooksRestored: UInt64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DisconnectCarrierResponse"
        /// Every field at its default.
        public init() {}
    }

}

extension Proto.CredentialField {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__credential_field__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CredentialField) -> Self {
        var m = Self()
        m.name = Read.text(c.name)
        m.label = Read.text(c.label)
        m.secret = c.secret != 0
        m.required = c.required != 0
        m.choices = Read.texts(c.n_choices, c.choices)
        m.help = Read.text(c.help)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CredentialField, _ w: Writer) {
        c.name = w.text(m.name)
        c.label = w.text(m.label)
        c.secret = m.secret ? 1 : 0
        c.required = m.required ? 1 : 0
        (c.n_choices, c.choices) = w.texts(m.choices)
        c.help = w.text(m.help)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.CarrierInfo {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__carrier_info__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CarrierInfo) -> Self {
        var m = Self()
        m.carrier = Read.value(c.carrier)
        m.name = Read.text(c.name)
        m.credentialFields = Read.messages(c.n_credential_fields, c.credential_fields)
        m.supportsSearch = c.supports_search != 0
        m.supportsListing = c.supports_listing != 0
        m.supportsRegions = c.supports_regions != 0
        m.supportsWebhooks = c.supports_webhooks != 0
        m.webhookURL = Read.text(c.webhook_url)
        m.available = c.available != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CarrierInfo, _ w: Writer) {
        c.carrier = .init(rawValue: w.raw(m.carrier))
        c.name = w.text(m.name)
        (c.n_credential_fields, c.credential_fields) = w.messages(m.credentialFields)
        c.supports_search = m.supportsSearch ? 1 : 0
        c.supports_listing = m.supportsListing ? 1 : 0
        c.supports_regions = m.supportsRegions ? 1 : 0
        c.supports_webhooks = m.supportsWebhooks ? 1 : 0
        c.webhook_url = w.text(m.webhookURL)
        c.available = m.available ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListCarriersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_carriers_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListCarriersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListCarriersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListCarriersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_carriers_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListCarriersResponse) -> Self {
        var m = Self()
        m.carriers = Read.messages(c.n_carriers, c.carriers)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListCarriersResponse, _ w: Writer) {
        (c.n_carriers, c.carriers) = w.messages(m.carriers)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ValidateCredentialsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__validate_credentials_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ValidateCredentialsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.carrier = Read.value(c.carrier)
        m.credentials = Read.dictionary(c.n_credentials, c.credentials) { ($0.key, $0.value) }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ValidateCredentialsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.carrier = .init(rawValue: w.raw(m.carrier))
        (c.n_credentials, c.credentials) = w.entries(m.credentials, linekeeper__v1__validate_credentials_request__credentials_entry__init) {
            $0.key = $1
            $0.value = $2
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ValidateCredentialsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__validate_credentials_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ValidateCredentialsResponse) -> Self {
        var m = Self()
        m.accountLabel = Read.text(c.account_label)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ValidateCredentialsResponse, _ w: Writer) {
        c.account_label = w.text(m.accountLabel)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ConnectCarrierRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__connect_carrier_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ConnectCarrierRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.carrier = Read.value(c.carrier)
        m.name = Read.text(c.name)
        m.credentials = Read.dictionary(c.n_credentials, c.credentials) { ($0.key, $0.value) }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ConnectCarrierRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.carrier = .init(rawValue: w.raw(m.carrier))
        c.name = w.text(m.name)
        (c.n_credentials, c.credentials) = w.entries(m.credentials, linekeeper__v1__connect_carrier_request__credentials_entry__init) {
            $0.key = $1
            $0.value = $2
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ConnectCarrierResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__connect_carrier_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ConnectCarrierResponse) -> Self {
        var m = Self()
        m.connection = Read.message(c.connection)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ConnectCarrierResponse, _ w: Writer) {
        c.connection = w.message(m.connection)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PreviousSecret {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__previous_secret__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PreviousSecret) -> Self {
        var m = Self()
        m.hint = Read.text(c.hint)
        m.replacedAt = Read.message(c.replaced_at)
        m.expiresAt = Read.message(c.expires_at)
        m.lastUsedAt = Read.message(c.last_used_at)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PreviousSecret, _ w: Writer) {
        c.hint = w.text(m.hint)
        c.replaced_at = w.message(m.replacedAt)
        c.expires_at = w.message(m.expiresAt)
        c.last_used_at = w.message(m.lastUsedAt)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Connection {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__connection__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Connection) -> Self {
        var m = Self()
        m.connectionID = Read.text(c.connection_id)
        m.workspaceID = Read.text(c.workspace_id)
        m.carrier = Read.value(c.carrier)
        m.name = Read.text(c.name)
        m.status = Read.value(c.status)
        m.settings = Read.dictionary(c.n_settings, c.settings) { ($0.key, $0.value) }
        m.credentialHint = Read.text(c.credential_hint)
        m.numberCount = c.number_count
        m.createdAt = Read.message(c.created_at)
        m.updatedAt = Read.message(c.updated_at)
        m.validatedAt = Read.message(c.validated_at)
        m.version = c.version
        m.previousSecrets = Read.messages(c.n_previous_secrets, c.previous_secrets)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Connection, _ w: Writer) {
        c.connection_id = w.text(m.connectionID)
        c.workspace_id = w.text(m.workspaceID)
        c.carrier = .init(rawValue: w.raw(m.carrier))
        c.name = w.text(m.name)
        c.status = .init(rawValue: w.raw(m.status))
        (c.n_settings, c.settings) = w.entries(m.settings, linekeeper__v1__connection__settings_entry__init) {
            $0.key = $1
            $0.value = $2
        }
        c.credential_hint = w.text(m.credentialHint)
        c.number_count = m.numberCount
        c.created_at = w.message(m.createdAt)
        c.updated_at = w.message(m.updatedAt)
        c.validated_at = w.message(m.validatedAt)
        c.version = m.version
        (c.n_previous_secrets, c.previous_secrets) = w.messages(m.previousSecrets)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListConnectionsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_connections_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListConnectionsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListConnectionsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListConnectionsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_connections_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListConnectionsResponse) -> Self {
        var m = Self()
        m.connections = Read.messages(c.n_connections, c.connections)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListConnectionsResponse, _ w: Writer) {
        (c.n_connections, c.connections) = w.messages(m.connections)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetConnectionRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_connection_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetConnectionRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.connectionID = Read.text(c.connection_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetConnectionRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.connection_id = w.text(m.connectionID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetConnectionResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_connection_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetConnectionResponse) -> Self {
        var m = Self()
        m.connection = Read.message(c.connection)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetConnectionResponse, _ w: Writer) {
        c.connection = w.message(m.connection)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateConnectionRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_connection_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateConnectionRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.connectionID = Read.text(c.connection_id)
        if c.name_opt_case.rawValue == 3 {
            m.name = Read.text(c.name)
        }
        m.credentials = Read.dictionary(c.n_credentials, c.credentials) { ($0.key, $0.value) }
        m.retirePrevious = c.retire_previous != 0
        if c.expected_version_opt_case.rawValue == 6 {
            m.expectedVersion = c.expected_version
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateConnectionRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.connection_id = w.text(m.connectionID)
        if let value = m.name {
            c.name_opt_case = .init(rawValue: 3)
            c.name = w.text(value)
        }
        (c.n_credentials, c.credentials) = w.entries(m.credentials, linekeeper__v1__update_connection_request__credentials_entry__init) {
            $0.key = $1
            $0.value = $2
        }
        c.retire_previous = m.retirePrevious ? 1 : 0
        if let value = m.expectedVersion {
            c.expected_version_opt_case = .init(rawValue: 6)
            c.expected_version = value
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateConnectionResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_connection_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateConnectionResponse) -> Self {
        var m = Self()
        m.connection = Read.message(c.connection)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateConnectionResponse, _ w: Writer) {
        c.connection = w.message(m.connection)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListImportableNumbersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_importable_numbers_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListImportableNumbersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.connectionID = Read.text(c.connection_id)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListImportableNumbersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.connection_id = w.text(m.connectionID)
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.CarrierWebhooks {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__carrier_webhooks__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CarrierWebhooks) -> Self {
        var m = Self()
        m.voiceURL = Read.text(c.voice_url)
        m.smsURL = Read.text(c.sms_url)
        m.statusURL = Read.text(c.status_url)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CarrierWebhooks, _ w: Writer) {
        c.voice_url = w.text(m.voiceURL)
        c.sms_url = w.text(m.smsURL)
        c.status_url = w.text(m.statusURL)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ImportableNumber {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__importable_number__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ImportableNumber) -> Self {
        var m = Self()
        m.e164 = Read.text(c.e164)
        m.type = Read.value(c.type)
        m.capabilities = Read.list(c.n_capabilities, c.capabilities) { Read.value($0) }
        m.webhooks = Read.message(c.webhooks)
        m.importable = c.importable != 0
        m.reason = Read.text(c.reason)
        m.message = Read.text(c.message)
        m.regionLabel = Read.text(c.region_label)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ImportableNumber, _ w: Writer) {
        c.e164 = w.text(m.e164)
        c.type = .init(rawValue: w.raw(m.type))
        (c.n_capabilities, c.capabilities) = w.list(m.capabilities) { .init(rawValue: w.raw($0)) }
        c.webhooks = w.message(m.webhooks)
        c.importable = m.importable ? 1 : 0
        c.reason = w.text(m.reason)
        c.message = w.text(m.message)
        c.region_label = w.text(m.regionLabel)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListImportableNumbersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_importable_numbers_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListImportableNumbersResponse) -> Self {
        var m = Self()
        m.numbers = Read.messages(c.n_numbers, c.numbers)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListImportableNumbersResponse, _ w: Writer) {
        (c.n_numbers, c.numbers) = w.messages(m.numbers)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ImportItem {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__import_item__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ImportItem) -> Self {
        var m = Self()
        m.e164 = Read.text(c.e164)
        m.capabilities = Read.list(c.n_capabilities, c.capabilities) { Read.value($0) }
        m.type = Read.value(c.type)
        m.label = Read.text(c.label)
        m.inboundAgentID = Read.text(c.inbound_agent_id)
        m.outboundAgentID = Read.text(c.outbound_agent_id)
        m.smsAgentID = Read.text(c.sms_agent_id)
        m.regionLabel = Read.text(c.region_label)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ImportItem, _ w: Writer) {
        c.e164 = w.text(m.e164)
        (c.n_capabilities, c.capabilities) = w.list(m.capabilities) { .init(rawValue: w.raw($0)) }
        c.type = .init(rawValue: w.raw(m.type))
        c.label = w.text(m.label)
        c.inbound_agent_id = w.text(m.inboundAgentID)
        c.outbound_agent_id = w.text(m.outboundAgentID)
        c.sms_agent_id = w.text(m.smsAgentID)
        c.region_label = w.text(m.regionLabel)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ImportNumbersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__import_numbers_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ImportNumbersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.connectionID = Read.text(c.connection_id)
        m.numbers = Read.messages(c.n_numbers, c.numbers)
        m.all = c.all != 0
        m.webhookMode = Read.value(c.webhook_mode)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ImportNumbersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.connection_id = w.text(m.connectionID)
        (c.n_numbers, c.numbers) = w.messages(m.numbers)
        c.all = m.all ? 1 : 0
        c.webhook_mode = .init(rawValue: w.raw(m.webhookMode))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ImportResult {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__import_result__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ImportResult) -> Self {
        var m = Self()
        m.e164 = Read.text(c.e164)
        m.outcome = Read.value(c.outcome)
        m.numberID = Read.text(c.number_id)
        m.reason = Read.text(c.reason)
        m.message = Read.text(c.message)
        m.warnings = Read.messages(c.n_warnings, c.warnings)
        m.done = c.done
        m.total = c.total
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ImportResult, _ w: Writer) {
        c.e164 = w.text(m.e164)
        c.outcome = .init(rawValue: w.raw(m.outcome))
        c.number_id = w.text(m.numberID)
        c.reason = w.text(m.reason)
        c.message = w.text(m.message)
        (c.n_warnings, c.warnings) = w.messages(m.warnings)
        c.done = m.done
        c.total = m.total
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SyncConnectionRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__sync_connection_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SyncConnectionRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.connectionID = Read.text(c.connection_id)
        m.repairWebhooks = c.repair_webhooks != 0
        m.removeGone = c.remove_gone != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SyncConnectionRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.connection_id = w.text(m.connectionID)
        c.repair_webhooks = m.repairWebhooks ? 1 : 0
        c.remove_gone = m.removeGone ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SyncResult {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__sync_result__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SyncResult) -> Self {
        var m = Self()
        m.e164 = Read.text(c.e164)
        m.numberID = Read.text(c.number_id)
        m.finding = Read.value(c.finding)
        m.repaired = c.repaired != 0
        m.message = Read.text(c.message)
        m.done = c.done
        m.total = c.total
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SyncResult, _ w: Writer) {
        c.e164 = w.text(m.e164)
        c.number_id = w.text(m.numberID)
        c.finding = .init(rawValue: w.raw(m.finding))
        c.repaired = m.repaired ? 1 : 0
        c.message = w.text(m.message)
        c.done = m.done
        c.total = m.total
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PreviewDisconnectRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__preview_disconnect_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PreviewDisconnectRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.connectionID = Read.text(c.connection_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PreviewDisconnectRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.connection_id = w.text(m.connectionID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.LostProfile {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__lost_profile__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__LostProfile) -> Self {
        var m = Self()
        m.agentID = Read.text(c.agent_id)
        m.agentName = Read.text(c.agent_name)
        m.profile = Read.value(c.profile)
        m.e164 = Read.text(c.e164)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__LostProfile, _ w: Writer) {
        c.agent_id = w.text(m.agentID)
        c.agent_name = w.text(m.agentName)
        c.profile = .init(rawValue: w.raw(m.profile))
        c.e164 = w.text(m.e164)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PreviewDisconnectResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__preview_disconnect_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PreviewDisconnectResponse) -> Self {
        var m = Self()
        m.connection = Read.message(c.connection)
        m.numberCount = c.number_count
        m.lostProfiles = Read.messages(c.n_lost_profiles, c.lost_profiles)
        m.managedE164s = Read.texts(c.n_managed_e164s, c.managed_e164s)
        m.confirmToken = Read.text(c.confirm_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PreviewDisconnectResponse, _ w: Writer) {
        c.connection = w.message(m.connection)
        c.number_count = m.numberCount
        (c.n_lost_profiles, c.lost_profiles) = w.messages(m.lostProfiles)
        (c.n_managed_e164s, c.managed_e164s) = w.texts(m.managedE164s)
        c.confirm_token = w.text(m.confirmToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DisconnectCarrierRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__disconnect_carrier_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DisconnectCarrierRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.connectionID = Read.text(c.connection_id)
        m.confirmToken = Read.text(c.confirm_token)
        m.restoreWebhooks = c.restore_webhooks != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DisconnectCarrierRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.connection_id = w.text(m.connectionID)
        c.confirm_token = w.text(m.confirmToken)
        c.restore_webhooks = m.restoreWebhooks ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.DisconnectCarrierResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__disconnect_carrier_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__DisconnectCarrierResponse) -> Self {
        var m = Self()
        m.numbersRemoved = c.numbers_removed
        m.profilesCleared = c.profiles_cleared
        m.webhooksRestored = c.webhooks_restored
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__DisconnectCarrierResponse, _ w: Writer) {
        c.numbers_removed = m.numbersRemoved
        c.profiles_cleared = m.profilesCleared
        c.webhooks_restored = m.webhooksRestored
        w.unknown(m.unknownFields, &c.base)
    }
}
