// Made from linekeeper/rpc/v1/reflection.proto by scripts/generate-proto.

internal import CLinekeeperProto

extension Proto {
    /// `linekeeper.rpc.v1.GetDescriptorsRequest` on the wire.
    public struct GetDescriptorsRequest: ProtoMessage {
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.GetDescriptorsRequest"
        /// Every field at its default.
        public init() {}
    }

    /// `linekeeper.rpc.v1.GetDescriptorsResponse` on the wire.
    public struct GetDescriptorsResponse: ProtoMessage {
        /// A serialized google.protobuf.FileDescriptorSet of every served proto and its imports.
        public var fileDescriptorSet: [UInt8] = []
        /// The fields that are unknown here, as they came.
        public package(set) var unknownFields: [UInt8] = []
        /// The name in the proto files.
        public static let fullName = "linekeeper.rpc.v1.GetDescriptorsResponse"
        /// Every field at its default.
        public init() {}
    }

}

extension Proto.GetDescriptorsRequest {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__get_descriptors_request__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__GetDescriptorsRequest) -> Self {
        var m = Self()
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__GetDescriptorsRequest, _ w: Writer) {
        w.unknown(m.unknownFields, &c.base)
    }
}

extension Proto.GetDescriptorsResponse {
    /// How this type is copied to and from C.
    public static let codec = MessageCodec(
        linekeeper__rpc__v1__get_descriptors_response__init, read: read, write: write)

    private static func read(_ c: Linekeeper__Rpc__V1__GetDescriptorsResponse) -> Self {
        var m = Self()
        m.fileDescriptorSet = Read.bytes(c.file_descriptor_set)
        m.unknownFields = Read.unknown(c.base)
        return m
    }

    private static func write(_ m: Self, _ c: inout Linekeeper__Rpc__V1__GetDescriptorsResponse, _ w: Writer) {
        c.file_descriptor_set = w.bytes(m.fileDescriptorSet)
        w.unknown(m.unknownFields, &c.base)
    }
}
