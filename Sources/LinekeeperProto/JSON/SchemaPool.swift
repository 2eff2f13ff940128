/// A set of descriptors that cannot be used.
public struct MalformedSchema: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public let description: String
}

/// The messages, enumerations and methods that a set of descriptors describes.
///
/// It is read from bytes, so that a client can speak to a server whose proto files it does not have.
public struct SchemaPool: Sendable {
    /// One method of a service.
    public struct Method: Hashable, Sendable {
        /// gRPC's path: `/linekeeper.v1.AssignmentService/RouteInbound`.
        public var path: String
        /// The full name of the message it takes.
        public var input: String
        /// The full name of the message, or of each message, it answers with.
        public var output: String
        /// Whether it takes a stream of messages.
        public var isClientStreaming: Bool
        /// Whether it answers with a stream of messages.
        public var isServerStreaming: Bool
    }

    /// Every method, in the order of the descriptors.
    public let methods: [Method]

    private let messages: [String: MessageSchema]
    private let enums: [String: EnumSchema]

    /// Reads a serialized `google.protobuf.FileDescriptorSet`.
    ///
    /// - Throws: ``MalformedSchema`` when the bytes are none, or describe what this reader does not
    ///   know.
    public init(descriptorSet bytes: [UInt8]) throws(MalformedSchema) {
        let read = bytes.withUnsafeBytes { bytes in
            Result { () throws(MalformedSchema) in
                var reader = DescriptorReader(bytes)
                try reader.read()
                return reader
            }
        }
        let reader = try read.get()
        methods = reader.methods
        messages = reader.messages
        enums = reader.enums
    }

    /// The method with this path.
    public func method(path: String) -> Method? { methods.first { $0.path == path } }

    /// The full names of all messages, sorted.
    public var messageNames: [String] {
        messages.values.filter { !$0.isMapEntry }.map(\.fullName).sorted()
    }

    func message(_ fullName: String) -> MessageSchema? { messages[fullName] }

    func enumeration(_ fullName: String) -> EnumSchema? { enums[fullName] }
}

/// Reads `google/protobuf/descriptor.proto`'s messages by their field numbers.
private struct DescriptorReader {
    private(set) var methods: [SchemaPool.Method] = []
    private(set) var messages: [String: MessageSchema] = [:]
    private(set) var enums: [String: EnumSchema] = [:]

    private let bytes: UnsafeRawBufferPointer

    /// Messages inside messages; protoc allows 32.
    private static let depthMax = 32

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func read() throws(MalformedSchema) {
        for file in try record(0..<bytes.count).records(1) {
            let file = try record(file)
            let package = try text(file, 2)
            let isProto3 = try text(file, 12) == "proto3"
            for message in file.records(4) {
                try readMessage(message, in: package, isProto3: isProto3, depth: 1)
            }
            for enumeration in file.records(5) { try readEnum(enumeration, in: package) }
            for service in file.records(6) { try readService(service, in: package) }
        }
    }

    private mutating func readMessage(
        _ range: Range<Int>, in scope: String, isProto3: Bool, depth: Int
    ) throws(MalformedSchema) {
        guard depth <= DescriptorReader.depthMax else {
            throw MalformedSchema(description: "the descriptors nest messages too deep")
        }
        let source = try record(range)
        let fullName = join(scope, try text(source, 1))
        var fields: [FieldSchema] = []
        for field in source.records(2) {
            fields.append(try readField(field, in: fullName, isProto3: isProto3))
        }
        var oneofs: [String] = []
        for oneof in source.records(8) { oneofs.append(try text(try record(oneof), 1)) }
        let options = try source.records(7).last.map { options throws(MalformedSchema) in
            try record(options)
        }
        messages[fullName] = MessageSchema(
            fullName: fullName, fields: fields, oneofs: oneofs, isMapEntry: options?.number(7) == 1)
        for nested in source.records(3) {
            try readMessage(nested, in: fullName, isProto3: isProto3, depth: depth + 1)
        }
        for enumeration in source.records(4) { try readEnum(enumeration, in: fullName) }
    }

    private func readField(
        _ range: Range<Int>, in message: String, isProto3: Bool
    ) throws(MalformedSchema) -> FieldSchema {
        let source = try record(range)
        let name = try text(source, 1)
        guard let number = source.number(3), number > 0, number < 1 << 29,
            let kind = source.number(5).flatMap(FieldSchema.Kind.init)
        else {
            throw MalformedSchema(
                description: "the descriptor of \(message).\(name) has a number or type that is "
                    + "not supported")
        }
        let jsonName = try text(source, 10)
        let isRepeated = source.number(4) == 3
        let oneof = source.number(9).map { Int(truncatingIfNeeded: $0) }
        return FieldSchema(
            name: name, jsonName: jsonName.isEmpty ? name : jsonName, number: number, kind: kind,
            typeName: String(try text(source, 6).drop { $0 == "." }), isRepeated: isRepeated,
            oneof: oneof,
            hasPresence: !isRepeated && (oneof != nil || kind == .message || !isProto3))
    }

    private mutating func readEnum(
        _ range: Range<Int>, in scope: String
    ) throws(MalformedSchema) {
        let source = try record(range)
        let fullName = join(scope, try text(source, 1))
        var values: [(name: String, number: Int32)] = []
        for value in source.records(2) {
            let value = try record(value)
            values.append((try text(value, 1), Int32(truncatingIfNeeded: value.number(2) ?? 0)))
        }
        enums[fullName] = EnumSchema(fullName: fullName, values: values)
    }

    private mutating func readService(
        _ range: Range<Int>, in scope: String
    ) throws(MalformedSchema) {
        let source = try record(range)
        let service = join(scope, try text(source, 1))
        for method in source.records(2) {
            let method = try record(method)
            methods.append(
                SchemaPool.Method(
                    path: "/\(service)/\(try text(method, 1))",
                    input: String(try text(method, 2).drop { $0 == "." }),
                    output: String(try text(method, 3).drop { $0 == "." }),
                    isClientStreaming: method.number(5) == 1,
                    isServerStreaming: method.number(6) == 1))
        }
    }

    private func join(_ scope: String, _ name: String) -> String {
        scope.isEmpty ? name : "\(scope).\(name)"
    }

    /// The fields of one message by number: numbers as they are, the rest as ranges.
    private struct Record {
        var numbers: [UInt64: UInt64] = [:]
        var contents: [UInt64: [Range<Int>]] = [:]

        func number(_ field: UInt64) -> UInt64? { numbers[field] }
        func records(_ field: UInt64) -> [Range<Int>] { contents[field] ?? [] }
    }

    private func record(_ range: Range<Int>) throws(MalformedSchema) -> Record {
        var record = Record()
        var cursor = WireCursor(bytes, range)
        while !cursor.isAtEnd {
            guard let tag = cursor.tag(), let wireType = tag.wireType,
                let content = cursor.content(wireType)
            else { throw MalformedSchema(description: "the bytes are no FileDescriptorSet") }
            if wireType == .varint {
                var value = WireCursor(bytes, content)
                record.numbers[tag.number] = value.varint()
            } else {
                record.contents[tag.number, default: []].append(content)
            }
        }
        return record
    }

    private func text(_ record: Record, _ field: UInt64) throws(MalformedSchema) -> String {
        guard let range = record.records(field).last else { return "" }
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw MalformedSchema(description: "a name in the descriptors is not UTF-8")
        }
        return text
    }
}
