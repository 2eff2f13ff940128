/// Reads encoded messages as JSON values.
struct WireToJSON {
    let pool: SchemaPool
    let bytes: UnsafeRawBufferPointer

    /// One occurrence of a field, or one element of a packed one.
    private struct Occurrence {
        var wireType: WireCursor.WireType
        var content: Range<Int>
    }

    /// Reads one message. It may lie in several pieces: a singular field that occurs again is merged
    /// with what came before, which is to read the pieces one after the other.
    func message(
        _ type: String, _ pieces: [Range<Int>], depth: Int
    ) throws(TranscodingError) -> JSONValue {
        guard depth <= JSONTranscoder.depthMax else {
            throw TranscodingError("messages are nested more than \(JSONTranscoder.depthMax) deep")
        }
        guard let schema = pool.message(type) else {
            throw TranscodingError("the descriptors have no message \(type)")
        }
        let occurrences = try occurrences(schema, pieces)
        if type == JSONTranscoder.timestamp { return try timestamp(schema, occurrences) }
        var members: [JSONValue.Member] = []
        for (field, found) in zip(schema.fields, occurrences) where !found.isEmpty {
            do throws(TranscodingError) {
                guard let value = try value(field, found, depth: depth) else { continue }
                members.append(JSONValue.Member(name: field.jsonName, value: value))
            } catch {
                throw error.inside(field.jsonName)
            }
        }
        return .object(members)
    }

    /// What the pieces hold, by the field's place in the schema. Of a oneof only the last member is
    /// left.
    private func occurrences(
        _ schema: MessageSchema, _ pieces: [Range<Int>]
    ) throws(TranscodingError) -> [[Occurrence]] {
        var found: [[Occurrence]] = Array(repeating: [], count: schema.fields.count)
        var memberOfOneof: [Int: Int] = [:]
        for piece in pieces {
            var cursor = WireCursor(bytes, piece)
            while !cursor.isAtEnd {
                guard let tag = cursor.tag(), let wireType = tag.wireType,
                    let content = cursor.content(wireType)
                else { throw TranscodingError("the bytes are cut off or garbled") }
                guard let place = schema.place(ofNumber: tag.number) else { continue }
                if let oneof = schema.fields[place].oneof {
                    if let other = memberOfOneof[oneof], other != place { found[other] = [] }
                    memberOfOneof[oneof] = place
                }
                found[place].append(Occurrence(wireType: wireType, content: content))
            }
        }
        return found
    }

    /// The JSON for a field; `nil` for a zero where zero is the same as absent.
    private func value(
        _ field: FieldSchema, _ found: [Occurrence], depth: Int
    ) throws(TranscodingError) -> JSONValue? {
        if field.isRepeated {
            if let entry = pool.message(field.typeName), entry.isMapEntry {
                return .object(try map(entry, found, depth: depth))
            }
            return .array(try elements(field, found, depth: depth))
        }
        if field.kind == .message {
            for occurrence in found where occurrence.wireType != .delimited {
                throw TranscodingError("the bytes are cut off or garbled")
            }
            return try message(field.typeName, found.map(\.content), depth: depth + 1)
        }
        guard let last = found.last else { return nil }
        let value = try scalar(field, last)
        return !field.hasPresence && isZero(value, field) ? nil : value
    }

    private func elements(
        _ field: FieldSchema, _ found: [Occurrence], depth: Int
    ) throws(TranscodingError) -> [JSONValue] {
        var elements: [JSONValue] = []
        for occurrence in found {
            let wireType = field.kind.wireType
            if occurrence.wireType == .delimited, wireType != .delimited {
                var cursor = WireCursor(bytes, occurrence.content)
                while !cursor.isAtEnd {
                    guard let content = cursor.content(wireType) else {
                        throw TranscodingError("the bytes are cut off or garbled")
                    }
                    let element = Occurrence(wireType: wireType, content: content)
                    elements.append(try scalar(field, element))
                }
                continue
            }
            do throws(TranscodingError) {
                elements.append(
                    field.kind == .message && occurrence.wireType == .delimited
                        ? try message(field.typeName, [occurrence.content], depth: depth + 1)
                        : try scalar(field, occurrence))
            } catch {
                throw error.inside("[\(elements.count)]")
            }
        }
        return elements
    }

    /// A map's members, sorted by name; the last value of a key counts.
    private func map(
        _ entry: MessageSchema, _ found: [Occurrence], depth: Int
    ) throws(TranscodingError) -> [JSONValue.Member] {
        guard let keyPlace = entry.place(ofNumber: 1), let valuePlace = entry.place(ofNumber: 2)
        else { throw TranscodingError("the descriptors' map entry lacks key or value") }
        var values: [String: JSONValue] = [:]
        for occurrence in found {
            guard occurrence.wireType == .delimited else {
                throw TranscodingError("the bytes are cut off or garbled")
            }
            let parts = try occurrences(entry, [occurrence.content])
            let key = try parts[keyPlace].last.map { last throws(TranscodingError) in
                try scalar(entry.fields[keyPlace], last)
            }
            let name = name(key ?? zero(entry.fields[keyPlace]))
            let valueField = entry.fields[valuePlace]
            if let value = try value(valueField, parts[valuePlace], depth: depth) {
                values[name] = value
            } else {
                values[name] = try absent(valueField, depth: depth)
            }
        }
        return values.sorted { $0.key < $1.key }
            .map { JSONValue.Member(name: $0.key, value: $0.value) }
    }

