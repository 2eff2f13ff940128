/// Turns messages into JSON and JSON into messages by their descriptors, without generated code.
///
/// It follows proto3's JSON mapping: names in lowerCamelCase, enumerations by name, 64-bit numbers and
/// `bytes` (base 64) as text, `google.protobuf.Timestamp` in RFC 3339, unset fields left out. Of the
/// well-known types only Timestamp has a form of its own here. Reading, it also takes names as the
/// proto has them, and enumeration values without their prefix, in either case, or as numbers.
public struct JSONTranscoder: Sendable {
    /// Messages inside messages; deeper ones are refused.
    static let depthMax = 64

    static let timestamp = "google.protobuf.Timestamp"

    let pool: SchemaPool

    /// Makes a transcoder for the types in the pool.
    public init(_ pool: SchemaPool) {
        self.pool = pool
    }

    /// The JSON for an encoded message; fields that the descriptors do not know are left out.
    ///
    /// - Parameters:
    ///   - type: The full name: `linekeeper.v1.PhoneNumber`.
    ///   - pretty: One member a line, indented by two spaces a level; else all on one line.
    /// - Throws: ``TranscodingError`` naming the field at fault.
    public func json(
        from bytes: [UInt8], type: String, pretty: Bool = false
    ) throws(TranscodingError) -> String {
        let value = bytes.withUnsafeBytes { bytes in
            Result { () throws(TranscodingError) in
                try WireToJSON(pool: pool, bytes: bytes).message(type, [0..<bytes.count], depth: 0)
            }
        }
        return JSONWriter.text(of: try value.get(), pretty: pretty)
    }

    /// The encoded message for a JSON object.
    ///
    /// Fields are written in the order of their numbers, so equal JSON gives equal bytes.
    ///
    /// - Throws: ``TranscodingError`` naming the field at fault and what was expected there.
    public func bytes(fromJSON text: String, type: String) throws(TranscodingError) -> [UInt8] {
        try JSONToWire(pool: pool).message(type, try JSONParser.parse(text), depth: 0)
    }
}
