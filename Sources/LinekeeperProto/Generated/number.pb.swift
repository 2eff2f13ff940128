// Made from linekeeper/v1/number.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `linekeeper.v1.DiscoveryState` on the wire.
    public enum DiscoveryState: ProtoEnum {
        /// `DISCOVERY_STATE_UNSPECIFIED`, 0.
        case unspecified
        /// `DISCOVERY_STATE_CHECKING`, 1.
        case checking
        /// `DISCOVERY_STATE_DONE`, 2.
        case done
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.DiscoveryState"
        /// What the proto puts before every name.
        public static let prefix = "DISCOVERY_STATE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.checking, "CHECKING"),
            (.done, "DONE"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .checking
            case 2: self = .done
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .checking: 1
            case .done: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.Source` on the wire.
    public enum Source: ProtoEnum {
        /// `SOURCE_UNSPECIFIED`, 0.
        case unspecified
        /// `SOURCE_POOL`, 1.
        case pool
        /// `SOURCE_MARKETPLACE`, 2.
        case marketplace
        /// `SOURCE_IMPORT`, 3.
        case `import`
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Source"
        /// What the proto puts before every name.
        public static let prefix = "SOURCE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.pool, "POOL"),
            (.marketplace, "MARKETPLACE"),
            (.`import`, "IMPORT"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .pool
            case 2: self = .marketplace
            case 3: self = .`import`
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .pool: 1
            case .marketplace: 2
            case .`import`: 3
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.OrderState` on the wire.
    public enum OrderState: ProtoEnum {
        /// `ORDER_STATE_UNSPECIFIED`, 0.
        case unspecified
        /// `ORDER_STATE_CREATED`, 1.
        case created
        /// `ORDER_STATE_SUBMITTED`, 2.
        case submitted
        /// `ORDER_STATE_COMPLETED`, 3.
        case completed
        /// `ORDER_STATE_FAILED`, 4.
        case failed
        /// `ORDER_STATE_UNKNOWN`, 5.
        case unknown
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.OrderState"
        /// What the proto puts before every name.
        public static let prefix = "ORDER_STATE_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.created, "CREATED"),
            (.submitted, "SUBMITTED"),
            (.completed, "COMPLETED"),
            (.failed, "FAILED"),
            (.unknown, "UNKNOWN"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .created
            case 2: self = .submitted
            case 3: self = .completed
            case 4: self = .failed
            case 5: self = .unknown
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .created: 1
            case .submitted: 2
            case .completed: 3
            case .failed: 4
            case .unknown: 5
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.MessageDirection` on the wire.
    public enum MessageDirection: ProtoEnum {
        /// `MESSAGE_DIRECTION_UNSPECIFIED`, 0.
        case unspecified
        /// `MESSAGE_DIRECTION_INBOUND`, 1.
        case inbound
        /// `MESSAGE_DIRECTION_OUTBOUND`, 2.
        case outbound
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.MessageDirection"
        /// What the proto puts before every name.
        public static let prefix = "MESSAGE_DIRECTION_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.inbound, "INBOUND"),
            (.outbound, "OUTBOUND"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .inbound
            case 2: self = .outbound
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .inbound: 1
            case .outbound: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// `linekeeper.v1.MessageKind` on the wire.
    public enum MessageKind: ProtoEnum {
        /// `MESSAGE_KIND_UNSPECIFIED`, 0.
        case unspecified
        /// `MESSAGE_KIND_SMS`, 1.
        case sms
        /// `MESSAGE_KIND_MMS`, 2.
        case mms
        /// A number that this version has no name for.
        case unrecognized(Int32)

        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.MessageKind"
        /// What the proto puts before every name.
        public static let prefix = "MESSAGE_KIND_"
        /// The known values and their names.
        public static let names: [(value: Self, name: String)] = [
            (.unspecified, "UNSPECIFIED"),
            (.sms, "SMS"),
            (.mms, "MMS"),
        ]

        /// The value with this number, known or not.
        public init(rawValue: Int32) {
            switch rawValue {
            case 0: self = .unspecified
            case 1: self = .sms
            case 2: self = .mms
            default: self = .unrecognized(rawValue)
            }
        }

        /// The number on the wire.
        public var rawValue: Int32 {
            switch self {
            case .unspecified: 0
            case .sms: 1
            case .mms: 2
            case .unrecognized(let number): number
            }
        }
    }

    /// Every field that is set must match.
    public struct NumberFilter: ProtoMessage {
        /// `carrier`, field 1.
        public var carrier: Proto.Carrier = .unspecified
        /// `origin`, field 2.
        public var origin: Proto.Origin = .unspecified
        /// `connection_id`, field 3.
        public var connectionID: String = ""
        /// `country_code`, field 4.
        public var countryCode: String = ""
        /// `type`, field 5.
        public var type: Proto.NumberType = .unspecified
        /// `capability`, field 6.
        public var capability: Proto.Capability = .unspecified
        /// UNSPECIFIED: every one but RELEASED and FAILED.
        public var status: Proto.NumberStatus = .unspecified
        /// Holds any profile.
        public var agentID: String = ""
        /// `unassigned_profile`, field 9.
        public var unassignedProfile: Proto.Profile = .unspecified
        /// `outbound_enabled`, field 10.
        public var outboundEnabled: Proto.Tristate = .any
        /// "key" or "key=value".
        public var tag: String = ""
        /// Part of the number, label, region or an agent's name.
        public var text: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.NumberFilter"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListNumbersRequest` on the wire.
    public struct ListNumbersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `filter`, field 2.
        public var filter: Proto.NumberFilter?
        /// Created_at (default), e164 or label; " desc" may follow.
        public var orderBy: String = ""
        /// `page`, field 4.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListNumbersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Discovery` on the wire.
    public struct Discovery: ProtoMessage {
        /// `state`, field 1.
        public var state: Proto.DiscoveryState = .unspecified
        /// `importable_count`, field 2.
        public var importableCount: UInt64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Discovery"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListNumbersResponse` on the wire.
    public struct ListNumbersResponse: ProtoMessage {
        /// `numbers`, field 1.
        public var numbers: [Proto.PhoneNumber] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// Only for a workspace that has no numbers.
        public var discovery: Proto.Discovery?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListNumbersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetNumberRequest` on the wire.
    public struct GetNumberRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// At most one of `number_id`, `e164`.
        public var number: Number?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetNumberRequest"
        /// Every field at its default.
        public init() {}

        /// What `number` can hold.
        public enum Number: Hashable, Sendable {
            /// `number_id`, field 2.
            case numberID(String)
            /// `e164`, field 3.
            case e164(String)
        }
    }

    /// `linekeeper.v1.GetNumberResponse` on the wire.
    public struct GetNumberResponse: ProtoMessage {
        /// `number`, field 1.
        public var number: Proto.PhoneNumber?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetNumberResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.TagChange` on the wire.
    public struct TagChange: ProtoMessage {
        /// `key`, field 1.
        public var key: String = ""
        /// Empty: remove the tag.
        public var value: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.TagChange"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.E164List` on the wire.
    public struct E164List: ProtoMessage {
        /// `e164s`, field 1.
        public var e164s: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.E164List"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PrefixList` on the wire.
    public struct PrefixList: ProtoMessage {
        /// "+1", "+4930".
        public var prefixes: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PrefixList"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.UpdateNumberRequest` on the wire.
    public struct UpdateNumberRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// `label`, field 3.
        public var label: String?
        /// `tags`, field 4.
        public var tags: [Proto.TagChange] = []
        /// `region`, field 5.
        public var region: String?
        /// UNSPECIFIED: unchanged.
        public var webhookMode: Proto.WebhookMode = .unspecified
        /// At most one of `fallback`, `clear_fallback`.
        public var fallbackChange: FallbackChange?
        /// `ring_timeout_seconds`, field 9.
        public var ringTimeoutSeconds: UInt32?
        /// Absent: unchanged.
        public var forwardedFrom: Proto.E164List?
        /// `release_protected`, field 11.
        public var releaseProtected: Bool?
        /// `allowed_destination_prefixes`, field 12.
        public var allowedDestinationPrefixes: Proto.PrefixList?
        /// `expected_version`, field 13.
        public var expectedVersion: UInt64?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateNumberRequest"
        /// Every field at its default.
        public init() {}

        /// What `fallback_change` can hold.
        public enum FallbackChange: Hashable, Sendable {
            /// `fallback`, field 7.
            case fallback(Proto.Fallback)
            /// `clear_fallback`, field 8.
            case clearFallback(Bool)
        }
    }

    /// `linekeeper.v1.UpdateNumberResponse` on the wire.
    public struct UpdateNumberResponse: ProtoMessage {
        /// `number`, field 1.
        public var number: Proto.PhoneNumber?
        /// WEBHOOKS_STILL_HERE: OUTBOUND_ONLY left the carrier's settings.
        public var warnings: [Proto.Warning] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.UpdateNumberResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SourceInfo` on the wire.
    public struct SourceInfo: ProtoMessage {
        /// `source`, field 1.
        public var source: Proto.Source = .unspecified
        /// `open`, field 2.
        public var `open`: Bool = false
        /// `reason`, field 3.
        public var reason: String = ""
        /// `message`, field 4.
        public var message: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SourceInfo"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListSourcesRequest` on the wire.
    public struct ListSourcesRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListSourcesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListSourcesResponse` on the wire.
    public struct ListSourcesResponse: ProtoMessage {
        /// `sources`, field 1.
        public var sources: [Proto.SourceInfo] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListSourcesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListCountriesRequest` on the wire.
    public struct ListCountriesRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `source`, field 2.
        public var source: Proto.Source = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListCountriesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Country` on the wire.
    public struct Country: ProtoMessage {
        /// `country_code`, field 1.
        public var countryCode: String = ""
        /// `name`, field 2.
        public var name: String = ""
        /// `calling_code`, field 3.
        public var callingCode: String = ""
        /// `types`, field 4.
        public var types: [Proto.NumberType] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Country"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListCountriesResponse` on the wire.
    public struct ListCountriesResponse: ProtoMessage {
        /// `countries`, field 1.
        public var countries: [Proto.Country] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListCountriesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAreaCodesRequest` on the wire.
    public struct ListAreaCodesRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `source`, field 2.
        public var source: Proto.Source = .unspecified
        /// `country_code`, field 3.
        public var countryCode: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAreaCodesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.AreaCode` on the wire.
    public struct AreaCode: ProtoMessage {
        /// `area_code`, field 1.
        public var areaCode: String = ""
        /// `region_label`, field 2.
        public var regionLabel: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.AreaCode"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListAreaCodesResponse` on the wire.
    public struct ListAreaCodesResponse: ProtoMessage {
        /// `area_codes`, field 1.
        public var areaCodes: [Proto.AreaCode] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListAreaCodesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SearchAvailableRequest` on the wire.
    public struct SearchAvailableRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `source`, field 2.
        public var source: Proto.Source = .unspecified
        /// `country_code`, field 3.
        public var countryCode: String = ""
        /// `area_code`, field 4.
        public var areaCode: String = ""
        /// `contains`, field 5.
        public var contains: String = ""
        /// `types`, field 6.
        public var types: [Proto.NumberType] = []
        /// `capabilities`, field 7.
        public var capabilities: [Proto.Capability] = []
        /// `limit`, field 8.
        public var limit: UInt32 = 0
        /// `refresh`, field 9.
        public var refresh: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SearchAvailableRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Requirement` on the wire.
    public struct Requirement: ProtoMessage {
        /// BUNDLE, ADDRESS.
        public var kind: String = ""
        /// `description`, field 2.
        public var description: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Requirement"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Offer` on the wire.
    public struct Offer: ProtoMessage {
        /// `offer_id`, field 1.
        public var offerID: String = ""
        /// `e164`, field 2.
        public var e164: String = ""
        /// `type`, field 3.
        public var type: Proto.NumberType = .unspecified
        /// `capabilities`, field 4.
        public var capabilities: [Proto.Capability] = []
        /// `region_label`, field 5.
        public var regionLabel: String = ""
        /// `monthly_cost_credits`, field 6.
        public var monthlyCostCredits: Int64 = 0
        /// `expires_at`, field 7.
        public var expiresAt: Proto.Timestamp?
        /// `requirements`, field 8.
        public var requirements: [Proto.Requirement] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Offer"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Suggestion` on the wire.
    public struct Suggestion: ProtoMessage {
        /// `text`, field 1.
        public var text: String = ""
        /// `area_code`, field 2.
        public var areaCode: String = ""
        /// `type`, field 3.
        public var type: Proto.NumberType = .unspecified
        /// `source`, field 4.
        public var source: Proto.Source = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Suggestion"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.SearchAvailableResponse` on the wire.
    public struct SearchAvailableResponse: ProtoMessage {
        /// `offers`, field 1.
        public var offers: [Proto.Offer] = []
        /// `suggestions`, field 2.
        public var suggestions: [Proto.Suggestion] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.SearchAvailableResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PurchaseNumbersRequest` on the wire.
    public struct PurchaseNumbersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `source`, field 2.
        public var source: Proto.Source = .unspecified
        /// At most 100.
        public var e164s: [String] = []
        /// Of all together.
        public var expectedMonthlyCostCredits: Int64 = 0
        /// `webhook_mode`, field 5.
        public var webhookMode: Proto.WebhookMode = .unspecified
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PurchaseNumbersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Order` on the wire.
    public struct Order: ProtoMessage {
        /// `order_id`, field 1.
        public var orderID: String = ""
        /// `workspace_id`, field 2.
        public var workspaceID: String = ""
        /// `e164`, field 3.
        public var e164: String = ""
        /// `source`, field 4.
        public var source: Proto.Source = .unspecified
        /// `state`, field 5.
        public var state: Proto.OrderState = .unspecified
        /// `monthly_cost_credits`, field 6.
        public var monthlyCostCredits: Int64 = 0
        /// `number_id`, field 7.
        public var numberID: String = ""
        /// `failure_reason`, field 8.
        public var failureReason: String = ""
        /// `failure_message`, field 9.
        public var failureMessage: String = ""
        /// Pending for more than ten minutes.
        public var overdue: Bool = false
        /// `created_at`, field 11.
        public var createdAt: Proto.Timestamp?
        /// `updated_at`, field 12.
        public var updatedAt: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Order"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.PurchaseNumbersResponse` on the wire.
    public struct PurchaseNumbersResponse: ProtoMessage {
        /// `orders`, field 1.
        public var orders: [Proto.Order] = []
        /// `numbers`, field 2.
        public var numbers: [Proto.PhoneNumber] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.PurchaseNumbersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetOrderRequest` on the wire.
    public struct GetOrderRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `order_id`, field 2.
        public var orderID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetOrderRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetOrderResponse` on the wire.
    public struct GetOrderResponse: ProtoMessage {
        /// `order`, field 1.
        public var order: Proto.Order?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetOrderResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListOrdersRequest` on the wire.
    public struct ListOrdersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `state`, field 2.
        public var state: Proto.OrderState = .unspecified
        /// `page`, field 3.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListOrdersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListOrdersResponse` on the wire.
    public struct ListOrdersResponse: ProtoMessage {
        /// `orders`, field 1.
        public var orders: [Proto.Order] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListOrdersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ProcessOrdersRequest` on the wire.
    public struct ProcessOrdersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// Empty: every pending one.
        public var orderIDs: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ProcessOrdersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ProcessOrdersResponse` on the wire.
    public struct ProcessOrdersResponse: ProtoMessage {
        /// `orders`, field 1.
        public var orders: [Proto.Order] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ProcessOrdersResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.WatchOrdersRequest` on the wire.
    public struct WatchOrdersRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `order_ids`, field 2.
        public var orderIDs: [String] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.WatchOrdersRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Region` on the wire.
    public struct Region: ProtoMessage {
        /// `id`, field 1.
        public var id: String = ""
        /// `label`, field 2.
        public var label: String = ""
        /// `carrier_region`, field 3.
        public var carrierRegion: String = ""
        /// `edge`, field 4.
        public var edge: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Region"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListRegionsRequest` on the wire.
    public struct ListRegionsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// Empty: every region there is.
        public var numberID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListRegionsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListRegionsResponse` on the wire.
    public struct ListRegionsResponse: ProtoMessage {
        /// `regions`, field 1.
        public var regions: [Proto.Region] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListRegionsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ReleaseNumberRequest` on the wire.
    public struct ReleaseNumberRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// `confirm_e164`, field 3.
        public var confirmE164: String = ""
        /// Absent: now.
        public var notBefore: Proto.Timestamp?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ReleaseNumberRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ReleaseNumberResponse` on the wire.
    public struct ReleaseNumberResponse: ProtoMessage {
        /// `number`, field 1.
        public var number: Proto.PhoneNumber?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ReleaseNumberResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.CancelReleaseRequest` on the wire.
    public struct CancelReleaseRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CancelReleaseRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.CancelReleaseResponse` on the wire.
    public struct CancelReleaseResponse: ProtoMessage {
        /// `number`, field 1.
        public var number: Proto.PhoneNumber?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CancelReleaseResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetCreditsRequest` on the wire.
    public struct GetCreditsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetCreditsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetCreditsResponse` on the wire.
    public struct GetCreditsResponse: ProtoMessage {
        /// `balance`, field 1.
        public var balance: Int64 = 0
        /// `monthly_allowance_credits`, field 2.
        public var monthlyAllowanceCredits: Int64 = 0
        /// `next_allowance_at`, field 3.
        public var nextAllowanceAt: Proto.Timestamp?
        /// Before the next allowance.
        public var renewalsDueCredits: Int64 = 0
        /// `shortfall_credits`, field 5.
        public var shortfallCredits: Int64 = 0
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetCreditsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListCreditEntriesRequest` on the wire.
    public struct ListCreditEntriesRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `page`, field 2.
        public var page: Proto.PageRequest?
        /// `range`, field 3.
        public var range: Proto.TimeRange?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListCreditEntriesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.CreditEntry` on the wire.
    public struct CreditEntry: ProtoMessage {
        /// `entry_id`, field 1.
        public var entryID: String = ""
        /// `at`, field 2.
        public var at: Proto.Timestamp?
        /// Negative: debited.
        public var credits: Int64 = 0
        /// `balance_after`, field 4.
        public var balanceAfter: Int64 = 0
        /// GRANT, ALLOWANCE, PURCHASE, RENEWAL, REFUND.
        public var kind: String = ""
        /// `note`, field 6.
        public var note: String = ""
        /// `number_id`, field 7.
        public var numberID: String = ""
        /// `order_id`, field 8.
        public var orderID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.CreditEntry"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListCreditEntriesResponse` on the wire.
    public struct ListCreditEntriesResponse: ProtoMessage {
        /// `entries`, field 1.
        public var entries: [Proto.CreditEntry] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListCreditEntriesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.Media` on the wire.
    public struct Media: ProtoMessage {
        /// `url`, field 1.
        public var url: String = ""
        /// `content_type`, field 2.
        public var contentType: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Media"
        /// Every field at its default.
        public init() {}
    }

    /// One SMS or MMS as it was sent or received.
    public struct MessageRecord: ProtoMessage {
        /// Made here; ignored by RecordMessages.
        public var messageID: String = ""
        /// Absent: now.
        public var at: Proto.Timestamp?
        /// `direction`, field 3.
        public var direction: Proto.MessageDirection = .unspecified
        /// UNSPECIFIED: MMS if there is media, else SMS.
        public var kind: Proto.MessageKind = .unspecified
        /// `from`, field 5.
        public var from: String = ""
        /// `to`, field 6.
        public var to: String = ""
        /// `body`, field 7.
        public var body: String = ""
        /// `media`, field 8.
        public var media: [Proto.Media] = []
        /// Made here from from/to.
        public var numberID: String = ""
        /// Absent in RecordMessages: the number's SMS agent at that moment.
        public var agentID: String = ""
        /// As the carrier says: queued, sent, delivered, failed, received.
        public var status: String = ""
        /// `carrier_message_id`, field 12.
        public var carrierMessageID: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.MessageRecord"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.RecordMessagesRequest` on the wire.
    public struct RecordMessagesRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// At most 1,000.
        public var messages: [Proto.MessageRecord] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RecordMessagesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.RecordedMessage` on the wire.
    public struct RecordedMessage: ProtoMessage {
        /// `message_id`, field 1.
        public var messageID: String = ""
        /// This carrier_message_id was here already; the first is kept.
        public var duplicate: Bool = false
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RecordedMessage"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.RecordMessagesResponse` on the wire.
    public struct RecordMessagesResponse: ProtoMessage {
        /// `messages`, field 1.
        public var messages: [Proto.RecordedMessage] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.RecordMessagesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.MessageFilter` on the wire.
    public struct MessageFilter: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `agent_id`, field 2.
        public var agentID: String = ""
        /// `direction`, field 3.
        public var direction: Proto.MessageDirection = .unspecified
        /// `kind`, field 4.
        public var kind: Proto.MessageKind = .unspecified
        /// `range`, field 5.
        public var range: Proto.TimeRange?
        /// Part of the body.
        public var text: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.MessageFilter"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListMessagesRequest` on the wire.
    public struct ListMessagesRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `filter`, field 2.
        public var filter: Proto.MessageFilter?
        /// `page`, field 3.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListMessagesRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListMessagesResponse` on the wire.
    public struct ListMessagesResponse: ProtoMessage {
        /// Newest first.
        public var messages: [Proto.MessageRecord] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListMessagesResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetForwardingInstructionsRequest` on the wire.
    public struct GetForwardingInstructionsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `number_id`, field 2.
        public var numberID: String = ""
        /// Of the line to forward; empty: the number's own.
        public var countryCode: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetForwardingInstructionsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ForwardingStep` on the wire.
    public struct ForwardingStep: ProtoMessage {
        /// Forward every call, When busy, ...
        public var title: String = ""
        /// *72..., **61*...#
        public var dial: String = ""
        /// `note`, field 3.
        public var note: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ForwardingStep"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.GetForwardingInstructionsResponse` on the wire.
    public struct GetForwardingInstructionsResponse: ProtoMessage {
        /// `destination_e164`, field 1.
        public var destinationE164: String = ""
        /// `steps`, field 2.
        public var steps: [Proto.ForwardingStep] = []
        /// `considerations`, field 3.
        public var considerations: [String] = []
        /// `warnings`, field 4.
        public var warnings: [Proto.Warning] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.GetForwardingInstructionsResponse"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.EventFilter` on the wire.
    public struct EventFilter: ProtoMessage {
        /// `number_id`, field 1.
        public var numberID: String = ""
        /// `agent_id`, field 2.
        public var agentID: String = ""
        /// Assignments.updated; a trailing * matches a prefix.
        public var action: String = ""
        /// A token's id.
        public var actor: String = ""
        /// `range`, field 5.
        public var range: Proto.TimeRange?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.EventFilter"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListEventsRequest` on the wire.
    public struct ListEventsRequest: ProtoMessage {
        /// `workspace_id`, field 1.
        public var workspaceID: String = ""
        /// `filter`, field 2.
        public var filter: Proto.EventFilter?
        /// `page`, field 3.
        public var page: Proto.PageRequest?
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListEventsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// One entry of the audit log.
    public struct Event: ProtoMessage {
        /// `event_id`, field 1.
        public var eventID: String = ""
        /// `sequence`, field 2.
        public var sequence: UInt64 = 0
        /// `at`, field 3.
        public var at: Proto.Timestamp?
        /// The token's id.
        public var actor: String = ""
        /// `action`, field 5.
        public var action: String = ""
        /// `workspace_id`, field 6.
        public var workspaceID: String = ""
        /// `number_id`, field 7.
        public var numberID: String = ""
        /// `e164`, field 8.
        public var e164: String = ""
        /// `agent_id`, field 9.
        public var agentID: String = ""
        /// `request_id`, field 10.
        public var requestID: String = ""
        /// {"before": {...}, "after": {...}, "reason": "..."}
        public var detailsJson: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.Event"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.v1.ListEventsResponse` on the wire.
    public struct ListEventsResponse: ProtoMessage {
        /// Newest first.
        public var events: [Proto.Event] = []
        /// `next_page_token`, field 2.
        public var nextPageToken: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.v1.ListEventsResponse"
        /// Every field at its default.
        public init() {}
    }

}

extension Proto.NumberFilter {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__number_filter__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__NumberFilter) -> Self {
        var m = Self()
        m.carrier = Read.value(c.carrier)
        m.origin = Read.value(c.origin)
        m.connectionID = Read.text(c.connection_id)
        m.countryCode = Read.text(c.country_code)
        m.type = Read.value(c.type)
        m.capability = Read.value(c.capability)
        m.status = Read.value(c.status)
        m.agentID = Read.text(c.agent_id)
        m.unassignedProfile = Read.value(c.unassigned_profile)
        m.outboundEnabled = Read.value(c.outbound_enabled)
        m.tag = Read.text(c.tag)
        m.text = Read.text(c.text)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__NumberFilter, _ w: Writer) {
        c.carrier = .init(rawValue: w.raw(m.carrier))
        c.origin = .init(rawValue: w.raw(m.origin))
        c.connection_id = w.text(m.connectionID)
        c.country_code = w.text(m.countryCode)
        c.type = .init(rawValue: w.raw(m.type))
        c.capability = .init(rawValue: w.raw(m.capability))
        c.status = .init(rawValue: w.raw(m.status))
        c.agent_id = w.text(m.agentID)
        c.unassigned_profile = .init(rawValue: w.raw(m.unassignedProfile))
        c.outbound_enabled = .init(rawValue: w.raw(m.outboundEnabled))
        c.tag = w.text(m.tag)
        c.text = w.text(m.text)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListNumbersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_numbers_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListNumbersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.filter = Read.message(c.filter)
        m.orderBy = Read.text(c.order_by)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListNumbersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.filter = w.message(m.filter)
        c.order_by = w.text(m.orderBy)
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Discovery {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__discovery__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Discovery) -> Self {
        var m = Self()
        m.state = Read.value(c.state)
        m.importableCount = c.importable_count
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Discovery, _ w: Writer) {
        c.state = .init(rawValue: w.raw(m.state))
        c.importable_count = m.importableCount
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListNumbersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_numbers_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListNumbersResponse) -> Self {
        var m = Self()
        m.numbers = Read.messages(c.n_numbers, c.numbers)
        m.nextPageToken = Read.text(c.next_page_token)
        m.discovery = Read.message(c.discovery)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListNumbersResponse, _ w: Writer) {
        (c.n_numbers, c.numbers) = w.messages(m.numbers)
        c.next_page_token = w.text(m.nextPageToken)
        c.discovery = w.message(m.discovery)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetNumberRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_number_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetNumberRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        switch c.number_case.rawValue {
        case 2: m.number = .numberID(Read.text(c.number_id))
        case 3: m.number = .e164(Read.text(c.e164))
        default: break
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetNumberRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        switch m.number {
        case .numberID(let value)?:
            c.number_case = .init(rawValue: 2)
            c.number_id = w.text(value)
        case .e164(let value)?:
            c.number_case = .init(rawValue: 3)
            c.e164 = w.text(value)
        case nil: break
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetNumberResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_number_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetNumberResponse) -> Self {
        var m = Self()
        m.number = Read.message(c.number)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetNumberResponse, _ w: Writer) {
        c.number = w.message(m.number)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.TagChange {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__tag_change__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__TagChange) -> Self {
        var m = Self()
        m.key = Read.text(c.key)
        m.value = Read.text(c.value)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__TagChange, _ w: Writer) {
        c.key = w.text(m.key)
        c.value = w.text(m.value)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.E164List {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__e164_list__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__E164List) -> Self {
        var m = Self()
        m.e164s = Read.texts(c.n_e164s, c.e164s)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__E164List, _ w: Writer) {
        (c.n_e164s, c.e164s) = w.texts(m.e164s)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PrefixList {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__prefix_list__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PrefixList) -> Self {
        var m = Self()
        m.prefixes = Read.texts(c.n_prefixes, c.prefixes)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PrefixList, _ w: Writer) {
        (c.n_prefixes, c.prefixes) = w.texts(m.prefixes)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateNumberRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_number_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateNumberRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        if c.label_opt_case.rawValue == 3 {
            m.label = Read.text(c.label)
        }
        m.tags = Read.messages(c.n_tags, c.tags)
        if c.region_opt_case.rawValue == 5 {
            m.region = Read.text(c.region)
        }
        m.webhookMode = Read.value(c.webhook_mode)
        switch c.fallback_change_case.rawValue {
        case 7: m.fallbackChange = Read.message(c.fallback).map { .fallback($0) }
        case 8: m.fallbackChange = .clearFallback(c.clear_fallback != 0)
        default: break
        }
        if c.ring_timeout_seconds_opt_case.rawValue == 9 {
            m.ringTimeoutSeconds = c.ring_timeout_seconds
        }
        m.forwardedFrom = Read.message(c.forwarded_from)
        if c.release_protected_opt_case.rawValue == 11 {
            m.releaseProtected = c.release_protected != 0
        }
        m.allowedDestinationPrefixes = Read.message(c.allowed_destination_prefixes)
        if c.expected_version_opt_case.rawValue == 13 {
            m.expectedVersion = c.expected_version
        }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateNumberRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        if let value = m.label {
            c.label_opt_case = .init(rawValue: 3)
            c.label = w.text(value)
        }
        (c.n_tags, c.tags) = w.messages(m.tags)
        if let value = m.region {
            c.region_opt_case = .init(rawValue: 5)
            c.region = w.text(value)
        }
        c.webhook_mode = .init(rawValue: w.raw(m.webhookMode))
        switch m.fallbackChange {
        case .fallback(let value)?:
            c.fallback_change_case = .init(rawValue: 7)
            c.fallback = w.message(value)
        case .clearFallback(let value)?:
            c.fallback_change_case = .init(rawValue: 8)
            c.clear_fallback = value ? 1 : 0
        case nil: break
        }
        if let value = m.ringTimeoutSeconds {
            c.ring_timeout_seconds_opt_case = .init(rawValue: 9)
            c.ring_timeout_seconds = value
        }
        c.forwarded_from = w.message(m.forwardedFrom)
        if let value = m.releaseProtected {
            c.release_protected_opt_case = .init(rawValue: 11)
            c.release_protected = value ? 1 : 0
        }
        c.allowed_destination_prefixes = w.message(m.allowedDestinationPrefixes)
        if let value = m.expectedVersion {
            c.expected_version_opt_case = .init(rawValue: 13)
            c.expected_version = value
        }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.UpdateNumberResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__update_number_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__UpdateNumberResponse) -> Self {
        var m = Self()
        m.number = Read.message(c.number)
        m.warnings = Read.messages(c.n_warnings, c.warnings)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__UpdateNumberResponse, _ w: Writer) {
        c.number = w.message(m.number)
        (c.n_warnings, c.warnings) = w.messages(m.warnings)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SourceInfo {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__source_info__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SourceInfo) -> Self {
        var m = Self()
        m.source = Read.value(c.source)
        m.`open` = c.`open` != 0
        m.reason = Read.text(c.reason)
        m.message = Read.text(c.message)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SourceInfo, _ w: Writer) {
        c.source = .init(rawValue: w.raw(m.source))
        c.`open` = m.`open` ? 1 : 0
        c.reason = w.text(m.reason)
        c.message = w.text(m.message)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListSourcesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_sources_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListSourcesRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListSourcesRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListSourcesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_sources_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListSourcesResponse) -> Self {
        var m = Self()
        m.sources = Read.messages(c.n_sources, c.sources)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListSourcesResponse, _ w: Writer) {
        (c.n_sources, c.sources) = w.messages(m.sources)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListCountriesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_countries_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListCountriesRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.source = Read.value(c.source)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListCountriesRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.source = .init(rawValue: w.raw(m.source))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Country {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__country__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Country) -> Self {
        var m = Self()
        m.countryCode = Read.text(c.country_code)
        m.name = Read.text(c.name)
        m.callingCode = Read.text(c.calling_code)
        m.types = Read.list(c.n_types, c.types) { Read.value($0) }
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Country, _ w: Writer) {
        c.country_code = w.text(m.countryCode)
        c.name = w.text(m.name)
        c.calling_code = w.text(m.callingCode)
        (c.n_types, c.types) = w.list(m.types) { .init(rawValue: w.raw($0)) }
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListCountriesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_countries_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListCountriesResponse) -> Self {
        var m = Self()
        m.countries = Read.messages(c.n_countries, c.countries)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListCountriesResponse, _ w: Writer) {
        (c.n_countries, c.countries) = w.messages(m.countries)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAreaCodesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_area_codes_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAreaCodesRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.source = Read.value(c.source)
        m.countryCode = Read.text(c.country_code)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAreaCodesRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.source = .init(rawValue: w.raw(m.source))
        c.country_code = w.text(m.countryCode)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.AreaCode {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__area_code__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__AreaCode) -> Self {
        var m = Self()
        m.areaCode = Read.text(c.area_code)
        m.regionLabel = Read.text(c.region_label)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__AreaCode, _ w: Writer) {
        c.area_code = w.text(m.areaCode)
        c.region_label = w.text(m.regionLabel)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListAreaCodesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_area_codes_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListAreaCodesResponse) -> Self {
        var m = Self()
        m.areaCodes = Read.messages(c.n_area_codes, c.area_codes)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListAreaCodesResponse, _ w: Writer) {
        (c.n_area_codes, c.area_codes) = w.messages(m.areaCodes)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SearchAvailableRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__search_available_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SearchAvailableRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.source = Read.value(c.source)
        m.countryCode = Read.text(c.country_code)
        m.areaCode = Read.text(c.area_code)
        m.contains = Read.text(c.contains)
        m.types = Read.list(c.n_types, c.types) { Read.value($0) }
        m.capabilities = Read.list(c.n_capabilities, c.capabilities) { Read.value($0) }
        m.limit = c.limit
        m.refresh = c.refresh != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SearchAvailableRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.source = .init(rawValue: w.raw(m.source))
        c.country_code = w.text(m.countryCode)
        c.area_code = w.text(m.areaCode)
        c.contains = w.text(m.contains)
        (c.n_types, c.types) = w.list(m.types) { .init(rawValue: w.raw($0)) }
        (c.n_capabilities, c.capabilities) = w.list(m.capabilities) { .init(rawValue: w.raw($0)) }
        c.limit = m.limit
        c.refresh = m.refresh ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Requirement {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__requirement__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Requirement) -> Self {
        var m = Self()
        m.kind = Read.text(c.kind)
        m.description = Read.text(c.description)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Requirement, _ w: Writer) {
        c.kind = w.text(m.kind)
        c.description = w.text(m.description)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Offer {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__offer__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Offer) -> Self {
        var m = Self()
        m.offerID = Read.text(c.offer_id)
        m.e164 = Read.text(c.e164)
        m.type = Read.value(c.type)
        m.capabilities = Read.list(c.n_capabilities, c.capabilities) { Read.value($0) }
        m.regionLabel = Read.text(c.region_label)
        m.monthlyCostCredits = c.monthly_cost_credits
        m.expiresAt = Read.message(c.expires_at)
        m.requirements = Read.messages(c.n_requirements, c.requirements)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Offer, _ w: Writer) {
        c.offer_id = w.text(m.offerID)
        c.e164 = w.text(m.e164)
        c.type = .init(rawValue: w.raw(m.type))
        (c.n_capabilities, c.capabilities) = w.list(m.capabilities) { .init(rawValue: w.raw($0)) }
        c.region_label = w.text(m.regionLabel)
        c.monthly_cost_credits = m.monthlyCostCredits
        c.expires_at = w.message(m.expiresAt)
        (c.n_requirements, c.requirements) = w.messages(m.requirements)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Suggestion {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__suggestion__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Suggestion) -> Self {
        var m = Self()
        m.text = Read.text(c.text)
        m.areaCode = Read.text(c.area_code)
        m.type = Read.value(c.type)
        m.source = Read.value(c.source)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Suggestion, _ w: Writer) {
        c.text = w.text(m.text)
        c.area_code = w.text(m.areaCode)
        c.type = .init(rawValue: w.raw(m.type))
        c.source = .init(rawValue: w.raw(m.source))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.SearchAvailableResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__search_available_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__SearchAvailableResponse) -> Self {
        var m = Self()
        m.offers = Read.messages(c.n_offers, c.offers)
        m.suggestions = Read.messages(c.n_suggestions, c.suggestions)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__SearchAvailableResponse, _ w: Writer) {
        (c.n_offers, c.offers) = w.messages(m.offers)
        (c.n_suggestions, c.suggestions) = w.messages(m.suggestions)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PurchaseNumbersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__purchase_numbers_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PurchaseNumbersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.source = Read.value(c.source)
        m.e164s = Read.texts(c.n_e164s, c.e164s)
        m.expectedMonthlyCostCredits = c.expected_monthly_cost_credits
        m.webhookMode = Read.value(c.webhook_mode)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PurchaseNumbersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.source = .init(rawValue: w.raw(m.source))
        (c.n_e164s, c.e164s) = w.texts(m.e164s)
        c.expected_monthly_cost_credits = m.expectedMonthlyCostCredits
        c.webhook_mode = .init(rawValue: w.raw(m.webhookMode))
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Order {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__order__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Order) -> Self {
        var m = Self()
        m.orderID = Read.text(c.order_id)
        m.workspaceID = Read.text(c.workspace_id)
        m.e164 = Read.text(c.e164)
        m.source = Read.value(c.source)
        m.state = Read.value(c.state)
        m.monthlyCostCredits = c.monthly_cost_credits
        m.numberID = Read.text(c.number_id)
        m.failureReason = Read.text(c.failure_reason)
        m.failureMessage = Read.text(c.failure_message)
        m.overdue = c.overdue != 0
        m.createdAt = Read.message(c.created_at)
        m.updatedAt = Read.message(c.updated_at)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Order, _ w: Writer) {
        c.order_id = w.text(m.orderID)
        c.workspace_id = w.text(m.workspaceID)
        c.e164 = w.text(m.e164)
        c.source = .init(rawValue: w.raw(m.source))
        c.state = .init(rawValue: w.raw(m.state))
        c.monthly_cost_credits = m.monthlyCostCredits
        c.number_id = w.text(m.numberID)
        c.failure_reason = w.text(m.failureReason)
        c.failure_message = w.text(m.failureMessage)
        c.overdue = m.overdue ? 1 : 0
        c.created_at = w.message(m.createdAt)
        c.updated_at = w.message(m.updatedAt)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.PurchaseNumbersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__purchase_numbers_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__PurchaseNumbersResponse) -> Self {
        var m = Self()
        m.orders = Read.messages(c.n_orders, c.orders)
        m.numbers = Read.messages(c.n_numbers, c.numbers)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__PurchaseNumbersResponse, _ w: Writer) {
        (c.n_orders, c.orders) = w.messages(m.orders)
        (c.n_numbers, c.numbers) = w.messages(m.numbers)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetOrderRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_order_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetOrderRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.orderID = Read.text(c.order_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetOrderRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.order_id = w.text(m.orderID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetOrderResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_order_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetOrderResponse) -> Self {
        var m = Self()
        m.order = Read.message(c.order)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetOrderResponse, _ w: Writer) {
        c.order = w.message(m.order)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListOrdersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_orders_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListOrdersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.state = Read.value(c.state)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListOrdersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.state = .init(rawValue: w.raw(m.state))
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListOrdersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_orders_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListOrdersResponse) -> Self {
        var m = Self()
        m.orders = Read.messages(c.n_orders, c.orders)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListOrdersResponse, _ w: Writer) {
        (c.n_orders, c.orders) = w.messages(m.orders)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ProcessOrdersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__process_orders_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ProcessOrdersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.orderIDs = Read.texts(c.n_order_ids, c.order_ids)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ProcessOrdersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        (c.n_order_ids, c.order_ids) = w.texts(m.orderIDs)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ProcessOrdersResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__process_orders_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ProcessOrdersResponse) -> Self {
        var m = Self()
        m.orders = Read.messages(c.n_orders, c.orders)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ProcessOrdersResponse, _ w: Writer) {
        (c.n_orders, c.orders) = w.messages(m.orders)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.WatchOrdersRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__watch_orders_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__WatchOrdersRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.orderIDs = Read.texts(c.n_order_ids, c.order_ids)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__WatchOrdersRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        (c.n_order_ids, c.order_ids) = w.texts(m.orderIDs)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Region {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__region__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Region) -> Self {
        var m = Self()
        m.id = Read.text(c.id)
        m.label = Read.text(c.label)
        m.carrierRegion = Read.text(c.carrier_region)
        m.edge = Read.text(c.edge)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Region, _ w: Writer) {
        c.id = w.text(m.id)
        c.label = w.text(m.label)
        c.carrier_region = w.text(m.carrierRegion)
        c.edge = w.text(m.edge)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListRegionsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_regions_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListRegionsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListRegionsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListRegionsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_regions_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListRegionsResponse) -> Self {
        var m = Self()
        m.regions = Read.messages(c.n_regions, c.regions)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListRegionsResponse, _ w: Writer) {
        (c.n_regions, c.regions) = w.messages(m.regions)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ReleaseNumberRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__release_number_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ReleaseNumberRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.confirmE164 = Read.text(c.confirm_e164)
        m.notBefore = Read.message(c.not_before)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ReleaseNumberRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        c.confirm_e164 = w.text(m.confirmE164)
        c.not_before = w.message(m.notBefore)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ReleaseNumberResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__release_number_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ReleaseNumberResponse) -> Self {
        var m = Self()
        m.number = Read.message(c.number)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ReleaseNumberResponse, _ w: Writer) {
        c.number = w.message(m.number)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.CancelReleaseRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__cancel_release_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CancelReleaseRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CancelReleaseRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.CancelReleaseResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__cancel_release_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CancelReleaseResponse) -> Self {
        var m = Self()
        m.number = Read.message(c.number)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CancelReleaseResponse, _ w: Writer) {
        c.number = w.message(m.number)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetCreditsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_credits_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetCreditsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetCreditsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetCreditsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_credits_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetCreditsResponse) -> Self {
        var m = Self()
        m.balance = c.balance
        m.monthlyAllowanceCredits = c.monthly_allowance_credits
        m.nextAllowanceAt = Read.message(c.next_allowance_at)
        m.renewalsDueCredits = c.renewals_due_credits
        m.shortfallCredits = c.shortfall_credits
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetCreditsResponse, _ w: Writer) {
        c.balance = m.balance
        c.monthly_allowance_credits = m.monthlyAllowanceCredits
        c.next_allowance_at = w.message(m.nextAllowanceAt)
        c.renewals_due_credits = m.renewalsDueCredits
        c.shortfall_credits = m.shortfallCredits
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListCreditEntriesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_credit_entries_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListCreditEntriesRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.page = Read.message(c.page)
        m.range = Read.message(c.range)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListCreditEntriesRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.page = w.message(m.page)
        c.range = w.message(m.range)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.CreditEntry {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__credit_entry__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__CreditEntry) -> Self {
        var m = Self()
        m.entryID = Read.text(c.entry_id)
        m.at = Read.message(c.at)
        m.credits = c.credits
        m.balanceAfter = c.balance_after
        m.kind = Read.text(c.kind)
        m.note = Read.text(c.note)
        m.numberID = Read.text(c.number_id)
        m.orderID = Read.text(c.order_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__CreditEntry, _ w: Writer) {
        c.entry_id = w.text(m.entryID)
        c.at = w.message(m.at)
        c.credits = m.credits
        c.balance_after = m.balanceAfter
        c.kind = w.text(m.kind)
        c.note = w.text(m.note)
        c.number_id = w.text(m.numberID)
        c.order_id = w.text(m.orderID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListCreditEntriesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_credit_entries_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListCreditEntriesResponse) -> Self {
        var m = Self()
        m.entries = Read.messages(c.n_entries, c.entries)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListCreditEntriesResponse, _ w: Writer) {
        (c.n_entries, c.entries) = w.messages(m.entries)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Media {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__media__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Media) -> Self {
        var m = Self()
        m.url = Read.text(c.url)
        m.contentType = Read.text(c.content_type)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Media, _ w: Writer) {
        c.url = w.text(m.url)
        c.content_type = w.text(m.contentType)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.MessageRecord {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__message_record__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__MessageRecord) -> Self {
        var m = Self()
        m.messageID = Read.text(c.message_id)
        m.at = Read.message(c.at)
        m.direction = Read.value(c.direction)
        m.kind = Read.value(c.kind)
        m.from = Read.text(c.from)
        m.to = Read.text(c.to)
        m.body = Read.text(c.body)
        m.media = Read.messages(c.n_media, c.media)
        m.numberID = Read.text(c.number_id)
        m.agentID = Read.text(c.agent_id)
        m.status = Read.text(c.status)
        m.carrierMessageID = Read.text(c.carrier_message_id)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__MessageRecord, _ w: Writer) {
        c.message_id = w.text(m.messageID)
        c.at = w.message(m.at)
        c.direction = .init(rawValue: w.raw(m.direction))
        c.kind = .init(rawValue: w.raw(m.kind))
        c.from = w.text(m.from)
        c.to = w.text(m.to)
        c.body = w.text(m.body)
        (c.n_media, c.media) = w.messages(m.media)
        c.number_id = w.text(m.numberID)
        c.agent_id = w.text(m.agentID)
        c.status = w.text(m.status)
        c.carrier_message_id = w.text(m.carrierMessageID)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.RecordMessagesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__record_messages_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RecordMessagesRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.messages = Read.messages(c.n_messages, c.messages)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RecordMessagesRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        (c.n_messages, c.messages) = w.messages(m.messages)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.RecordedMessage {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__recorded_message__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RecordedMessage) -> Self {
        var m = Self()
        m.messageID = Read.text(c.message_id)
        m.duplicate = c.duplicate != 0
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RecordedMessage, _ w: Writer) {
        c.message_id = w.text(m.messageID)
        c.duplicate = m.duplicate ? 1 : 0
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.RecordMessagesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__record_messages_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__RecordMessagesResponse) -> Self {
        var m = Self()
        m.messages = Read.messages(c.n_messages, c.messages)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__RecordMessagesResponse, _ w: Writer) {
        (c.n_messages, c.messages) = w.messages(m.messages)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.MessageFilter {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__message_filter__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__MessageFilter) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.agentID = Read.text(c.agent_id)
        m.direction = Read.value(c.direction)
        m.kind = Read.value(c.kind)
        m.range = Read.message(c.range)
        m.text = Read.text(c.text)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__MessageFilter, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.agent_id = w.text(m.agentID)
        c.direction = .init(rawValue: w.raw(m.direction))
        c.kind = .init(rawValue: w.raw(m.kind))
        c.range = w.message(m.range)
        c.text = w.text(m.text)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListMessagesRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_messages_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListMessagesRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.filter = Read.message(c.filter)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListMessagesRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.filter = w.message(m.filter)
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListMessagesResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_messages_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListMessagesResponse) -> Self {
        var m = Self()
        m.messages = Read.messages(c.n_messages, c.messages)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListMessagesResponse, _ w: Writer) {
        (c.n_messages, c.messages) = w.messages(m.messages)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetForwardingInstructionsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_forwarding_instructions_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetForwardingInstructionsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.countryCode = Read.text(c.country_code)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetForwardingInstructionsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        c.country_code = w.text(m.countryCode)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ForwardingStep {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__forwarding_step__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ForwardingStep) -> Self {
        var m = Self()
        m.title = Read.text(c.title)
        m.dial = Read.text(c.dial)
        m.note = Read.text(c.note)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ForwardingStep, _ w: Writer) {
        c.title = w.text(m.title)
        c.dial = w.text(m.dial)
        c.note = w.text(m.note)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetForwardingInstructionsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__get_forwarding_instructions_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__GetForwardingInstructionsResponse) -> Self {
        var m = Self()
        m.destinationE164 = Read.text(c.destination_e164)
        m.steps = Read.messages(c.n_steps, c.steps)
        m.considerations = Read.texts(c.n_considerations, c.considerations)
        m.warnings = Read.messages(c.n_warnings, c.warnings)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__GetForwardingInstructionsResponse, _ w: Writer) {
        c.destination_e164 = w.text(m.destinationE164)
        (c.n_steps, c.steps) = w.messages(m.steps)
        (c.n_considerations, c.considerations) = w.texts(m.considerations)
        (c.n_warnings, c.warnings) = w.messages(m.warnings)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.EventFilter {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__event_filter__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__EventFilter) -> Self {
        var m = Self()
        m.numberID = Read.text(c.number_id)
        m.agentID = Read.text(c.agent_id)
        m.action = Read.text(c.action)
        m.actor = Read.text(c.actor)
        m.range = Read.message(c.range)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__EventFilter, _ w: Writer) {
        c.number_id = w.text(m.numberID)
        c.agent_id = w.text(m.agentID)
        c.action = w.text(m.action)
        c.actor = w.text(m.actor)
        c.range = w.message(m.range)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListEventsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_events_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListEventsRequest) -> Self {
        var m = Self()
        m.workspaceID = Read.text(c.workspace_id)
        m.filter = Read.message(c.filter)
        m.page = Read.message(c.page)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListEventsRequest, _ w: Writer) {
        c.workspace_id = w.text(m.workspaceID)
        c.filter = w.message(m.filter)
        c.page = w.message(m.page)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.Event {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__event__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__Event) -> Self {
        var m = Self()
        m.eventID = Read.text(c.event_id)
        m.sequence = c.sequence
        m.at = Read.message(c.at)
        m.actor = Read.text(c.actor)
        m.action = Read.text(c.action)
        m.workspaceID = Read.text(c.workspace_id)
        m.numberID = Read.text(c.number_id)
        m.e164 = Read.text(c.e164)
        m.agentID = Read.text(c.agent_id)
        m.requestID = Read.text(c.request_id)
        m.detailsJson = Read.text(c.details_json)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__Event, _ w: Writer) {
        c.event_id = w.text(m.eventID)
        c.sequence = m.sequence
        c.at = w.message(m.at)
        c.actor = w.text(m.actor)
        c.action = w.text(m.action)
        c.workspace_id = w.text(m.workspaceID)
        c.number_id = w.text(m.numberID)
        c.e164 = w.text(m.e164)
        c.agent_id = w.text(m.agentID)
        c.request_id = w.text(m.requestID)
        c.details_json = w.text(m.detailsJson)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.ListEventsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__v1__list_events_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__V1__ListEventsResponse) -> Self {
        var m = Self()
        m.events = Read.messages(c.n_events, c.events)
        m.nextPageToken = Read.text(c.next_page_token)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__V1__ListEventsResponse, _ w: Writer) {
        (c.n_events, c.events) = w.messages(m.events)
        c.next_page_token = w.text(m.nextPageToken)
        w.unknown(m.unknownFields, &c.base)
    }
}