    /// What a key is called in JSON, where every name is text.
    private func name(_ key: JSONValue) -> String {
        switch key {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: ""
        }
    }

    private func absent(
        _ field: FieldSchema, depth: Int
    ) throws(TranscodingError) -> JSONValue {
        field.kind == .message
            ? try message(field.typeName, [], depth: depth + 1) : zero(field)
    }

    private func zero(_ field: FieldSchema) -> JSONValue {
        switch field.kind {
        case .bool: .bool(false)
        case .string, .bytes: .string("")
        case .int64, .uint64, .fixed64, .sfixed64, .sint64: .string("0")
        case .enum: enumValue(field, 0)
        case .double, .float, .int32, .uint32, .fixed32, .sfixed32, .sint32, .message: .number("0")
        }
    }

    private func isZero(_ value: JSONValue, _ field: FieldSchema) -> Bool {
        switch field.kind {
        case .double, .float: value == .number("0.0")
        default: value == zero(field)
        }
    }

    private func timestamp(
        _ schema: MessageSchema, _ found: [[Occurrence]]
    ) throws(TranscodingError) -> JSONValue {
        var numbers: [UInt64: Int64] = [:]
        for (field, occurrences) in zip(schema.fields, found) {
            guard let last = occurrences.last else { continue }
            guard last.wireType == .varint else {
                throw TranscodingError("the bytes are cut off or garbled")
            }
            numbers[field.number] = Int64(bitPattern: varint(last.content))
        }
        let nanos = Int32(truncatingIfNeeded: numbers[2] ?? 0)
        guard let text = TimestampText.text(seconds: numbers[1] ?? 0, nanos: nanos) else {
            throw TranscodingError("the time lies outside the years 1 to 9999")
        }
        return .string(text)
    }

    private func scalar(
        _ field: FieldSchema, _ occurrence: Occurrence
    ) throws(TranscodingError) -> JSONValue {
        guard occurrence.wireType == field.kind.wireType else {
            throw TranscodingError("the bytes are cut off or garbled")
        }
        let content = occurrence.content
        switch field.kind {
        case .int32: return .number(String(Int32(truncatingIfNeeded: varint(content))))
        case .uint32: return .number(String(UInt32(truncatingIfNeeded: varint(content))))
        case .int64: return .string(String(Int64(bitPattern: varint(content))))
        case .uint64: return .string(String(varint(content)))
        case .sint32: return .number(String(Int32(truncatingIfNeeded: zigzag(content))))
        case .sint64: return .string(String(zigzag(content)))
        case .fixed32: return .number(String(load(content, as: UInt32.self)))
        case .sfixed32: return .number(String(load(content, as: Int32.self)))
        case .fixed64: return .string(String(load(content, as: UInt64.self)))
        case .sfixed64: return .string(String(load(content, as: Int64.self)))
        case .float: return number(Float(bitPattern: load(content, as: UInt32.self)))
        case .double: return number(Double(bitPattern: load(content, as: UInt64.self)))
        case .bool: return .bool(varint(content) != 0)
        case .enum: return enumValue(field, Int32(truncatingIfNeeded: varint(content)))
        case .bytes: return .string(Base64.encode(Array(bytes[content])))
        case .string:
            guard let text = String(validating: bytes[content], as: UTF8.self) else {
                throw TranscodingError("the text is not UTF-8")
            }
            return .string(text)
        case .message: throw TranscodingError("the bytes are cut off or garbled")
        }
    }

    private func enumValue(_ field: FieldSchema, _ number: Int32) -> JSONValue {
        pool.enumeration(field.typeName)?.name(of: number).map(JSONValue.string)
            ?? .number(String(number))
    }

    private func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> JSONValue {
        if value.isNaN { return .string("NaN") }
        if value.isInfinite { return .string(value < 0 ? "-Infinity" : "Infinity") }
        return .number(value.description)
    }

    private func varint(_ content: Range<Int>) -> UInt64 {
        var cursor = WireCursor(bytes, content)
        return cursor.varint() ?? 0
    }

    private func zigzag(_ content: Range<Int>) -> Int64 {
        let value = varint(content)
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    private func load<T: FixedWidthInteger>(_ content: Range<Int>, as type: T.Type) -> T {
        T(littleEndian: bytes.loadUnaligned(fromByteOffset: content.lowerBound, as: type))
    }
}
