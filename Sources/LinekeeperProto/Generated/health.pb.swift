// Made from grpc/health/v1/health.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `grpc.health.v1.HealthCheckRequest` on the wire.
    public struct HealthCheckRequest: ProtoMessage {
        /// Empty: the server as a whole.
        public var service: String = ""
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "grpc.health.v1.HealthCheckRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `grpc.health.v1.HealthCheckResponse` on the wire.
    public struct HealthCheckResponse: ProtoMessage {
        /// `status`, field 1.
        public var status: Proto.HealthCheckResponse.ServingStatus = .unknown
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "grpc.health.v1.HealthCheckResponse"
        /// Every field at its default.
        public init() {}

        /// `grpc.health.v1.HealthCheckResponse.ServingStatus` on the wire.
        public enum ServingStatus: ProtoEnum {
            /// `UNKNOWN`, 0.
            case unknown
            /// `SERVING`, 1.
            case serving
            /// `NOT_SERVING`, 2.
            case notServing
            /// Only in answers of Watch.
            case serviceUnknown
            /// A number that this version has no name for.
            case unrecognized(Int32)

            /// The name in the proto files.
            public static let fullName = "grpc.health.v1.HealthCheckResponse.ServingStatus"
            /// What the proto puts before every name.
            public static let prefix = ""
            /// The known values and their names.
            public static let names: [(value: Self, name: String)] = [
                (.unknown, "UNKNOWN"),
                (.serving, "SERVING"),
                (.notServing, "NOT_SERVING"),
                (.serviceUnknown, "SERVICE_UNKNOWN"),
            ]

            /// The value with this number, known or not.
            public init(rawValue: Int32) {
                switch rawValue {
                case 0: self = .unknown
                case 1: self = .serving
                case 2: self = .notServing
                case 3: self = .serviceUnknown
                default: self = .unrecognized(rawValue)
                }
            }

            /// The number on the wire.
            public var rawValue: Int32 {
                switch self {
                case .unknown: 0
                case .serving: 1
                case .notServing: 2
                case .serviceUnknown: 3
                case .unrecognized(let number): number
                }
            }
        }
    }

}

extension Proto.HealthCheckRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        grpc__health__v1__health_check_request__init, read: read, write: write)

    private static func read(_ c: Grpc__Health__V1__HealthCheckRequest) -> Self {
        var m = Self()
        m.service = Read.text(c.service)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Grpc__Health__V1__HealthCheckRequest, _ w: Writer) {
        c.service = w.text(m.service)
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.HealthCheckResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        grpc__health__v1__health_check_response__init, read: read, write: write)

    private static func read(_ c: Grpc__Health__V1__HealthCheckResponse) -> Self {
        var m = Self()
        m.status = Read.value(c.status)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Grpc__Health__V1__HealthCheckResponse, _ w: Writer) {
        c.status = .init(rawValue: w.raw(m.status))
        w.unknown(m.unknownFields, &c.base)
    }
}
