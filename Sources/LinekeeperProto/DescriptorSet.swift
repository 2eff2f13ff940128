/// The descriptors of every proto this package was built from, imports included.
public enum DescriptorSet {
    /// A serialized `google.protobuf.FileDescriptorSet`, the same as `proto/linekeeper.protoset`;
    /// what `linekeeper.rpc.v1.Reflection/GetDescriptors` answers with.
    public static let bytes: [UInt8] = base64.withUTF8Buffer { Base64.decode($0) ?? [] }
}
